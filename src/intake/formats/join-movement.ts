/** The journey of a report from what each of its rows says of it: places that all rows share, and places that each row adds. */
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { Granularity, Mode } from '../../kernel/vocabulary.ts';
import type { MovementDraft, TimeDraft, WaypointDraft } from '../reports/report-draft.ts';
import { sharedPlace } from './map-place.ts';
import type { ImportProfile } from './profile.ts';
import type { ReportMapping } from './profile-records.ts';
import type { ReportFacts, WaypointFacts } from './row-facts.ts';

type WaypointField = NonNullable<ReportMapping['movement']>['waypoints'][number];

interface Told {
  readonly line: number;
  readonly waypoint: WaypointFacts;
}

/** Null where fewer than two places are known. Refuses rows that claim one place in the order and differ. */
export function joinMovement(
  profile: ImportProfile,
  movement: Omit<MovementDraft, 'waypoints'> | null,
  rows: readonly ReportFacts[],
): Outcome<MovementDraft | null> {
  if (movement === null) return accept(null);
  const fields = profile.target === 'report' ? (profile.report.movement?.waypoints ?? []) : [];
  const waypoints: WaypointDraft[] = [];
  const reasons: Reason[] = [];
  for (const [slot, field] of fields.entries()) {
    const told = rows.flatMap((row) => {
      const waypoint = row.waypoints[slot];
      return waypoint == null ? [] : [{ line: row.line, waypoint }];
    });
    if (field.each === 'row') {
      const sorted = sortTold(field, told);
      reasons.push(...twiceTold(field, sorted));
      waypoints.push(...sorted.map(({ waypoint }) => draftOf(waypoint)));
      continue;
    }
    const place = sharedPlace(told.map(({ waypoint }) => waypoint.place));
    const [first] = told;
    if (first !== undefined && place !== null) waypoints.push({ ...draftOf(first.waypoint), place });
  }
  if (reasons.length > 0) return refuse(...reasons);
  return accept(
    waypoints.length < 2 ? null : { ...movement, mode: modeOf(movement.mode, waypoints), waypoints },
  );
}

/** From the first to the last of the times, and as coarse as what holds them both; null where there is none. */
export function spanOfTimes(waypoints: readonly WaypointDraft[]): TimeDraft | null {
  const times = waypoints.flatMap(({ time }) => time ?? []);
  const [first] = times;
  if (first === undefined) return null;
  const from = times.map((time) => time.from).reduce((a, b) => (b < a ? b : a));
  const to = times.map((time) => time.to).reduce((a, b) => (b > a ? b : a));
  const one = times.every((time) => time.from === from && time.to === to);
  const zone = times.every((time) => time.zone === first.zone) ? first.zone : null;
  return { from, to, granularity: one ? first.granularity : lengthOf(from, to), zone, basis: first.basis };
}

/** Told by its length, not by the calendar: a span over the end of a month is in neither month. */
function lengthOf(from: string, to: string): Granularity {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days <= 1) return 'day';
  if (days <= 31 && from.slice(0, 7) === new Date(Date.parse(to) - 1).toISOString().slice(0, 7))
    return 'month';
  return days <= 366 ? 'year' : 'unknown';
}

function draftOf({ order: _order, rank: _rank, ...waypoint }: WaypointFacts): WaypointDraft {
  return waypoint;
}

function sortTold({ sort = [] }: WaypointField, told: readonly Told[]): readonly Told[] {
  const once = [...new Map(told.map((each) => [JSON.stringify(each.waypoint), each])).values()];
  const dated = once.every(({ waypoint }) => waypoint.time !== null);
  const compare = (a: Told, b: Told): number => {
    for (const key of sort) {
      if (key === 'time' && !dated) continue;
      const difference = key === 'time' ? byTime(a, b) : (a.waypoint[key] ?? 0) - (b.waypoint[key] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.line - b.line;
  };
  return once.sort(compare);
}

function byTime({ waypoint: a }: Told, { waypoint: b }: Told): number {
  return Date.parse(a.time?.from ?? '') - Date.parse(b.time?.from ?? '') || 0;
}

function twiceTold({ sort = [] }: WaypointField, sorted: readonly Told[]): Reason[] {
  if (!sort.includes('order')) return [];
  return sorted.slice(1).flatMap((told, at) => {
    const before = sorted[at] as Told;
    if (told.waypoint.order == null || before.waypoint.order !== told.waypoint.order) return [];
    const where = `lines ${before.line} and ${told.line}`;
    return [{ where, found: `leg ${told.waypoint.order} twice`, wanted: 'one row for each leg' }];
  });
}

/** The journey's own mode counts; where it has none, that of its legs, or `mixed`. */
function modeOf(own: Mode, waypoints: readonly WaypointDraft[]): Mode {
  const legs = new Set(
    waypoints.flatMap(({ mode }) => (mode === undefined || mode === 'unknown' ? [] : [mode])),
  );
  const [only] = legs;
  if (own !== 'unknown' || only === undefined) return own;
  return legs.size === 1 ? only : 'mixed';
}
