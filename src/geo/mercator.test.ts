/** The map's square, beside figures published for its tiles. */
import { expect, it } from 'vitest';
import { latitudeOf, MOST_LATITUDE, toWorld } from './mercator.ts';

it('is a square from 85.0511° south to 85.0511° north', () => {
  expect(MOST_LATITUDE).toBeCloseTo(85.051128779806, 10);
  expect(toWorld([-180, MOST_LATITUDE])).toEqual([0, expect.closeTo(0, 12)]);
  expect(toWorld([180, -MOST_LATITUDE])).toEqual([1, expect.closeTo(1, 12)]);
  expect(toWorld([0, 0])).toEqual([0.5, 0.5]);
  // Beyond it, and finite.
  expect(toWorld([0, 90])[1]).toBeLessThan(0);
  expect(Number.isFinite(toWorld([0, -90])[1])).toBe(true);
});

it('puts a position where the formula of OpenStreetMap’s slippy maps does, and takes it back', () => {
  for (const [longitude, latitude] of [
    [85.324, 27.7172],
    [-70.6, -33.4],
    [179.99, 71.2],
  ] as const) {
    const radians = (latitude * Math.PI) / 180;
    const theirs = (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
    const [x, y] = toWorld([longitude, latitude]);
    expect(y).toBeCloseTo(theirs, 12);
    expect(x).toBeCloseTo((longitude + 180) / 360, 12);
    expect(latitudeOf(y)).toBeCloseTo(latitude, 9);
  }
});
