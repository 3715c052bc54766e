import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { compareCounts } from './compare-counts.ts';

describe('two counts over their exposures', () => {
  it('have the rate ratio and interval that R gives for its own example (poisson.test, breast cancer after fluoroscopy)', () => {
    const { ratio } = compareCounts({ count: 21, exposure: 3011 }, { count: 11, exposure: 800 });
    expect(ratio.value).toBeCloseTo(1.971488, 6);
    expect(ratio.low).toBeCloseTo(0.8584264, 6);
    expect(ratio.high).toBeCloseTo(4.277_266, 5);
  });

  it('have the p that adding up binomial probabilities gives', () => {
    for (const [a, b, ea, eb] of [
      [7, 19, 1, 1],
      [0, 6, 3, 1],
      [40, 12, 10, 9],
      [5, 5, 1, 1],
    ] as const) {
      const share = eb / (ea + eb);
      const tail = (from: number, to: number): number => {
        let sum = 0;
        for (let k = from; k <= to; k += 1) sum += choose(a + b, k) * share ** k * (1 - share) ** (a + b - k);
        return sum;
      };
      const { p } = compareCounts({ count: a, exposure: ea }, { count: b, exposure: eb });
      expect(p).toBeCloseTo(Math.min(1, 2 * Math.min(tail(0, b), tail(b, a + b))), 10);
    }
  });

  it('are significant just where the interval of the ratio leaves out 1', () => {
    const random = seededRandom(4);
    let significant = 0;
    for (let i = 0; i < 400; i += 1) {
      const a = { count: random.int(40), exposure: 1 + random.int(12) };
      const b = { count: random.int(40), exposure: 1 + random.int(12) };
      const { p, ratio } = compareCounts(a, b);
      if (p < 0.05) significant += 1;
      expect({ a, b, leftOut: ratio.low > 1 || ratio.high < 1 }).toEqual({ a, b, leftOut: p < 0.05 });
    }
    expect(significant).toBeGreaterThan(100);
  });

  it('turn round when they change places, and do not mind in which unit exposure is told', () => {
    const a = { count: 14, exposure: 90 };
    const b = { count: 31, exposure: 92 };
    const there = compareCounts(a, b);
    const back = compareCounts(b, a);
    expect(back.p).toBeCloseTo(there.p, 12);
    expect(back.ratio.low).toBeCloseTo(1 / there.ratio.high, 10);
    expect(back.difference.low).toBeCloseTo(-there.difference.high, 12);
    const inHours = compareCounts({ ...a, exposure: a.exposure * 24 }, { ...b, exposure: b.exposure * 24 });
    expect(inHours.ratio.high).toBeCloseTo(there.ratio.high, 10);
    expect(inHours.difference.high * 24).toBeCloseTo(there.difference.high, 12);
  });

  it('differ by chance alone in at most 5 % of 1,000 null worlds, and their intervals hold what is true in at least 95 %', () => {
    const random = seededRandom(11);
    let alarms = 0;
    let missed = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const exposures = [30 + random.int(60), 30 + random.int(60)] as const;
      const rate = 0.1 + random.int(10) / 10;
      const [a, b] = exposures.map((exposure) => ({
        count: poissonDraw(random, rate * exposure),
        exposure,
      })) as [{ count: number; exposure: number }, { count: number; exposure: number }];
      const { p, ratio, difference } = compareCounts(a, b);
      if (p <= 0.05) alarms += 1;
      if (ratio.low > 1 || ratio.high < 1 || difference.low > 0 || difference.high < 0) missed += 1;
    }
    tellFigure('compare, any difference', `${alarms} of 1,000 null worlds`);
    expect(alarms).toBeLessThanOrEqual(50);
    expect(missed).toBeLessThanOrEqual(60);
  });

  it('want an exposure', () => {
    expect(() => compareCounts({ count: 1, exposure: 0 }, { count: 1, exposure: 1 })).toThrow(
      /exposure of 0/,
    );
  });
});

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i += 1) product = (product * (n - k + i)) / i;
  return product;
}
