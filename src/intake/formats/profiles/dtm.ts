/** IOM's Displacement Tracking Matrix for Sudan: persons displaced between states and localities, counted once a year. */
import type { ImportProfile } from '../profile.ts';
import type { PlaceField } from '../profile-places.ts';

const area = (column: string): PlaceField => ({
  text: { column, lookup: { file: 'locations', column: 'name' } },
  latitude: { column, lookup: { file: 'locations', column: 'lat' } },
  longitude: { column, lookup: { file: 'locations', column: 'lon' } },
  country: { constant: 'SDN' },
  level: { positioned: 'admin', named: 'admin' },
  onWrong: 'refuse',
});

export const DTM: ImportProfile = {
  name: 'dtm',
  version: 1,
  description:
    'IOM DTM Sudan: displaced persons by area of origin and of displacement. Each year is a stock, so years are never added up. Needs the locations file.',
  format: 'csv',
  target: 'flow',
  columns: { required: ['origin', 'dest', 'count', 'year'], strict: true },
  identity: ['origin', 'dest', 'year'],
  grouping: 'row',
  lookups: [{ name: 'locations', key: 'id', columns: ['name', 'id', 'lat', 'lon', 'adm_level'] }],
  flow: {
    publisher: { constant: 'IOM DTM Sudan' },
    origin: area('origin'),
    destination: area('dest'),
    period: { column: 'year', basis: 'stock of the year' },
    population: { constant: 'displacement' },
    unit: { constant: 'persons' },
    measure: { constant: 'stock' },
    value: { column: 'count' },
  },
};
