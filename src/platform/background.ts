/** Long pure work in a thread of its own, so that the API goes on answering meanwhile; short work is done on the spot. */
import { HeadwaterError } from '../kernel/errors.ts';
import { keepWarm, threadFor } from './warm-thread.ts';

/** Called by work with the share of it that is done, 0 to 1, as often as it likes. */
export type Tell = (share: number) => void;

/** What a module of pure work exports under the name `work`: plain values in, plain values out (both are copied between threads). */
export type PureWork<Input, Output> = (input: Input, tell?: Tell) => Output;

/** A piece of work, and where its module is, since a thread can be handed a module but no function. */
export interface BackgroundWork<Input, Output> {
  readonly module: URL;
  readonly work: PureWork<Input, Output>;
  /**
   * Exported by the module too: memory of an input or an output that goes to the other thread without a copy, and is no longer to be read where it came
   * from. What a thread was given is lost with it when it is ended.
   */
  readonly handsOver?: (value: Input | Output) => readonly ArrayBuffer[];
  /** Asked again and again: its thread waits for the next, with the code and nothing else. The module may hold nothing between two pieces of work. */
  readonly staysWarm?: boolean;
}

/** Whoever waits for work: it is ended once they have gone, and they are told how far it is. */
export interface UnderWay {
  /** Aborted with the error that the work is to end with. */
  readonly signal: AbortSignal;
  /** True when the work begins to wait for a thread, false when it has one. */
  queued(waits: boolean): void;
  told(share: number): void;
}

export interface WorkerJob {
  readonly module: string;
  readonly input: unknown;
  /** Whether the thread is to wait for more. */
  readonly waits: boolean;
}

export type WorkerMessage =
  | { readonly share: number }
  | { readonly done: true; readonly output: unknown; readonly ends: boolean }
  | { readonly done: false; readonly error: unknown };

/** Threads at once: more would only take turns, and each holds its own copy of the input. */
const MOST_THREADS = 2;
/** Each holds its input in memory. */
const MOST_WAITING = 64;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * The output of the work. `isLong` decides where it runs. The module must run under Node as it is: plain TypeScript that type stripping can
 * read, or built JavaScript. Errors of the work are thrown here, BUSY where too much waits, and the signal's reason once it is aborted: then the
 * place in the queue is given up, or the thread is ended first. What runs on the spot is done before anybody can go.
 */
export async function runInBackground<Input, Output>(
  { module, work, handsOver, staysWarm = false }: BackgroundWork<Input, Output>,
  input: Input,
  isLong: boolean,
  underWay?: UnderWay,
): Promise<Output> {
  underWay?.signal.throwIfAborted();
  if (!isLong) return work(input);
  if (waiting.length >= MOST_WAITING)
    throw new HeadwaterError(
      'BUSY',
      `${waiting.length} pieces of long work wait already; try again in a minute`,
    );
  if (running >= MOST_THREADS) await placeHandedOn(underWay);
  else running += 1;
  try {
    underWay?.signal.throwIfAborted();
    const job = { module: module.href, input, waits: staysWarm };
    return (await inThread(job, handsOver?.(input) ?? [], underWay)) as Output;
  } finally {
    // The place is handed on, not freed, when somebody waits for it.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function placeHandedOn(underWay: UnderWay | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const begin = (): void => {
      underWay?.signal.removeEventListener('abort', leave);
      underWay?.queued(false);
      resolve();
    };
    const leave = (): void => {
      waiting.splice(waiting.indexOf(begin), 1);
      reject(underWay?.signal.reason as Error);
    };
    underWay?.queued(true);
    underWay?.signal.addEventListener('abort', leave, { once: true });
    waiting.push(begin);
  });
}

function inThread(
  job: WorkerJob,
  handedOver: readonly ArrayBuffer[],
  underWay: UnderWay | undefined,
): Promise<unknown> {
  const thread = threadFor(job.module);
  // Its exit is what answers: whoever takes its place is not to run beside it.
  const end = (): void => void thread.terminate();
  underWay?.signal.addEventListener('abort', end, { once: true });
  return new Promise((resolve, reject) => {
    const heard = (message: WorkerMessage): void => {
      if ('share' in message) return underWay?.told(message.share);
      if (message.done) resolve(message.output);
      else reject(message.error);
      if (!message.done || message.ends || underWay?.signal.aborted) return;
      leave();
      keepWarm(job.module, thread);
    };
    const ended = (code: number): void => {
      leave();
      reject(
        underWay?.signal.aborted
          ? (underWay.signal.reason as Error)
          : new Error(`background work: the thread ended with code ${code} before it answered`),
      );
    };
    const leave = (): void => {
      underWay?.signal.removeEventListener('abort', end);
      thread.off('message', heard).off('error', reject).off('exit', ended);
    };
    thread.on('message', heard).once('error', reject).once('exit', ended);
    try {
      thread.postMessage(job, [...handedOver]);
    } catch (error) {
      reject(error);
      end();
    }
  });
}
