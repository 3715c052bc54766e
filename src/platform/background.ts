/** Long pure work in a thread of its own, so that the API goes on answering meanwhile; short work is done on the spot. */
import { Worker } from 'node:worker_threads';
import { HeadwaterError } from '../kernel/errors.ts';

/** What a module of pure work exports under the name `work`: plain values in, plain values out (both are copied between threads). */
export type PureWork<Input, Output> = (input: Input) => Output;

/** A piece of work, and where its module is, since a thread can be handed a module but no function. */
export interface BackgroundWork<Input, Output> {
  readonly module: URL;
  readonly work: PureWork<Input, Output>;
}

export interface WorkerJob {
  readonly module: string;
  readonly input: unknown;
}

export type WorkerOutcome =
  | { readonly done: true; readonly output: unknown }
  | { readonly done: false; readonly error: unknown };

/** Threads at once: more would only take turns, and each holds its own copy of the input. */
const MOST_THREADS = 2;
/** Each holds its input in memory. */
const MOST_WAITING = 64;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * The output of the work. `isLong` decides where it runs. The module must run under Node as it is: plain TypeScript that type stripping can
 * read, or built JavaScript. Errors of the work are thrown here, and BUSY
 * where too much waits.
 */
export async function runInBackground<Input, Output>(
  { module, work }: BackgroundWork<Input, Output>,
  input: Input,
  isLong: boolean,
): Promise<Output> {
  if (!isLong) return work(input);
  if (waiting.length >= MOST_WAITING)
    throw new HeadwaterError(
      'BUSY',
      `${waiting.length} pieces of long work wait already; try again in a minute`,
    );
  if (running >= MOST_THREADS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return (await inThread({ module: module.href, input })) as Output;
  } finally {
    // The place is handed on, not freed, when somebody waits for it.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function inThread(workerData: WorkerJob): Promise<unknown> {
  // Built code runs beside its worker; under vitest and type stripping the worker is the TypeScript file itself.
  const file = import.meta.url.endsWith('.ts') ? './background-worker.ts' : './background-worker.js';
  const thread = new Worker(new URL(file, import.meta.url), { workerData, name: 'derivation' });
  return new Promise((resolve, reject) => {
    thread.once('message', (outcome: WorkerOutcome) =>
      outcome.done ? resolve(outcome.output) : reject(outcome.error),
    );
    thread.once('error', reject);
    thread.once('exit', (code) =>
      reject(new Error(`background work: the thread ended with code ${code} before it answered`)),
    );
  });
}
