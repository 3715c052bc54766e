/** Reading the observed stops of movements, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { DEGREE, type ObservedBlock } from './observed-blocks.ts';

const LINES_A_BLOCK = 20_000;

export interface ObservedQuestion {
  /** Cells of stops are of this resolution (0–15), or as fine as they are known. */
  readonly resolution: number;
  /** Stops known more coarsely are left out; a stop seen more coarsely is no stop here. */
  readonly least: number;
  /** Whether positions are wanted, for legs. */
  readonly withLegs: boolean;
  /** Whether incidents are to be named. */
  readonly withEvidence: boolean;
}

/** Lines as observed-blocks.ts reads them. */
export async function readObservedBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  { resolution, least, withLegs, withEvidence }: ObservedQuestion,
): Promise<readonly ObservedBlock[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asked.asKnown);
  const event = eventColumn(viewer, asked, parameters);
  const cell = `(${cellAtMost('w', resolution)})`;
  const text = `
with moved as materialized (
  select r.row_id, ${withEvidence ? 'r.incident_id' : "''::text as incident_id"}, ${event.column} as event, r.owner_id,
    coalesce((extract(year from r.month) * 12 + extract(month from r.month) - 1)::int, -1) as month, r.persons_min,
    (row_number() over ())::int - 1 as number
  from ${source.from} ${event.join} where ${source.conditions.join(' and ')})
select 'owners' as part, count(*)::text as block from (select distinct owner_id from moved) o
union all
select 'movement', ${linesOf('number', 'month', 'persons_min', 'event', 'incident_id')} from moved group by number / ${LINES_A_BLOCK}
union all
select 'stop', ${linesOf(
    'm.number',
    'w.ordinal',
    `${cell} >> 32`,
    `${cell} & 4294967295`,
    ...(withLegs ? ['longitude', 'latitude'].map((side) => `round(w.${side} * ${DEGREE})::int`) : []),
  )}
from moved m join ${waypoint} w on w.movement_id = m.row_id
where w.kind = 'observed' and w.cell_resolution >= ${least} and w.longitude is not null
group by m.number / ${LINES_A_BLOCK}`;
  return reader.read((connection) => connection.query<ObservedBlock>(text, parameters.values));
}

/** The event as text; empty of a movement that is alone in its incident and its incident in its event, as rollups know today. */
function eventColumn(
  viewer: Viewer,
  { asKnown }: AskedMovements,
  parameters: Parameters,
): { readonly column: string; readonly join: string } {
  const same = sameIncidentJoin('r', viewer, parameters, asKnown);
  const event = 'coalesce(same.event_id, r.incident_id)::text';
  if (asKnown.at !== null) return { column: event, join: same };
  const apart = projected('movement_apart', viewer, parameters);
  return {
    column: `case when a.movement_id is null then '' else ${event} end`,
    join: `${same} left join ${apart} a on a.movement_id = r.id and a.shared`,
  };
}
