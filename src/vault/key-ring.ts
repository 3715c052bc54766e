/** The file of wrapped keys, shared by every process that has the folder: one line a key, appended and never moved. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { PlaceTable } from './place-table.ts';

/** A UUID, a space, and in base64 the nonce, the tag and the sealed text of a key of 32 bytes. */
const ID_LENGTH = 36;
const WRAPPED_LENGTH = 96;
const LINE_LENGTH = ID_LENGTH + 1 + WRAPPED_LENGTH;
/** Base64 has no hyphen: one of them says that the key is gone. */
const GONE = '-';
const TOMBSTONE = GONE.repeat(WRAPPED_LENGTH);
const APPEND_TRIES = 2;
/** Bytes that are read at once. */
const PART = 2 ** 22;
const SAMPLE = 500 * (LINE_LENGTH + 1);

export interface RingLine {
  /** A UUID. */
  readonly id: string;
  /** 96 characters of base64; null for a key that was destroyed. */
  readonly wrapped: string | null;
}

/**
 * No process locks the others out, and none needs to. An append is one write at the end, which the operating system does not mix with
 * another; it begins with a line break, so that what a killed process left unfinished becomes a short line of its own. A destroyed key is
 * overwritten where it stands, and the line stays as its tombstone. So a line keeps its place for as long as the file lives, and what is
 * read is read from the file: a key destroyed by another process is gone here too. A key may have two lines, one that was written again
 * among them: destroyed in either it is destroyed.
 */
export class KeyRing {
  readonly #file: string;
  /** Where lines begin, in bytes; filled when the first key is looked for. */
  readonly #places = new PlaceTable();
  #inode = -1n;
  /** Bytes looked through: whole lines only. */
  #looked = 0;
  /** Change time of the file when it was last looked through from its beginning. */
  #wholeAt = -1n;

  constructor(file: string) {
    this.#file = file;
  }

  /** Every key that was not destroyed. Throws CONFLICT like `all`. */
  *lines(): Generator<RingLine & { readonly wrapped: string }> {
    for (const { id, wrapped } of this.all()) if (wrapped !== null) yield { id, wrapped };
  }

  /** Every line, as the file is when it is called. Throws CONFLICT at a line that no append can have left. */
  *all(): Generator<RingLine> {
    const size = this.#using('r', (descriptor) => Number(fstatSync(descriptor).size)) ?? 0;
    let number = 0;
    for (let place = 0; place < size; ) {
      // The last line of a part may be cut: it is read again with the next, unless nothing follows it.
      const text =
        this.#using('r', (descriptor) => textFrom(descriptor, place, Math.min(size - place, PART))) ?? '';
      const isLast = place + text.length >= size || text.length === 0;
      const end = isLast ? text.length : text.lastIndexOf('\n') + 1;
      if (end === 0) throw this.#tooLong(number + 1, text.length);
      for (const line of text.slice(0, isLast ? end : end - 1).split('\n')) {
        number += 1;
        if (line.length < LINE_LENGTH) continue;
        if (line.length > LINE_LENGTH) throw this.#tooLong(number, line.length);
        const wrapped = line.slice(ID_LENGTH + 1);
        yield { id: line.slice(0, ID_LENGTH), wrapped: wrapped.includes(GONE) ? null : wrapped };
      }
      if (isLast) return;
      place += end;
    }
  }

  /**
   * Keys of the beginning and of the end that were not destroyed, some hundreds: what is wrong with a folder (another's master key, another's
   * ring, a file that was cut) shows there, and a ring of millions is open as soon as a small one.
   */
  *sample(): Generator<RingLine & { readonly wrapped: string }> {
    const text = this.#using('r', (descriptor) => {
      const size = Number(fstatSync(descriptor).size);
      if (size <= 2 * SAMPLE) return textFrom(descriptor, 0);
      const end = textFrom(descriptor, size - SAMPLE);
      const begin = textFrom(descriptor, 0, SAMPLE);
      return begin.slice(0, begin.lastIndexOf('\n')) + end.slice(end.indexOf('\n'));
    });
    for (const [number, line] of (text ?? '').split('\n').entries()) {
      if (line.length > LINE_LENGTH) throw this.#tooLong(number + 1, line.length);
      const wrapped = line.slice(ID_LENGTH + 1);
      if (line.length === LINE_LENGTH && !wrapped.includes(GONE))
        yield { id: line.slice(0, ID_LENGTH), wrapped };
    }
  }

  #tooLong(number: number, length: number): HeadwaterError {
    return new HeadwaterError(
      'CONFLICT',
      `line ${number} of ${this.#file} does not open: found ${length} characters, wanted ${LINE_LENGTH}`,
    );
  }

  /** On disk before it returns, and read back. Throws when the disk is full or the folder cannot be shared so. */
  append(lines: readonly RingLine[]): void {
    if (lines.length === 0) return;
    const isNew = !existsSync(this.#file);
    const whole = lines.map(({ id, wrapped }) => `${id} ${wrapped ?? TOMBSTONE}\n`).join('');
    const text = Buffer.from(`\n${whole}`, 'latin1');
    const done = this.#using('a+', (descriptor) => {
      const before = Number(fstatSync(descriptor).size);
      // A rest written later could stand behind another's lines: a short write is left as it is, and all is written again.
      for (let tries = 1; writeSync(descriptor, text) < text.length; tries += 1)
        if (tries >= APPEND_TRIES) throw new Error(`${this.#file}: keys could not be written whole`);
      fsyncSync(descriptor);
      if (textFrom(descriptor, before).includes(text.toString('latin1'))) return true;
      // Somebody may have destroyed one of them already: each is looked for.
      this.#lookOn(descriptor);
      if (!lines.every(({ id, wrapped }) => this.#holds(descriptor, id, wrapped)))
        throw new Error(`${this.#file}: keys written are not there; the folder must lie on a local disk`);
      return true;
    });
    if (done === undefined) throw new Error(`${this.#file}: the key folder is not there`);
    if (isNew) syncFolder(path.dirname(this.#file));
  }

  /** Null: it was destroyed. Undefined: it is not in this file. */
  find(id: string): string | null | undefined {
    const wrapped = this.#using('r', (descriptor) => this.#search(descriptor, id));
    return wrapped?.includes(GONE) ? null : wrapped;
  }

  /** Those that are in this file, in each of their lines. On disk before it returns. */
  destroy(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#using('r+', (descriptor) => {
      for (const id of ids) {
        if (this.#search(descriptor, id) === undefined) continue;
        // Of another key with the same last figures nothing is touched.
        for (const place of this.#places.of(id))
          if (lineAt(descriptor, place, id) !== undefined)
            writeSync(descriptor, TOMBSTONE, place + ID_LENGTH + 1, 'latin1');
      }
      fsyncSync(descriptor);
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

  /** What follows the id in its line, of several the one that says it is gone; undefined where a line is no longer of that key. */
  #at(descriptor: number, id: string): string | undefined {
    let found: string | undefined;
    for (const place of this.#places.of(id)) {
      const text = lineAt(descriptor, place, id);
      if (text !== undefined && !found?.includes(GONE)) found = text;
    }
    return found;
  }

  /** Whether a line says so, or somebody has destroyed the key since. */
  #holds(descriptor: number, id: string, wrapped: string | null): boolean {
    return this.#places.of(id).some((place) => {
      const text = lineAt(descriptor, place, id);
      return text !== undefined && (text === wrapped || text.includes(GONE));
    });
  }

  /** Only what was added since; all of it when the file is another or shorter. */
  #lookOn(descriptor: number): void {
    const { ino, size, ctimeNs } = fstatSync(descriptor, { bigint: true });
    if (ino !== this.#inode || size < this.#looked) this.#forget();
    this.#inode = ino;
    if (this.#looked === 0) this.#wholeAt = ctimeNs;
    if (Number(size) === this.#looked) return;
    while (this.#looked < Number(size)) {
      const text = textFrom(descriptor, this.#looked, Math.min(PART, Number(size) - this.#looked));
      let begin = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', begin)) {
        if (end - begin === LINE_LENGTH)
          this.#places.add(text.slice(begin, begin + ID_LENGTH), this.#looked + begin);
        begin = end + 1;
      }
      // What is not a whole line yet is looked at again when there is more of it.
      if (begin === 0) return;
      this.#looked += begin;
    }
  }

  #forget(): void {
    this.#places.clear();
    this.#looked = 0;
  }

  /** Undefined when the file is not there, or not any more. */
  #using<T>(flags: 'r' | 'r+' | 'a+', work: (descriptor: number) => T): T | undefined {
    let descriptor: number;
    try {
      descriptor = openSync(this.#file, flags, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
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

/** What follows the id in the line that begins there; undefined where it is of another key. */
function lineAt(descriptor: number, place: number, id: string): string | undefined {
  const line = Buffer.alloc(LINE_LENGTH);
  const text = line.toString('latin1', 0, readSync(descriptor, line, 0, LINE_LENGTH, place));
  return text.length === LINE_LENGTH && text.startsWith(`${id} `) ? text.slice(ID_LENGTH + 1) : undefined;
}

/** One character a byte, so that places in the text are places in the file. */
function textFrom(
  descriptor: number,
  place: number,
  length = Number(fstatSync(descriptor).size) - place,
): string {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, place + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.toString('latin1', 0, filled);
}
