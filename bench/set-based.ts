/**
 * What the database alone needs to take in what an import wrote: the same rows of the same tables, raw rows as they are sealed and the outbox
 * among them, by one `insert … select` a table, in one transaction. They go into tables made alike beside the hub's own, holding what the import
 * found there (places), with every index, check and foreign key; reading the rows back from where they were put aside is part of it.
 */
import type { Hub } from '../src/cli/hub.ts';
import type { Queryable } from '../src/platform/database.ts';

interface SetBased {
  readonly rows: number;
  readonly seconds: number;
}

/** What stood before an import in tables that have no owner. */
export interface Before {
  readonly outbox: bigint;
  readonly places: readonly string[];
}

const SCHEMA = 'set_based';
/** Made when an organisation is, or before the first row. */
const NOT_OF_ROWS = ['visibility_class', 'access_grant', 'import_batch'];

export async function before(hub: Hub): Promise<Before> {
  return hub.database.asOwner(async (connection) => {
    const [last] = await connection.query<{ id: bigint }>(
      'select coalesce(max(sequence), 0) as id from outbox',
    );
    const places = await connection.query<{ id: string }>('select id from place where not core');
    return { outbox: last?.id ?? 0n, places: places.map(({ id }) => id) };
  });
}

/** Of an organisation with one import. Only the inserting is timed; nothing is left of it afterwards. */
export async function setBased(hub: Hub, organisationId: string, since: Before): Promise<SetBased> {
  return hub.database.asOwner(async (connection) => {
    const filled: { readonly table: string; readonly rows: number }[] = [];
    for (const table of await inOrder(connection)) {
      const [condition, value] = ownRows(table, organisationId, since);
      await connection.execute(`create temporary table copy_of_${table} (like ${table})`);
      const rows = await connection.execute(
        `insert into copy_of_${table} select * from ${table} where ${condition}`,
        [value],
      );
      if (rows > 0) filled.push({ table, rows });
    }
    const tables = filled.map(({ table }) => table);
    await makeAlike(connection, tables);
    if (tables.includes('place'))
      await connection.execute(
        `insert into ${SCHEMA}.place select * from place where id not in (select id from copy_of_place)`,
      );
    const started = performance.now();
    for (const table of tables)
      await connection.execute(
        `insert into ${SCHEMA}.${table} overriding system value select * from copy_of_${table}`,
      );
    await connection.execute('set constraints all immediate');
    const seconds = (performance.now() - started) / 1_000;
    await connection.execute(`drop schema ${SCHEMA} cascade`);
    return { rows: filled.reduce((sum, { rows }) => sum + rows, 0), seconds };
  });
}

function ownRows(table: string, organisationId: string, since: Before): readonly [string, unknown] {
  if (table === 'outbox') return ['sequence > $1', since.outbox.toString()];
  if (table === 'place') return ['not core and id <> all($1::uuid[])', since.places];
  if (table === 'place_candidate')
    return ['place_reference_id in (select id from place_reference where owner_id = $1)', organisationId];
  return ['owner_id = $1', organisationId];
}

/** Empty tables with the same keys, pointing at one another and at what else the hub's own point at. */
async function makeAlike(connection: Queryable, tables: readonly string[]): Promise<void> {
  const keys = await connection.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid::regclass::text = any($1::text[]) order by 1, 2`,
    [tables],
  );
  await connection.execute(`create schema ${SCHEMA}`);
  for (const table of tables)
    await connection.execute(`create table ${SCHEMA}.${table} (like public.${table} including all)`);
  await connection.execute(`set local search_path = ${SCHEMA}, public`);
  for (const { table, name, definition } of keys)
    await connection.execute(`alter table ${SCHEMA}.${table} add constraint ${name} ${definition}`);
  await connection.execute('set local search_path = public');
}

/** Tables that an import's rows come to stand in, those that others point at first. */
async function inOrder(connection: Queryable): Promise<readonly string[]> {
  const owned = await connection.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
     where c.table_schema = 'public' and c.column_name = 'owner_id' and c.table_name <> all($1::text[])
     order by 1`,
    [NOT_OF_ROWS],
  );
  const edges = await connection.query<{ child: string; parent: string }>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  );
  const left = [...owned.map(({ name }) => name), 'place', 'place_candidate', 'outbox'];
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
