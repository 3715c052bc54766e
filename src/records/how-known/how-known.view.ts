/** Reading what stands behind many groups of movements in one statement. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { movementSource } from '../movements/movement-source.sql.ts';
import type { EvidenceRow } from './how-known.ts';
import { EVIDENCE_FIGURES, movementColumns, STOP_COUNTS } from './movement-evidence.sql.ts';

/** Groups are told apart by number; an id may be in several, and is in each once. */
export interface NumberedIds {
  readonly numbers: readonly number[];
  readonly ids: readonly string[];
}

/**
 * Movements by their own ids, or those of incidents by the incidents'; each is looked at once, in whatever groups it stands. Many or few: the ids come
 * as one list each, of which the database knows the length, and stops are counted in one go, so that it reads a table through where that is cheaper.
 */
export async function readEvidence(
  reader: ViewerReader,
  { search, asKnown }: AskedMovements,
  by: 'movement' | 'incident',
  { numbers, ids }: NumberedIds,
  corroborated: readonly string[],
): Promise<readonly (EvidenceRow & { readonly number: number })[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, search, asKnown, parameters);
  const key = by === 'movement' ? 'r.id' : 'r.incident_id';
  const text = `
with moved as materialized (
  select ${key} as key, r.report_id, ${movementColumns(corroborated, parameters).join(', ')}
  from unnest(${parameters.bind([...new Set(ids)])}::uuid[]) as wanted (id) join ${source.from} on ${key} = wanted.id
  where ${['true', ...source.conditions].join(' and ')}),
stop as (
  select w.movement_id, ${STOP_COUNTS}
  from moved join ${projected('waypoint', viewer, parameters, asKnown)} w on w.movement_id = moved.row_id group by w.movement_id),
fact as materialized (
  select moved.*, stop.*, report.recorded_at from moved left join stop on stop.movement_id = moved.row_id
  left join ${projected('report', viewer, parameters, asKnown)} report on report.id = moved.report_id)
select m.number, ${EVIDENCE_FIGURES.join(', ')}
from unnest(${parameters.bind(ids)}::uuid[], ${parameters.bind(numbers)}::integer[]) as m (id, number) join fact f on f.key = m.id
group by m.number order by m.number`;
  return reader.read((connection) =>
    connection.query<EvidenceRow & { readonly number: number }>(text, parameters.values),
  );
}
