import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../test/support/figures.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { hasMoreWithin, pointsWithin, positionsWithin } from './distance-band.ts';
import { type Flow, flowDissimilarity, flowDistance, flowDistanceKm, flowsWithin } from './flow-distance.ts';
import { gi, giStar, type Neighbours } from './gi-star.ts';
import { twoSidedP } from './normal.ts';
import type { Position } from './position.ts';
import { greatCircleKm } from './sphere.ts';

const place = (random: Random, middle: Position, wide: number): Position => [
  middle[0] + wide * (random.next() - 0.5),
  middle[1] + wide * (random.next() - 0.5),
];

const flowsOf = (random: Random, count: number, middle: Position = [85, 27]): Flow[] =>
  Array.from({ length: count }, () => ({
    from: place(random, middle, 4),
    to: place(random, [middle[0] + 8, middle[1] - 4], 4),
  }));

const rows = ({ offsets, neighbours }: Neighbours): number[][] =>
  Array.from({ length: offsets.length - 1 }, (_, i) => [...neighbours.subarray(offsets[i], offsets[i + 1])]);

describe('the distance of flows', () => {
  it('is what Tao and Thill write, for every α', () => {
    expect(flowDistance(3, 4)).toBe(5);
    expect(flowDistance(3, 4, 2)).toBeCloseTo(3 * Math.SQRT2, 12);
    expect(flowDistance(3, 4, 0.5)).toBeCloseTo(Math.sqrt(0.5 * 9 + 1.5 * 16), 12);
    expect(() => flowDistance(1, 1, 3)).toThrow('wanted 0 to 2');
    const a: Flow = { from: [0, 0], to: [10, 0] };
    const b: Flow = { from: [0, 1], to: [10, 1] };
    const degree = greatCircleKm([0, 0], [0, 1]);
    expect(flowDistanceKm(a, b)).toBeCloseTo(degree * Math.SQRT2, 9);
    const between = Math.sqrt(greatCircleKm(a.from, a.to) * greatCircleKm(b.from, b.to));
    expect(flowDissimilarity(a, b)).toBeCloseTo((degree * Math.SQRT2) / between, 12);
  });

  it('is a distance: symmetric, 0 only to itself, never longer by way of a third', () => {
    const random = seededRandom(801);
    const flows = flowsOf(random, 60);
    for (const a of flows.slice(0, 20)) {
      expect(flowDistanceKm(a, a)).toBe(0);
      expect(flowDissimilarity(a, a)).toBe(0);
      for (const b of flows) {
        expect(flowDistanceKm(a, b)).toBe(flowDistanceKm(b, a));
        const c = flows[random.int(60)]!;
        expect(flowDistanceKm(a, b)).toBeLessThanOrEqual(flowDistanceKm(a, c) + flowDistanceKm(c, b) + 1e-9);
      }
    }
    const still: Flow = { from: [85, 27], to: [85, 27] };
    expect(flowDissimilarity(still, flows[0]!)).toBe(Infinity);
  });

  it('tells there from back', () => {
    const there: Flow = { from: [85, 27], to: [90, 27] };
    const back: Flow = { from: [90, 27], to: [85, 27] };
    expect(flowDistanceKm(there, back)).toBeGreaterThan(600);
  });
});

describe('neighbours within a band', () => {
  it.each([0, 0.6, 1, 1.7, 2])('of flows are those that trying all pairs finds (α %d)', (alpha) => {
    const flows = flowsOf(seededRandom(809), 150);
    const expected = flows.map((a, i) =>
      [...flows.keys()].filter((j) => j !== i && flowDistanceKm(a, flows[j]!, alpha) <= 120),
    );
    expect(rows(flowsWithin(flows, 120, alpha))).toEqual(expected);
    expect(expected.flat().length).toBeGreaterThan(100);
  });

  it.each([
    [85, 27],
    [180, 0],
    [20, 88.9],
  ] as Position[])('of positions too, around (%d, %d)', (longitude, latitude) => {
    const random = seededRandom(811);
    const positions = Array.from({ length: 200 }, () => place(random, [longitude, latitude], 2));
    positions.push(positions[3]!);
    const expected = positions.map((a, i) =>
      [...positions.keys()].filter((j) => j !== i && greatCircleKm(a, positions[j]!) <= 20),
    );
    expect(rows(positionsWithin(positions, 20))).toEqual(expected);
    expect(expected[3]).toContain(200);
    const all = expected.flat().length;
    expect(hasMoreWithin(positions, 20, all)).toBe(false);
    expect(hasMoreWithin(positions, 20, all - 1)).toBe(true);
  });

  it('meet the check values of Gi and Gi* in the plane', () => {
    const points = [10, 10, 0, 20, 10, 0, 40, 10, 0, 15, 20, 0, 30, 20, 0, 30, 30, 0];
    const near = pointsWithin(Float64Array.from(points), 15);
    const values = [2, 3, 3.2, 5, 8, 7];
    const star = [-1.397276262, -0.2891776156, 0.6506496352, -0.2891776156, 1.2345208835, 2.0242433094];
    const plain = [-1.0136728986, -0.0436158942, 1.315587029, -0.3141267582, 1.1537398581, 1.7783394086];
    for (const [i, z] of giStar(values, near).entries()) expect(z).toBeCloseTo(star[i]!, 9);
    for (const [i, z] of gi(values, near).entries()) expect(z).toBeCloseTo(plain[i]!, 9);
    expect(rows(pointsWithin(new Float64Array(6), 0))).toEqual([[1], [0]]);
    expect(() => pointsWithin(new Float64Array(6), -1)).toThrow('0 or more');
  });
});

describe('Gi* of flows', () => {
  const volumes = (random: Random, count: number): number[] =>
    Array.from({ length: count }, () =>
      Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b),
    );

  it('finds a bundle of strong flows among flows alike, and not those the other way', () => {
    const random = seededRandom(821);
    const flows = flowsOf(random, 200);
    const bundle = Array.from({ length: 12 }, () => ({
      from: place(random, [85, 27], 0.5),
      to: place(random, [93, 23], 0.5),
    }));
    const back = bundle.map(({ from, to }) => ({ from: to, to: from }));
    const all = [...flows, ...bundle, ...back];
    const values = volumes(random, all.length).map((value, i) => (i >= 200 && i < 212 ? value + 6 : value));
    const q = benjaminiHochberg(giStar(values, flowsWithin(all, 80)).map(twoSidedP));
    expect([...q.subarray(200, 212)].every((value) => value < 0.01)).toBe(true);
    expect([...q.subarray(212)].some((value) => value < 0.05)).toBe(false);
  });

  it('calls at most 5 of 100 sets of noise', () => {
    const random = seededRandom(823);
    const neighbours = flowsWithin(flowsOf(random, 120), 150);
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      const q = benjaminiHochberg(giStar(volumes(random, 120), neighbours).map(twoSidedP));
      if (q.some((value) => value <= 0.05)) alarms += 1;
    }
    tellFigure('flow Gi*, any flow, normal', `${alarms} of 1,000 null worlds`);
    expect(alarms / 1000).toBeLessThanOrEqual(0.05);
  });

  it('does not see whole turns, nor where the antimeridian is', () => {
    const flows = flowsOf(seededRandom(827), 120);
    const straight = rows(flowsWithin(flows, 150));
    for (const shift of [360, 92, -265]) {
      const moved = flows.map(({ from, to }) => ({
        from: [from[0] + shift, from[1]] as const,
        to: [to[0] + shift, to[1]] as const,
      }));
      expect(rows(flowsWithin(moved, 150))).toEqual(straight);
    }
  });
});
