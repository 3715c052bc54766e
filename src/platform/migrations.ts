/** The migrations folder, told to knex: one pair of plain SQL files a change, applied in order of their names. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { HeadwaterError } from '../kernel/errors.ts';

export interface MigrationFile {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** Every change in order. Throws BAD_CONFIGURATION when a file lacks its other half or the folder is empty. */
export function readMigrations(folder: string): readonly MigrationFile[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  const names = [...new Set(files.map((file) => file.replace(/\.(up|down)\.sql$/, '')))].sort();
  if (names.length === 0) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `found no migration in ${folder}, wanted *.up.sql and *.down.sql`,
    );
  }
  return names.map((name) => {
    for (const half of ['up', 'down']) {
      if (!files.includes(`${name}.${half}.sql`)) {
        throw new HeadwaterError(
          'BAD_CONFIGURATION',
          `found migration ${name} without its ${name}.${half}.sql`,
        );
      }
    }
    const read = (half: string): string => readFileSync(path.join(folder, `${name}.${half}.sql`), 'utf8');
    return { name, up: read('up'), down: read('down') };
  });
}

/** Applies what is missing; returns the names applied. */
export async function migrateUp(owner: Knex, files: readonly MigrationFile[]): Promise<readonly string[]> {
  const [, applied] = (await owner.migrate.latest(configuration(files))) as [number, string[]];
  return applied;
}

/** Takes everything back, newest first; returns the names taken back. */
export async function migrateDown(owner: Knex, files: readonly MigrationFile[]): Promise<readonly string[]> {
  const [, undone] = (await owner.migrate.rollback(configuration(files), true)) as [number, string[]];
  return undone;
}

/** Names not yet applied, without changing anything. */
export async function pendingMigrations(
  owner: Knex,
  files: readonly MigrationFile[],
): Promise<readonly string[]> {
  const [, pending] = (await owner.migrate.list(configuration(files))) as [unknown[], MigrationFile[]];
  return pending.map((file) => file.name);
}

function configuration(files: readonly MigrationFile[]): Knex.MigratorConfig {
  const source: Knex.MigrationSource<MigrationFile> = {
    getMigrations: async () => [...files],
    getMigrationName: (file) => file.name,
    getMigration: async (file) => ({
      up: (transaction) => script(transaction, file.up),
      down: (transaction) => script(transaction, file.down),
    }),
  };
  return { migrationSource: source, tableName: 'schema_migration' };
}

/** A migration is many statements: the simple protocol runs them all, with the embedded connection's guard where there is one. */
async function script(transaction: Knex, text: string): Promise<void> {
  const connection = await transaction.client.acquireConnection();
  try {
    const bounded = `set local lock_timeout = '5s'; set local statement_timeout = '15min';\n${text}`;
    await (connection.script?.(bounded) ?? connection.query(bounded));
  } finally {
    await transaction.client.releaseConnection(connection);
  }
}
