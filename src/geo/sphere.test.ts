import { distance, greatCircle, point } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import type { Position } from './position.ts';
import {
  chord,
  chordOfKm,
  densify,
  EARTH_RADIUS_KM,
  greatCircleKm,
  interpolate,
  lineLengthKm,
  meanCentre,
} from './sphere.ts';

const random = seededRandom(11);
const anywhere = (): Position => [
  360 * random.next() - 180,
  (Math.asin(2 * random.next() - 1) * 180) / Math.PI,
];

describe('great-circle distance', () => {
  it('from London to Kathmandu is 7358.91 km on the sphere', () => {
    expect(greatCircleKm([-0.4543, 51.47], [85.3591, 27.6966])).toBeCloseTo(7358.91, 2);
  });

  it('agrees with Turf on random pairs, and is half the circumference for antipodes', () => {
    for (let run = 0; run < 200; run += 1) {
      const [a, b] = [anywhere(), anywhere()];
      expect(greatCircleKm(a, b)).toBeCloseTo(distance(point([...a]), point([...b])), 6);
    }
    expect(greatCircleKm([12, 34], [-168, -34])).toBeCloseTo(Math.PI * EARTH_RADIUS_KM, 9);
  });

  it('keeps millimetres, and does not see whole turns', () => {
    expect(greatCircleKm([85, 0], [85 + 1e-7, 0]) / ((EARTH_RADIUS_KM * 1e-7 * Math.PI) / 180)).toBeCloseTo(
      1,
      6,
    );
    expect(greatCircleKm([179.9, 5], [-179.9, 5])).toBeCloseTo(greatCircleKm([-0.1, 5], [0.1 + 720, 5]), 9);
  });

  it('and its chord say the same', () => {
    for (let run = 0; run < 50; run += 1) {
      const [a, b] = [anywhere(), anywhere()];
      expect(chordOfKm(greatCircleKm(a, b))).toBeCloseTo(chord(a, b), 12);
    }
    expect(chordOfKm(1e6)).toBe(2);
  });
});

describe('a great circle', () => {
  it('is cut in proportion, and lies where Turf draws it', () => {
    for (let run = 0; run < 50; run += 1) {
      const [a, b] = [anywhere(), anywhere()];
      const third = interpolate(a, b, 1 / 3);
      expect(greatCircleKm(a, third)).toBeCloseTo(greatCircleKm(a, b) / 3, 6);
      expect(greatCircleKm(third, b)).toBeCloseTo((greatCircleKm(a, b) * 2) / 3, 6);
    }
    const arc = greatCircle([80, 27], [103, 1], { npoints: 3 }).geometry.coordinates as [number, number][];
    expect(greatCircleKm(interpolate([80, 27], [103, 1], 0.5), arc[1]!)).toBeLessThan(1e-3);
  });

  it('between antipodes and between equal places still is one', () => {
    expect(greatCircleKm([10, 20], interpolate([10, 20], [-170, -20], 0.5))).toBeCloseTo(
      (Math.PI / 2) * EARTH_RADIUS_KM,
      6,
    );
    expect(interpolate([10, 20], [10, 20], 0.5)).toEqual([10, 20]);
  });

  it('is densified to steps no longer than asked, without moving a vertex or changing the length', () => {
    const line: Position[] = [
      [85, 27],
      [77, 28],
      [55, 25],
    ];
    const dense = densify(line, 50);
    for (let i = 1; i < dense.length; i += 1)
      expect(greatCircleKm(dense[i - 1]!, dense[i]!)).toBeLessThanOrEqual(50 + 1e-9);
    for (const vertex of line) expect(dense).toContainEqual(vertex);
    expect(lineLengthKm(dense)).toBeCloseTo(lineLengthKm(line), 6);
    expect(() => densify(line, 0)).toThrow('wanted more than 0');
  });
});

describe('the mean centre', () => {
  it('of two places across 180° lies between them, not on the other side of the Earth', () => {
    const [longitude] = meanCentre([
      [179, 0],
      [-179, 0],
    ])!;
    expect(Math.abs(longitude)).toBeCloseTo(180, 9);
  });

  it('follows the weights, as splitting one shows, and is null where places cancel', () => {
    const split = meanCentre(
      [
        [0, 0],
        [0, 0],
        [90, 0],
      ],
      [1, 2, 1],
    )!;
    const merged = meanCentre(
      [
        [0, 0],
        [90, 0],
      ],
      [3, 1],
    )!;
    expect(greatCircleKm(split, merged)).toBeLessThan(1e-9);
    expect(
      meanCentre([
        [0, 0],
        [180, 0],
      ]),
    ).toBeNull();
    expect(meanCentre([])).toBeNull();
  });
});
