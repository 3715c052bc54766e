/** Which numbers a written date consists of, before a calendar or a zone is asked: "03/04/2024 18:05" → year, month, day, hour, minute. */
import { asciiDigits } from './ascii-digits.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export interface WrittenDate {
  readonly year: number;
  readonly month: number | null;
  readonly quarter: number | null;
  readonly day: number | null;
  readonly hour: number | null;
  readonly minute: number | null;
  readonly second: number | null;
  /** Minutes east of UTC when the text says so ("Z" is 0). */
  readonly offsetMinutes: number | null;
}

/** "ambiguous": two orders are possible and none is declared. "order": the declared order gives no date. "none": no date at all. */
export type Unreadable = 'ambiguous' | 'order' | 'two-digit year' | 'none';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const ISO =
  /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;
const QUARTER = /^(\d{4})[- ]?Q([1-4])$/i;
const NUMBERS =
  /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:,?[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?$/i;
const DAY_NAME = /^(?:[a-z]+,\s*)?(\d{1,2})(?:st|nd|rd|th)?[-\s./]+([a-z]{3,9})\.?,?[-\s./]+(\d{4})$/i;
const NAME_DAY = /^(?:[a-z]+,\s*)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i;
const NAME_YEAR = /^([a-z]{3,9})\.?[-\s,]+(\d{4})$/i;

/** Reads the shape only: whether the month has such a day is the calendar's business. A "12:30" time may be given apart. */
export function readWrittenDate(text: string, order: DateOrder | null): WrittenDate | Unreadable {
  const plain = asciiDigits(text).trim();
  const iso = ISO.exec(plain);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, offset] = iso;
    return written(year, month, day, hour, minute, second, offset);
  }
  const quarter = QUARTER.exec(plain);
  if (quarter !== null) return { ...written(quarter[1]), quarter: Number(quarter[2]) };
  const dayName = DAY_NAME.exec(plain);
  if (dayName !== null) return named(dayName[3], dayName[2], dayName[1]);
  const nameDay = NAME_DAY.exec(plain);
  if (nameDay !== null) return named(nameDay[3], nameDay[1], nameDay[2]);
  const nameYear = NAME_YEAR.exec(plain);
  if (nameYear !== null) return named(nameYear[2], nameYear[1], undefined);
  const numbers = NUMBERS.exec(plain);
  return numbers === null ? 'none' : readNumbers(numbers, order);
}

/** "18:05", "18:05:30", "6:05 pm" → [hour, minute, second]; null when it is no time of day. */
export function readTimeOfDay(text: string): readonly [number, number, number] | null {
  const match = /^(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?$/i.exec(
    asciiDigits(text).trim(),
  );
  if (match === null) return null;
  const hour = to24(Number(match[1]), match[4]);
  const minute = Number(match[2]);
  const second = Number(match[3] ?? 0);
  return hour < 24 && minute < 60 && second < 60 ? [hour, minute, second] : null;
}

function readNumbers(match: RegExpExecArray, order: DateOrder | null): WrittenDate | Unreadable {
  const [, first = '', second = '', year = '', hour, minute, seconds, half] = match;
  if (year.length === 2) return 'two-digit year';
  const a = Number(first);
  const b = Number(second);
  const clockHour = hour === undefined ? undefined : String(to24(Number(hour), half));
  const dmy = written(year, second, first, clockHour, minute, seconds);
  const mdy = written(year, first, second, clockHour, minute, seconds);
  if (order === 'dmy') return b > 12 ? 'order' : dmy;
  if (order === 'mdy') return a > 12 ? 'order' : mdy;
  if (a === b || a > 12) return dmy;
  return b > 12 ? mdy : 'ambiguous';
}

function named(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): WrittenDate | Unreadable {
  const index = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase());
  return index < 0 ? 'none' : written(year, String(index + 1), day);
}

function to24(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function written(...parts: readonly (string | undefined)[]): WrittenDate {
  const [year, month, day, hour, minute, second] = parts
    .slice(0, 6)
    .map((part) => (part === undefined ? null : Number(part)));
  const offset = parts[6]?.toUpperCase();
  const signed = offset === undefined || offset === 'Z' ? 0 : offset.startsWith('-') ? -1 : 1;
  return {
    year: year ?? 0,
    month: month ?? null,
    quarter: null,
    day: day ?? null,
    hour: hour ?? null,
    minute: minute ?? null,
    second: second ?? null,
    offsetMinutes:
      offset === undefined
        ? null
        : signed * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) || 0,
  };
}
