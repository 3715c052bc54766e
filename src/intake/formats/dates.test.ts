import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { BIKRAM_YEARS, daysOfBikramMonth, fromBikramSambat } from './bikram-sambat.ts';
import { type DateOptions, parseDate } from './dates.ts';
import { toUtc } from './time-zones.ts';

// Required, because the test runner and Node disagree about what this package's default export is.
const nepali = createRequire(import.meta.url)(
  'nepali-date-converter',
) as typeof import('nepali-date-converter');

const options: DateOptions = {
  order: null,
  calendar: 'gregorian',
  serial: null,
  zone: 'UTC',
  basis: 'incident',
  now: new Date('2026-11-01T00:00:00Z'),
  allowFuture: false,
};
const cell = (text: string) => ({ where: 'line 2, date', text, personal: false });
const read = (text: string, other: Partial<DateOptions> = {}, time?: string) => {
  const outcome = parseDate(cell(text), { ...options, ...other }, time === undefined ? null : cell(time));
  if (!outcome.accepted)
    return outcome.reasons.map((reason) => `${reason.found} wanted ${reason.wanted}`).join();
  const { from, to, granularity } = outcome.value;
  return `${from.replace('T00:00:00.000Z', '')} ${to.replace('T00:00:00.000Z', '')} ${granularity}`;
};

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29 2024-03-01 day'],
    ['2024/3/1', '2024-03-01 2024-03-02 day'],
    ['2024-02', '2024-02-01 2024-03-01 month'],
    ['2024', '2024-01-01 2025-01-01 year'],
    ['2024-Q4', '2024-10-01 2025-01-01 quarter'],
    ['1 March 2024', '2024-03-01 2024-03-02 day'],
    ['Mar 1st, 2024', '2024-03-01 2024-03-02 day'],
    ['01-Mar-2024', '2024-03-01 2024-03-02 day'],
    ['December 2024', '2024-12-01 2025-01-01 month'],
    ['2024-03-01 00:00:00', '2024-03-01 2024-03-02 day'],
    ['2024-03-01T18:05', '2024-03-01T18:05:00.000Z 2024-03-01T18:06:00.000Z instant'],
    ['2024-03-01T18:05:30+05:45', '2024-03-01T12:20:30.000Z 2024-03-01T12:20:31.000Z instant'],
    ['13/02/2024', '2024-02-13 2024-02-14 day'],
    ['02/13/2024', '2024-02-13 2024-02-14 day'],
    ['03.03.2024', '2024-03-03 2024-03-04 day'],
    ['२०२४-०३-०१', '2024-03-01 2024-03-02 day'],
  ])('reads %s', (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  it('reads 01/02/2024 only in a declared order', () => {
    expect(read('01/02/2024')).toContain('order (dmy or mdy)');
    expect(read('01/02/2024', { order: 'dmy' })).toBe('2024-02-01 2024-02-02 day');
    expect(read('01/02/2024', { order: 'mdy' })).toBe('2024-01-02 2024-01-03 day');
    expect(read('02/13/2024', { order: 'dmy' })).toContain('the declared order');
  });

  it.each([
    '2024-02-31',
    '31/02/2024',
    '2023-02-29',
    '0202-05-05',
    '2024-13-01',
    '2024-03-01 25:00',
    'soon',
    '45000',
    '3/1/24',
  ])('refuses %s', (text) => {
    expect(read(text)).toContain('wanted');
  });

  it('refuses the future, unless told', () => {
    expect(read('2026-11-02')).toContain('not in the future');
    expect(read('2026-11-02', { allowFuture: true })).toBe('2026-11-02 2026-11-03 day');
  });

  it('reads spreadsheet serials where they are declared', () => {
    expect(read('45352', { serial: '1900' })).toBe('2024-03-01 2024-03-02 day');
    expect(read('43890', { serial: '1904' })).toBe('2024-03-01 2024-03-02 day');
    expect(read('45352.75', { serial: '1900' })).toBe(
      '2024-03-01T18:00:00.000Z 2024-03-01T18:01:00.000Z instant',
    );
  });

  it('turns a local day and time into UTC', () => {
    expect(read('2024-03-01', { zone: 'Asia/Kathmandu' })).toBe(
      '2024-02-29T18:15:00.000Z 2024-03-01T18:15:00.000Z day',
    );
    expect(read('2024-03-01', { zone: 'Asia/Kathmandu' }, '6:05 pm')).toContain('2024-03-01T12:20:00.000Z');
    expect(read('2024-03-01', {}, 'late')).toContain('a time of day');
  });

  it('gives days of 23 and 25 hours where clocks change', () => {
    expect(read('2024-03-31', { zone: 'Europe/Kyiv' })).toBe(
      '2024-03-30T22:00:00.000Z 2024-03-31T21:00:00.000Z day',
    );
    expect(read('2024-10-27', { zone: 'Europe/Kyiv' })).toBe(
      '2024-10-26T21:00:00.000Z 2024-10-27T22:00:00.000Z day',
    );
    // 02:30 is skipped on the last Sunday of March in Berlin, and told twice in October.
    expect(new Date(toUtc(Date.UTC(2024, 2, 31, 2, 30), 'Europe/Berlin')).toISOString()).toBe(
      '2024-03-31T01:30:00.000Z',
    );
    expect(new Date(toUtc(Date.UTC(2024, 9, 27, 2, 30), 'Europe/Berlin')).toISOString()).toBe(
      '2024-10-27T00:30:00.000Z',
    );
  });
});

describe('Bikram Sambat', () => {
  // Public days with both dates on record: earthquake, constitution, new years, the day of democracy, the rice day.
  it.each([
    [[2007, 11, 7], '1951-02-18'],
    [[2017, 9, 1], '1960-12-15'],
    [[2063, 1, 11], '2006-04-24'],
    [[2072, 1, 12], '2015-04-25'],
    [[2072, 6, 3], '2015-09-20'],
    [[2077, 1, 1], '2020-04-13'],
    [[2080, 1, 1], '2023-04-14'],
    [[2081, 1, 1], '2024-04-13'],
    [[2081, 3, 15], '2024-06-29'],
    [[2081, 10, 1], '2025-01-14'],
    [[2082, 1, 1], '2025-04-14'],
  ] as const)('%s is %s', ([year, month, day], wanted) => {
    const found = fromBikramSambat(year, month, day);
    expect(
      found && new Date(Date.UTC(found.year, found.month - 1, found.day)).toISOString().slice(0, 10),
    ).toBe(wanted);
  });

  it("agrees with the package's own conversion on the first and last day of every month", () => {
    let compared = 0;
    for (let year: number = BIKRAM_YEARS.first; year <= BIKRAM_YEARS.last; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const days = daysOfBikramMonth(year, month) ?? 0;
        for (const day of [1, days]) {
          const { year: y, month: m, date } = new nepali.default(year, month - 1, day).getAD();
          expect(fromBikramSambat(year, month, day)).toEqual({ year: y, month: m + 1, day: date });
          compared += 1;
        }
      }
    }
    expect(compared).toBe(91 * 24);
  });

  it('refuses days that a month does not have, and years no almanac lists', () => {
    expect(fromBikramSambat(2081, 3, 32)).toBeNull();
    expect(fromBikramSambat(2081, 2, 32)).not.toBeNull();
    expect(fromBikramSambat(2091, 1, 1)).toBeNull();
    expect(fromBikramSambat(1999, 1, 1)).toBeNull();
  });

  it('is read when declared, or when permitted and the year cannot be Gregorian yet', () => {
    expect(read('2081-01-01', { calendar: 'bikram_sambat' })).toBe('2024-04-13 2024-04-14 day');
    expect(read('2081-01-01', { calendar: 'either' })).toBe('2024-04-13 2024-04-14 day');
    expect(read('2024-04-13', { calendar: 'either' })).toBe('2024-04-13 2024-04-14 day');
    expect(read('2081-01-01')).toContain('calendar bikram_sambat');
    expect(read('2081', { calendar: 'bikram_sambat' })).toBe('2024-04-13 2025-04-14 year');
    expect(read('2081-02', { calendar: 'bikram_sambat' })).toBe('2024-05-14 2024-06-15 month');
    expect(read('2095-01-01', { calendar: 'either' })).toContain('Bikram Sambat');
  });
});
