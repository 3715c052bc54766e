/** The demo's window of whole months, its seasons, and the dates that people write. */
import { dateConfigMap } from 'nepali-date-converter';
import { HeadwaterError } from '../src/kernel/errors.ts';
import type { Random } from '../src/kernel/random.ts';

export interface Month {
  /** 0 is the first month of the window. */
  readonly index: number;
  readonly year: number;
  /** 1–12. */
  readonly month: number;
}

/**
 * The `count` whole months that end before the month of `now` ("2026-11-01" → up to October 2026).
 * @throws HeadwaterError BAD_INPUT when `now` is not an ISO date.
 */
export function monthsBefore(now: string, count: number): readonly Month[] {
  const match = /^(\d{4})-(\d{2})-\d{2}/.exec(now);
  if (match === null || Number.isNaN(Date.parse(now)))
    throw new HeadwaterError('BAD_INPUT', `found now "${now}", wanted an ISO date such as 2026-11-01`);
  const end = Number(match[1]) * 12 + Number(match[2]) - 1;
  return Array.from({ length: count }, (_, index) => {
    const absolute = end - count + index;
    return { index, year: Math.floor(absolute / 12), month: (absolute % 12) + 1 };
  });
}

/** "2025-03-01" for the first of a month. */
export function firstDay({ year, month }: Month): string {
  return isoDate(year, month, 1);
}

/** A day of the month, all equally likely, as "2025-03-14". */
export function dayIn(random: Random, { year, month }: Month): string {
  return isoDate(year, month, 1 + random.int(new Date(Date.UTC(year, month, 0)).getUTCDate()));
}

/** Busy after harvest and festivals in South Asia (February), before the rains in South-East Asia (April). Mean 1. */
export function season({ month }: Month, stationCountry: string): number {
  const peak = stationCountry === 'THA' || stationCountry === 'KHM' ? 4 : 2;
  return 1 + 0.3 * Math.cos((2 * Math.PI * (month - peak)) / 12);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The way a spreadsheet of another locale prints a date: day first, "03/04/2026". */
export function dayFirst(date: string): string {
  return date.split('-').reverse().join('/');
}

/**
 * The Bikram Sambat date of an ISO date between 1943-04-14 and 2034, as "2082-06-03".
 * @throws HeadwaterError BAD_INPUT outside the calendar's tables.
 */
export function bikramSambat(date: string): string {
  // 1 Baisakh 2000 BS was 14 April 1943.
  let days = Math.round((Date.parse(date) - Date.UTC(1943, 3, 14)) / 86_400_000);
  for (const [year, months] of Object.entries(dateConfigMap)) {
    const lengths: readonly number[] = Object.values(months);
    for (const [index, length] of lengths.entries()) {
      if (days >= 0 && days < length) return isoDate(Number(year), index + 1, days + 1);
      days -= length;
    }
  }
  throw new HeadwaterError('BAD_INPUT', `found date ${date}, wanted one from 1943-04-14 to 2034`);
}

function isoDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
