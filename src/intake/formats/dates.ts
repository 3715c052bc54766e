/** A written date becomes a half-open span in UTC: as long as the text is coarse, refused when it can mean two days or none. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Granularity } from '../../kernel/vocabulary.ts';
import type { TimeDraft } from '../reports/report-draft.ts';
import { asciiDigits } from './ascii-digits.ts';
import { daysOfBikramMonth, fromBikramSambat } from './bikram-sambat.ts';
import { type Cell, wrong } from './cell.ts';
import { toUtc } from './time-zones.ts';
import { type DateOrder, readTimeOfDay, readWrittenDate, type WrittenDate } from './written-dates.ts';

export interface DateOptions {
  /** Order of a date written in numbers with the year last. Null: refused where both orders give a date. */
  readonly order: DateOrder | null;
  /** `either`: years 2070–2100, which cannot be Gregorian yet, are read as Bikram Sambat. */
  readonly calendar: 'gregorian' | 'bikram_sambat' | 'either';
  /** The day number of spreadsheets, counted from 1900 or 1904; null when a bare number is no date. */
  readonly serial: '1900' | '1904' | null;
  /** IANA zone the source wrote in. Null: the UTC day is taken and the zone stays unknown. */
  readonly zone: string | null;
  /** What it is the time of. */
  readonly basis: string;
  readonly now: Date;
  readonly allowFuture: boolean;
}

/** Nothing such organisations record happened before; a year like 0202 is a slip of the hand. */
const EARLIEST_YEAR = 1900;

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Accepts ISO dates and times, numbers in a declared order, month names, "2024-03" (a month), "2024-Q1", "2024" (a year) and, where
 * declared, spreadsheet serials. `time` is a time of day in another cell. Refuses days that do not exist, years before 1900, the
 * future (14 hours of grace where the zone is unknown), and dates that two orders read differently.
 */
export function parseDate(cell: Cell, options: DateOptions, time: Cell | null = null): Outcome<TimeDraft> {
  const serial = fromSerial(cell.text, options.serial);
  const found = serial ?? readWrittenDate(cell.text, options.order);
  if (typeof found === 'string') return refuse(wrong(cell, WANTED[found], 'date'));
  const clock = time === null ? null : readTimeOfDay(time.text);
  if (time !== null && clock === null) return refuse(wrong(time, 'a time of day, as 18:05', 'date'));
  const timed = clock === null ? found : { ...found, hour: clock[0], minute: clock[1], second: null };
  const local = localSpan(cell, timed, options);
  if (!local.accepted) return local;
  const { from, to, granularity } = local.value;
  const offset = timed.offsetMinutes;
  const utc = (at: number): number => (offset === null ? toUtc(at, options.zone) : at - offset * MINUTE);
  const starts = utc(from);
  const grace = options.zone === null && offset === null ? 14 * 60 * MINUTE : 0;
  if (!options.allowFuture && starts > options.now.getTime() + grace) {
    const bikram = timed.year >= 2070 && timed.year <= 2100;
    return refuse(
      wrong(
        cell,
        bikram
          ? 'a date that is not in the future, or calendar bikram_sambat'
          : 'a date that is not in the future',
        'date',
      ),
    );
  }
  const { zone, basis } = options;
  return accept({ from: iso(starts), to: iso(utc(to)), granularity, zone, basis });
}

const WANTED = {
  ambiguous:
    'a date whose order (dmy or mdy) is declared: at import (--date-order, dateOrder) or by the profile',
  order: 'a date in the declared order',
  'two-digit year': 'a year of four digits',
  none: 'a date with its year, as 2024-03-01 or March 2024',
} as const;

interface LocalSpan {
  readonly from: number;
  readonly to: number;
  readonly granularity: Granularity;
}

function localSpan(cell: Cell, date: WrittenDate, options: DateOptions): Outcome<LocalSpan> {
  const inBikram = date.year >= 2070 && date.year <= 2100 && options.calendar === 'either';
  const bikram = options.calendar === 'bikram_sambat' || inBikram;
  if (!bikram && date.year < EARLIEST_YEAR)
    return refuse(wrong(cell, `a year from ${EARLIEST_YEAR} on`, 'date'));
  const month = date.month ?? (date.quarter === null ? 1 : date.quarter * 3 - 2);
  const dayAt = bikram ? bikramDay : gregorianDay;
  const from = dayAt(date.year, month, date.day ?? 1);
  if (from === null)
    return refuse(
      wrong(cell, bikram ? 'a day of the Bikram Sambat calendar' : 'a day of the calendar', 'date'),
    );
  if (date.quarter !== null || date.month === null) {
    const months = date.quarter === null ? 12 : 3;
    const next = month + months > 12 ? dayAt(date.year + 1, 1, 1) : dayAt(date.year, month + months, 1);
    const last = bikram ? lastBikramDay(date.year, month + months - 1) : null;
    const granularity = date.quarter === null ? 'year' : 'quarter';
    return accept({ from, to: next ?? (last ?? from) + DAY, granularity });
  }
  if (date.day === null) {
    const last = bikram
      ? lastBikramDay(date.year, month)
      : gregorianDay(month === 12 ? date.year + 1 : date.year, (month % 12) + 1, 1);
    return accept({ from, to: bikram ? (last ?? from) + DAY : (last ?? from), granularity: 'month' });
  }
  if (date.hour === null) return accept({ from, to: from + DAY, granularity: 'day' });
  const minute = date.minute ?? 0;
  if (date.hour > 23 || minute > 59 || (date.second ?? 0) > 59)
    return refuse(wrong(cell, 'a time of day up to 23:59:59', 'date'));
  // Midnight to the second is how databases print a date without a time.
  if (date.hour === 0 && minute === 0 && date.second === 0 && date.offsetMinutes === null) {
    return accept({ from, to: from + DAY, granularity: 'day' });
  }
  const at = from + (date.hour * 60 + minute) * MINUTE + (date.second ?? 0) * 1000;
  return accept({ from: at, to: at + (date.second === null ? MINUTE : 1000), granularity: 'instant' });
}

function gregorianDay(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.getTime() : null;
}

function bikramDay(year: number, month: number, day: number): number | null {
  const found = fromBikramSambat(year, month, day);
  return found === null ? null : Date.UTC(found.year, found.month - 1, found.day);
}

function lastBikramDay(year: number, month: number): number | null {
  const days = daysOfBikramMonth(year, month);
  return days === null ? null : bikramDay(year, month, days);
}

/** Day 1 is 1 January 1900, and day 60 the 29 February 1900 that never was: from 61 on the count is one too high. */
function fromSerial(text: string, base: '1900' | '1904' | null): WrittenDate | null {
  const plain = asciiDigits(text).trim();
  if (base === null || !/^\d{5}(\.\d+)?$/.test(plain)) return null;
  const serial = Number(plain);
  const start = base === '1900' ? Date.UTC(1899, 11, 30) : Date.UTC(1904, 0, 1);
  const at = new Date(start + Math.floor(serial) * DAY + Math.round((serial % 1) * 1440) * MINUTE);
  const timed = plain.includes('.');
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    quarter: null,
    day: at.getUTCDate(),
    hour: timed ? at.getUTCHours() : null,
    minute: timed ? at.getUTCMinutes() : null,
    second: null,
    offsetMinutes: null,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
