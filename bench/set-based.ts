/** What the database alone needs to take in what an import wrote: the same rows, by one `insert … select` a table, with all keys and indexes. */
import type { Hub } from '../src/cli/hub.ts';
import type { Queryable } from '../src/platform/database.ts';

interface SetBased {
  readonly rows: number;
  readonly seconds: number;
}

/** Takes an organisation's rows out of their tables and puts them in again; only the second is timed. They are there as before afterwards. */
export async function setBased(hub: Hub, organisationId: string): Promise<SetBased> {
  return hub.database.asOwner(async (connection) => {
    const tables = await inOrder(connection);
    const filled: { readonly table: string; readonly rows: number }[] = [];
    for (const table of tables) {
      await connection.execute(
        `create temporary table copy_of_${table} as select * from ${table} where owner_id = '${organisationId}'::uuid`,
      );
      const [counted] = await connection.query<{ n: number }>(
        `select count(*)::int as n from copy_of_${table}`,
      );
      const rows = counted?.n ?? 0;
      if (rows > 0) filled.push({ table, rows });
    }
    // Without the checks of who points at a deleted row: only what goes in is timed.
    await connection.execute('set local session_replication_role = replica');
    for (const { table } of filled.toReversed())
      await connection.execute(`delete from ${table} where owner_id = '${organisationId}'::uuid`);
    await connection.execute('set local session_replication_role = origin');
    const started = performance.now();
    for (const { table } of filled)
      await connection.execute(`insert into ${table} select * from copy_of_${table}`);
    return {
      rows: filled.reduce((sum, { rows }) => sum + rows, 0),
      seconds: (performance.now() - started) / 1_000,
    };
  });
}

/** Tables of owned rows, those that others point at first. */
async function inOrder(connection: Queryable): Promise<readonly string[]> {
  const owned = await connection.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
     where c.table_schema = 'public' and c.column_name = 'owner_id' and c.table_name not in ('visibility_class', 'access_grant', 'import_batch')
     order by 1`,
  );
  const edges = await connection.query<{ child: string; parent: string }>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  );
  const left = owned.map(({ name }) => name);
  const ordered: string[] = [];
  while (left.length > 0) {
    const free = left.find(
      (table) => !edges.some(({ child, parent }) => child === table && left.includes(parent)),
    );
    if (free === undefined) throw new Error(`these tables point at one another: ${left.join(', ')}`);
    ordered.push(free);
    left.splice(left.indexOf(free), 1);
  }
  return ordered;
}
