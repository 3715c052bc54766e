/** A person of the demo who is held for something. */
import { projected } from '../access/projected.sql.ts';
import type { ViewerReader } from '../access/reader.ts';
import { Parameters } from '../platform/parameters.ts';

/** Of the viewer's own organisation, first one of whom victims alone speak: a case that is told to be weak. Null where nobody is suspected. */
export async function firstSuspect(reader: ViewerReader): Promise<string | null> {
  const parameters = new Parameters();
  const entity = projected('entity', reader.viewer, parameters);
  const suspicion = projected('suspicion', reader.viewer, parameters);
  const statement = projected('statement', reader.viewer, parameters);
  const text =
    `select e.id from ${entity} e join ${suspicion} u on u.person_id = e.person_id and u.visibility_class_id = e.visibility_class_id ` +
    `where e.kind = 'individual' and u.status = 'suspect' and e.owner_id = ${parameters.bind(reader.viewer.organisationId)}::uuid ` +
    `order by (select bool_and(s.origin_kind = 'victim') from ${statement} s where s.about_id = e.row_id) desc nulls last, e.id limit 1`;
  const [row] = await reader.read((connection) => connection.query<{ id: string }>(text, parameters.values));
  return row?.id ?? null;
}
