/** A folder as one file: compressed, with a digest at its end by which a cut or altered one is known. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { HeadwaterError } from '../kernel/errors.ts';

const FAST = 1;
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts']);

/** Nobody may write to the folder meanwhile. `about` stands at the head. On disk before it returns. Throws when the file is there already. */
export async function packFolder(folder: string, file: string, about: unknown): Promise<void> {
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.from(pieces(folder, about)), createGzip({ level: FAST }), target);
}

async function* pieces(folder: string, about: unknown): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const hashed = (piece: Buffer): Buffer => {
    hash.update(piece);
    return piece;
  };
  yield hashed(lineOf(about));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const at = path.join(folder, name);
    const status = statSync(at);
    if (LEFT_OUT.has(path.basename(name)) || !(status.isFile() || status.isDirectory())) continue;
    const size = status.isFile() ? status.size : null;
    yield hashed(lineOf({ name: name.split(path.sep).join('/'), size }));
    let left = size ?? 0;
    if (left === 0) continue;
    for await (const piece of createReadStream(at, { end: left - 1 })) {
      left -= (piece as Buffer).length;
      yield hashed(piece as Buffer);
    }
    if (left > 0) throw new HeadwaterError('CONFLICT', `${at} grew shorter while it was copied`);
  }
  yield lineOf({ end: hash.digest('hex') });
}

const lineOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** Unpacks into an empty folder and returns what stood at the head. Throws CONFLICT when the file is cut short, altered, or no such file. */
export async function unpackFolder(file: string, folder: string): Promise<unknown> {
  const reader = new ArchiveReader(file);
  try {
    const about = await reader.line();
    for (;;) {
      const before = reader.digest();
      const entry = (await reader.line()) as { name?: string; size?: number | null; end?: string };
      if (entry.end !== undefined) {
        if (entry.end !== before) throw new Error('its digest differs');
        return about;
      }
      const at = path.resolve(folder, entry.name ?? '');
      if (!at.startsWith(path.resolve(folder) + path.sep)) throw new Error('it names a file outside');
      if (entry.size === null || entry.size === undefined) mkdirSync(at, { recursive: true, mode: 0o700 });
      else await writeFile(at, reader.bytes(entry.size));
    }
  } catch (cause) {
    throw new HeadwaterError('CONFLICT', `${file} is no whole backup: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    reader.close();
  }
}

async function writeFile(at: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const target = await open(at, 'wx', 0o600);
  try {
    for await (const piece of pieces) await target.writeFile(piece);
    await target.sync();
  } finally {
    await target.close();
  }
}

class ArchiveReader {
  readonly #source: Readable;
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #hash: Hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    const read = createReadStream(file);
    const gunzip = createGunzip();
    read.once('error', (error) => gunzip.destroy(error));
    this.#source = read.pipe(gunzip);
    this.#pieces = this.#source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  async line(): Promise<unknown> {
    let end = this.#rest.indexOf(10);
    while (end === -1) {
      this.#rest = Buffer.concat([this.#rest, await this.#more()]);
      end = this.#rest.indexOf(10);
    }
    return JSON.parse(this.#take(end + 1).toString('utf8'));
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const piece = this.#take(Math.min(left, this.#rest.length));
      left -= piece.length;
      yield piece;
    }
  }

  close(): void {
    this.#source.destroy();
  }

  #take(count: number): Buffer {
    const piece = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#hash.update(piece);
    return piece;
  }

  async #more(): Promise<Buffer> {
    const { done, value } = await this.#pieces.next();
    if (done === true) throw new Error('it ends too early');
    return value;
  }
}
