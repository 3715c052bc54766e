/** What the planner knows of the tables' contents: refreshed by us, because the embedded database has nobody who would. */
import type { Database } from './database.ts';

/**
 * Worth its second after many rows came in. Without it every table looks almost empty, and joins of thousands of rows are planned as if they were
 * of one: seconds instead of milliseconds. `records`: tables of owned rows alone, when the gazetteer did not change. A table that a server is
 * tidying up by itself just now is passed over: waiting for that takes longer than the import, and it gets its figures from there.
 */
export async function refreshStatistics(database: Database, which: 'all' | 'records' = 'all'): Promise<void> {
  await database.asOwner(async (connection) => {
    if (which === 'all') {
      await connection.execute('analyze (skip_locked)');
      return;
    }
    // One as long as when it was last looked at holds what it held, but for the room left in its pages.
    const tables = await connection.query<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname in ('owner_id', 'visibility_class_id') and not a.attisdropped)
         and pg_relation_size(c.oid) <> c.relpages::bigint * current_setting('block_size')::integer
       order by 1`,
    );
    if (tables.length === 0) return;
    await connection.execute(`analyze (skip_locked) ${tables.map(({ name }) => name).join(', ')}`);
  });
}
