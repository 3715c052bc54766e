/** A span of time as whole days of its own calendar. */
import type { DaySpan } from '../methods/resupply.ts';

const DAY_MS = 86_400_000;

/** Milliseconds since 1970, `to` excluded; `zone`: an IANA name, '' for UTC. An hour is the day it is in. */
export function daySpan(from: number, to: number, zone: string): DaySpan {
  const first = dayOf(from, zone);
  return { from: first, to: Math.max(first, dayOf(to - 1, zone)) + 1 };
}

/** Days since 1970-01-01. */
function dayOf(moment: number, zone: string): number {
  if (zone === '' || zone === 'UTC') return Math.floor(moment / DAY_MS);
  return Math.round(Date.parse(`${calendarOf(zone).format(moment)}T00:00:00Z`) / DAY_MS);
}

const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(zone: string): Intl.DateTimeFormat {
  const known =
    calendars.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  calendars.set(zone, known);
  return known;
}

/** Like 2026-04-30. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
