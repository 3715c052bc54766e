/** Opens the database the configuration names, migrated to the hub's own level. */
import { existsSync, readdirSync } from 'node:fs';
import { HeadwaterError } from '../kernel/errors.ts';
import type { StatementObserver } from './database.ts';
import { type MigrationFile, migrateUp, pendingMigrations } from './migrations.ts';
import { embeddedPool, serverPool } from './pool.ts';
import { PooledDatabase, type Pools } from './pooled-database.ts';
import { probeServer } from './server-probe.ts';

export type DatabaseChoice =
  | { readonly mode: 'embedded'; readonly folder: string }
  | { readonly mode: 'server'; readonly url: string; readonly ownerUrl: string; readonly poolSize: number };

export interface OpenedDatabase {
  readonly database: PooledDatabase;
  readonly pools: Pools;
  readonly applied: readonly string[];
}

/** The caller holds the folder's lock in embedded mode. Throws BAD_CONFIGURATION when the database cannot be reached or lacks PostGIS. */
export async function openDatabase(
  choice: DatabaseChoice,
  migrations: readonly MigrationFile[],
  observe?: StatementObserver,
): Promise<OpenedDatabase> {
  if (choice.mode === 'server') await probeServer(choice);
  const pools = poolsFor(choice);
  const database = new PooledDatabase(choice.mode, pools, observe);
  try {
    const pending = await pendingMigrations(pools.owner, migrations);
    const applied = pending.length === 0 ? [] : await migrateUp(pools.owner, migrations);
    if (choice.mode === 'server') await checkRights(database);
    return { database, pools, applied };
  } catch (error) {
    await database.close();
    throw explain(error, choice);
  }
}

/** Whether the folder already holds a database. */
export function isDatabaseFolder(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).includes('PG_VERSION');
}

function poolsFor(choice: DatabaseChoice): Pools {
  if (choice.mode === 'embedded') {
    const pool = embeddedPool(choice.folder);
    return { application: pool, owner: pool };
  }
  const application = serverPool(choice.url, choice.poolSize);
  return {
    application,
    owner: choice.ownerUrl === choice.url ? application : serverPool(choice.ownerUrl, 2),
  };
}

/** A login that owns the tables is allowed, since every transaction steps down to a weaker role; one that cannot step down is not. */
async function checkRights(database: PooledDatabase): Promise<void> {
  await database.unrestricted('check the rights of the application role', (connection) =>
    connection.query('select 1'),
  );
  await database.secured({ classes: [], statementTimeoutMs: 5_000 }, (connection) =>
    connection.query('select 1'),
  );
}

/** The server was looked at before: what is left is a right that only a statement asks for. */
function explain(error: unknown, choice: DatabaseChoice): Error {
  if (choice.mode === 'embedded' || !(error instanceof Error)) return error as Error;
  const state = (error as { code?: unknown }).code;
  const told = error.message.replace(/postgres(ql)?:\/\/\S+/g, 'the address');
  if (state === '42501' || /permission denied|must be owner/i.test(told)) {
    const variable = choice.ownerUrl === choice.url ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
    return new HeadwaterError(
      'BAD_CONFIGURATION',
      `${variable}: found a login without a right it needs (${told}), wanted the owner of the tables, who may create in the schema public (docker/database-logins.sh grants it)`,
      { cause: error },
    );
  }
  return error;
}
