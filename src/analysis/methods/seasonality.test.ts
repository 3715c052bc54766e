import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { seasonality } from './seasonality.ts';

const months = (years: number, mean: (at: number) => number): number[] =>
  Array.from({ length: 12 * years }, (_, at) => mean(at));

describe('a season', () => {
  it('has the peak and strength of the harmonic it was made of', () => {
    for (const peak of [0, 3, 11]) {
      const counts = months(3, (at) => 20 * (1 + 0.5 * Math.cos((2 * Math.PI * (at - peak)) / 12)));
      const found = seasonality(counts, 4, 199, seededRandom(1));
      expect(found?.peakMonth).toBe(((3 + peak) % 12) + 1);
      expect(found?.strength).toBeCloseTo(1.5, 9);
      expect(found?.p).toBe(1 / 200);
    }
  });

  it('is told apart from growth within years and from levels of years', () => {
    const wave = (at: number): number => 6 * Math.cos((2 * Math.PI * (at - 2)) / 12);
    const found = seasonality(
      months(3, (at) => 30 + (at % 12) + 10 * Math.floor(at / 12) + wave(at)),
      1,
      99,
      seededRandom(1),
    );
    expect(found?.peakMonth).toBe(3);
    expect(found?.strength).toBeCloseTo(1 + 6 / 45.5, 9);
  });

  it('is found in counts that were drawn with one, and turns with the calendar', () => {
    const random = seededRandom(7);
    const counts = months(3, (at) =>
      poissonDraw(random, 8 * (1 + 0.7 * Math.cos((2 * Math.PI * (at - 5)) / 12))),
    );
    const found = seasonality(counts, 1, 499, seededRandom(2));
    expect(found?.p).toBeLessThan(0.01);
    expect([5, 6, 7]).toContain(found?.peakMonth);
    const turned = seasonality(counts, 4, 499, seededRandom(2));
    expect(turned).toEqual({ ...found, peakMonth: (((found?.peakMonth ?? 0) + 2) % 12) + 1 });
  });

  it('is as often anywhere between 0 and 1 in p where there is none', () => {
    const random = seededRandom(3);
    const all = Array.from(
      { length: 400 },
      () =>
        seasonality(
          months(2, () => poissonDraw(random, 5)),
          1,
          99,
          random,
        )?.p ?? 9,
    ).sort((a, b) => a - b);
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9])
      expect(Math.abs(all[Math.floor(400 * share)]! - share)).toBeLessThan(0.08);
  });

  it.each([
    ['Poisson', () => 6],
    ['growing', (at: number) => 2 + at / 3],
    ['of years that differ', (at: number) => [3, 12, 6][Math.floor(at / 12)]!],
  ] as const)('is called in at most 5 %% of 1,000 worlds without one: %s', (_, mean) => {
    const random = seededRandom(5);
    let called = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const counts = months(3, (at) => poissonDraw(random, mean(at)));
      if ((seasonality(counts, 1, 99, random)?.p ?? 1) <= 0.05) called += 1;
    }
    tellFigure('seasonality', `${called} of 1,000 null worlds`);
    expect(called).toBeLessThanOrEqual(65);
    expect(called).toBeGreaterThan(0);
  });

  it('wants whole years, and something to count', () => {
    expect(() =>
      seasonality(
        months(1, () => 1),
        1,
        9,
        seededRandom(1),
      ),
    ).toThrow(/found 12 months/);
    expect(() => seasonality([...months(2, () => 1), 1], 1, 9, seededRandom(1))).toThrow(/found 25 months/);
    expect(
      seasonality(
        months(2, () => 0),
        1,
        9,
        seededRandom(1),
      ),
    ).toBeNull();
  });
});
