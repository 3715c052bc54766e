/** Keys of batches, subjects and entities, each wrapped by the master key, in a folder outside the data and its backups. */
import { createHmac, type KeyObject, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { KeyRing, syncFolder } from './key-ring.ts';
import { retiredMaster, settleRotation } from './key-rotation.ts';
import { MasterFile, type MasterKey, newKey, ringsIn, unwrapKey, wrapKey } from './master-key.ts';

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
  /** Keyed digest of an identifier, equal for equal texts whatever master key there is by then, not guessable without the key folder. */
  token(domain: string, text: string): Uint8Array;
}

/** Opens or makes the store in a folder (mode 0700) that any number of processes on this machine may have open, one of them rotating it. */
export function openKeyStore(folder: string): KeyStore {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(path.dirname(folder));
  settleRotation(folder);
  const store = new FolderKeyStore(folder);
  store.check();
  return store;
}

class FolderKeyStore implements KeyStore {
  readonly #folder: string;
  readonly #master: MasterFile;
  readonly #rings = new Map<string, KeyRing>();
  readonly #tokenKey: KeyObject;

  constructor(folder: string) {
    this.#folder = folder;
    this.#master = new MasterFile(folder);
    this.#tokenKey = this.#master.current().tokenKey;
  }

  /** Throws CONFLICT when a key of the sample does not open. */
  check(): void {
    this.#settled(({ key, ring }) => {
      for (const { id, wrapped } of this.#ring(ring).sample()) unwrapKey(key, id, wrapped);
    });
  }

  create(count: number): readonly { readonly id: string; readonly key: KeyObject }[] {
    const made = Array.from({ length: count }, () => ({ id: randomUUID() as string, key: newKey() }));
    // A rotation brings along what stood in the old ring before the new master key had its name: later than that, it is for us.
    this.#settled((master) =>
      this.#ring(master.ring).append(
        made.map(({ id, key }) => ({ id, wrapped: wrapKey(master.key, id, key) })),
      ),
    );
    return made;
  }

  read(id: string): KeyObject {
    const found = this.#settled((master) => this.#find(master, id) ?? this.#find(master, id));
    if (found === undefined) throw notHere('the key of this value is', 'this value is not lost by that');
    if (found === 'gone') throw new HeadwaterError('NOT_FOUND', 'the key of this value was destroyed');
    return found;
  }

  destroy(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const missing = this.#missing(ids) && this.#missing(ids);
    if (missing !== undefined) throw notHere(`key ${missing} is`, 'no key was destroyed');
    // Every ring: a rotation that is under way, or was cut short, has a copy. Twice: what it copied while we were at the first ring is
    // there the second time, and what it copies afterwards it finds destroyed.
    for (let pass = 1; pass <= 2; pass += 1)
      for (const ring of ringsIn(this.#folder)) this.#ring(ring).destroy(ids);
  }

  token(domain: string, text: string): Uint8Array {
    return createHmac('sha256', this.#tokenKey).update(domain).update('\0').update(text).digest();
  }

  /** Undefined: it is not here. What a rotation has yet to bring along is in the ring of the old master key. */
  #find(master: MasterKey, id: string): KeyObject | 'gone' | undefined {
    for (const each of [master, retiredMaster(this.#folder)]) {
      const wrapped = each === null ? undefined : this.#ring(each.ring).find(id);
      if (wrapped === null) return 'gone';
      if (each !== null && wrapped !== undefined) return unwrapKey(each.key, id, wrapped);
    }
    return undefined;
  }

  /** The first that is in no ring; undefined when there is none. */
  #missing(ids: readonly string[]): string | undefined {
    const rings = ringsIn(this.#folder).map((name) => this.#ring(name));
    return ids.find((id) => rings.every((ring) => ring.find(id) === undefined));
  }

  /** Again, should the master key have been another one by the end. */
  #settled<T>(work: (master: MasterKey) => T): T {
    for (;;) {
      const master = this.#master.current();
      const done = work(master);
      if (this.#master.current().ring === master.ring) return done;
    }
  }

  #ring(name: string): KeyRing {
    const known = this.#rings.get(name);
    if (known !== undefined) return known;
    const ring = new KeyRing(path.join(this.#folder, name));
    this.#rings.set(name, ring);
    return ring;
  }
}

/** Told to callers of the API too: it names the setting and not the path. */
function notHere(what: string, meanwhile: string): HeadwaterError {
  return new HeadwaterError(
    'BUSY',
    `${what} not in the key folder of this hub (HEADWATER_KEYS_DIR): ${meanwhile}; ask the operator for the folder that holds it`,
  );
}
