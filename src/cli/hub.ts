/** The hub put together: database, keys, gazetteer, imports. Everything else asks it for what it needs. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetDeadImporters } from '../intake/imports/import-lease.service.ts';
import type { ImportTools } from '../intake/imports/import-tools.service.ts';
import { randomIds } from '../kernel/ids.ts';
import { type AtlasSource, atlasFrom, ensureGazetteer } from '../places/gazetteer.service.ts';
import type { StatementObserver } from '../platform/database.ts';
import { readMigrations } from '../platform/migrations.ts';
import { type DatabaseChoice, type OpenedDatabase, openDatabase } from '../platform/open-database.ts';
import { recordSink } from '../records/composition/composition.service.ts';
import { replayErasures } from '../records/erasure/replay-erasures.service.ts';
import { openErasureLedger } from '../vault/erasure-ledger.ts';
import { recogniseKeyFolder } from '../vault/key-folder.store.ts';
import { type KeyStore, openKeyStore } from '../vault/key-store.ts';

/** The package's folder, whether the code runs from src or from dist/src. */
export const PACKAGE_FOLDER = packageFolder(path.dirname(fileURLToPath(import.meta.url)));
export const MIGRATIONS_FOLDER = path.join(PACKAGE_FOLDER, 'migrations');

export interface Hub extends OpenedDatabase {
  readonly keys: KeyStore;
  readonly imports: ImportTools;
  readonly atlas: AtlasSource;
  readonly keysFolder: string;
  /** Of the embedded database; null on a server. */
  readonly dataFolder: string | null;
  close(): Promise<void>;
}

export interface HubOptions {
  readonly database: DatabaseChoice;
  readonly keysFolder: string;
  readonly observe?: StatementObserver;
  readonly onProgress?: (message: string) => void;
  readonly now?: () => Date;
}

/** Opens, migrates and fills the gazetteer. The caller holds the data folder. */
export async function openHub(options: HubOptions): Promise<Hub> {
  const say = options.onProgress ?? (() => undefined);
  say('opening the database');
  const opened = await openDatabase(options.database, readMigrations(MIGRATIONS_FOLDER), options.observe);
  try {
    return await ready(opened, options, say);
  } catch (error) {
    // The embedded database is a thread: left open, it would keep a start that failed from ending.
    await opened.database.close();
    throw error;
  }
}

async function ready(
  opened: OpenedDatabase,
  options: HubOptions,
  say: (message: string) => void,
): Promise<Hub> {
  if (opened.applied.length > 0) say(`applied ${opened.applied.length} migrations`);
  // Nobody else has an embedded database open; on a server other processes may be importing.
  if (opened.database.mode === 'embedded') await forgetDeadImporters(opened.database);
  const keys = openKeyStore(options.keysFolder);
  await recogniseKeyFolder(opened.database, keys);
  const atlas = atlasFrom(atlasFile());
  if (await ensureGazetteer(opened.database, atlas)) say('loaded the gazetteer');
  const imports: ImportTools = {
    database: opened.database,
    keys,
    ledger: openErasureLedger(options.keysFolder, keys),
    ids: randomIds,
    sink: recordSink({ ids: randomIds, keys, atlas, database: opened.database }),
    now: options.now ?? (() => new Date()),
  };
  const again = await replayErasures(imports);
  if (again > 0) say(`erased again what the ledger of erasures names: ${again} lines`);
  const dataFolder = options.database.mode === 'embedded' ? options.database.folder : null;
  return {
    ...opened,
    keys,
    keysFolder: options.keysFolder,
    imports,
    atlas,
    dataFolder,
    close: () => opened.database.close(),
  };
}

/** What decides how a data folder is filled: when one of these changes, a prepared folder is no longer what a fresh one would be. */
const FILLING = [
  'migrations',
  'seeds',
  'src/geo',
  'src/intake',
  'src/kernel',
  'src/places',
  'src/vault',
  'src/records/composition',
  'src/serving/views',
];
/** Changes by hand when src/cli/demo.service.ts fills otherwise than before. */
const FILLED_BY =
  'with shared views, layers, closings and followed targets, one of them not to its last record';
const READING_ONLY = /\.(test|view|resolver|type|loader|input)\.ts$/;

/** Names a prepared data folder by the sources it was made with, the same whether they run as they are or built. */
export function codeDigest(): string {
  return digestOf(FILLING, FILLED_BY);
}

/** Where programs keep what they prepared once for all their data folders. */
export const PREPARED_FOLDER = path.join(PACKAGE_FOLDER, 'node_modules', '.cache', 'headwater');

/** The packed gazetteer of exactly this code and these packages. */
export function atlasFile(): string {
  const packages = readFileSync(path.join(PACKAGE_FOLDER, 'package.json'));
  return path.join(PREPARED_FOLDER, `atlas-${digestOf(['src/geo', 'src/places'], packages)}.bin`);
}

function digestOf(folders: readonly string[], more: string | Uint8Array): string {
  const hash = createHash('sha256').update(more);
  for (const folder of folders) {
    const at = path.join(PACKAGE_FOLDER, folder);
    for (const file of readdirSync(at, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(sql|ts)$/.test(file) && !READING_ONLY.test(file))
        hash.update(file).update(readFileSync(path.join(at, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function packageFolder(from: string): string {
  let folder = from;
  while (!readdirSync(folder).includes('package.json')) folder = path.dirname(folder);
  return folder;
}
