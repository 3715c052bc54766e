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
    const tables = await connection.query<{ name: string }>(
      `select distinct table_name::text as name from information_schema.columns
       where table_schema = 'public' and column_name in ('owner_id', 'visibility_class_id') order by 1`,
    );
    await connection.execute(`analyze (skip_locked) ${tables.map(({ name }) => name).join(', ')}`);
  });
}
