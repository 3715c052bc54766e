import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { adjustedRandIndex } from './adjusted-rand-index.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { discreteFrechet } from './frechet.ts';
import { gammaQuantile, gammaTails, logGamma } from './gamma.ts';
import { erfc, twoSidedP, upperTail } from './normal.ts';
import { poissonInterval } from './poisson-interval.ts';
import type { Position } from './position.ts';
import { densify, greatCircleKm } from './sphere.ts';
import { theilSenSlope } from './theil-sen.ts';

describe('the normal distribution', () => {
  it('has the tails of the tables, far out too', () => {
    const known = [
      [0, 1],
      [0.5, 0.4795001221869535],
      [2.49, 4.29287867733913e-4],
      [2.51, 3.85705481724279e-4],
      [5, 1.5374597944280351e-12],
      [-1, 1.842700792949715],
    ] as const;
    for (const [x, value] of known) expect(erfc(x) / value).toBeCloseTo(1, 11);
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedP(-1.959963984540054)).toBe(twoSidedP(1.959963984540054));
    expect(upperTail(-2) + upperTail(2)).toBeCloseTo(1, 12);
    expect(twoSidedP(Number.NaN)).toBeNaN();
  });
});

describe('the gamma distribution', () => {
  it('has tails that sum to one and a quantile that undoes them', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    for (const shape of [0.5, 1, 7, 100]) {
      for (const probability of [1e-6, 0.025, 0.5, 0.975, 0.9999]) {
        const { lower, upper } = gammaTails(shape, gammaQuantile(shape, probability));
        expect(lower).toBeCloseTo(probability, 11);
        expect(lower + upper).toBeCloseTo(1, 12);
      }
    }
  });
});

describe('the interval of a count', () => {
  it.each([
    [0, 0, 3.6888794541139354],
    [1, 0.025317807984289876, 5.571643390938898],
    [5, 1.6234863901184207, 11.66833207932267],
    [10, 4.7953886961324335, 18.39035604201778],
    [100, 81.36399125092314, 121.62679379242638],
    [10_000, 9804.952467260184, 10_197.951624661473],
  ])('of %d is that of Garwood', (count, low, high) => {
    expect(poissonInterval(count).low).toBeCloseTo(low, 8);
    expect(poissonInterval(count).high).toBeCloseTo(high, 8);
  });

  it('holds the mean at least as often as it says', () => {
    const random = seededRandom(8);
    let held = 0;
    for (let run = 0; run < 2000; run += 1) {
      let count = -1;
      for (let time = 0; time < 4; count += 1) time -= Math.log(1 - random.next());
      const { low, high } = poissonInterval(count);
      if (low <= 4 && 4 <= high) held += 1;
    }
    expect(held / 2000).toBeGreaterThanOrEqual(0.945);
  });

  it('of half an event is refused', () => {
    expect(() => poissonInterval(0.5)).toThrow('wanted a whole number');
    expect(() => poissonInterval(5, 1)).toThrow('less than 1');
  });
});

describe('Benjamini and Hochberg', () => {
  it('adjust as R does, whatever the order, ties and gaps', () => {
    const q = benjaminiHochberg([0.04, 0.01, 0.03, 0.005, Number.NaN, 0.03]);
    expect([...q]).toEqual(
      [0.04, 0.025, 0.0375, 0.025, Number.NaN, 0.0375].map((value) =>
        Number.isNaN(value) ? value : expect.closeTo(value, 12),
      ),
    );
    expect([...benjaminiHochberg([])]).toEqual([]);
    expect([...benjaminiHochberg([1, 0.9])]).toEqual([1, 1]);
  });

  it('keep q between p and 1, and in the order of p', () => {
    const random = seededRandom(4);
    const p = Array.from({ length: 300 }, () => random.next() ** 3);
    const q = benjaminiHochberg(p);
    const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
    for (const [rank, i] of order.entries()) {
      expect(q[i]).toBeGreaterThanOrEqual(p[i]!);
      if (rank > 0) expect(q[i]).toBeGreaterThanOrEqual(q[order[rank - 1]!]!);
    }
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for the same groups under other names, near 0 for chance, and known between', () => {
    expect(adjustedRandIndex([1, 1, 2, 2], [7, 7, 3, 3])).toBe(1);
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(0.5714285714, 9);
    const random = seededRandom(6);
    const [a, b] = [0, 0].map(() => Array.from({ length: 2000 }, () => random.int(5)));
    expect(Math.abs(adjustedRandIndex(a!, b!))).toBeLessThan(0.01);
    expect(adjustedRandIndex([], [])).toBe(1);
    expect(() => adjustedRandIndex([1], [])).toThrow('as many of each');
  });
});

describe('the discrete Fréchet distance', () => {
  const plane = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);

  it('meets the check values, plain and densified', () => {
    expect(
      discreteFrechet(
        [
          [0, 0],
          [100, 0],
        ],
        [
          [0, 0],
          [50, 50],
          [100, 0],
        ],
        plane,
      ),
    ).toBeCloseTo(70.710678, 6);
    expect(
      discreteFrechet(
        [
          [0, 0],
          [50, 0],
          [100, 0],
        ],
        [
          [0, 0],
          [25, 25],
          [50, 50],
          [75, 25],
          [100, 0],
        ],
        plane,
      ),
    ).toBe(50);
  });

  it('is symmetric, zero for the same line, and not fooled by a turn in the other direction', () => {
    const there = [
      [0, 0],
      [1, 0],
      [2, 0],
    ];
    expect(discreteFrechet(there, there, plane)).toBe(0);
    expect(discreteFrechet(there, [...there].reverse(), plane)).toBe(2);
    expect(
      discreteFrechet(
        there,
        [
          [0, 1],
          [2, 3],
        ],
        plane,
      ),
    ).toBe(
      discreteFrechet(
        [
          [0, 1],
          [2, 3],
        ],
        there,
        plane,
      ),
    );
    expect(discreteFrechet([], there, plane)).toBe(Number.POSITIVE_INFINITY);
  });

  it('on great circles does not change across the antimeridian', () => {
    const a: Position[] = densify(
      [
        [170, 10],
        [190, 12],
      ],
      100,
    );
    const b: Position[] = densify(
      [
        [170, 11],
        [190, 14],
      ],
      100,
    );
    const moved = (line: Position[]): Position[] => line.map(([x, y]) => [x - 180, y]);
    const km = discreteFrechet(a, b, greatCircleKm);
    expect(km).toBeCloseTo(discreteFrechet(moved(a), moved(b), greatCircleKm), 6);
    expect(km).toBeGreaterThan(200);
    expect(km).toBeLessThan(250);
  });
});

describe('the slope of Theil and Sen', () => {
  it('is the median of all pairs, as sorting them shows, and shrugs off an outlier', () => {
    const random = seededRandom(12);
    for (let run = 0; run < 200; run += 1) {
      const series = Array.from({ length: 2 + random.int(20) }, () => random.int(4));
      const slopes = series
        .flatMap((y, j) => series.slice(0, j).map((x, i) => (y - x) / (j - i)))
        .sort((a, b) => a - b);
      const wanted = (slopes[(slopes.length - 1) >> 1]! + slopes[slopes.length >> 1]!) / 2;
      expect(theilSenSlope(series)).toBeCloseTo(wanted, 12);
    }
    expect(theilSenSlope([1, 2, 3, 100, 5, 6])).toBe(1);
    expect(theilSenSlope([4])).toBeNull();
  });
});
