import { describe, expect, it } from 'vitest';
import { NILE } from '../../../test/support/nile-flow.ts';
import { normalDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { FEWEST_STEPS, hamedRaoRatio, mannKendall } from './mann-kendall.ts';

const TIED = [5, 3, 8, 8, 2, 9, 9, 9, 4, 7, 12, 10, 10, 15, 11, 11];

describe('the test of Mann and Kendall', () => {
  it('meets R on the flow of the Nile and on a series full of ties', () => {
    const nile = mannKendall(NILE, 'none')!;
    expect(nile.s).toBe(-1387);
    expect(nile.z).toBeCloseTo(-4.1280665228441, 10);
    expect(nile.p / 3.65826292166434e-5).toBeCloseTo(1, 9);
    expect(nile.tau).toBeCloseTo(-0.280741334724613, 12);
    expect(nile.slope).toBeCloseTo(-2.6, 12);
    const tied = mannKendall(TIED, 'none')!;
    expect(tied.z).toBeCloseTo(3.12775905599021, 11);
    expect(tied.p).toBeCloseTo(0.00176144515042871, 12);
    expect(tied.tau).toBeCloseTo(0.598487372049673, 12);
  });

  it('meets the ratio of Hamed and Rao, computed with R from its own autocorrelations', () => {
    expect(hamedRaoRatio(NILE, -2.6)).toBeCloseTo(2.14289832709872, 11);
    expect(hamedRaoRatio(TIED, 0.42261904761904762)).toBeCloseTo(0.35, 10);
    expect(mannKendall(TIED)!.varianceRatio).toBe(1);
    expect(Math.abs(mannKendall(NILE)!.z)).toBeLessThan(4.1280665228441 / Math.sqrt(2.14));
  });

  it('is what counting pairs and permuting says, on small series', () => {
    const random = seededRandom(101);
    for (let run = 0; run < 30; run += 1) {
      const series = Array.from({ length: 8 + random.int(8) }, () => random.int(6));
      let s = 0;
      for (const [j, y] of series.entries()) for (const x of series.slice(0, j)) s += Math.sign(y - x);
      const found = mannKendall(series, 'none')!;
      expect(found.s).toBe(s);
      if (found.p === 1) continue;
      // The variance of S over all orders of the same values is the tie-corrected one: many shuffles come near it.
      let squares = 0;
      for (let draw = 0; draw < 2000; draw += 1) {
        const other = series.toSorted();
        for (let i = other.length - 1; i > 0; i -= 1) {
          const j = random.int(i + 1);
          [other[i], other[j]] = [other[j]!, other[i]!];
        }
        squares += mannKendall(other, 'none')!.s ** 2;
      }
      const deviation = (found.s - Math.sign(found.s)) / found.z;
      if (found.s > 1) expect(squares / 2000 / deviation ** 2).toBeCloseTo(1, 0);
    }
  });

  it('turns with time and with sign, and does not see unit or zero', () => {
    const random = seededRandom(103);
    for (let run = 0; run < 50; run += 1) {
      const series = Array.from({ length: 30 }, (_, i) => random.int(9) + (run % 3) * i);
      const straight = mannKendall(series)!;
      for (const other of [series.toReversed(), series.map((value) => -value)]) {
        expect(mannKendall(other)!.s).toBe(-straight.s || 0);
        expect(mannKendall(other)!.z).toBeCloseTo(-straight.z, 9);
      }
      const scaled = mannKendall(series.map((value) => 4 * value + 1024))!;
      expect(scaled).toEqual({ ...straight, slope: 4 * straight.slope });
    }
  });

  it.each([
    [24, 0, 0.05],
    [60, 0, 0.05],
    [60, 0.3, 0.08],
  ])('raises few alarms on %d steps of noise of which each keeps %d', (steps, kept, most) => {
    const random = seededRandom(107);
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      let state = normalDraw(random) / Math.sqrt(1 - kept * kept);
      const series = Array.from({ length: steps }, () => (state = kept * state + normalDraw(random)));
      if (mannKendall(series)!.p <= 0.05) alarms += 1;
    }
    expect(alarms / 1000).toBeLessThanOrEqual(most);
    expect(alarms).toBeGreaterThan(0);
  });

  it('finds a trend in noise, and says nothing of few or equal values', () => {
    const random = seededRandom(109);
    const rising = Array.from({ length: 40 }, (_, i) => 0.1 * i + normalDraw(random));
    expect(mannKendall(rising)!.p).toBeLessThan(0.001);
    expect(mannKendall(rising)!.slope).toBeCloseTo(0.1, 1);
    expect(mannKendall(Array(FEWEST_STEPS - 1).fill(1))).toBeNull();
    expect(mannKendall(Array(20).fill(3))).toEqual({ s: 0, tau: 0, slope: 0, z: 0, p: 1, varianceRatio: 1 });
    expect(() => mannKendall([...TIED, Number.NaN])).toThrow('no number');
  });
});
