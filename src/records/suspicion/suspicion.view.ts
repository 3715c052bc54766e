/** Reading what persons are held for, and what was decided about them. */
import { type AsKnown, everyVersion, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { ReviewColumns, SuspicionColumns } from './suspicion.type.ts';

/** By the entity's own row. */
export function suspicionsOf(
  reader: ViewerReader,
  rowIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly SuspicionColumns[]> {
  const parameters = new Parameters();
  const entity = projected('entity', reader.viewer, parameters, asKnown);
  const suspicion = projected('suspicion', reader.viewer, parameters, asKnown);
  const text =
    `select u.*, r.row_id as entity_id from ${entity} r ` +
    `join ${suspicion} u on u.person_id = r.person_id and u.visibility_class_id = r.visibility_class_id ` +
    `where r.row_id = any(${parameters.bind(rowIds)}::uuid[])`;
  return reader.read((connection) => connection.query<SuspicionColumns>(text, parameters.values));
}

const DECIDED = ['person_id', 'status', 'basis', 'basis_on', 'reviewer_id', 'due_at'];

/** Of the viewer's own organisation, as far as was known then; others see what stands and no more. */
export function reviewsOf(
  reader: ViewerReader,
  rowIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ReviewColumns[]> {
  const parameters = new Parameters();
  const entity = projected('entity', reader.viewer, parameters, asKnown);
  const decided = everyVersion('suspicion', reader.viewer, parameters, DECIDED);
  const at = parameters.bind(asKnown.at?.toISOString() ?? null);
  // A person whose report was marked otherwise has each decision once for each marking.
  const text =
    `select distinct on (r.row_id, v.version) r.row_id as entity_id, v.version, v.status, v.basis, v.basis_on, v.reviewer_id, v.due_at, v.known_from, v.known_to ` +
    `from ${entity} r join ${decided} v on v.person_id = r.person_id ` +
    `where r.row_id = any(${parameters.bind(rowIds)}::uuid[]) and (${at}::timestamptz is null or v.known_from <= ${at}::timestamptz) ` +
    'order by r.row_id, v.version, v.known_from, v.row_id';
  return reader.read((connection) => connection.query<ReviewColumns>(text, parameters.values));
}
