/** Each zone of a closing in numbers: incidents before and after, by month, and the staff-time that was watching. */

import type { Zone } from '../methods/displacement.ts';
import { monthName } from '../month-number.ts';
import type { ClosingEvent } from './closing-events.ts';
import { periodOf, type ZoneParameters } from './displacement-zones.ts';

/** Staff-months at one crossing point in one month. */
export interface WorkedMonth {
  readonly placeId: string;
  readonly month: number;
  readonly staffMonths: number;
}

export interface ZoneFigures {
  readonly zone: Zone;
  readonly before: number;
  readonly after: number;
  /** Every month of both periods, quiet ones too. */
  readonly months: readonly { readonly month: string; readonly incidents: number }[];
  /** Staff-months in both periods; null where none is seen in either. */
  readonly effort: { readonly before: number; readonly after: number } | null;
  /** Ascending, as many as were asked for. */
  readonly incidentIds: readonly string[];
}

export const NAMES: Readonly<Record<Zone, string>> = {
  treated: 'the closed crossing',
  displacement: 'the alternatives',
  control: 'the control',
  displacementControl: 'the control of the alternatives',
};

export function figuresOf(
  zone: Zone,
  events: readonly ClosingEvent[],
  effort: ZoneFigures['effort'],
  parameters: ZoneParameters,
  evidence: number,
): ZoneFigures {
  const months = monthsOf(parameters);
  const counts = new Map<number, number>();
  for (const { month } of events) counts.set(month, (counts.get(month) ?? 0) + 1);
  const inPeriod = (period: -1 | 1): number =>
    events.filter(({ month }) => periodOf(parameters, month) === period).length;
  return {
    zone,
    before: inPeriod(-1),
    after: inPeriod(1),
    months: months.map((month) => ({ month: monthName(month), incidents: counts.get(month) ?? 0 })),
    effort,
    incidentIds: events
      .flatMap(({ incidentIds }) => incidentIds)
      .sort()
      .slice(0, evidence),
  };
}

function monthsOf({ months, beforeEnds, afterBegins }: ZoneParameters): number[] {
  const before = Array.from({ length: months }, (_, i) => beforeEnds - months + i);
  return [...before, ...Array.from({ length: months }, (_, i) => afterBegins + i)];
}

/** Staff-time that changed by more than this is a change of watching. */
export const SAME_EFFORT = 0.1;

export function hasChanged(effort: ZoneFigures['effort']): boolean {
  return effort !== null && !(Math.abs(effort.after / effort.before - 1) <= SAME_EFFORT);
}

export function effortOf(
  placeIds: ReadonlySet<string>,
  worked: readonly WorkedMonth[],
  parameters: ZoneParameters,
): ZoneFigures['effort'] {
  const sum = { before: 0, after: 0 };
  for (const { placeId, month, staffMonths } of worked) {
    if (!placeIds.has(placeId)) continue;
    const period = periodOf(parameters, month);
    if (period !== 0) sum[period < 0 ? 'before' : 'after'] += staffMonths;
  }
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
  return sum.before === 0 && sum.after === 0
    ? null
    : { before: rounded(sum.before), after: rounded(sum.after) };
}
