/** A window of months that is moved along the months there are. */
import type { Filter } from './map-view.ts';
import type { Span } from './time-view.ts';

/** Long enough that corridors are found in it where incidents are few. */
const FIRST_MONTHS = 6;

/** The time of a filter among these months; where it leaves the time open, the first half-year. Null where there are no months. */
export function windowOf({ from, to }: Filter, months: readonly string[]): Span | null {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return null;
  if (from === null && to === null)
    return { from: first, to: months[Math.min(FIRST_MONTHS, months.length) - 1] ?? last };
  return { from: from ?? first, to: to ?? last };
}

/** As many months long, so many months later. Null past either end. */
export function stepped(window: Span, by: number, months: readonly string[]): Span | null {
  const [from, to] = [placeOf(window.from, months) + by, placeOf(window.to, months) + by];
  const [first, last] = [months[from], months[to]];
  return first === undefined || last === undefined || from < 0 ? null : { from: first, to: last };
}

/** From where it begins, or back from the end of all where that is too near. */
export function resized(window: Span, length: number, months: readonly string[]): Span {
  const from = Math.max(0, Math.min(placeOf(window.from, months), months.length - length));
  const to = Math.min(months.length, from + length) - 1;
  return { from: months[from] ?? window.from, to: months[to] ?? window.to };
}

/** At the beginning of the months, or at their end. */
export function movedTo(window: Span, end: 'first' | 'last', months: readonly string[]): Span {
  const length = lengthOf(window, months);
  const from = end === 'first' ? (months[0] ?? window.from) : (months.at(-length) ?? window.from);
  return resized({ from, to: window.to }, length, months);
}

export function lengthOf(window: Span, months: readonly string[]): number {
  return placeOf(window.to, months) - placeOf(window.from, months) + 1;
}

/** The half-year that ends the months, and the one before. */
export function halves(months: readonly string[]): Readonly<Record<'a' | 'b', Span>> | null {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return null;
  const half = Math.min(FIRST_MONTHS, Math.max(1, Math.floor(months.length / 2)));
  const at = (fromEnd: number): string => months[Math.max(0, months.length - fromEnd)] ?? first;
  return { a: { from: at(2 * half), to: at(half + 1) }, b: { from: at(half), to: last } };
}

function placeOf(month: string, months: readonly string[]): number {
  const found = months.findIndex((one) => one >= month);
  return found === -1 ? months.length - 1 : found;
}
