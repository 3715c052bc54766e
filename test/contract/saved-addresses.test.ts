/** What the dashboard writes into an address, the hub keeps as it is: the two know of each other by this alone. */
import { describe, expect, it } from 'vitest';
import { type Address, readAddress, writeAddress } from '../../src/dashboard/view/address.ts';
import {
  CELL_SIZES,
  LAYER_IDS,
  type MapView,
  MODES,
  ROLES,
  readMapView,
  VERIFICATIONS,
  writeMapView,
} from '../../src/dashboard/view/map-view.ts';
import { PACES } from '../../src/dashboard/view/time-view.ts';
import { readViewAddress } from '../../src/people/saved-views/view-address.ts';

const ID = '3aa236f8-0388-46e7-b796-755fabbf0f56';
const FULL: MapView = {
  layer: 'corridors',
  role: 'TRANSIT',
  filter: {
    source: 'NPL',
    transit: 'IND',
    destination: 'ARE',
    mode: 'BUS',
    from: '2025-11',
    to: '2026-04',
    verification: 'verified',
  },
  camera: { longitude: -84.5, latitude: 27.125, zoom: 5.25 },
  open: 'a3c65f19e0b14d2794c1f4b6c8d02e57',
  movement: ID,
  table: true,
  closing: { id: ID, on: '2026-02-01', months: 6 },
  cells: '3',
  changes: true,
  pace: 'even',
  swipe: null,
  mark: ID,
  marks: false,
};
const SWIPED: MapView = {
  ...FULL,
  pace: null,
  swipe: {
    a: { from: '2025-01', to: '2025-06' },
    b: { from: '2025-07', to: '2025-12' },
    split: 35,
    side: 'b',
  },
  mark: '2025-08',
};

function kept(written: Address): Address {
  const read = readViewAddress(writeAddress(written));
  expect(read).toMatchObject({ accepted: true });
  return readAddress(read.accepted ? `#/${read.value.text}` : '');
}

describe('an address that the dashboard writes', () => {
  it.each<[string, MapView]>([
    ...LAYER_IDS.map((layer): [string, MapView] => [layer, { ...FULL, layer }]),
    ...ROLES.map((role): [string, MapView] => [role, { ...FULL, layer: 'roles', role }]),
    ...MODES.map((mode): [string, MapView] => [mode, { ...FULL, filter: { ...FULL.filter, mode } }]),
    ...VERIFICATIONS.map((verification): [string, MapView] => [
      verification,
      { ...FULL, filter: { ...FULL.filter, verification } },
    ]),
    ...CELL_SIZES.map((cells): [string, MapView] => [
      `cells ${cells}`,
      { ...FULL, layer: 'hotspots', cells },
    ]),
    ...PACES.map((pace): [string, MapView] => [pace, { ...FULL, pace }]),
    ['two periods', SWIPED],
    ['a divider at either end', { ...SWIPED, swipe: { ...SWIPED.swipe, split: 100 } as MapView['swipe'] }],
  ])('of the map is kept whole: %s', (_what, view) => {
    const written = writeMapView(view);
    const again = kept(written);
    expect(again.params).toEqual(written.params);
    expect(readMapView(again)).toEqual(readMapView(written));
  });

  it('of what changed is kept whole', () => {
    const params = {
      a: '2025-01,2025-06',
      b: '2025-07,2025-12',
      by: 'MODE',
      since: '2026-10-01',
      report: ID,
      movement: ID,
    };
    expect(kept({ path: ['changes'], params }).params).toEqual(params);
  });
});
