/** The master key: the file it lies in, what it wraps, and which ring of keys is its own. */
import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { syncFolder } from './key-ring.ts';
import { freshBytes, seal, unseal } from './sealing.ts';

/** Of one generation: a rotation makes the next. */
export interface MasterKey {
  readonly key: KeyObject;
  /** The same in every generation, so that digests made before a rotation are found after it. */
  readonly tokenKey: KeyObject;
  /** Name of the file in the key folder whose keys this one wraps; another in every generation. */
  readonly ring: string;
}

/** The second format. The first was the 32 bytes alone: its ring was always this one, and its token key came out of the master key. */
const FORMAT = 2;
const FIRST_RING = 'ring.log';
const KEY_BYTES = 32;
const WRAP_PLACE = 'key-store';
const TOKEN_KEY = 'token';
const RING_NAME = /^ring(-[0-9a-f]{8})?\.log$/;

export function wrapKey(master: KeyObject, id: string, key: KeyObject): string {
  const sealed = seal(master, `${WRAP_PLACE}/${id}`, key.export().toString('base64'));
  return Buffer.from(sealed).toString('base64');
}

/** Throws CONFLICT when it was wrapped by another master key, or for another id. */
export function unwrapKey(master: KeyObject, id: string, wrapped: string): KeyObject {
  return createSecretKey(unseal(master, `${WRAP_PLACE}/${id}`, Buffer.from(wrapped, 'base64')), 'base64');
}

export function newKey(): KeyObject {
  const bytes = freshBytes(KEY_BYTES);
  const key = createSecretKey(bytes);
  // The key has a copy of its own.
  bytes.fill(0);
  return key;
}

export const newRingName = (): string => `ring-${randomBytes(4).toString('hex')}.log`;

/** Names of all rings in the folder: while a rotation is under way there are two. */
export const ringsIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => RING_NAME.test(name));

export const masterFileOf = (folder: string): string => path.join(folder, 'master.key');

/** What a file of the newest format holds. */
export function masterText({ key, tokenKey, ring }: MasterKey): string {
  const master = key.export().toString('base64');
  return `${JSON.stringify({ format: FORMAT, ring, master, token: wrapKey(key, TOKEN_KEY, tokenKey) })}\n`;
}

/** Of any format. Throws BAD_CONFIGURATION for what is none, CONFLICT for one that was altered. */
export function readMaster(file: string): MasterKey {
  const bytes = readFileSync(file);
  if (bytes.length === KEY_BYTES) {
    const key = createSecretKey(bytes);
    const tokenKey = createSecretKey(createHmac('sha256', key).update('token').digest());
    return { key, tokenKey, ring: FIRST_RING };
  }
  const { format, ring, master, token } = fieldsOf(file, bytes);
  const raw = Buffer.from(String(master), 'base64');
  if (format !== FORMAT || raw.length !== KEY_BYTES || !RING_NAME.test(String(ring)))
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${file}: found a master key of format ${JSON.stringify(format)}, wanted ${FORMAT}; a later version may have written it`,
    );
  const key = createSecretKey(raw);
  return { key, tokenKey: unwrapKey(key, TOKEN_KEY, String(token)), ring: String(ring) };
}

function fieldsOf(file: string, bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${file}: found a master key of ${bytes.length} bytes, wanted ${KEY_BYTES}, or its fields as JSON`,
      { cause },
    );
  }
}

/** The master key as it is now: another process may have rotated it since it was last asked for. */
export class MasterFile {
  readonly #file: string;
  #known: MasterKey | null = null;
  #seen = '';

  /** Makes one in a folder that holds none. Throws BAD_CONFIGURATION where keys lie without it. */
  constructor(folder: string) {
    this.#file = masterFileOf(folder);
    if (!existsSync(this.#file)) makeMasterKey(folder, this.#file);
  }

  current(): MasterKey {
    for (;;) {
      const seen = this.#look();
      if (this.#known !== null && (seen === null || seen === this.#seen)) return this.#known;
      const read = this.#read();
      // A rotation overwrites the old file once the new one has its name: who had opened the old one looks again.
      if (this.#look() !== seen) continue;
      if (read instanceof Error) throw read;
      this.#known = read;
      this.#seen = seen ?? '';
    }
  }

  #read(): MasterKey | Error {
    try {
      return readMaster(this.#file);
    } catch (error) {
      return error as Error;
    }
  }

  /** Null when the file is gone: whoever has read it goes on with what it said. */
  #look(): string | null {
    const status = statSync(this.#file, { bigint: true, throwIfNoEntry: false });
    return status === undefined ? null : `${status.ino} ${status.ctimeNs} ${status.size}`;
  }
}

/** Whole under another name first: of processes that begin together one gives its key to all, and none reads half of it. */
function makeMasterKey(folder: string, file: string): void {
  if (ringsIn(folder).length > 0 && !existsSync(file)) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${folder}: found keys without the master key that opens them, wanted master.key beside ring.log; a new one would open none of them`,
    );
  }
  const draft = `${file}.${randomUUID()}`;
  const text = masterText({ key: newKey(), tokenKey: newKey(), ring: FIRST_RING });
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
    syncFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
