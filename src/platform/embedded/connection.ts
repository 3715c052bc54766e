/** One connection to the embedded database, in the shape knex's PostgreSQL dialect expects of the ordinary driver. */
import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { WorkerReply, WorkerRequest, WorkerResult, WorkerStart } from './protocol.ts';

export interface DriverResult extends WorkerResult {
  readonly command: string;
}
type Callback = (error: Error | null, result?: DriverResult) => void;
type Statement = string | { readonly text: string; readonly values?: readonly unknown[] };
type RequestBody = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** An SQL error as the ordinary driver throws it: `code` is the SQLSTATE. */
export class SqlError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  constructor(message: string, code: string | undefined, constraint: string | undefined) {
    super(message);
    this.name = 'SqlError';
    this.code = code;
    this.constraint = constraint;
  }
}

const LEAVES_TRANSACTION = /^\s*(rollback|abort)(?!\s+to)\b/i;
const ENTERS_TRANSACTION = /^\s*(begin|start\s+transaction)\b/i;
const ENDS_TRANSACTION = /^\s*(commit|end)\b/i;
/** Statements PostgreSQL refuses inside a transaction; they touch no geometry. */
const STANDS_ALONE = /^\s*(vacuum|checkpoint|reindex|set\b(?!\s+local))/i;

/**
 * Guards every statement: PGlite resolves with no `command` when GEOS or PROJ threw inside it, and would go on as if nothing
 * had happened. Such a statement throws DATABASE_SILENT here, and the transaction around it can only be rolled back.
 * Outside a transaction a statement gets one of its own, or its half-done work would already be committed.
 */
export class EmbeddedConnection extends EventEmitter {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (r: WorkerResult) => void; reject: (e: Error) => void }>();
  #ready: { resolve: () => void; reject: (e: Error) => void } | undefined;
  #lastId = 0;
  #inTransaction = false;
  #doomed = false;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: WorkerStart) {
    super();
    // Built code runs beside its worker; under vitest and type stripping the worker is the TypeScript file itself.
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
    this.#worker = new Worker(file, {
      workerData: { folder: settings.folder } satisfies WorkerStart,
      name: 'database',
    });
    this.#worker.on('message', (message: WorkerReply) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the database worker ended with code ${code}`)));
  }

  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#ready = { resolve, reject };
    });
  }

  query(
    statement: Statement,
    valuesOrCallback?: readonly unknown[] | Callback,
    callback?: Callback,
  ): Promise<DriverResult> | undefined {
    const text = typeof statement === 'string' ? statement : statement.text;
    const values =
      (Array.isArray(valuesOrCallback)
        ? valuesOrCallback
        : typeof statement === 'string'
          ? []
          : statement.values) ?? [];
    const done = typeof valuesOrCallback === 'function' ? valuesOrCallback : callback;
    const result = this.#inOrder(() => this.#guarded(text, values));
    if (done === undefined) return result;
    result.then(
      (value) => done(null, value),
      (error: Error) => done(error),
    );
    return undefined;
  }

  /** Several statements without parameters, as one round trip. */
  script(text: string): Promise<DriverResult> {
    return this.#inOrder(async () => {
      const result = await this.#complete({ kind: 'script', text });
      if (ENTERS_TRANSACTION.test(text)) this.#enter();
      return result;
    });
  }

  async #closeWorker(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#send({ kind: 'close' }).catch(() => undefined);
    await this.#worker.terminate();
  }

  end(callback: Callback): void {
    this.#closeWorker().then(() => callback(null), callback);
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #guarded(text: string, values: readonly unknown[]): Promise<DriverResult> {
    if (LEAVES_TRANSACTION.test(text)) {
      this.#inTransaction = false;
      this.#doomed = false;
      return this.#complete({ kind: 'query', text, values });
    }
    if (this.#doomed) return this.#refuseDoomed(text);
    if (ENTERS_TRANSACTION.test(text)) {
      const result = await this.#complete({ kind: 'query', text, values });
      this.#enter();
      return result;
    }
    if (!this.#inTransaction) return this.#alone(text, values);
    try {
      const result = await this.#complete({ kind: 'query', text, values });
      if (ENDS_TRANSACTION.test(text)) this.#inTransaction = false;
      return result;
    } catch (error) {
      this.#doomed = true;
      throw error;
    }
  }

  async #alone(text: string, values: readonly unknown[]): Promise<DriverResult> {
    if (STANDS_ALONE.test(text)) return this.#complete({ kind: 'query', text, values });
    await this.#complete({ kind: 'query', text: 'begin', values: [] });
    try {
      const result = await this.#complete({ kind: 'query', text, values });
      await this.#complete({ kind: 'query', text: 'commit', values: [] });
      return result;
    } catch (error) {
      await this.#send({ kind: 'query', text: 'rollback', values: [] });
      throw error;
    }
  }

  async #refuseDoomed(text: string): Promise<never> {
    if (ENDS_TRANSACTION.test(text)) {
      this.#inTransaction = false;
      this.#doomed = false;
      await this.#send({ kind: 'query', text: 'rollback', values: [] });
      throw new HeadwaterError(
        'DATABASE_SILENT',
        'the transaction holds a failed statement: it was rolled back instead of committed',
      );
    }
    throw new SqlError(
      'current transaction is aborted, commands ignored until end of transaction block',
      '25P02',
      undefined,
    );
  }

  #enter(): void {
    this.#inTransaction = true;
    this.#doomed = false;
  }

  async #complete(request: RequestBody): Promise<DriverResult> {
    const result = await this.#send(request);
    if (result.command === undefined) {
      throw new HeadwaterError(
        'DATABASE_SILENT',
        'a statement ended without completing (an error inside a geometry function); its transaction is rolled back',
      );
    }
    return result as DriverResult;
  }

  #send(request: RequestBody): Promise<WorkerResult> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  #receive(message: WorkerReply): void {
    if ('ready' in message) {
      this.#ready?.resolve();
      return;
    }
    if (message.id === 0 && 'failure' in message) {
      this.#ready?.reject(new Error(message.failure.message));
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('failure' in message) {
      waiting?.reject(
        new SqlError(message.failure.message, message.failure.code, message.failure.constraint),
      );
    } else if ('result' in message) {
      waiting?.resolve(message.result);
    }
  }

  #fail(error: Error): void {
    this.#ready?.reject(error);
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    if (!this.#closed) this.emit('error', error);
  }
}
