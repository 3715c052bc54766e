/** Removing reports for good: every version, with everything that hangs on them. Counting and removing ask by the same words. */
import type { Queryable } from '../../platform/database.ts';
import { forgetReferences } from '../composition/references.sql.ts';
import { ENTITIES, INCIDENTS, MOVEMENTS, type Part, REPORT_PARTS, VERSIONS } from './report-parts.sql.ts';

/** Rows by table; tables without any are left out. */
export type RemovedRows = Readonly<Record<string, number>>;

/** Changes nothing. `ids`: living rows of reports, or their tombstones. */
export function countReports(connection: Queryable, ids: readonly string[]): Promise<RemovedRows> {
  return throughParts(
    connection,
    ids,
    ({ table, where }, bound) => `select count(*)::int as n from ${table} a where ${bound} (${where})`,
  );
}

/** Keys of what was sealed are doomed, not yet destroyed. Rows as received are another's to empty. */
export async function removeReports(connection: Queryable, ids: readonly string[]): Promise<RemovedRows> {
  // Lists of ids that no foreign key knows of: cases and interdictions go on without them.
  for (const [kind, text] of [
    ['report', VERSIONS],
    ['incident', INCIDENTS],
    ['entity', ENTITIES],
  ] as const) {
    const gone = (await connection.query<{ id: string }>(text, [ids])).map(({ id }) => id);
    for (const statement of gone.length === 0 ? [] : forgetReferences(kind))
      await connection.execute(statement, [gone]);
  }
  return throughParts(connection, ids, ({ table, where, also }, bound) => {
    const gone = `with gone as (delete from ${table} a where ${bound} (${where}) returning ${also?.columns ?? '1'})`;
    const more = also === undefined ? '' : `, also as (${also.statement})`;
    return `${gone}${more} select count(*)::int as n from gone`;
  });
}

async function throughParts(
  connection: Queryable,
  ids: readonly string[],
  statement: (part: Part, bound: string) => string,
): Promise<RemovedRows> {
  const removed: Record<string, number> = {};
  if (ids.length === 0) return removed;
  const alone = await placesAlone(connection, ids);
  for (const part of REPORT_PARTS) {
    // Every statement has both parameters, whichever it asks by.
    const bound = '$1::uuid[] is not null and $2::uuid[] is not null and';
    const [row] = await connection.query<{ n: number }>(statement(part, bound), [ids, alone]);
    if (row !== undefined && row.n > 0) removed[part.table] = row.n;
  }
  return removed;
}

async function placesAlone(connection: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    `with named as (
       select place_reference_id as id from incident where report_id in (${VERSIONS}) and place_reference_id is not null
       union select w.place_reference_id from waypoint w where w.movement_id in (${MOVEMENTS}) and w.place_reference_id is not null)
     select n.id from named n
     where not exists (select 1 from incident i where i.place_reference_id = n.id and i.report_id not in (${VERSIONS}))
       and not exists (select 1 from waypoint w join movement m on m.id = w.movement_id
         where w.place_reference_id = n.id and m.report_id not in (${VERSIONS}))
       and not exists (select 1 from interdiction t where t.place_reference_id = n.id)
       and not exists (select 1 from flow_observation f where f.origin_reference_id = n.id or f.destination_reference_id = n.id)
     order by n.id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
