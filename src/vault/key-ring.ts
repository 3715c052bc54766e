/** The file of wrapped keys, shared by every process that has the folder: one line a key, appended and never moved. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';

/** A UUID, a space, and in base64 the nonce, the tag and the sealed text of a key of 32 bytes. */
const ID_LENGTH = 36;
const WRAPPED_LENGTH = 96;
const LINE_LENGTH = ID_LENGTH + 1 + WRAPPED_LENGTH;
/** Base64 has no hyphen: one of them says that the key is gone. */
const GONE = '-';
const APPEND_TRIES = 2;

export interface RingLine {
  /** A UUID. */
  readonly id: string;
  /** 96 characters of base64. */
  readonly wrapped: string;
}

/**
 * No process locks the others out, and none needs to. An append is one write at the end, which the operating system does not mix with
 * another; it begins with a line break, so that what a killed process left unfinished becomes a short line of its own. A destroyed key is
 * overwritten where it stands, and the line stays as its tombstone. So a line keeps its place for as long as the file lives, and what is
 * read is read from the file: a key destroyed by another process is gone here too.
 */
export class KeyRing {
  readonly #file: string;
  /** Where lines begin, in bytes. */
  readonly #places = new Map<string, number>();
  #inode = -1n;
  /** Bytes looked through: whole lines only. */
  #looked = 0;
  /** Change time of the file when it was last looked through from its beginning. */
  #wholeAt = -1n;

  constructor(file: string) {
    this.#file = file;
  }

  /** Every key that was not destroyed. Throws CONFLICT at a line that no append can have left. */
  *lines(): Generator<RingLine> {
    if (!existsSync(this.#file)) return;
    const text = this.#using('r', (descriptor) => textFrom(descriptor, 0));
    for (const [number, line] of text.split('\n').entries()) {
      if (line.length < LINE_LENGTH) continue;
      if (line.length > LINE_LENGTH)
        throw new HeadwaterError(
          'CONFLICT',
          `line ${number + 1} of ${this.#file} does not open: found ${line.length} characters, wanted ${LINE_LENGTH}`,
        );
      const wrapped = line.slice(ID_LENGTH + 1);
      if (!wrapped.includes(GONE)) yield { id: line.slice(0, ID_LENGTH), wrapped };
    }
  }

  /** On disk before it returns, and read back. Throws when the disk is full or the folder cannot be shared so. */
  append(lines: readonly RingLine[]): void {
    if (lines.length === 0) return;
    const isNew = !existsSync(this.#file);
    const text = Buffer.from(`\n${lines.map(({ id, wrapped }) => `${id} ${wrapped}\n`).join('')}`, 'latin1');
    this.#using('a+', (descriptor) => {
      // A rest written later could stand behind another's lines: a short write is left as it is, and all is written again.
      for (let tries = 1; writeSync(descriptor, text) < text.length; tries += 1)
        if (tries >= APPEND_TRIES) throw new Error(`${this.#file}: keys could not be written whole`);
      fsyncSync(descriptor);
      this.#lookOn(descriptor);
      if (!lines.every(({ id, wrapped }) => this.#at(descriptor, id) === wrapped))
        throw new Error(`${this.#file}: keys written are not there; the folder must lie on a local disk`);
    });
    if (isNew) syncFolder(path.dirname(this.#file));
  }

  /** Null: it was destroyed. Undefined: it is not in this file. */
  find(id: string): string | null | undefined {
    if (!existsSync(this.#file)) return undefined;
    const wrapped = this.#using('r', (descriptor) => this.#search(descriptor, id));
    return wrapped?.includes(GONE) ? null : wrapped;
  }

  /** All of them or, when one is not in this file, none: `missing` names it. On disk before it returns. */
  destroy(ids: readonly string[]): { readonly missing: string | null } {
    if (ids.length === 0) return { missing: null };
    if (!existsSync(this.#file)) return { missing: ids[0] ?? null };
    return this.#using('r+', (descriptor) => {
      const missing = ids.find((id) => this.#search(descriptor, id) === undefined);
      if (missing !== undefined) return { missing };
      for (const id of ids) {
        const place = (this.#places.get(id) as number) + ID_LENGTH + 1;
        writeSync(descriptor, Buffer.alloc(WRAPPED_LENGTH, GONE), 0, WRAPPED_LENGTH, place);
      }
      fsyncSync(descriptor);
      return { missing: null };
    });
  }

  #search(descriptor: number, id: string): string | undefined {
    this.#lookOn(descriptor);
    const found = this.#at(descriptor, id);
    if (found !== undefined || fstatSync(descriptor, { bigint: true }).ctimeNs === this.#wholeAt)
      return found;
    // Not where it stood, or nowhere: somebody may have put another file's content in its place.
    this.#forget();
    this.#lookOn(descriptor);
    return this.#at(descriptor, id);
  }

  /** What follows the id in its line; undefined where the line is no longer of that key. */
  #at(descriptor: number, id: string): string | undefined {
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    const line = Buffer.alloc(LINE_LENGTH);
    const text = line.toString('latin1', 0, readSync(descriptor, line, 0, LINE_LENGTH, place));
    return text.length === LINE_LENGTH && text.startsWith(`${id} `) ? text.slice(ID_LENGTH + 1) : undefined;
  }

  /** Only what was added since; all of it when the file is another or shorter. */
  #lookOn(descriptor: number): void {
    const { ino, size, ctimeNs } = fstatSync(descriptor, { bigint: true });
    if (ino !== this.#inode || size < this.#looked) this.#forget();
    this.#inode = ino;
    if (this.#looked === 0) this.#wholeAt = ctimeNs;
    if (Number(size) === this.#looked) return;
    const text = textFrom(descriptor, this.#looked);
    let begin = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', begin)) {
      if (end - begin === LINE_LENGTH)
        this.#places.set(text.slice(begin, begin + ID_LENGTH), this.#looked + begin);
      begin = end + 1;
    }
    this.#looked += begin;
  }

  #forget(): void {
    this.#places.clear();
    this.#looked = 0;
  }

  #using<T>(flags: 'r' | 'r+' | 'a+', work: (descriptor: number) => T): T {
    const descriptor = openSync(this.#file, flags, 0o600);
    try {
      return work(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** A new name in a folder is on disk only when the folder is. Windows opens no folder, and writes names by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** One character a byte, so that places in the text are places in the file. */
function textFrom(descriptor: number, place: number): string {
  const bytes = Buffer.alloc(Number(fstatSync(descriptor).size) - place);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, place + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.toString('latin1', 0, filled);
}
