/** `headwater restore`: a backup into an empty data folder, checked, and without whoever was erased since. */
import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { unpackFolder } from '../platform/folder-archive.ts';
import { takeFolder } from '../platform/folder-lock.ts';
import { isFilled, makeFolder } from '../platform/folders.ts';
import { readMigrations } from '../platform/migrations.ts';
import { openDatabase } from '../platform/open-database.ts';
import { recogniseKeyFolder } from '../vault/key-folder.store.ts';
import { openKeyStore } from '../vault/key-store.ts';
import { forServers } from './backup-command.ts';
import { type BackupManifest, manifestOf } from './backup-manifest.store.ts';
import type { Command } from './commands.ts';
import { MIGRATIONS_FOLDER, openHub } from './hub.ts';

/** As a command on an open hub it is refused: the folder it would fill is in use. */
export const RESTORE: Command = {
  usage: 'restore FILE',
  summary: 'brings a backup back into an empty data folder, without whoever was erased since',
  details: ['HEADWATER_DATA_DIR names the folder, HEADWATER_KEYS_DIR the keys of the database in the backup'],
  run: () => {
    throw new HeadwaterError(
      'BUSY',
      'found a hub that is running on this data folder, wanted an empty one: stop it, and name another',
    );
  },
};

/** Throws CONFLICT when the backup is not whole or the folder not empty, BUSY when it is held, BAD_CONFIGURATION with other keys. */
export async function restore(
  args: readonly string[],
  config: Pick<Config, 'database' | 'dataFolder' | 'keysFolder'>,
  say: (line: string) => void,
): Promise<number> {
  const [given, ...others] = args;
  if (given === undefined || others.length > 0)
    throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${RESTORE.usage}`);
  if (config.database.mode === 'server') throw forServers('restore');
  if (!isFilled(config.keysFolder))
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      'HEADWATER_KEYS_DIR: found no keys, wanted those of the backup',
    );
  makeFolder('HEADWATER_DATA_DIR', config.dataFolder);
  const lock = takeFolder(config.dataFolder, 'headwater restore');
  const draft = `${path.resolve(config.dataFolder)}.restoring`;
  try {
    if (isFilled(config.dataFolder))
      throw new HeadwaterError(
        'CONFLICT',
        `HEADWATER_DATA_DIR: found data in ${config.dataFolder}, wanted an empty folder`,
      );
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const manifest = (await unpackFolder(path.resolve(given), draft)) as BackupManifest;
    await check(draft, config.keysFolder, manifest);
    const hub = await openHub({
      database: { mode: 'embedded', folder: draft },
      keysFolder: config.keysFolder,
      onProgress: say,
    });
    await hub.close();
    rmdirSync(config.dataFolder);
    renameSync(draft, config.dataFolder);
    say(`restored to ${config.dataFolder}: every table, the audit log and the keys are those of the backup`);
    return 0;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    lock.release();
  }
}

/** As it was when it was backed up: rows of every table, the end of the audit log, the key folder. */
async function check(folder: string, keysFolder: string, manifest: BackupManifest): Promise<void> {
  const { database } = await openDatabase({ mode: 'embedded', folder }, readMigrations(MIGRATIONS_FOLDER));
  try {
    const found = await database.unrestricted('check a restored database', (connection) =>
      manifestOf(connection, Object.keys(manifest.tables)),
    );
    for (const [table, rows] of Object.entries(manifest.tables))
      if (found.tables[table] !== rows)
        throw new HeadwaterError(
          'CONFLICT',
          `${table}: found ${found.tables[table] ?? 0} rows, wanted ${rows}`,
        );
    if (found.auditHead !== manifest.auditHead)
      throw new HeadwaterError('CONFLICT', 'the audit log does not end as it did when it was backed up');
    await recogniseKeyFolder(database, openKeyStore(keysFolder));
  } finally {
    await database.close();
  }
}
