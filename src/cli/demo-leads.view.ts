/** Which record of a lead of the demo came last. */
import { projected } from '../access/projected.sql.ts';
import type { ViewerReader } from '../access/reader.ts';
import { Parameters } from '../platform/parameters.ts';

/** By when its incident was, and then by the report's own number: the same in every demo, whatever ids were drawn. Null where none is seen. */
export async function latestOf(reader: ViewerReader, entityIds: readonly string[]): Promise<string | null> {
  const parameters = new Parameters();
  const source = (table: 'entity' | 'participation' | 'incident' | 'report'): string =>
    projected(table, reader.viewer, parameters);
  const text =
    `select e.id from ${source('entity')} e join ${source('participation')} p on p.entity_id = e.row_id ` +
    `join ${source('incident')} i on i.row_id = p.incident_id left join ${source('report')} h on h.row_id = i.report_id ` +
    `where e.id = any(${parameters.bind(entityIds)}::uuid[]) ` +
    'group by e.id order by max(i.occurred_from) desc nulls last, max(h.external_reference) desc nulls last limit 1';
  const [row] = await reader.read((connection) => connection.query<{ id: string }>(text, parameters.values));
  return row?.id ?? null;
}
