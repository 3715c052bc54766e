import { expect, it } from 'vitest';
import type { Position } from '../geo/position.ts';
import { indexCrossingPoints, nearestCrossingPoint } from './nearest-crossing-point.ts';
import { type PlaceRow, placeId } from './place-rows.ts';

const crossing = (
  name: string,
  position: Position,
  derived: boolean,
  pair: [string, string] = ['IND', 'NPL'],
): PlaceRow => ({
  id: placeId('test', name),
  kind: 'crossing_point',
  name,
  country: pair[0],
  adminCode: null,
  population: null,
  position,
  footprintRadiusKm: 5,
  source: 'test',
  borderCountries: pair,
  derived,
});

const index = indexCrossingPoints([
  crossing('known', [83.47, 27.46], false),
  crossing('derived', [83.55, 27.46], true),
  crossing('derived far', [84.5, 27.2], true),
  crossing('other border', [83.5, 27.46], false, ['BTN', 'IND']),
]);

it('takes a known crossing point before a nearer derived one, on the same border only', () => {
  expect(nearestCrossingPoint(index, [83.54, 27.46], ['NPL', 'IND'], 25)?.place.name).toBe('known');
  expect(nearestCrossingPoint(index, [84.5, 27.2], ['IND', 'NPL'], 25)?.place.name).toBe('derived far');
});

it('answers null beyond the distance and for a border without crossing points', () => {
  expect(nearestCrossingPoint(index, [83.47, 28.46], ['IND', 'NPL'], 25)).toBeNull();
  expect(nearestCrossingPoint(index, [83.47, 27.46], ['CHN', 'NPL'], 25)).toBeNull();
});
