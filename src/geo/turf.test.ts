import { booleanPointInPolygon, convex, multiPoint, point } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import type { Position } from './position.ts';
import { greatCircleKm } from './sphere.ts';
import { bufferAround, hull, isInside, simplifyLine } from './turf.ts';

const random = seededRandom(3);
const scatter = (longitude: number, count: number): Position[] =>
  Array.from({ length: count }, () => [longitude + 6 * (random.next() - 0.5), 6 * (random.next() - 0.5)]);

describe('the hull', () => {
  it('is that of Turf away from the antimeridian', () => {
    const places = scatter(85, 40);
    const expected = convex(multiPoint(places.map(([x, y]) => [x, y])))!.geometry.coordinates[0]!;
    expect(new Set(hull(places)!.flat(2).map(String))).toEqual(new Set(expected.map(String)));
  });

  it('across 180° is cut in two and holds its own places, where Turf alone draws a band round the Earth', () => {
    const places = scatter(180, 40).map(([x, y]): Position => [x >= 180 ? x - 360 : x, y]);
    const polygons = hull(places)!;
    expect(polygons).toHaveLength(2);
    const centre: Position = [179.99, 0];
    expect(isInside(centre, polygons)).toBe(true);
    expect(isInside([0, 0], polygons)).toBe(false);
    expect(booleanPointInPolygon(point([0, 0]), convex(multiPoint(places.map(([x, y]) => [x, y])))!)).toBe(
      true,
    );
  });

  it('of fewer than three places, or of places in a row, is null', () => {
    expect(
      hull([
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull();
    expect(
      hull([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ).toBeNull();
  });
});

describe('a buffer', () => {
  it.each([
    [85, 27],
    [180, 0],
    [-179.99, -17],
    [539.98, 60],
  ])('around (%d, %d) holds what is nearer than its radius and nothing farther', (longitude, latitude) => {
    const polygons = bufferAround([[longitude, latitude]], 20);
    for (let run = 0; run < 60; run += 1) {
      const place: Position = [
        longitude + 1.2 * (random.next() - 0.5),
        latitude + 0.6 * (random.next() - 0.5),
      ];
      const km = greatCircleKm([longitude, latitude], place);
      if (Math.abs(km - 20) > 0.2) expect(isInside(place, polygons), `${place} at ${km} km`).toBe(km < 20);
    }
  });

  it('around a line across 180° holds the line', () => {
    const polygons = bufferAround(
      [
        [179.5, 0],
        [-179.5, 0.5],
      ],
      10,
    );
    expect(polygons.length).toBeGreaterThan(1);
    for (const place of [
      [179.6, 0.05],
      [180, 0.25],
      [-179.6, 0.45],
    ] as Position[])
      expect(isInside(place, polygons)).toBe(true);
    expect(isInside([0, 0], polygons)).toBe(false);
  });
});

describe('simplifying', () => {
  it('drops what the tolerance allows, across 180° too', () => {
    expect(
      simplifyLine(
        [
          [179, 0],
          [179.5, 0.001],
          [-179.5, 0],
          [-179, 0],
        ],
        0.01,
      ),
    ).toEqual([
      [
        [179, 0],
        [180, 0],
      ],
      [
        [-180, 0],
        [-179, 0],
      ],
    ]);
  });
});
