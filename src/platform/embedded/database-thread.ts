/** The thread in which the embedded database runs, asked by message: whoever waits for one that is gone hears of it at once. */
import { Worker } from 'node:worker_threads';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { WorkerReply, WorkerRequest, WorkerResult, WorkerStart } from './protocol.ts';

export type RequestBody = WorkerRequest extends infer R
  ? R extends { id: number }
    ? Omit<R, 'id'>
    : never
  : never;

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

/** PostgreSQL's "query canceled". */
export const TIMED_OUT = '57014';

interface Waiting {
  readonly resolve: (result: WorkerResult) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

export class DatabaseThread {
  /** Resolves when the thread runs no more, so that its folder may be opened again. */
  readonly stopped: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #opened: { resolve: (thread: DatabaseThread) => void; reject: (error: Error) => void } | undefined;
  #lastId = 0;
  #ended: Error | null = null;
  #served = false;

  private constructor(settings: WorkerStart) {
    // Built code runs beside its worker; under vitest and type stripping the worker is the TypeScript file itself.
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
    this.#worker = new Worker(file, {
      workerData: { folder: settings.folder } satisfies WorkerStart,
      name: 'database',
    });
    this.#worker.on('message', (message: WorkerReply) => this.#receive(message));
    this.#worker.on('messageerror', (error) => this.#end(lost(error)));
    this.#worker.on('error', (error) => this.#end(lost(error)));
    this.stopped = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#end(lost(new Error(`the thread ended with code ${code}`)));
        resolve();
      });
    });
  }

  /** Throws what the database said when it does not open; no thread is left then. */
  static async open(settings: WorkerStart): Promise<DatabaseThread> {
    const thread = new DatabaseThread(settings);
    try {
      return await new Promise((resolve, reject) => {
        thread.#opened = { resolve, reject };
      });
    } catch (error) {
      await thread.end();
      throw error;
    }
  }

  /** Why it can be asked no more; null while it can. */
  get ended(): Error | null {
    return this.#ended;
  }

  /** Whether it ever answered anything. */
  get served(): boolean {
    return this.#served;
  }

  /**
   * With a limit, a statement that takes longer (ms) throws what a server throws, and takes the thread with it: the database looks for
   * no signal while it computes. Throws BUSY when the thread is gone, or goes before it answers.
   */
  ask(request: RequestBody, limitMs: number | null = null): Promise<WorkerResult> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#worker.postMessage({ ...request, id });
      // An answer that came while this thread was busy itself is taken up before anything is cut.
      const timer =
        limitMs === null ? undefined : setTimeout(() => setImmediate(() => this.#cut(id)), limitMs);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  async end(reason: Error = new HeadwaterError('BUSY', 'the database is closed')): Promise<void> {
    this.#end(reason);
    await this.stopped;
  }

  #cut(id: number): void {
    if (this.#waiting.has(id))
      this.#end(new SqlError('canceling statement due to statement timeout', TIMED_OUT, undefined));
  }

  #receive(message: WorkerReply): void {
    if ('ready' in message) {
      this.#opened?.resolve(this);
      return;
    }
    if (message.id === 0 && 'failure' in message) {
      this.#end(new Error(message.failure.message));
      return;
    }
    if ('failure' in message && message.failure.broken) {
      this.#end(lost(new Error(message.failure.message)));
      return;
    }
    this.#served = true;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    clearTimeout(waiting?.timer);
    if ('failure' in message) {
      const { message: said, code, constraint } = message.failure;
      waiting?.reject(new SqlError(said, code, constraint));
    } else waiting?.resolve(message.result);
  }

  #end(reason: Error): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.#opened?.reject(reason);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
    void this.#worker.terminate();
  }
}

function lost(cause: unknown): HeadwaterError {
  return new HeadwaterError(
    'BUSY',
    'the database broke off in the middle of this; nothing of it was stored, and it is being opened again: ask again',
    { cause },
  );
}
