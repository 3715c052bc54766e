/** A word that changes whenever anything a viewer's answers could rest on was written. */
import { Parameters } from '../platform/parameters.ts';
import { projected } from './projected.sql.ts';
import type { ViewerReader } from './reader.ts';

/** Of rows of the viewer's classes and of the gazetteer. Equal words: nothing that this viewer sees was written in between. */
export async function readScopeVersion(reader: ViewerReader): Promise<string> {
  const parameters = new Parameters();
  const changes = projected('class_change', reader.viewer, parameters);
  const text =
    `select (select coalesce(sum(c.changes), 0) from ${changes} c)::text as records, ` +
    '(select coalesce(sum(g.changes), 0) from gazetteer_change g)::text as places';
  const [row] = await reader.read((connection) =>
    connection.query<{ records: string; places: string }>(text, parameters.values),
  );
  return `${row?.records}.${row?.places}`;
}
