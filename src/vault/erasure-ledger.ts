/** What was erased, as keyed tokens in a file of the key folder: outside the data and its backups, so that no restore and no import brings it back. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { syncFolder } from './key-ring.ts';
import type { KeyStore } from './key-store.ts';

/** `purged`: a report, or a row as received, whose time to be kept was over. */
export const ERASED_KINDS = ['subject', 'entity', 'report', 'purged'] as const;
export type ErasedKind = (typeof ERASED_KINDS)[number];

export interface Erased {
  readonly kind: ErasedKind;
  /** 32 bytes, of `tokenOf`. */
  readonly token: Uint8Array;
}

export interface ErasedLine extends Erased {
  /** When it was recorded. */
  readonly at: Date;
}

export interface ErasureLedger {
  /** Keyed digest of an id or of what a source calls somebody: nothing of it can be read back. */
  tokenOf(kind: ErasedKind, text: string): Uint8Array;
  /** On disk before it returns. What is there already is not written again. Throws when the disk is full. */
  record(entries: readonly Erased[]): void;
  /** Asks the file: what another process recorded is found too. Throws CONFLICT like `entries`. */
  has(kind: ErasedKind, token: Uint8Array): boolean;
  /** In the order of recording. Throws CONFLICT at a line that no append can have left. */
  entries(): readonly ErasedLine[];
}

const LINE = /^(subject|entity|report|purged) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;
const APPEND_TRIES = 2;

/** Opens the ledger of a key folder that exists; the file is made with its first line. Any number of processes may have it open. */
export function openErasureLedger(folder: string, keys: KeyStore): ErasureLedger {
  const file = new LedgerFile(path.join(folder, 'erased.log'));
  return {
    tokenOf: (kind, text) => keys.token(`erased/${kind}`, text),
    record(entries) {
      const known = file.lines();
      const fresh = new Map(entries.map((entry) => [nameOf(entry.kind, entry.token), entry]));
      for (const name of known.keys()) fresh.delete(name);
      file.append([...fresh.keys()]);
    },
    has: (kind, token) => file.lines().has(nameOf(kind, token)),
    entries: () =>
      [...file.lines()].map(([name, at]) => {
        const [kind, hex] = name.split(' ') as [ErasedKind, string];
        return { kind, token: Uint8Array.from(Buffer.from(hex, 'hex')), at: new Date(at) };
      }),
  };
}

const nameOf = (kind: ErasedKind, token: Uint8Array): string =>
  `${kind} ${Buffer.from(token).toString('hex')}`;

/**
 * As with the keys, no process locks the others out: an append is one write at the end that begins with a line break, so that what a killed
 * process left unfinished stays a line of its own, which is too short to be read as any other.
 */
class LedgerFile {
  readonly #path: string;
  /** Kind and token, with the time of the first line that had them. */
  readonly #lines = new Map<string, string>();
  #inode = -1n;
  /** Bytes looked through: whole lines only. */
  #looked = 0;

  constructor(file: string) {
    this.#path = file;
  }

  lines(): ReadonlyMap<string, string> {
    if (!existsSync(this.#path)) {
      this.#forget();
      return this.#lines;
    }
    const descriptor = openSync(this.#path, 'r');
    try {
      this.#lookOn(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return this.#lines;
  }

  append(names: readonly string[]): void {
    if (names.length === 0) return;
    const isNew = !existsSync(this.#path);
    const at = new Date().toISOString();
    const text = Buffer.from(`\n${names.map((name) => `${name} ${at}\n`).join('')}`, 'latin1');
    const descriptor = openSync(this.#path, 'a+', 0o600);
    try {
      // A rest written later could stand behind another's lines: a short write is left as it is, and all is written again.
      for (let tries = 1; writeSync(descriptor, text) < text.length; tries += 1)
        if (tries >= APPEND_TRIES) throw new Error(`${this.#path}: an erasure could not be written whole`);
      fsyncSync(descriptor);
      this.#lookOn(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!names.every((name) => this.#lines.has(name)))
      throw new Error(`${this.#path}: what was written is not there; the folder must lie on a local disk`);
    if (isNew) syncFolder(path.dirname(this.#path));
  }

  /** Only what was added since; all of it when the file is another or shorter. */
  #lookOn(descriptor: number): void {
    const { ino, size } = fstatSync(descriptor, { bigint: true });
    if (ino !== this.#inode || size < this.#looked) this.#forget();
    this.#inode = ino;
    if (Number(size) === this.#looked) return;
    const bytes = Buffer.alloc(Number(size) - this.#looked);
    const text = bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, bytes.length, this.#looked));
    const end = text.lastIndexOf('\n') + 1;
    for (const line of text.slice(0, end).split('\n')) this.#read(line);
    this.#looked += end;
  }

  #read(line: string): void {
    const [, kind, token, at] = LINE.exec(line) ?? [];
    if (kind !== undefined && at !== undefined) {
      const name = `${kind} ${token}`;
      if (!this.#lines.has(name)) this.#lines.set(name, at);
    } else if (!isCutShort(line)) {
      throw new HeadwaterError(
        'CONFLICT',
        `a line of ${this.#path} does not read: found ${line.length} characters, wanted kind, token and time; restore the file from a copy of the key folder`,
      );
    }
  }

  #forget(): void {
    this.#lines.clear();
    this.#looked = 0;
  }
}

/** The beginning of a line: filled up with the end of a good one, it reads. */
function isCutShort(line: string): boolean {
  const whole = `${'0'.repeat(64)} 2000-01-01T00:00:00.000Z`;
  return ERASED_KINDS.some((kind) => {
    const good = `${kind} ${whole}`;
    return line.length < good.length && LINE.test(line + good.slice(line.length));
  });
}
