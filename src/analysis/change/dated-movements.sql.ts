/** Movements with their event and its month, and which of them seen staff-time found: SQL that series and scans begin with. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { type EffortScope, worked } from '../../records/flows/effort.sql.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';

/**
 * `dated`: movements before `to`, each with its event and the first month that any of the event's movements is dated to. Returns are no flow of this kind
 * unless they are asked for.
 */
export function datedMovements(
  { viewer }: ViewerReader,
  { search, asKnown }: AskedMovements,
  to: string,
  parameters: Parameters,
): string {
  const source = movementSource(viewer, search, asKnown, parameters);
  const conditions = [
    ...source.conditions,
    ...(search.purposes ? [] : [`r.purpose <> 'return'`]),
    `(r.month is null or r.month < ${parameters.bind(to)}::date)`,
  ];
  return `moved as materialized (
  select r.id, r.row_id, r.incident_id, r.owner_id, r.month, r.origin_id, r.mode, r.origin_country, r.destination_country,
    coalesce(same.event_id, r.incident_id) as event_id
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asKnown)} where ${conditions.join(' and ')}),
dated as materialized (
  select m.*, min(m.month) over (partition by m.event_id) as event_month from moved m)`;
}

/** One row for each crossing of a dated movement at which seen staff-time was spent: movement, owner, place, ordinal. None without `effort`. */
export function watchedRows(
  { viewer }: ViewerReader,
  { asKnown }: AskedMovements,
  effort: EffortScope | null,
  parameters: Parameters,
): string {
  if (effort === null)
    return 'select r.row_id, r.owner_id, null::uuid as place_id, 0 as ordinal from dated r where false';
  return (
    'select r.row_id, r.owner_id, c.place_id, min(c.ordinal) as ordinal from dated r ' +
    `join ${projected('crossing', viewer, parameters, asKnown)} c on c.movement_id = r.id and c.kind = 'observed' ` +
    `where ${worked(viewer, effort, true, parameters)} group by 1, 2, 3`
  );
}
