/** Bytes become text here: the encoding is found first, then the file streams through with flat memory. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { HeadwaterError } from '../../kernel/errors.ts';
import { Utf8Census, type Verdict } from './utf8-census.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly encoding: Encoding;
  /** Text without byte order mark, in pieces that never split a character. */
  readonly pieces: AsyncIterable<string>;
}

/** What is looked at before a stream's encoding is decided, in bytes. */
const SAMPLE_BYTES = 65_536;
const PIECE_BYTES = 1 << 20;

/**
 * Opens a file or stream as text. A byte order mark decides; without one, UTF-16 is known by its NULs, and the rest is UTF-8 when
 * valid, or Windows-1252 (a superset of Latin-1's letters) when nothing in it is a character of UTF-8. Characters of UTF-8 beside bytes
 * that are none are damage: read in either encoding, some rows would say what nobody wrote. A **path** is scanned whole before it is
 * read. A **stream** cannot be read twice: its first 64 KiB decide, and it is given up where the rest contradicts them.
 * Throws BAD_INPUT, naming byte offset and line, on damage; and on an empty source or an archive.
 */
export async function openText(source: string | Readable): Promise<DecodedText> {
  const bytes = typeof source === 'string' ? createReadStream(source) : source;
  const iterator = (bytes as AsyncIterable<Buffer | string>)[Symbol.asyncIterator]();
  const { sample, whole } = await takeSample(iterator);
  if (sample.length === 0) throw badInput('an empty file', 'a header line and rows');
  refuseArchives(sample);
  const encoding = encodingOf(sample) ?? (await utf8OrWestern(source, sample, whole));
  return { encoding, pieces: decodeAll(sample, iterator, encoding) };
}

/** Checks UTF-8 piece by piece; a character cut by a piece's end is carried into the next one. */
export class Utf8Scan {
  private carried: Buffer = Buffer.alloc(0);
  private before = 0;

  /** The byte offset of the first invalid sequence, or null while all is well. */
  push(piece: Buffer): number | null {
    const whole = this.carried.length === 0 ? piece : Buffer.concat([this.carried, piece]);
    const complete = completeLength(whole);
    if (!isUtf8(whole.subarray(0, complete))) return this.before + firstInvalid(whole, complete);
    this.carried = whole.subarray(complete);
    this.before += complete;
    return null;
  }

  /** A character cut by the end of the file is invalid too. */
  end(): number | null {
    return this.carried.length === 0 ? null : this.before;
  }
}

function encodingOf(sample: Buffer): Encoding | null {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  // Headers are ASCII nearly always, so UTF-16 without a mark shows as NULs on one side of each pair and none on the other.
  const head = sample.subarray(0, 512);
  const nuls = [...head.keys()].filter((at) => head[at] === 0);
  const even = nuls.filter((at) => at % 2 === 0).length;
  const odd = nuls.length - even;
  const many = head.length / 8;
  if (odd >= many && even === 0) return 'utf-16le';
  if (even >= many && odd === 0) return 'utf-16be';
  return null;
}

async function utf8OrWestern(source: string | Readable, sample: Buffer, whole: boolean): Promise<Encoding> {
  const scan = new Utf8Scan();
  if (typeof source !== 'string') {
    if (scan.push(sample) === null && (!whole || scan.end() === null)) return 'utf-8';
    const census = new Utf8Census();
    // A character that the sample cuts is not yet a stray one.
    census.push(whole ? sample : sample.subarray(0, completeLength(sample)));
    return encodingBy(census.verdict());
  }
  let invalid: number | null = null;
  for await (const piece of createReadStream(source, { highWaterMark: PIECE_BYTES })) {
    invalid = scan.push(piece as Buffer);
    if (invalid !== null) break;
  }
  if ((invalid ?? scan.end()) === null) return 'utf-8';
  const census = new Utf8Census();
  for await (const piece of createReadStream(source, { highWaterMark: PIECE_BYTES }))
    census.push(piece as Buffer);
  return encodingBy(census.verdict());
}

/** Throws BAD_INPUT where no one encoding gives what was written. */
function encodingBy(verdict: Verdict): Encoding {
  if (verdict.kind === 'utf-8') return 'utf-8';
  if (verdict.kind === 'western') return 'windows-1252';
  const { offset, line } = verdict;
  if (verdict.kind === 'cut') {
    throw badInput(
      `the end of the file in the middle of a character, at byte ${offset} on line ${line}`,
      'the whole file: copy or export it again',
    );
  }
  const { characters } = verdict;
  throw badInput(
    `a byte that is not utf-8 at offset ${offset}, on line ${line}, in a file that holds ${characters} character${characters === 1 ? '' : 's'} of utf-8`,
    'one encoding throughout: open that line, mend it, and save the file as UTF-8',
  );
}

async function* decodeAll(
  sample: Buffer,
  rest: AsyncIterator<Buffer | string>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const scan = encoding === 'utf-8' ? new Utf8Scan() : null;
  const census = encoding === 'windows-1252' ? new Utf8Census() : null;
  let offset = 0;
  let line = 1;
  const decode = (piece: Buffer, last: boolean): string => {
    census?.push(piece);
    if (last && census !== null) encodingBy(census.verdict());
    const invalid = scan?.push(piece) ?? null;
    if (invalid !== null) {
      const at = line + linesIn(piece.subarray(0, Math.max(0, invalid - offset)));
      throw badInput(
        `a byte that is not ${encoding} at offset ${invalid}, on line ${at}`,
        `${encoding} throughout`,
      );
    }
    const cut = last ? (scan?.end() ?? null) : null;
    if (cut !== null) encodingBy({ kind: 'cut', offset: cut, line });
    line += linesIn(piece);
    try {
      return decoder.decode(piece, { stream: !last });
    } catch (cause) {
      throw badInput(
        `bytes that are not ${encoding} at or after offset ${offset}`,
        `${encoding} throughout`,
        cause,
      );
    } finally {
      offset += piece.length;
    }
  };
  try {
    yield decode(sample, false);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      const text = decode(asBytes(next.value), false);
      if (text !== '') yield text;
    }
    const tail = decode(Buffer.alloc(0), true);
    if (tail !== '') yield tail;
  } finally {
    // A reader that stops early must not leave the file open.
    await rest.return?.();
  }
}

/** `whole` when nothing comes after it. */
async function takeSample(
  iterator: AsyncIterator<Buffer | string>,
): Promise<{ readonly sample: Buffer; readonly whole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  let whole = false;
  while (length < SAMPLE_BYTES && !whole) {
    const next = await iterator.next();
    if (next.done === true) {
      whole = true;
      continue;
    }
    const piece = asBytes(next.value);
    pieces.push(piece);
    length += piece.length;
  }
  return { sample: Buffer.concat(pieces), whole };
}

function refuseArchives(sample: Buffer): void {
  if (sample[0] === 0x50 && sample[1] === 0x4b && sample[2] === 3) {
    throw badInput('a zip archive (a spreadsheet file is one)', 'text: save the sheet as CSV');
  }
  if (sample[0] === 0x1f && sample[1] === 0x8b) throw badInput('a gzip archive', 'text: unpack it first');
}

/** How many bytes stand before a character that the end cuts off. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bisection holds because a valid prefix stays valid: once wrong, every longer prefix is wrong. */
function firstInvalid(bytes: Buffer, length: number): number {
  let good = 0;
  let bad = length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, completeLength(prefix)))) good = middle;
    else bad = middle;
  }
  return completeLength(bytes.subarray(0, good));
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function asBytes(piece: Buffer | string): Buffer {
  return typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}

function badInput(found: string, wanted: string, cause?: unknown): HeadwaterError {
  return new HeadwaterError('BAD_INPUT', `found ${found}, wanted ${wanted}`, { cause });
}
