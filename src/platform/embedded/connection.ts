/** One connection to the embedded database, in the shape knex's PostgreSQL dialect expects of the ordinary driver. */
import { EventEmitter } from 'node:events';
import { HeadwaterError } from '../../kernel/errors.ts';
import { DatabaseThread, type RequestBody, SqlError, TIMED_OUT } from './database-thread.ts';
import type { WorkerResult, WorkerStart } from './protocol.ts';

export interface DriverResult extends WorkerResult {
  readonly command: string;
}
type Callback = (error: Error | null, result?: DriverResult) => void;
type Statement = string | { readonly text: string; readonly values?: readonly unknown[] };

const LEAVES_TRANSACTION = /^\s*(rollback|abort)(?!\s+to)\b/i;
const ENTERS_TRANSACTION = /^\s*(begin|start\s+transaction)\b/i;
const ENDS_TRANSACTION = /^\s*(commit|end)\b/i;
/** Statements PostgreSQL refuses inside a transaction; they touch no geometry. */
const STANDS_ALONE = /^\s*(vacuum|checkpoint|reindex|set\b(?!\s+local))/i;

const ROLLED_BACK: DriverResult = { command: 'ROLLBACK', rowCount: 0, rows: [], fields: [] };

/**
 * Guards every statement: PGlite resolves with no `command` when GEOS or PROJ threw inside it, and would go on as if nothing
 * had happened. Such a statement throws DATABASE_SILENT here, and the transaction around it can only be rolled back.
 * Outside a transaction a statement gets one of its own, or its half-done work would already be committed.
 *
 * A thread that is gone is replaced on the same folder. A transaction belongs to the thread it began on: what is left of it is
 * refused, never run on the next thread, where it would have no transaction and the owner's rights.
 */
export class EmbeddedConnection extends EventEmitter {
  readonly #settings: WorkerStart;
  #thread: DatabaseThread | undefined;
  #opening: Promise<DatabaseThread> | undefined;
  /** The thread of the transaction that is open. */
  #within: DatabaseThread | undefined;
  /** The thread that was asked last. */
  #last: DatabaseThread | undefined;
  #limitMs: number | null = null;
  #doomed = false;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: WorkerStart) {
    super();
    this.#settings = settings;
  }

  async connect(): Promise<void> {
    await this.#open();
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

  /**
   * Several statements without parameters, as one round trip. With a limit, a later statement of the transaction that they begin may take
   * so long (ms) and is then cut, by ending the thread: for reads alone.
   */
  script(text: string, limitMs: number | null = null): Promise<DriverResult> {
    return this.#inOrder(async () => {
      const thread = this.#within ?? (await this.#living());
      const result = await this.#complete(thread, { kind: 'script', text });
      if (ENTERS_TRANSACTION.test(text)) this.#enter(thread, limitMs);
      return result;
    });
  }

  async #closeThread(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const thread = (await this.#opening?.catch(() => undefined)) ?? this.#thread;
    await thread?.ask({ kind: 'close' }).catch(() => undefined);
    await thread?.end();
  }

  end(callback: Callback): void {
    this.#closeThread().then(() => callback(null), callback);
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #guarded(text: string, values: readonly unknown[]): Promise<DriverResult> {
    const request = { kind: 'query', text, values } as const;
    if (LEAVES_TRANSACTION.test(text)) {
      this.#leave();
      return this.#rollBack(request);
    }
    if (this.#doomed) return this.#refuseDoomed(text);
    if (ENTERS_TRANSACTION.test(text)) {
      const thread = await this.#living();
      const result = await this.#complete(thread, request);
      this.#enter(thread, null);
      return result;
    }
    if (this.#within === undefined) return this.#alone(text, values);
    try {
      if (!ENDS_TRANSACTION.test(text)) return await this.#complete(this.#within, request, this.#limitMs);
      const result = await this.#commit(this.#within, request);
      this.#leave();
      return result;
    } catch (error) {
      this.#doomed = true;
      throw error;
    }
  }

  async #alone(text: string, values: readonly unknown[]): Promise<DriverResult> {
    const thread = await this.#living();
    if (STANDS_ALONE.test(text)) return this.#complete(thread, { kind: 'query', text, values });
    await this.#complete(thread, { kind: 'query', text: 'begin', values: [] });
    try {
      const result = await this.#complete(thread, { kind: 'query', text, values });
      await this.#commit(thread, { kind: 'query', text: 'commit', values: [] });
      return result;
    } catch (error) {
      await this.#rollBack({ kind: 'query', text: 'rollback', values: [] });
      throw error;
    }
  }

  async #refuseDoomed(text: string): Promise<never> {
    if (ENDS_TRANSACTION.test(text)) {
      this.#leave();
      await this.#rollBack({ kind: 'query', text: 'rollback', values: [] });
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

  #enter(thread: DatabaseThread, limitMs: number | null): void {
    this.#within = thread;
    this.#limitMs = limitMs;
    this.#doomed = false;
  }

  #leave(): void {
    this.#within = undefined;
    this.#limitMs = null;
    this.#doomed = false;
  }

  async #complete(
    thread: DatabaseThread,
    request: RequestBody,
    limitMs: number | null = null,
  ): Promise<DriverResult> {
    this.#last = thread;
    const result = await thread.ask(request, limitMs);
    if (result.command === undefined) {
      throw new HeadwaterError(
        'DATABASE_SILENT',
        'a statement ended without completing (an error inside a geometry function); its transaction is rolled back',
      );
    }
    return result as DriverResult;
  }

  async #commit(thread: DatabaseThread, request: RequestBody): Promise<DriverResult> {
    const before = thread.ended;
    try {
      return await this.#complete(thread, request);
    } catch (error) {
      if (before !== null || thread.ended === null) throw error;
      throw new HeadwaterError(
        'BUSY',
        'the database broke off while it stored this, and is being opened again: look whether it is there before you send it again',
        { cause: error },
      );
    }
  }

  /** A transaction ends with its thread: then there is nothing left to take back. A thread that cannot take it back is ended. */
  async #rollBack(request: RequestBody): Promise<DriverResult> {
    const thread = this.#last;
    if (thread === undefined || thread.ended !== null) return ROLLED_BACK;
    try {
      return await this.#complete(thread, request);
    } catch (error) {
      // The pool would throw this connection away and open another beside it: two threads on one folder.
      if (thread.ended === null) await thread.end(error as Error);
      return ROLLED_BACK;
    }
  }

  async #living(): Promise<DatabaseThread> {
    if (this.#closed) throw new HeadwaterError('BUSY', 'the database is closed');
    return this.#thread?.ended === null ? this.#thread : this.#open();
  }

  #open(): Promise<DatabaseThread> {
    this.#opening ??= this.#start().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #start(): Promise<DatabaseThread> {
    // Two threads on one folder would lose rows.
    await this.#thread?.stopped;
    const thread = await DatabaseThread.open(this.#settings);
    this.#thread = thread;
    void thread.stopped.then(() => this.#replace(thread));
    return thread;
  }

  /** At once, so that the next request waits the less; one that never answered anything is tried again only when somebody asks. */
  #replace({ ended, served }: DatabaseThread): void {
    if (this.#closed) return;
    if ((ended as SqlError).code !== TIMED_OUT) process.emitWarning(notice(ended));
    if (served) this.#open().catch((error: Error) => process.emitWarning(notice(error)));
  }
}

function notice(error: Error | null): string {
  const why = error?.cause instanceof Error ? error.cause.message : error?.message;
  return `the embedded database broke off (${why}); it is opened again on the same folder`;
}
