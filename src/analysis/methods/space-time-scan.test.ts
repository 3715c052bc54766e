import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { LeastCounts, scanLogLikelihood } from './scan-likelihood.ts';
import { type ScanOptions, spaceTimeScan } from './space-time-scan.ts';

const places = (random: Random, cells: number): Position[] =>
  Array.from({ length: cells }, () => [80 + 4 * random.next(), 26 + 2 * random.next()]);

const noise = (random: Random, effort: readonly number[], mean: number): number[] =>
  effort.map((watched) => poissonDraw(random, mean * watched));

const flat = (cells: number, steps: number): number[] => Array<number>(cells * steps).fill(1);

/** Every circle and every stretch of steps, one by one. */
function bestByTrial(
  positions: readonly Position[],
  steps: number,
  counts: readonly number[],
  expected: readonly number[],
  { longest, ends, maxShare }: { longest: number; ends: 'last' | 'any'; maxShare: number },
): number {
  const events = counts.reduce((sum, count) => sum + count, 0);
  let best = 0;
  for (const centre of positions) {
    for (const edge of positions) {
      const radius = greatCircleKm(centre, edge) * (1 + 1e-9);
      const cells = [...positions.keys()].filter((cell) => greatCircleKm(centre, positions[cell]!) <= radius);
      const sum = (values: readonly number[], from: number, to: number): number =>
        cells.reduce(
          (total, cell) =>
            total + values.slice(cell * steps + from, cell * steps + to).reduce((a, b) => a + b, 0),
          0,
        );
      if (cells.length > 1 && sum(expected, 0, steps) > events * maxShare) continue;
      for (let to = ends === 'last' ? steps : 1; to <= steps; to += 1) {
        for (let from = Math.max(0, to - longest); from < to; from += 1) {
          const observed = sum(counts, from, to);
          if (observed >= 2)
            best = Math.max(best, scanLogLikelihood(observed, sum(expected, from, to), events));
        }
      }
    }
  }
  return best;
}

describe('the log-likelihood ratio', () => {
  it('meets the check value, and is 0 where there is no more than expected', () => {
    expect(scanLogLikelihood(10, 1, 1175)).toBeCloseTo(14.0604369, 6);
    expect(scanLogLikelihood(3, 3, 100)).toBe(0);
    expect(scanLogLikelihood(2, 3, 100)).toBe(0);
    expect(scanLogLikelihood(8, 2, 8)).toBeCloseTo(8 * Math.log(4), 12);
    expect(scanLogLikelihood(1, 0, 8)).toBe(Infinity);
  });

  it('is never passed over: fewer events than the least count cannot reach the best', () => {
    const random = seededRandom(701);
    for (const events of [5, 300, 200_000]) {
      const least = new LeastCounts(events, 2);
      for (let draw = 0; draw < 2000; draw += 1) {
        const expected = events * random.next() ** 4;
        const count = Math.min(events, Math.floor(expected + 30 * random.next()));
        const best = 12 * random.next();
        if (count < 2 || count >= least.toReach(best)[least.binOf(expected)]!) continue;
        expect(scanLogLikelihood(count, expected, events)).toBeLessThan(Math.max(best, 1e-9));
      }
    }
  });
});

describe('the space-time scan', () => {
  it.each(['last', 'any'] as const)(
    'finds the best of all windows that end %s, as trying each does',
    (ends) => {
      const random = seededRandom(709);
      for (let run = 0; run < 12; run += 1) {
        const positions = places(random, 14);
        const steps = 6;
        const effort = flat(14, steps).map(() => 0.2 + random.next());
        const counts = noise(random, effort, run % 2 === 0 ? 0.4 : 6);
        const events = counts.reduce((sum, count) => sum + count, 0);
        const watched = effort.reduce((sum, value) => sum + value, 0);
        const found = spaceTimeScan(
          { positions, steps, counts },
          { model: 'poisson', effort, random, ends, longest: 4, replications: 1 },
        );
        const expected = effort.map((value) => (value / watched) * events);
        expect(found.clusters[0]?.logLikelihood ?? 0).toBeCloseTo(
          bestByTrial(positions, steps, counts, expected, { longest: 4, ends, maxShare: 0.5 }),
          9,
        );
        const cells = found.clusters.map((cluster) => cluster.cells).flat();
        expect(new Set(cells).size).toBe(cells.length);
      }
    },
  );

  it('expects by margins where nothing is known of effort', () => {
    const random = seededRandom(719);
    for (let run = 0; run < 8; run += 1) {
      const positions = places(random, 12);
      const steps = 6;
      const counts = noise(random, flat(12, steps), 1);
      const events = counts.reduce((sum, count) => sum + count, 0);
      const expected = counts.map((_, i) => {
        const cell = Math.floor(i / steps);
        const inCell = counts.slice(cell * steps, (cell + 1) * steps).reduce((a, b) => a + b);
        const inStep = counts.filter((__, j) => j % steps === i % steps).reduce((a, b) => a + b);
        return (inCell * inStep) / events;
      });
      const found = spaceTimeScan(
        { positions, steps, counts },
        { model: 'permutation', random, replications: 1 },
      );
      const wanted = bestByTrial(positions, steps, counts, expected, {
        longest: 3,
        ends: 'last',
        maxShare: 0.5,
      });
      expect(found.clusters[0]?.logLikelihood ?? 0).toBeCloseTo(wanted, 9);
    }
  });

  const planted = (random: Random): { positions: Position[]; counts: number[] } => {
    const positions = places(random, 60);
    const middle = positions[7]!;
    const near = [...positions.keys()]
      .sort((a, b) => greatCircleKm(middle, positions[a]!) - greatCircleKm(middle, positions[b]!))
      .slice(0, 5);
    const counts = Array.from({ length: 60 * 24 }, (_, i) =>
      poissonDraw(random, near.includes(Math.floor(i / 24)) && i % 24 >= 20 ? 2.5 : 0.3),
    );
    return { positions, counts };
  };

  it.each(['poisson', 'permutation'] as const)(
    'finds a planted cluster: where, since when, how surely (%s)',
    (model) => {
      const random = seededRandom(727);
      const { positions, counts } = planted(random);
      const { clusters, replications } = spaceTimeScan(
        { positions, steps: 24, counts },
        { model, random, replications: 199 },
      );
      expect(replications).toBe(199);
      expect(clusters[0]!.p).toBe(0.005);
      expect(clusters[0]!.cells).toContain(7);
      expect(clusters[0]!.cells.length).toBeGreaterThanOrEqual(4);
      expect(clusters[0]!.cells.length).toBeLessThanOrEqual(7);
      expect([clusters[0]!.from, clusters[0]!.to]).toEqual([20, 24]);
      expect(clusters[0]!.observed).toBeGreaterThan(2 * clusters[0]!.expected);
      expect(clusters[1]!.p).toBeGreaterThan(0.05);
    },
  );

  it('takes more events for more watching as nothing new', () => {
    const random = seededRandom(733);
    const positions = places(random, 40);
    const effort = flat(40, 12).map((_, i) => (i < 60 && i % 12 >= 9 ? 6 : 1));
    const counts = noise(random, effort, 1);
    const scan = (options: Partial<ScanOptions>): number =>
      spaceTimeScan(
        { positions, steps: 12, counts },
        { model: 'poisson', random, replications: 99, ...options },
      ).clusters[0]!.p;
    expect(scan({})).toBe(0.01);
    expect(scan({ effort })).toBeGreaterThan(0.05);
  });

  it('gives the same answer to the same cells in any order, moved or watched in another unit', () => {
    const { positions, counts } = planted(seededRandom(739));
    const steps = 24;
    const scan = (
      of: readonly Position[],
      counted: readonly number[],
      options: Partial<ScanOptions> = {},
    ): readonly unknown[] =>
      spaceTimeScan(
        { positions: of, steps, counts: counted },
        { model: 'poisson', random: seededRandom(1), replications: 19, ...options },
      ).clusters.map(({ from, to, observed, logLikelihood, radiusKm, cells }) => ({
        from,
        to,
        observed,
        cells: cells.length,
        logLikelihood: logLikelihood.toFixed(6),
        radiusKm: radiusKm.toFixed(3),
      }));
    const straight = scan(positions, counts);
    const turned = positions.map((_, cell) => positions.length - 1 - cell);
    expect(
      scan(
        turned.map((cell) => positions[cell]!),
        turned.flatMap((cell) => counts.slice(cell * steps, (cell + 1) * steps)),
      ),
    ).toEqual(straight);
    expect(
      scan(
        positions.map(([x, y]) => [x + 98 + 360, y]),
        counts,
      ),
    ).toEqual(straight);
    expect(scan(positions, counts, { effort: counts.map(() => 0.125) })).toEqual(straight);
    // Every event told twice: the same windows, each twice as unlikely. Repeats must be one event before they come here.
    const [once, twice] = [1, 2].map(
      (times) =>
        spaceTimeScan(
          { positions, steps, counts: counts.map((count) => times * count) },
          { model: 'poisson', random: seededRandom(1), replications: 1 },
        ).clusters[0]!,
    );
    expect(twice!.cells).toEqual(once!.cells);
    expect(twice!.logLikelihood).toBeCloseTo(2 * once!.logLikelihood, 9);
  });

  it('calls at most 5 of 100 sets of noise, and as many when it stops early', () => {
    for (const model of ['poisson', 'permutation'] as const) {
      const random = seededRandom(745);
      let [full, early] = [0, 0];
      for (let run = 0; run < 1_000; run += 1) {
        const positions = places(random, 12);
        const counts = noise(random, flat(12, 8), 0.7);
        const p = (stopAfter: number): number =>
          spaceTimeScan({ positions, steps: 8, counts }, { model, random, replications: 39, stopAfter })
            .clusters[0]?.p ?? 1;
        if (p(Infinity) <= 0.05) full += 1;
        if (p(4) <= 0.05) early += 1;
      }
      tellFigure(
        `scan, ${model}`,
        `${full} of 1,000 null worlds with all draws, ${early} when it stops early`,
      );
      // The test is exact, so 50 of a thousand are expected, give or take 7: 64 are two deviations more.
      expect(full).toBeLessThanOrEqual(64);
      expect(early).toBeLessThanOrEqual(64);
      expect(full).toBeGreaterThan(20);
    }
  });

  it('stops when the p is known to be large', () => {
    const random = seededRandom(751);
    const positions = places(random, 20);
    const { clusters, replications } = spaceTimeScan(
      { positions, steps: 8, counts: noise(random, flat(20, 8), 0.5) },
      { model: 'poisson', random, replications: 999, stopAfter: 10 },
    );
    expect(replications).toBeLessThan(300);
    expect(clusters[0]!.p).toBeCloseTo(10 / replications, 12);
  });

  it('answers no events, one cell and one step, and refuses what cannot be', () => {
    const random = seededRandom(757);
    const scan = (counts: readonly number[], options: Partial<ScanOptions> = {}) =>
      spaceTimeScan({ positions: [[80, 27]], steps: 4, counts }, { model: 'poisson', random, ...options });
    expect(scan([0, 0, 0, 0]).clusters).toEqual([]);
    expect(scan([1, 0, 0, 9], { replications: 9 }).clusters[0]).toMatchObject({
      from: 3,
      to: 4,
      observed: 9,
    });
    expect(
      spaceTimeScan(
        {
          positions: [
            [80, 27],
            [81, 27],
          ],
          steps: 1,
          counts: [1, 8],
        },
        { model: 'poisson', random, replications: 9 },
      ).clusters[0],
    ).toMatchObject({ centre: 1, observed: 8 });
    expect(() => scan([1, 2])).toThrow('1 cells × 4 steps');
    expect(() => scan([1, 0, 0, 9], { effort: [1, 1, 1, 0] })).toThrow('without effort');
    expect(() =>
      spaceTimeScan(
        { positions: places(random, 700), steps: 60, counts: flat(700, 60) },
        { model: 'poisson', random, ends: 'any' },
      ),
    ).toThrow('smaller circles');
  });
});
