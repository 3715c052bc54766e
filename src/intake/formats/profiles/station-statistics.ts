/** What a monitoring location counted in a month, as organisations report it beside their forms. */
import type { ImportProfile } from '../profile.ts';

export const STATION_STATISTICS: ImportProfile = {
  name: 'station-statistics',
  version: 1,
  description:
    'Intercepts, evidence, high risk, invalid and arrests of each month and monitoring location; one row each. Beside the staffing they tell how much of what was found stood.',
  format: 'csv',
  target: 'statistics',
  columns: {
    required: ['station_name', 'month'],
    optional: [
      'country',
      'location',
      'year',
      'latitude',
      'longitude',
      'intercepts',
      'evidence',
      'high_risk',
      'invalid',
      'arrests',
    ],
  },
  grouping: 'row',
  statistics: {
    station: { column: 'station_name', required: true },
    monitoringLocation: { column: 'location' },
    country: { column: 'country' },
    place: { latitude: { column: 'latitude' }, longitude: { column: 'longitude' } },
    month: { column: 'month', year: 'year', basis: 'statistics', calendar: 'gregorian' },
    intercepts: { column: 'intercepts', integer: true, min: 0 },
    evidence: { column: 'evidence', integer: true, min: 0 },
    highRisk: { column: 'high_risk', integer: true, min: 0 },
    invalid: { column: 'invalid', integer: true, min: 0 },
    arrests: { column: 'arrests', integer: true, min: 0 },
  },
};
