/** Keys of batches, subjects and entities, each wrapped by the master key, in a folder outside the data and its backups. */
import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { KeyRing, syncFolder } from './key-ring.ts';
import { seal, unseal } from './sealing.ts';

export interface KeyStore {
  /** New keys, durable before they are returned. */
  create(count: number): readonly { readonly id: string; readonly key: KeyObject }[];
  /**
   * Throws NOT_FOUND when the key was destroyed, here or by another process: what it sealed can never be read again. Throws BUSY when it is
   * not in this folder: nothing is known to be lost, and the right folder opens what it sealed.
   */
  read(id: string): KeyObject;
  /** Destroys keys for good, in every process that has the folder. Throws BUSY when one is not in it; then none was destroyed. */
  destroy(ids: readonly string[]): void;
  /** Keyed digest of an identifier, equal for equal texts, not guessable without the master key. */
  token(domain: string, text: string): Uint8Array;
}

const WRAP_PLACE = 'key-store';

/** Opens or makes the store in a folder (mode 0700) that any number of processes on this machine may have open. */
export function openKeyStore(folder: string): KeyStore {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(path.dirname(folder));
  const ringFile = path.join(folder, 'ring.log');
  const master = masterKey(folder, ringFile);
  const ring = new KeyRing(ringFile);
  for (const { id, wrapped } of ring.lines()) unwrap(master, id, wrapped);
  const tokenKey = createSecretKey(createHmac('sha256', master).update('token').digest());
  return {
    create(count) {
      const made = Array.from({ length: count }, () => ({
        id: randomUUID() as string,
        key: createSecretKey(randomBytes(32)),
      }));
      ring.append(made.map(({ id, key }) => ({ id, wrapped: wrap(master, id, key) })));
      return made;
    },
    read(id) {
      const wrapped = ring.find(id);
      if (wrapped === undefined) throw notHere('the key of this value is', 'this value is not lost by that');
      if (wrapped === null) throw new HeadwaterError('NOT_FOUND', 'the key of this value was destroyed');
      return unwrap(master, id, wrapped);
    },
    destroy(ids) {
      const { missing } = ring.destroy(ids);
      if (missing !== null) throw notHere(`key ${missing} is`, 'no key was destroyed');
    },
    token(domain, text) {
      return createHmac('sha256', tokenKey).update(domain).update('\0').update(text).digest();
    },
  };
}

/** Told to callers of the API too: it names the setting and not the path. */
function notHere(what: string, meanwhile: string): HeadwaterError {
  return new HeadwaterError(
    'BUSY',
    `${what} not in the key folder of this hub (HEADWATER_KEYS_DIR): ${meanwhile}; ask the operator for the folder that holds it`,
  );
}

function wrap(master: KeyObject, id: string, key: KeyObject): string {
  const sealed = seal(master, `${WRAP_PLACE}/${id}`, key.export().toString('base64'));
  return Buffer.from(sealed).toString('base64');
}

function unwrap(master: KeyObject, id: string, wrapped: string): KeyObject {
  return createSecretKey(unseal(master, `${WRAP_PLACE}/${id}`, Buffer.from(wrapped, 'base64')), 'base64');
}

function masterKey(folder: string, ringFile: string): KeyObject {
  const file = path.join(folder, 'master.key');
  if (!existsSync(file)) makeMasterKey(folder, file, ringFile);
  const key = readFileSync(file);
  if (key.length !== 32) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${file}: found a master key of ${key.length} bytes, wanted 32`,
    );
  }
  return createSecretKey(key);
}

/** Whole under another name first: of processes that begin together one gives its key to all, and none reads half of it. */
function makeMasterKey(folder: string, file: string, ringFile: string): void {
  if (existsSync(ringFile) && !existsSync(file)) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${folder}: found keys without the master key that opens them, wanted master.key beside ring.log; a new one would open none of them`,
    );
  }
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
    syncFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
