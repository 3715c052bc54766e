/** Reading what stands behind many groups of movements in one statement. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { movementSource } from '../movements/movement-source.sql.ts';
import type { EvidenceRow } from './how-known.ts';
import { EVIDENCE_FIGURES, evidenceColumns, evidenceJoins } from './movement-evidence.sql.ts';

/** Groups are told apart by number; an id may be in several. */
export interface NumberedIds {
  readonly numbers: readonly number[];
  readonly ids: readonly string[];
}

/** Movements by their own ids, or those of incidents by the incidents'; each is looked at once, in whatever groups it stands. */
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
with member as materialized (
  select distinct u.id, u.number from unnest(${parameters.bind(ids)}::uuid[], ${parameters.bind(numbers)}::integer[]) as u (id, number)),
fact as materialized (
  select ${key} as key, ${evidenceColumns(corroborated, parameters).join(', ')}
  from (select distinct id from member) wanted join ${source.from} on ${key} = wanted.id ${evidenceJoins(viewer, asKnown, parameters)}
  where ${['true', ...source.conditions].join(' and ')})
select m.number, ${EVIDENCE_FIGURES.join(', ')} from member m join fact f on f.key = m.id group by m.number order by m.number`;
  return reader.read((connection) =>
    connection.query<EvidenceRow & { readonly number: number }>(text, parameters.values),
  );
}
