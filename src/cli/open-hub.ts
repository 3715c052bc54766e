/** Readying the data folder: copied from a prepared one where there is none yet, held by one process while it is open. */
import type { Config } from '../config.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { type FolderLock, takeFolder } from '../platform/folder-lock.ts';
import { checkDataFolder, isFilled, makeFolder } from '../platform/folders.ts';
import { isDatabaseFolder } from '../platform/open-database.ts';
import { type Hub, openHub } from './hub.ts';
import { copyTemplate, findTemplate } from './template.ts';

export interface OpenedHub {
  readonly hub: Hub;
  /** Whether there was nothing before. */
  readonly fresh: boolean;
  /** Whether the demo came with the prepared folder. */
  readonly demoLoaded: boolean;
  close(): Promise<void>;
}

/** Throws BUSY naming the holder when another process has the folder. */
export async function openConfiguredHub(
  config: Config,
  what: string,
  onProgress: (message: string) => void,
): Promise<OpenedHub> {
  const { keysFolder } = config;
  if (config.database.mode === 'server') {
    makeFolder('HEADWATER_KEYS_DIR', keysFolder);
    const hub = await openHub({ database: config.database, keysFolder, onProgress });
    return { hub, fresh: false, demoLoaded: false, close: () => hub.close() };
  }
  makeFolder('HEADWATER_DATA_DIR', config.dataFolder);
  checkDataFolder('HEADWATER_DATA_DIR', config.dataFolder);
  makeFolder('HEADWATER_KEYS_DIR', keysFolder);
  const lock = takeFolder(config.dataFolder, what);
  try {
    const fresh = !isDatabaseFolder(config.dataFolder);
    const demoLoaded = fresh && copyPrepared(config, onProgress);
    const hub = await openHub({
      database: { mode: 'embedded', folder: config.dataFolder },
      keysFolder,
      onProgress,
    });
    return { hub, fresh, demoLoaded, close: () => closeBoth(hub, lock) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function closeBoth(hub: Hub, lock: FolderLock): Promise<void> {
  await hub.close();
  lock.release();
}

/** A key folder that is already there belongs to other data: a prepared folder would not open with it. */
function copyPrepared(config: Config, onProgress: (message: string) => void): boolean {
  if (isFilled(config.keysFolder)) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `HEADWATER_KEYS_DIR: found keys in ${config.keysFolder} but no data in ${config.dataFolder}, wanted both or neither`,
    );
  }
  const kind = config.loadDemo ? 'demo' : 'base';
  const template = findTemplate(kind);
  if (template === null) {
    onProgress('no prepared data folder: building one, which takes about a minute');
    return false;
  }
  onProgress('copying the prepared data folder');
  copyTemplate(template, { data: config.dataFolder, keys: config.keysFolder });
  return kind === 'demo';
}
