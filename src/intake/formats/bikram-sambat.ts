/** Nepal's calendar: a Bikram Sambat date becomes the Gregorian day it names. */
import { dateConfigMap } from 'nepali-date-converter';

export interface GregorianDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Years whose months are known. Months have 29 to 32 days by almanac; no rule gives them. */
export const BIKRAM_YEARS = { first: 2000, last: 2090 } as const;

/** 1 Baisakh 2000 was 14 April 1943. */
const EPOCH_DAY = Date.UTC(1943, 3, 14) / 86_400_000;

/**
 * Month and day counted from 1. Null when the year is not known or the month has no such day. Only the month lengths are taken from
 * the package: its own constructor lets 32 Asar 2081 run over into Shrawan, and computes in the machine's time zone.
 */
export function fromBikramSambat(year: number, month: number, day: number): GregorianDay | null {
  const lengths = MONTHS.get(year);
  const length = lengths?.[month - 1];
  const start = YEAR_STARTS.get(year);
  if (lengths === undefined || length === undefined || start === undefined) return null;
  if (!Number.isInteger(day) || day < 1 || day > length) return null;
  const before = lengths.slice(0, month - 1).reduce((sum, each) => sum + each, 0);
  const date = new Date((start + before + day - 1) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Days of a month, or null when the year is not known. */
export function daysOfBikramMonth(year: number, month: number): number | null {
  return MONTHS.get(year)?.[month - 1] ?? null;
}

const MONTHS: ReadonlyMap<number, readonly number[]> = new Map(
  Object.entries(dateConfigMap).map(([year, months]) => [Number(year), Object.values(months)]),
);

const YEAR_STARTS: ReadonlyMap<number, number> = yearStarts();

function yearStarts(): Map<number, number> {
  const starts = new Map<number, number>();
  let day = EPOCH_DAY;
  for (let year = BIKRAM_YEARS.first; year <= BIKRAM_YEARS.last; year += 1) {
    starts.set(year, day);
    day += (MONTHS.get(year) ?? []).reduce((sum, each) => sum + each, 0);
  }
  return starts;
}
