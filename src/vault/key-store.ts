/** Keys of batches, subjects and entities, each wrapped by the master key, in a folder outside the data and its backups. */
import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { seal, unseal } from './sealing.ts';

export interface KeyStore {
  /** New keys, durable before they are returned. */
  create(count: number): readonly { readonly id: string; readonly key: KeyObject }[];
  /** Throws NOT_FOUND when the key was destroyed or never was. */
  read(id: string): KeyObject;
  /** Destroys keys for good: what they sealed can never be read again. */
  destroy(ids: readonly string[]): void;
  /** Keyed digest of an identifier, equal for equal texts, not guessable without the master key. */
  token(domain: string, text: string): Uint8Array;
}

const WRAP_PLACE = 'key-store';

/** Opens or makes the store in a folder (mode 0700). */
export function openKeyStore(folder: string): KeyStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const master = masterKey(path.join(folder, 'master.key'));
  const ring = path.join(folder, 'ring.log');
  const keys = existsSync(ring) ? readRing(ring, master) : new Map<string, KeyObject>();
  const line = (id: string, key: KeyObject): string =>
    `${id} ${Buffer.from(seal(master, `${WRAP_PLACE}/${id}`, key.export().toString('base64'))).toString('base64')}\n`;
  const tokenKey = createSecretKey(createHmac('sha256', master).update('token').digest());
  return {
    create(count) {
      const made = Array.from({ length: count }, () => ({
        id: randomUUID() as string,
        key: createSecretKey(randomBytes(32)),
      }));
      appendDurably(ring, made.map(({ id, key }) => line(id, key)).join(''));
      for (const { id, key } of made) keys.set(id, key);
      return made;
    },
    read(id) {
      const key = keys.get(id);
      if (key === undefined)
        throw new HeadwaterError(
          'NOT_FOUND',
          'the key of this value was destroyed or is not in this key store',
        );
      return key;
    },
    destroy(ids) {
      for (const id of ids) keys.delete(id);
      const draft = `${ring}.new`;
      writeFileSync(draft, [...keys].map(([id, key]) => line(id, key)).join(''), {
        mode: 0o600,
        flush: true,
      });
      renameSync(draft, ring);
    },
    token(domain, text) {
      return createHmac('sha256', tokenKey).update(domain).update('\0').update(text).digest();
    },
  };
}

function masterKey(file: string): KeyObject {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true });
  const key = readFileSync(file);
  if (key.length !== 32) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${file}: found a master key of ${key.length} bytes, wanted 32`,
    );
  }
  return createSecretKey(key);
}

function readRing(file: string, master: KeyObject): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  const text = readFileSync(file, 'utf8');
  // A last line cut short by a crash was never acknowledged: nothing was sealed under it.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  for (const entry of whole.split('\n')) {
    const [id, wrapped] = entry.split(' ');
    if (id === undefined || wrapped === undefined) continue;
    keys.set(
      id,
      createSecretKey(unseal(master, `${WRAP_PLACE}/${id}`, Buffer.from(wrapped, 'base64')), 'base64'),
    );
  }
  if (whole.length < text.length) writeFileSync(file, whole, { mode: 0o600, flush: true });
  return keys;
}

function appendDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  appendFileSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
}
