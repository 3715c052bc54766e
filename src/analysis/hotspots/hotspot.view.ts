/** Reading the observed stops of movements, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import type { ObservedBlock } from './observed-movements.ts';

const LINES_A_BLOCK = 20_000;

/** Stops known at least as finely as `least` (0–15), in cells of the resolution or as finely as they are known; a stop seen more coarsely is no stop here. */
export async function readObservedBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  resolution: number,
  least = resolution,
): Promise<readonly ObservedBlock[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asked.asKnown);
  const text = `
with moved as materialized (
  select r.row_id, r.incident_id, nullif(coalesce(same.event_id, r.incident_id), r.incident_id) as event_id,
    r.owner_id, r.month, r.persons_min, (row_number() over ())::int - 1 as number
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asked.asKnown)}
  where ${source.conditions.join(' and ')})
select 'movement' as part, ${linesOf(
    'number',
    'incident_id',
    `coalesce(event_id::text, '')`,
    'owner_id',
    `coalesce(to_char(month, 'YYYY-MM'), '')`,
    'persons_min',
  )} as block from moved group by number / ${LINES_A_BLOCK}
union all
select 'stop', ${linesOf('m.number', 'w.ordinal', cellAtMost('w', resolution), 'w.longitude', 'w.latitude')}
from moved m join ${waypoint} w on w.movement_id = m.row_id
where w.kind = 'observed' and w.cell_resolution >= ${least} and w.longitude is not null
group by m.number / ${LINES_A_BLOCK}`;
  return reader.read((connection) => connection.query<ObservedBlock>(text, parameters.values));
}
