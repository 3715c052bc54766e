/** Reading where each journey began and where it was to end, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { journeyEnds } from '../journey-ends.sql.ts';

const LINES_A_BLOCK = 20_000;

/**
 * A line a movement: incident, event, origin of what is known, owner, month, cell it began in, cell it was to end in, how that end is known; each empty where it is not known, or more
 * coarsely than the resolution (0–15, checked by the caller). Returns are no flow of this kind unless they are asked for.
 */
export async function readJourneys(
  reader: ViewerReader,
  { search, asKnown }: AskedMovements,
  resolution: number,
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, search, asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asKnown);
  const conditions = [...source.conditions, ...(search.purposes ? [] : [`r.purpose <> 'return'`])];
  const cellOf = (end: string): string =>
    `case when ${end}.cell_resolution >= ${resolution} then ${cellAtMost(end, resolution)} end`;
  const text = `
with moved as materialized (
  select r.row_id, r.incident_id, r.owner_id, r.month, r.origin_id, coalesce(same.event_id, r.incident_id) as event_id,
    (row_number() over ())::int as number
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asKnown)} where ${conditions.join(' and ')}),
ended as (
  select m.*, ${cellOf('o')} as from_cell, ${cellOf('e')} as to_cell, e.kind as to_kind from moved m ${journeyEnds(waypoint, 'm')})
select ${linesOf(
    'incident_id',
    'event_id',
    `coalesce(origin_id::text, '')`,
    'owner_id',
    `coalesce(to_char(month, 'YYYY-MM'), '')`,
    `coalesce(from_cell::text, '')`,
    `coalesce(to_cell::text, '')`,
    `coalesce(to_kind, '')`,
  )} as block from ended group by number / ${LINES_A_BLOCK}`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}
