/** Local clock time in an IANA zone becomes UTC, with the runtime's own zone tables. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { suggestion } from '../../kernel/nearest.ts';

/**
 * A zone that the runtime knows, under any of its names: Asia/Kathmandu is Asia/Katmandu in lists of canonical names. Refuses with
 * what stood at `where` and the nearest zone there is.
 */
export function checkedZone(where: string, zone: string): Outcome<string> {
  try {
    clock(zone);
    return accept(zone);
  } catch {
    const near = suggestion(zone, [...Intl.supportedValuesOf('timeZone'), 'Asia/Kathmandu', 'Asia/Kolkata']);
    return refuse({ where, found: `"${zone}"`, wanted: `an IANA time zone like Asia/Kathmandu${near}` });
  }
}

/**
 * Milliseconds since 1970 UTC of a local time, itself given as if it were UTC (`Date.UTC(…)`). A time that a clock change repeats is
 * its first occurrence; one that a clock change skips is moved on by the change.
 */
export function toUtc(local: number, zone: string | null): number {
  if (zone === null || zone === 'UTC') return local;
  // The offsets a day around hold every offset that can apply: zones change at most once within it.
  const before = offsetAt(local - 86_400_000, zone);
  const after = offsetAt(local + 86_400_000, zone);
  const first = local - Math.max(before, after);
  const second = local - Math.min(before, after);
  if (first + offsetAt(first, zone) === local) return first;
  if (second + offsetAt(second, zone) === local) return second;
  return local - before;
}

/** Days repeat in a file, and asking the runtime costs microseconds; the cache is emptied when it is full. */
const offsets = new Map<string, Map<number, number>>();
const MOST_OFFSETS = 20_000;

function offsetAt(instant: number, zone: string): number {
  let known = offsets.get(zone);
  if (known === undefined || known.size >= MOST_OFFSETS) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offset = known.get(instant);
  if (offset === undefined) {
    offset = askOffset(instant, zone);
    known.set(instant, offset);
  }
  return offset;
}

function askOffset(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of clock(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const local = new Date(0);
  // Date.UTC would read years below 100 as 19xx.
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local.getTime() - Math.floor(instant / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, made);
  return made;
}
