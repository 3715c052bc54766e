import { describe, expect, it } from 'vitest';
import { monthName, monthNumber } from '../month-number.ts';
import { seasonsOf } from './corridor-season.ts';

const from = monthNumber('2023-04');
const dated = (length: number, incidents: (at: number) => number) => ({
  months: Array.from({ length }, (_, at) => ({ month: monthName(from + at), incidents: incidents(at) })),
});

/** Most in March; the first month is an April. */
const wave = (height: number) => (at: number) =>
  Math.round(5 + height * Math.cos((2 * Math.PI * (at + 1)) / 12));

describe('the season of a corridor', () => {
  const window = { first: '2023-04', last: monthName(from + 29) };
  it('is of the last whole years, and of corridors with enough incidents in them', () => {
    const spring = dated(30, wave(4));
    const [found, few, early] = seasonsOf([spring, dated(30, (at) => at % 2), dated(5, () => 20)], window);
    expect(found?.peakMonth).toBe(3);
    expect(found?.p).toBeLessThan(0.01);
    expect(found?.q).toBe(found?.p);
    expect(few).toBeNull();
    // All of it lies before the last two years.
    expect(early).toBeNull();
  });

  it('is not told of less than two years, nor where nothing is dated', () => {
    expect(seasonsOf([dated(23, () => 9)], { first: '2023-04', last: monthName(from + 22) })).toEqual([null]);
    expect(seasonsOf([dated(23, () => 9)], null)).toEqual([null]);
  });

  it('is the same whatever else was found, and less sure the more was looked at', () => {
    const spring = dated(30, wave(2));
    const [alone] = seasonsOf([spring], window);
    const [among] = seasonsOf(
      [spring, ...Array.from({ length: 9 }, (_, n) => dated(30, (at) => 2 + ((at * 7 + n) % 3)))],
      window,
    );
    expect(among?.p).toBe(alone?.p);
    expect(among?.q).toBeGreaterThan(alone?.q ?? 1);
  });
});
