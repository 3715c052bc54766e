/** Reading the observed stops of movements that have many of them, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { LEAST_STOPS } from './track-bundles.ts';
import type { TrackBlock } from './track-lines.ts';

const LINES_A_BLOCK = 20_000;

/** Of movements that are no return. Stops known at least as finely as the resolution (0–15); one seen coarsely is no stop here. */
export async function readTrackBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  resolution: number,
): Promise<readonly TrackBlock[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asked.asKnown);
  const text = `
with moved as materialized (
  select r.row_id, r.id, r.incident_id, nullif(coalesce(same.event_id, r.incident_id), r.incident_id) as event_id,
    r.origin_id, r.owner_id, r.month, r.persons_min, r.persons_max, (row_number() over ())::int - 1 as number
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asked.asKnown)}
  where ${[...source.conditions, `r.purpose <> 'return'`].join(' and ')}),
stop as materialized (
  select m.number, w.ordinal, w.cell, w.longitude, w.latitude, w.uncertainty_km
  from moved m join ${waypoint} w on w.movement_id = m.row_id
  where w.kind = 'observed' and w.cell_resolution >= ${resolution}),
dense as materialized (select number from stop group by number having count(*) >= ${LEAST_STOPS})
select 'asked' as part, count(*)::text as block from moved
union all
select 'movement', ${linesOf(
    'number',
    'id',
    'incident_id',
    `coalesce(event_id::text, '')`,
    `coalesce(origin_id::text, '')`,
    'owner_id',
    `coalesce(to_char(month, 'YYYY-MM'), '')`,
    'persons_min',
    `coalesce(persons_max::text, '')`,
  )} from moved where number in (select number from dense) group by number / ${LINES_A_BLOCK}
union all
select 'stop', ${linesOf(
    'number',
    'ordinal',
    'cell',
    `coalesce(longitude::text, '')`,
    `coalesce(latitude::text, '')`,
    `coalesce(uncertainty_km::text, '')`,
  )}
from stop where number in (select number from dense) group by number / ${LINES_A_BLOCK}`;
  return reader.read((connection) => connection.query<TrackBlock>(text, parameters.values));
}
