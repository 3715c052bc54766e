/** A workbook is a zip of parts: they are found by name and inflated as streams, and what would not fit in memory is refused first. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { HeadwaterError } from '../../kernel/errors.ts';

const MIB = 1 << 20;

/** Bytes that a part may have once it is inflated. Only the sheet streams; the others are held while it is read. */
export const WORKBOOK_LIMITS = {
  /** The archive itself. */
  file: 512 * MIB,
  /** Names of sheets, relations, formats. */
  small: 16 * MIB,
  sharedTexts: 128 * MIB,
  sheet: 1024 * MIB,
  parts: 10_000,
} as const;

export interface ZipParts {
  has(name: string): boolean;
  /** Throws BAD_INPUT when there is no such part, when it is locked, or when it is larger than `limit` bytes. */
  stream(name: string, limit: number): Promise<AsyncIterable<Uint8Array>>;
  close(): void;
}

/** Names are compared without regard to case, as the format has it. Throws BAD_INPUT for a damaged or oversized archive. */
export async function openParts(source: string | Buffer): Promise<ZipParts> {
  const size = typeof source === 'string' ? await sizeOf(source) : source.length;
  if (size > WORKBOOK_LIMITS.file) throw tooLarge('the workbook', size, WORKBOOK_LIMITS.file);
  const archive = await openArchive(source).catch((cause: unknown) => {
    throw damaged(cause);
  });
  try {
    const entries = await entriesOf(archive);
    return {
      has: (name) => entries.has(name.toLowerCase()),
      stream: (name, limit) => streamOf(archive, entries.get(name.toLowerCase()), name, limit),
      close: () => archive.close(),
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/** The first bytes tell what a file is. `workbook`: a zip; `compound`: the older format of the same programs, also of locked workbooks. */
export async function signatureOf(source: string | Buffer): Promise<'workbook' | 'compound' | 'other'> {
  const head = typeof source === 'string' ? await headOf(source, 8) : source.subarray(0, 8);
  if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return 'workbook';
  return head.length === 8 && head.toString('hex') === 'd0cf11e0a1b11ae1' ? 'compound' : 'other';
}

/** Throws the BAD_INPUT that says which of the two it is: locked with a password, or of the format before 2007. */
export async function refuseCompound(source: string | Buffer): Promise<never> {
  const locked = await holds(source, Buffer.from('EncryptedPackage', 'utf16le'));
  throw locked
    ? badInput('a workbook that is locked with a password', 'one without: save it again with no password')
    : badInput('a spreadsheet of the old format (.xls)', 'save it as .xlsx, or the sheet as CSV');
}

export function badInput(found: string, wanted: string, cause?: unknown): HeadwaterError {
  return new HeadwaterError('BAD_INPUT', `found ${found}, wanted ${wanted}`, { cause });
}

export function damaged(cause?: unknown): HeadwaterError {
  return badInput('a damaged workbook', 'a whole one: copy or save it again', cause);
}

export function tooLarge(what: string, bytes: number, limit: number): HeadwaterError {
  const mib = (value: number): string => `${Math.ceil(value / MIB).toLocaleString('en')} MiB`;
  return badInput(
    `${what} of ${mib(bytes)} or more`,
    `${mib(limit)} at most: save the sheet as CSV, or split it`,
  );
}

function openArchive(source: string | Buffer): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, archive?: yauzl.ZipFile): void => {
      if (error === null && archive !== undefined) resolve(archive);
      else reject(error ?? new Error('no archive'));
    };
    if (typeof source === 'string') yauzl.open(source, options, done);
    else yauzl.fromBuffer(source, options, done);
  });
}

function entriesOf(archive: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  if (archive.entryCount > WORKBOOK_LIMITS.parts)
    throw badInput(`a zip archive of ${archive.entryCount} files`, 'a workbook');
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    archive.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName.toLowerCase(), entry);
      archive.readEntry();
    });
    archive.on('end', () => resolve(entries));
    archive.on('error', (cause: unknown) => reject(damaged(cause)));
    archive.readEntry();
  });
}

async function streamOf(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  name: string,
  limit: number,
): Promise<AsyncIterable<Uint8Array>> {
  if (entry === undefined) throw damaged(new Error(`no part ${name}`));
  if (entry.isEncrypted()) throw badInput('a zip archive that is locked with a password', 'one without');
  // What the archive says of itself is looked at first, and what comes out of it is counted all the same.
  if (entry.uncompressedSize > limit)
    throw tooLarge(`a workbook with a part (${name})`, entry.uncompressedSize, limit);
  const stream = await new Promise<Readable>((resolve, reject) => {
    archive.openReadStream(entry, (error, opened) => {
      if (error === null && opened !== undefined) resolve(opened);
      else reject(damaged(error));
    });
  });
  return counted(stream, name, limit);
}

async function* counted(stream: Readable, name: string, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of stream) {
      bytes += (piece as Buffer).length;
      if (bytes > limit) throw tooLarge(`a workbook with a part (${name})`, bytes, limit);
      yield piece as Buffer;
    }
  } catch (error) {
    throw error instanceof HeadwaterError ? error : damaged(error);
  } finally {
    stream.destroy();
  }
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

function sizeOf(file: string): Promise<number> {
  return withFile(file, async (handle) => (await handle.stat()).size);
}

function headOf(file: string, length: number): Promise<Buffer> {
  return withFile(file, async (handle) => {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  });
}

async function holds(source: string | Buffer, wanted: Buffer): Promise<boolean> {
  if (typeof source !== 'string') return source.includes(wanted);
  return withFile(source, async (handle) => {
    let before = Buffer.alloc(0);
    for await (const piece of handle.createReadStream({ autoClose: false })) {
      const both = Buffer.concat([before, piece as Buffer]);
      if (both.includes(wanted)) return true;
      before = both.subarray(Math.max(0, both.length - wanted.length));
    }
    return false;
  });
}
