import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { normalDraw } from '../../../test/support/seeded-draws.ts';
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { pointsWithin } from '../../geo/distance-band.ts';
import { giStar } from '../../geo/gi-star.ts';
import { twoSidedP } from '../../geo/normal.ts';
import { seededRandom } from '../../kernel/random.ts';
import { EMERGING_PATTERNS, emergingCategory, type Heat, heatOf } from './emerging-hotspots.ts';
import { mannKendall } from './mann-kendall.ts';

const RISING = { z: 3, p: 0.003 };
const FALLING = { z: -3, p: 0.003 };
const LEVEL = { z: 0.4, p: 0.7 };

/** '+' hot, '-' cold, '.' neither. */
const read = (steps: string): Heat[] =>
  steps.split('').map((step): Heat => (step === '+' ? 1 : step === '-' ? -1 : 0));

const VECTORS = [
  ['new', '.........+', RISING],
  ['consecutive', '......++++', RISING],
  ['intensifying', '.+++++++++', RISING],
  ['persistent', '++++++.+++', LEVEL],
  ['diminishing', '+++++++.++', FALLING],
  ['sporadic', '.++..+..+.', LEVEL],
  ['oscillating', '.-..++..++', LEVEL],
  ['historical', '+++++++++.', FALLING],
] as const;

describe('the category of an emerging hot spot', () => {
  it.each(VECTORS)('%s, hot and cold', (pattern, steps, trend) => {
    const heat = read(steps);
    expect(emergingCategory(heat, trend)).toBe(`${pattern} hot`);
    const mirrored = heat.map((state): Heat => (state === 0 ? 0 : state > 0 ? -1 : 1));
    expect(emergingCategory(mirrored, { ...trend, z: -trend.z })).toBe(`${pattern} cold`);
  });

  it('has a vector for every pattern, and none for the rest', () => {
    expect(VECTORS.map(([pattern]) => pattern)).toEqual([...EMERGING_PATTERNS]);
    for (const steps of ['..........', '..+..-....', ''])
      expect(emergingCategory(read(steps), LEVEL)).toBe('none');
  });

  it.each([
    ['hot for the first time after being cold', '--........+', LEVEL, 'new hot'],
    ['always hot and cold today', '++++++++++-', FALLING, 'new cold'],
    ['always hot and cold again today', '-+++++++++-', LEVEL, 'oscillating cold'],
    ['hot all the time', '++++++++++', LEVEL, 'persistent hot'],
    ['hot on and off, and today', '+..+..++.+', LEVEL, 'sporadic hot'],
    ['just under ninety percent, in one run', '..' + '+'.repeat(17), RISING, 'consecutive hot'],
    ['just ninety percent, in one run', '..' + '+'.repeat(18), RISING, 'intensifying hot'],
    ['hot today and cold twice before, in one run', '-.-..+++', RISING, 'consecutive hot'],
    ['of one step', '+', null, 'new hot'],
    ['of two steps', '++', null, 'persistent hot'],
  ] as const)('of a place %s', (_, steps, trend, category) => {
    expect(emergingCategory(read(steps), trend)).toBe(category);
  });

  it('mirrors for every series there is of six steps, and takes a weak trend for none', () => {
    const seen = new Set<string>();
    for (let code = 0; code < 3 ** 6; code += 1) {
      const heat = Array.from({ length: 6 }, (_, i) => ((Math.floor(code / 3 ** i) % 3) - 1) as Heat);
      for (const trend of [RISING, FALLING, LEVEL, null]) {
        const category = emergingCategory(heat, trend);
        seen.add(category);
        const mirrored = emergingCategory(
          heat.map((state) => (-state || 0) as Heat),
          trend && { ...trend, z: -trend.z },
        );
        // The one asymmetry would be a place that is both: no order of hot and cold may show.
        expect(mirrored).toBe(
          category.endsWith('hot') ? category.replace('hot', 'cold') : category.replace('cold', 'hot'),
        );
      }
      expect(emergingCategory(heat, { z: 9, p: 0.06 })).toBe(emergingCategory(heat, null));
    }
    // Historical needs nine in ten, and with it ten steps.
    expect(seen.size).toBe(15);
  });

  it('calls a cell anything but none in at most 5 of 100 grids of noise', () => {
    const random = seededRandom(211);
    const [wide, steps] = [9, 24];
    const cells = Array.from({ length: wide * wide }, (_, i) => [i % wide, Math.floor(i / wide), 0]);
    const near = pointsWithin(Float64Array.from(cells.flat()), 1.5);
    let alarms = 0;
    for (let run = 0; run < 1_000; run += 1) {
      const z = Array.from({ length: steps }, () =>
        giStar(
          cells.map(() => normalDraw(random)),
          near,
        ),
      );
      const q = benjaminiHochberg(z.flatMap((step) => [...step].map(twoSidedP)));
      const categories = cells.map((_, cell) => {
        const series = z.map((step) => step[cell]!);
        const heat = heatOf(
          series,
          series.map((__, step) => q[step * cells.length + cell]!),
        );
        return heat.some((state) => state !== 0) ? emergingCategory(heat, mannKendall(series)) : 'none';
      });
      if (categories.some((category) => category !== 'none')) alarms += 1;
    }
    tellFigure('emerging categories, any', `${alarms} of 1,000 null worlds`);
    expect(alarms / 1_000).toBeLessThanOrEqual(0.05);
  });

  it('reads z and q, and does not know what was not tested', () => {
    expect(heatOf([3, -3, 3, Number.NaN], [0.01, 0.05, 0.2, Number.NaN])).toEqual([1, -1, 0, 0]);
    const random = seededRandom(5);
    const steps = Array.from({ length: 40 }, () => random.int(3) - 1);
    expect(
      heatOf(
        steps,
        steps.map((step) => (step === 0 ? 1 : 0)),
      ),
    ).toEqual(steps);
  });
});
