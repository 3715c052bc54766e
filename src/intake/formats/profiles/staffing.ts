/** Staff and work at a monitoring location in a month: the denominator of every rate. */
import type { ImportProfile } from '../profile.ts';

export const STAFFING: ImportProfile = {
  name: 'staffing',
  version: 1,
  description:
    'Staff and the share of full time they worked, for each month and monitoring location; one row each.',
  format: 'csv',
  target: 'effort',
  columns: {
    required: ['station_name', 'month', 'staff', 'work_fraction'],
    optional: ['country', 'location', 'year', 'latitude', 'longitude'],
  },
  grouping: 'row',
  effort: {
    station: { column: 'station_name', required: true },
    monitoringLocation: { column: 'location' },
    country: { column: 'country' },
    place: { latitude: { column: 'latitude' }, longitude: { column: 'longitude' } },
    month: { column: 'month', year: 'year', basis: 'effort', calendar: 'gregorian', allowFuture: true },
    staff: { column: 'staff', min: 0, required: true },
    workFraction: { column: 'work_fraction', min: 0, max: 1, required: true },
  },
};
