/** Staff-time as the viewer sees it, as SQL: where it is, and as a bound on the detections it is set against. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { MonthSpan } from './staff-time.ts';

/** Which staff-time; what detections are narrowed by for a rate is this and nothing else. */
export interface EffortScope {
  readonly months: MonthSpan;
  readonly ownerIds: readonly string[] | null;
  readonly asKnown: AsKnown;
}

/**
 * True of a movement `r` (and its crossing `c`, when it is `placed`) that somebody worked to detect: its owner's staff did in its month, at
 * its crossing point. What was found at other times and places is in no staff-time, so it is in no rate.
 */
export function worked(viewer: Viewer, scope: EffortScope, placed: boolean, parameters: Parameters): string {
  const source = effortSource(viewer, scope, parameters);
  return (
    `(r.owner_id, r.month${placed ? ', c.place_id' : ''}) in ` +
    `(select e.owner_id, e.month${placed ? ', s.place_id' : ''} ${source} and e.staff * e.work_fraction > 0)`
  );
}

/** `from … where …` with staff-time `e` and its station `s`. */
export function effortSource(
  viewer: Viewer,
  { months, ownerIds, asKnown }: EffortScope,
  parameters: Parameters,
): string {
  return (
    `from ${projected('effort', viewer, parameters, asKnown)} e ` +
    `join ${projected('station', viewer, parameters)} s on s.id = e.station_id ` +
    `where e.month >= coalesce(${parameters.bind(months.from)}::date, e.month) ` +
    `and e.month < coalesce(${parameters.bind(months.to)}::date, e.month + 1)` +
    (ownerIds === null ? '' : ` and e.owner_id = any(${parameters.bind(ownerIds)}::uuid[])`)
  );
}
