import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { compareCounts } from '../compare/compare-counts.ts';
import { commonRatio, type Stratum } from './stratified-rates.ts';

const stratum = (before: number, days: number, after: number, daysAfter: number): Stratum => ({
  before: { count: before, exposure: days },
  after: { count: after, exposure: daysAfter },
});

describe('one ratio of all strata', () => {
  it('is that of two counts where there is one stratum (poisson.test, breast cancer after fluoroscopy)', () => {
    const found = commonRatio([stratum(11, 800, 21, 3011)], 0.95)!;
    const { ratio, p } = compareCounts({ count: 11, exposure: 800 }, { count: 21, exposure: 3011 });
    expect(found.value).toBeCloseTo(ratio.value!, 9);
    expect(found.low).toBeCloseTo(ratio.low, 9);
    expect(found.high).toBeCloseTo(ratio.high, 9);
    expect(found.p).toBeCloseTo(p, 9);
  });

  it('has the tails that every way of dealing the counts gives', () => {
    const strata = [stratum(2, 30, 3, 10), stratum(1, 5, 4, 20), stratum(0, 7, 2, 7)];
    const shares = strata.flatMap(({ before, after }) =>
      Array.from(
        { length: before.count + after.count },
        () => after.exposure / (before.exposure + after.exposure),
      ),
    );
    let [atLeast, atMost] = [0, 0];
    for (let ways = 0; ways < 2 ** shares.length; ways += 1) {
      let [chance, sum] = [1, 0];
      for (const [i, share] of shares.entries()) {
        const isAfter = (ways >> i) % 2 === 1;
        chance *= isAfter ? share : 1 - share;
        sum += Number(isAfter);
      }
      if (sum >= 9) atLeast += chance;
      if (sum <= 9) atMost += chance;
    }
    expect(commonRatio(strata, 0.95)!.p).toBeCloseTo(Math.min(1, 2 * Math.min(atLeast, atMost)), 12);
  });

  it('does not take busy strata that were watched longer afterwards for a change', () => {
    const strata = [stratum(10, 100, 90, 900), stratum(18, 900, 2, 100)];
    const pooled = compareCounts({ count: 28, exposure: 1000 }, { count: 92, exposure: 1000 });
    expect(pooled.p).toBeLessThan(0.001);
    expect(commonRatio(strata, 0.95)).toMatchObject({ value: expect.closeTo(1, 6), p: 1 });
  });

  it('turns round, does not mind the order or the unit, and leaves out strata that were watched on one side', () => {
    const strata = [stratum(3, 40, 9, 50), stratum(6, 20, 8, 25)];
    const there = commonRatio(strata, 0.95)!;
    const back = commonRatio(
      strata.map(({ before, after }) => ({ before: after, after: before })),
      0.95,
    )!;
    expect(back.value! * there.value!).toBeCloseTo(1, 9);
    expect(back.low * there.high!).toBeCloseTo(1, 6);
    expect(back.p).toBeCloseTo(there.p, 12);
    const hours = strata.map(({ before, after }) =>
      stratum(before.count, before.exposure * 24, after.count, after.exposure * 24),
    );
    expect(commonRatio(hours.toReversed(), 0.95)!.value).toBeCloseTo(there.value!, 9);
    expect(commonRatio([...strata, stratum(0, 0, 40, 10)], 0.95)).toEqual(there);
    expect(commonRatio([stratum(0, 0, 40, 10)], 0.95)).toBeNull();
    expect(commonRatio([stratum(0, 10, 4, 10)], 0.95)).toMatchObject({ value: null, high: null });
    expect(commonRatio([stratum(4, 10, 0, 10)], 0.95)).toMatchObject({ value: 0, low: 0 });
  });

  it('differs from 1 by chance alone in at most 5 % of 1,000 null worlds, and nearly meets large counts', () => {
    const random = seededRandom(5);
    let alarms = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const strata = Array.from({ length: 1 + random.int(6) }, () => {
        const [days, daysAfter] = [20 + random.int(180), 20 + random.int(180)];
        const rate = (1 + random.int(10)) / 100;
        return stratum(
          poissonDraw(random, rate * days),
          days,
          poissonDraw(random, rate * daysAfter),
          daysAfter,
        );
      });
      if ((commonRatio(strata, 0.95)?.p ?? 1) <= 0.05) alarms += 1;
    }
    tellFigure('stratified rates, other than 1', `${alarms} of 1,000 null worlds`);
    expect(alarms).toBeLessThanOrEqual(50);
    const [few, many] = [
      commonRatio([stratum(450, 100, 549, 100)], 0.95)!,
      commonRatio([stratum(451, 100, 550, 100)], 0.95)!,
    ];
    expect(many.p).toBeCloseTo(few.p, 2);
  });
});
