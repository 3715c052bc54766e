/** Arrests, and stations, roads and crossings that were opened or closed. */
import { INTERDICTION_BASES, INTERDICTION_KINDS } from '../../../kernel/vocabulary.ts';
import type { ImportProfile } from '../profile.ts';

/** Each word as it is, and with spaces for its underscores. */
function spelt<Word extends string>(words: readonly Word[]): Record<string, Word> {
  return Object.fromEntries(
    words.flatMap((word) => [word, word.replaceAll('_', ' ')].map((text) => [text, word])),
  );
}

export const INTERDICTIONS: ImportProfile = {
  name: 'interdictions',
  version: 1,
  description:
    'Arrests, and stations, roads and crossings opened or closed; one row each. The columns are the hub’s own. report_id is the number of a report of your own, as irf_number: its incidents are then those of the interdiction.',
  format: 'csv',
  target: 'interdiction',
  columns: {
    required: ['kind', 'date'],
    optional: [
      'id',
      'basis',
      'place',
      'country',
      'latitude',
      'longitude',
      'station_name',
      'location',
      'report_id',
    ],
  },
  identity: ['id'],
  grouping: 'row',
  interdiction: {
    kind: { column: 'kind', map: spelt(INTERDICTION_KINDS) },
    basis: { column: 'basis', map: spelt(INTERDICTION_BASES) },
    occurred: { column: 'date', basis: 'interdiction' },
    place: {
      text: { column: 'place' },
      country: { column: 'country' },
      latitude: { column: 'latitude' },
      longitude: { column: 'longitude' },
    },
    station: { column: 'station_name' },
    monitoringLocation: { column: 'location' },
    reference: { column: 'report_id' },
  },
};
