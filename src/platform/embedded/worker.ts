/** The embedded database: PGlite with PostGIS in a worker thread, so that it never blocks the API and ends with its process. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { FolderFiles } from './folder-files.ts';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerResult, WorkerStart } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('the database worker was started outside a worker thread');

const reply = (message: WorkerReply): void => port.postMessage(message);

try {
  const database = await PGlite.create({
    fs: new FolderFiles((workerData as WorkerStart).folder),
    extensions: { postgis, pg_trgm },
    // One connection needs no gigabyte of recycled log; a zone of its own would move dates; jit costs more than it saves here.
    postgresqlconf: [
      'wal_recycle = off',
      "min_wal_size = '32MB'",
      "max_wal_size = '96MB'",
      "timezone = 'UTC'",
      'jit = off',
    ],
    // The same JavaScript values as the server driver gives (see server.ts).
    parsers: {
      [types.INT8]: (value) => BigInt(value),
      [types.DATE]: (value) => value,
      [types.NUMERIC]: (value) => value,
      [types.BYTEA]: bytesOf,
    },
  });
  let chain: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    chain = chain.then(() => answer(database, request));
  });
  reply({ id: 0, ready: true });
} catch (error) {
  reply({ id: 0, failure: failureOf(error) });
}

/** PGlite's own reading of bytes takes each digit for itself. Not from the shared pool: bytes leave with all of the memory they lie in. */
function bytesOf(value: string): Uint8Array {
  const digits = value.slice(2);
  const bytes = Buffer.allocUnsafeSlow(digits.length / 2);
  bytes.write(digits, 'hex');
  return bytes;
}

async function answer(database: PGlite, request: WorkerRequest): Promise<void> {
  try {
    const result = await run(database, request);
    if (result.command === undefined && !(await isWhole(database)))
      throw new Error('a statement never completed, and the database completes no other since');
    reply({ id: request.id, result });
  } catch (error) {
    const failure = failureOf(error);
    const broken =
      failure.broken ||
      (SUSPECT.test(failure.code ?? 'XX000') && !(await isWhole(database).catch(() => false)));
    reply({ id: request.id, failure: { ...failure, broken } });
  }
}

/** Internal errors, and errors that are not the database's: some of them come back at every later statement. */
const SUSPECT = /^XX/;

/** Whether it still answers: with a row, or by refusing because its transaction failed. */
async function isWhole(database: PGlite): Promise<boolean> {
  try {
    return 'command' in (await database.query('select 1'));
  } catch (error) {
    return (error as { code?: string }).code === '25P02';
  }
}

async function run(database: PGlite, request: WorkerRequest): Promise<WorkerResult> {
  if (request.kind === 'close') {
    await database.close();
    return { command: 'CLOSE', rowCount: 0, rows: [], fields: [] };
  }
  if (request.kind === 'script') {
    const results = await database.exec(request.text);
    const silent = results.length === 0 || results.some((result) => !('command' in result));
    return { ...(silent ? {} : { command: 'SCRIPT' }), rowCount: 0, rows: [], fields: [] };
  }
  const result = (await database.query(request.text, [...request.values])) as unknown as {
    command?: string;
    rowCount?: number;
    affectedRows?: number;
    rows: Record<string, unknown>[];
    fields: { name: string; dataTypeID: number }[];
  };
  return {
    ...(result.command === undefined ? {} : { command: result.command }),
    rowCount: result.rowCount ?? result.affectedRows ?? 0,
    rows: result.rows,
    fields: result.fields,
  };
}

function failureOf(error: unknown): WorkerFailure {
  const failure = error as { message?: string; code?: string; detail?: string; constraint?: string };
  return {
    message: failure.message ?? String(error),
    code: failure.code,
    detail: failure.detail,
    constraint: failure.constraint,
    broken: isBroken(error),
  };
}

/** A trap, an exhausted stack or an abort leaves the database's memory half changed, though the thread lives on. */
function isBroken(error: unknown): boolean {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  // What the stack held is not taken back: later statements, a rollback among them, find it full.
  if (code !== undefined) return code === '54001';
  return (
    name === 'RuntimeError' ||
    name === 'ExitStatus' ||
    /^Aborted\(|call stack|PGlite is closed/.test(message ?? '')
  );
}
