import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from './address.ts';
import { movementFilter } from './asked.ts';
import { EVERYTHING, type MapView, readMapView, writeMapView } from './map-view.ts';
import { PLAIN_TIME } from './time-view.ts';

const VIEW: MapView = {
  layer: 'roles',
  role: 'TRANSIT',
  filter: {
    source: 'NPL',
    transit: null,
    destination: 'IND',
    mode: 'BUS',
    from: '2025-11',
    to: '2026-12',
    verification: 'verified',
  },
  camera: { longitude: 84.5, latitude: -27.125, zoom: 5.25 },
  open: '0306747d56b8c631d7079d619683a782',
  movement: '3aa236f8-0388-46e7-b796-755fabbf0f56',
  table: true,
  closing: null,
  cells: '5',
  changes: false,
  pace: 'fast',
  swipe: null,
  mark: '2026-03',
  marks: false,
};

describe('the address of a view', () => {
  it('holds all of it', () => {
    expect(readMapView(readAddress(writeAddress(writeMapView(VIEW))))).toEqual(VIEW);
    const swipe = {
      a: { from: '2025-05', to: '2025-10' },
      b: { from: '2025-11', to: '2026-04' },
      split: 35,
      side: 'b',
    } as const;
    const swiped: MapView = { ...VIEW, pace: null, swipe };
    expect(readMapView(readAddress(writeAddress(writeMapView(swiped))))).toEqual(swiped);
  });

  it('says nothing where nothing was said', () => {
    const plain = readMapView(readAddress(''));
    expect(plain).toEqual({
      layer: 'corridors',
      role: 'SOURCE',
      filter: EVERYTHING,
      camera: null,
      open: null,
      movement: null,
      table: false,
      closing: null,
      cells: '5',
      changes: false,
      ...PLAIN_TIME,
    });
    expect(writeAddress(writeMapView(plain))).toBe('#/map/corridors');
  });

  it('takes nothing that is no code, month, id or place', () => {
    const text =
      '#/map/elsewhere?source=nepal&mode=ROCKET&from=2026-13&to=soon&which=all&at=1,99,3&open=a%20b&movement=%3Cscript%3E&role=X&play=soon&a=2026-05,2026-01&b=2026-05,2026-06&mark=a%20b';
    expect(readMapView(readAddress(text))).toEqual(readMapView(readAddress('')));
  });
});

describe('a filter as the schema has it', () => {
  it('ends with the month after the last, over the turn of a year', () => {
    expect(movementFilter(VIEW.filter)).toEqual({
      occurred: { from: '2025-11-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
      countries: [
        { country: 'NPL', role: 'SOURCE' },
        { country: 'IND', role: 'DESTINATION' },
      ],
      modes: ['BUS'],
      verifications: ['EVIDENCE', 'HIGH_RISK'],
    });
  });

  it('is empty where nothing was said', () => {
    expect(movementFilter(EVERYTHING)).toEqual({});
  });
});
