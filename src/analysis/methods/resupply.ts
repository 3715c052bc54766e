/** What came to a place after people were recovered from it: how many days until the next arrival, and how many arrivals before and after. */
import type { Wait } from './survival.ts';

/** Whole days since 1970, `to` excluded: a day is one, a month that is all that is known is many. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** Something that happened on one day of its span. */
export interface Dated {
  readonly key: string;
  readonly span: DaySpan;
}

export interface NextArrival {
  readonly wait: Omit<Wait, 'cluster'>;
  /** What ended the wait, where it is surely over; else what it was still waited for at. */
  readonly ended: 'arrival' | 'next recovery' | 'end of data';
  /** Arrivals that may have been the next one, the surest first. None: none is known. */
  readonly candidates: readonly Dated[];
  /** Days from the recovery to the next arrival, whatever came between them; `high` null where none surely came after it. */
  readonly days: { readonly low: number; readonly high: number | null } | null;
}

/**
 * `recoveries` of one place in any order, and its arrivals; `observedTo`: the first day of which nothing is known. An arrival on the very day of a recovery came to light
 * with it and is not the next one. A wait is given up where another recovery comes first: the next arrival is then that one's. Answers in the order of `recoveries`.
 */
export function nextArrivals(
  recoveries: readonly Dated[],
  arrivals: readonly Dated[],
  observedTo: number,
): readonly NextArrival[] {
  const sorted = [...arrivals].sort((a, b) => a.span.from - b.span.from || (a.key < b.key ? -1 : 1));
  const longest = most(sorted.map(({ span }) => span.to - span.from));
  return recoveries.map((recovery) => {
    const after: Gap[] = [];
    let [low, high] = [Infinity, Infinity];
    // What ends two days after the recovery began, or later, may have come after it; what cannot have come by the day of a sure one need not be looked at.
    for (let i = firstFrom(sorted, recovery.span.from + 2 - longest); i < sorted.length; i += 1) {
      const arrival = sorted[i]!;
      const gap = gapBetween(recovery.span, arrival.span);
      if (gap.low > high) break;
      if (gap.high < 1) continue;
      const one = { arrival, low: Math.max(1, gap.low), high: gap.high, isSure: gap.low >= 1 };
      after.push(one);
      low = Math.min(low, one.low);
      if (one.isSure) high = Math.min(high, one.high);
    }
    const days = after.length === 0 ? null : { low, high: high === Infinity ? null : high };
    const candidates = after
      .filter((one) => one.low <= high)
      .sort(
        (a, b) =>
          Number(b.isSure) - Number(a.isSure) ||
          a.high - b.high ||
          a.low - b.low ||
          (a.arrival.key < b.arrival.key ? -1 : 1),
      )
      .map(({ arrival }) => arrival);
    return { ...waitOf(recovery, recoveries, days, observedTo), candidates, days };
  });
}

interface Gap {
  readonly arrival: Dated;
  readonly low: number;
  readonly high: number;
  readonly isSure: boolean;
}

/** The number of the first that begins on `day` or later, of what is sorted by its first day. */
function firstFrom(sorted: readonly Dated[], day: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]!.span.from < day) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Of however many: a call with each of them as an argument fails above some hundred thousand. Infinity of none. */
export function least(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Infinity);
}

/** −Infinity of none. */
export function most(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), -Infinity);
}

function waitOf(
  recovery: Dated,
  recoveries: readonly Dated[],
  days: NextArrival['days'],
  observedTo: number,
): Pick<NextArrival, 'wait' | 'ended'> {
  let next = Infinity;
  for (const other of recoveries)
    if (other !== recovery && mayBeLater(other, recovery))
      next = Math.min(next, Math.max(0, gapBetween(recovery.span, other.span).low));
  if (days !== null && days.high !== null && days.high <= next)
    return { wait: { low: days.low, high: days.high }, ended: 'arrival' };
  const unseen = Math.max(0, observedTo - recovery.span.to) + 1;
  return {
    wait: { low: Math.min(days?.low ?? unseen, next + 1), high: null },
    ended: next === Infinity ? 'end of data' : 'next recovery',
  };
}

/** Of those with one span the last by key goes on waiting: one of them is the last, and nothing else tells them apart. */
function mayBeLater(other: Dated, one: Dated): boolean {
  return other.span.from === one.span.from && other.span.to === one.span.to
    ? other.key > one.key
    : other.span.to - 1 > one.span.from;
}

/** Days from some day of the first span to some day of the second; below 0: the second came first. */
function gapBetween(one: DaySpan, other: DaySpan): { readonly low: number; readonly high: number } {
  return { low: other.from - (one.to - 1), high: other.to - 1 - one.from };
}

/** Days of one place that lie before a recovery and after no other, and the other way round. */
export interface Sides {
  readonly before: readonly DaySpan[];
  readonly after: readonly DaySpan[];
}

/** Up to `days` on either side of each recovery, inside `observed`. Days that are before one and after another, and the recoveries' own, are on no side. */
export function sidesOf(recoveries: readonly DaySpan[], days: number, observed: DaySpan): Sides {
  const before = recoveries.map(({ from }) => ({ from: from - days, to: from }));
  const after = recoveries.map(({ to }) => ({ from: to, to: to + days }));
  const edges = [
    ...new Set([...recoveries, ...before, ...after, observed].flatMap(({ from, to }) => [from, to])),
  ]
    .filter((day) => day >= observed.from && day <= observed.to)
    .sort((a, b) => a - b);
  const sides: { before: DaySpan[]; after: DaySpan[] } = { before: [], after: [] };
  const holds = (spans: readonly DaySpan[], day: number): boolean =>
    spans.some(({ from, to }) => from <= day && day < to);
  for (const [i, from] of edges.slice(0, -1).entries()) {
    if (holds(recoveries, from)) continue;
    const [isBefore, isAfter] = [holds(before, from), holds(after, from)];
    if (isBefore === isAfter) continue;
    const side = sides[isBefore ? 'before' : 'after'];
    const last = side.at(-1);
    if (last?.to === from) side[side.length - 1] = { from: last.from, to: edges[i + 1]! };
    else side.push({ from, to: edges[i + 1]! });
  }
  return sides;
}

/** Whether all of a span lies in one of the others: what may have happened on either side is counted on none. */
export function liesIn({ from, to }: DaySpan, spans: readonly DaySpan[]): boolean {
  return spans.some((span) => span.from <= from && to <= span.to);
}

export function daysOf(spans: readonly DaySpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
