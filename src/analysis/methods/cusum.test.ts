import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { cusumPath, poissonCusum } from './cusum.ts';
import { throwEvents, wheelOf } from './redraw.ts';

/** Montgomery, Introduction to Statistical Quality Control, table 9.1: target 10, the last ten around 11. */
const MONTGOMERY = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62,
  10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];

describe('cumulative sums', () => {
  it("meet Montgomery's chart: above 5 at the 29th sample", () => {
    const path = cusumPath(
      MONTGOMERY,
      MONTGOMERY.map(() => 10.5),
    );
    expect(path[28]).toBeCloseTo(5.28, 9);
    expect(path[29]).toBeCloseTo(5.3, 9);
    expect(path.findIndex((sum) => sum > 5)).toBe(28);
  });

  it('are the best sum of a run that ends here', () => {
    const random = seededRandom(401);
    const values = Array.from({ length: 60 }, () => random.next() - 0.5);
    const path = cusumPath(values, Array(60).fill(0.1));
    for (const [end, sum] of path.entries()) {
      const runs = Array.from({ length: end + 1 }, (_, start) =>
        values.slice(start, end + 1).reduce((total, value) => total + value - 0.1, 0),
      );
      expect(sum).toBeCloseTo(Math.max(0, ...runs), 12);
    }
  });
});

describe('the CUSUM of counts', () => {
  const watch = (counts: readonly number[], seed: number, ratio = 2, effort?: readonly number[]) =>
    poissonCusum(counts, {
      baseline: 24,
      ratio,
      random: seededRandom(seed),
      replications: 199,
      ...(effort ? { effort } : {}),
    });

  it('finds a doubling and a halving soon, each by its own ratio', () => {
    const random = seededRandom(409);
    const change = (factor: number): number[] =>
      Array.from({ length: 48 }, (_, month) => poissonDraw(random, month < 30 ? 8 : 8 * factor));
    const doubled = watch(change(2), 1)!;
    expect(doubled.p).toBe(0.005);
    expect(doubled.alarmAt).toBeGreaterThanOrEqual(6);
    expect(doubled.alarmAt).toBeLessThan(12);
    const halved = change(0.5);
    expect(watch(halved, 2, 0.5)!.p).toBeLessThan(0.05);
    expect(watch(halved, 2, 2)!.alarmAt).toBeNull();
  });

  it('is no alarm where watching doubled, and does not see the unit of effort', () => {
    const random = seededRandom(420);
    const effort = Array.from({ length: 48 }, (_, month) => (month < 30 ? 1 : 2));
    const counts = effort.map((watched) => poissonDraw(random, 8 * watched));
    expect(watch(counts, 3)!.alarmAt).not.toBeNull();
    const straight = watch(counts, 3, 2, effort)!;
    expect(straight.alarmAt).toBeNull();
    const months = watch(
      counts,
      3,
      2,
      effort.map((watched) => 64 * watched),
    )!;
    expect(months.p).toBe(straight.p);
    expect([...months.path]).toEqual([...straight.path]);
  });

  it('raises an alarm in 5 of 100 series of noise, at any rate, and tells p and alarm alike', () => {
    const random = seededRandom(12);
    for (const mean of [0.3, 5]) {
      let alarms = 0;
      for (let run = 0; run < 1000; run += 1) {
        const counts = Array.from({ length: 36 }, () => poissonDraw(random, mean));
        const found = poissonCusum(counts, { baseline: 24, random, replications: 39 });
        if (!found) continue;
        expect(found.alarmAt !== null).toBe(found.p <= 0.05);
        if (found.p <= 0.05) alarms += 1;
      }
      tellFigure(`CUSUM, ${mean} a month`, `${alarms} of 1,000 null worlds`);
      expect(alarms / 1000).toBeLessThanOrEqual(0.05);
    }
  });

  it('says nothing without events, and refuses what is no change', () => {
    expect(watch(Array(36).fill(0), 5)).toBeNull();
    expect(
      watch(Array(36).fill(1), 5, 2, [...Array<number>(24).fill(0), ...Array<number>(12).fill(1)]),
    ).toBeNull();
    expect(() => watch(Array(36).fill(1), 5, 1)).toThrow('a change');
    expect(() => watch([1, 2], 5)).toThrow('steps on both sides');
  });
});

describe('events thrown again', () => {
  it('fall in proportion to their shares, all of them, and never where there is none', () => {
    const counts = new Float64Array(4);
    throwEvents(seededRandom(431), 40_000, wheelOf([1, 0, 3, 4]), counts);
    expect(counts[1]).toBe(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40_000);
    for (const [i, share] of [1, 0, 3, 4].entries()) expect(counts[i]! / 5000).toBeCloseTo(share, 0);
    expect(() => wheelOf([0, 0])).toThrow('no share');
    expect(() => wheelOf([1, -1])).toThrow('0 or more');
  });
});
