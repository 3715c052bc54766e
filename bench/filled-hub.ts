/** A database of generated movements on a server, filled when it is first asked for, and a viewer who sees all of them. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Viewer } from '../src/access/viewer.ts';
import { type Hub, openHub, PREPARED_FOLDER } from '../src/cli/hub.ts';
import type { Database } from '../src/platform/database.ts';
import { foldCounts } from '../src/records/flows/fold-counts.service.ts';
import { type BenchOwner, loadMovements } from './load-movements.ts';

export interface FilledHub {
  readonly hub: Hub;
  readonly url: string;
  readonly viewer: Viewer;
  readonly owners: readonly BenchOwner[];
}

/** A database that runs before have made larger than this times what it is named for is filled anew. */
const MOST_GROWN = 1.1;

/** `server`: an address at which databases may be made. A filled database of the same name is used again while it holds about as much as is asked for. */
export async function openFilledHub(
  server: string,
  name: string,
  size: number,
  poolSize = 4,
): Promise<FilledHub> {
  const url = new URL(server);
  url.pathname = `/${name}`;
  // The same at every run: a database knows its key folder.
  const keysFolder = path.join(PREPARED_FOLDER, '..', 'headwater-server', name);
  await dropOutgrown(server, url.href, name, size, keysFolder);
  const fresh = await makeDatabase(server, name);
  const hub = await openHub({
    database: { mode: 'server', url: url.href, ownerUrl: url.href, poolSize },
    keysFolder,
  });
  const started = performance.now();
  const owners = fresh ? await loadMovements(hub.database, size) : await benchOwners(hub.database);
  // As a hub does every few minutes.
  await foldCounts(hub.database);
  console.log(
    `\n${size.toLocaleString('en')} movements${fresh ? `, loaded in ${((performance.now() - started) / 1000).toFixed(0)} s` : ''}`,
  );
  return { hub, url: url.href, viewer: pooledViewer(owners), owners };
}

function pooledViewer(owners: readonly BenchOwner[]): Viewer {
  return {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: owners[0]?.id ?? null,
    organisationSlug: 'bench-0',
    role: 'analyst',
    vaultPermission: false,
    fullClasses: owners.flatMap(({ classes }) => Object.values(classes)),
    partial: [],
    now: new Date(),
  };
}

async function benchOwners(database: Database): Promise<readonly BenchOwner[]> {
  const rows = await database.unrestricted('find the owners of a bench', (connection) =>
    connection.query<{
      id: string;
      slug: string;
      record_class: 'report' | 'incident' | 'movement';
      class: number;
    }>(
      `select o.id, o.slug, c.record_class, c.id as class from organisation o join visibility_class c on c.owner_id = o.id order by o.slug, c.id`,
    ),
  );
  const owners = new Map<string, BenchOwner>();
  for (const row of rows) {
    const known = owners.get(row.id) ?? {
      id: row.id,
      slug: row.slug,
      classes: { report: 0, incident: 0, movement: 0 },
    };
    owners.set(row.id, { ...known, classes: { ...known.classes, [row.record_class]: row.class } });
  }
  return [...owners.values()];
}

/** Every run writes some movements more: a thousandth of a million, and half of ten thousand. */
async function dropOutgrown(
  server: string,
  url: string,
  name: string,
  size: number,
  keysFolder: string,
): Promise<void> {
  const known = await withClient(server, (client) =>
    client.query('select 1 from pg_database where datname = $1', [name]),
  );
  if (known.rowCount === 0) return;
  const held = await withClient(url, async (client) => {
    await client.query('set row_security = off');
    const { rows } = await client.query<{ count: string; ours: boolean }>(
      "select (select count(*) from movement) as count, not exists (select 1 from organisation where slug not like 'bench-%') as ours",
    );
    // Whatever else has this name is nobody's to drop here.
    if (rows[0]?.ours !== true)
      throw new Error(`${name}: found organisations that no bench made, wanted a database of a bench`);
    return Number(rows[0].count);
  });
  if (held >= size && held <= size * MOST_GROWN) return;
  console.log(
    `\n${name} holds ${held.toLocaleString('en')} movements, wanted ${size.toLocaleString('en')}: filled anew`,
  );
  await withClient(server, (client) => client.query(`drop database ${name}`));
  rmSync(keysFolder, { recursive: true, force: true });
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** True when it was made now; a filled database of the same name is used again. */
async function makeDatabase(server: string, name: string): Promise<boolean> {
  return withClient(server, async (client) => {
    const there = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (there.rowCount !== 0) return false;
    await client.query(`create database ${name}`);
    return true;
  });
}
