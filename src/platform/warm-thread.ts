/** A thread that has done its work waits a while for more of the same: its code is loaded and compiled then. Of what it worked on it keeps nothing. */
import { Worker } from 'node:worker_threads';

/** After this the thread and all its memory are given back. */
const IDLE_MS = 60_000;

interface Warm {
  readonly module: string;
  readonly thread: Worker;
  readonly timer: NodeJS.Timeout;
  readonly forget: () => void;
}

/** At most one: two would hold twice the memory for work that seldom comes at once. */
let warm: Warm | null = null;

/** One that did work of the module before, or a new one. */
export function threadFor(module: string): Worker {
  const known = warm;
  if (known?.module === module) {
    leave(known);
    known.thread.ref();
    return known.thread;
  }
  // Built code runs beside its worker; under vitest and type stripping the worker is the TypeScript file itself.
  const file = import.meta.url.endsWith('.ts') ? './background-worker.ts' : './background-worker.js';
  return new Worker(new URL(file, import.meta.url), { name: 'derivation' });
}

/** Its work is done and answered. It keeps no process from ending. */
export function keepWarm(module: string, thread: Worker): void {
  if (warm !== null) {
    const before = warm;
    leave(before);
    void before.thread.terminate();
  }
  thread.unref();
  const forget = (): void => {
    if (warm?.thread === thread) leave(warm);
  };
  const end = (): void => {
    forget();
    void thread.terminate();
  };
  thread.once('exit', forget);
  thread.once('error', forget);
  warm = { module, thread, forget, timer: setTimeout(end, IDLE_MS).unref() };
}

function leave({ thread, timer, forget }: Warm): void {
  clearTimeout(timer);
  thread.off('exit', forget);
  thread.off('error', forget);
  warm = null;
}
