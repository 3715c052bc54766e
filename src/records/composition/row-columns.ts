/** Columns that several tables share: a place and a time as they are stored. */
import type { TimeDraft } from '../../intake/reports/report-draft.ts';
import type { PlacedReference } from './place-desk.service.ts';

export function placeColumns({ referenceId, place }: PlacedReference): Record<string, unknown> {
  return {
    place_reference_id: referenceId,
    place_id: place.placeId,
    country: place.country,
    longitude: place.position?.[0] ?? null,
    latitude: place.position?.[1] ?? null,
    z: place.z,
    cell: place.cell,
    cell_resolution: place.cellResolution,
  };
}

export function timeColumns(time: TimeDraft | null): Record<string, unknown> {
  return {
    occurred_from: time?.from ?? null,
    occurred_to: time?.to ?? null,
    occurred_granularity: time?.granularity ?? 'unknown',
    occurred_zone: time?.zone ?? null,
    occurred_basis: time?.basis ?? null,
  };
}

/** The month on the calendar of the place where it happened; a time known only to the quarter or year is in no month. */
export function monthOf(time: TimeDraft | null): string | null {
  if (time === null || !MONTHLY.has(time.granularity)) return null;
  if (time.zone === null) return `${time.from.slice(0, 7)}-01`;
  const parts = calendarOf(time.zone).formatToParts(new Date(time.from));
  const part = (type: 'year' | 'month'): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-01`;
}

const MONTHLY: ReadonlySet<string> = new Set(['instant', 'hour', 'day', 'month']);

const calendars = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times more than using it. */
function calendarOf(zone: string): Intl.DateTimeFormat {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' });
    calendars.set(zone, calendar);
  }
  return calendar;
}
