/** Staff-time is known by owner, station and month: which filters narrow it exactly as they narrow the detections it is set against. */
import type { TimeSpanInput } from '../../graphql/filters.input.ts';

/** First days of months, like 2026-04-01, `to` excluded; null where the span is open. */
export interface MonthSpan {
  readonly from: string | null;
  readonly to: string | null;
}

/** What an area is of narrows nothing without an area. */
const SHARED: ReadonlySet<string> = new Set(['occurred', 'ownerIds', 'areaOf']);

/** A filter by its parts' names. Why no rate can be given under it, naming the part that staff-time cannot share; null when it shares all. */
export function obstacleToRate(filter: Readonly<Record<string, unknown>>): string | null {
  const part = Object.keys(filter).find((name) => filter[name] != null && !SHARED.has(name));
  if (part !== undefined)
    return `The filter "${part}" narrows detections and not staff-time; "owners", "asKnownAt" and "occurred" in whole months narrow both.`;
  return wholeMonths(filter.occurred as TimeSpanInput | null | undefined) === null
    ? 'The filter "occurred" cuts through a month, and staff-time is known by whole months only: let it begin and end at the start of a month, UTC.'
    : null;
}

/** null when an end is not the first moment of a month in UTC. */
export function wholeMonths(span: TimeSpanInput | null | undefined): MonthSpan | null {
  const [from, to] = [span?.from ?? null, span?.to ?? null];
  const isWhole = (end: Date | null): boolean =>
    end === null || `${firstDay(end)}T00:00:00.000Z` === end.toISOString();
  return isWhole(from) && isWhole(to) ? { from: from && firstDay(from), to: to && firstDay(to) } : null;
}

function firstDay(time: Date): string {
  return `${time.toISOString().slice(0, 7)}-01`;
}
