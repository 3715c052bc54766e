/** IOM's Missing Migrants Project: deaths and disappearances on migration routes, from open sources. */
import type { ImportProfile } from '../profile.ts';

/** The project grades its source from 1 (one media report) to 5 (officials); the Admiralty grades are our reading of it. */
const RELIABILITY = { 1: 'D', 2: 'D', 3: 'C', 4: 'B', 5: 'B' } as const;
const CREDIBILITY = { 1: 4, 2: 4, 3: 3, 4: 2, 5: 2 } as const;

const count = (column: string) => ({ column, integer: true });

export const MISSING_MIGRANTS: ImportProfile = {
  name: 'missing-migrants',
  version: 1,
  description:
    'IOM Missing Migrants Project, global table. Each row is an incident; rows that repeat a web_id are parts. Figures below zero are corrections of earlier rows and are kept.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['web_id', 'reported_date', 'number_dead', 'number_missing', 'country_of_incident'],
    ignored: [
      'region',
      'unsd_geographic_grouping',
      'url',
      'region_origin',
      'country_origin',
      'latitude',
      'longitude',
    ],
  },
  dates: { order: 'ymd' },
  identity: ['web_id'],
  grouping: 'row',
  report: {
    kind: { constant: 'open_source' },
    externalReference: { column: 'web_id' },
    reported: { column: 'reported_date', basis: 'report' },
    origin: {
      kind: { constant: 'publisher' },
      reference: { column: 'information_source' },
      reliability: { column: 'source_quality', map: RELIABILITY, otherwise: 'F' },
      credibility: { column: 'source_quality', map: CREDIBILITY, otherwise: 6 },
    },
    incident: {
      kind: { constant: 'death or disappearance' },
      population: { constant: 'deaths' },
      occurred: { column: 'reported_date', basis: 'incident as reported' },
      place: {
        text: { column: 'location_description' },
        pair: { column: ['location_coodinates', 'location_coordinates'], order: 'lat_lon' },
        country: { column: 'country_of_incident', writing: 'name', onWrong: 'note' },
      },
      persons: { stated: { column: 'total_dead_and_missing' } },
      counts: {
        dead: count('number_dead'),
        missing: count('number_missing'),
        survivors: count('number_of_survivors'),
        female: count('number_of_female'),
        male: count('number_of_male'),
        children: count('number_of_children'),
      },
    },
    indicators: [
      { scheme: 'missing-migrants/1', columns: ['cause_death', 'migration_route'], value: 'text' },
    ],
  },
};
