/** The worker threads that are started while a test looks, and which of them have ended. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

export interface SeenThreads {
  readonly started: readonly Worker[];
  /** Those that have not exited. */
  running(): number;
  stop(): void;
}

export function watchThreads(): SeenThreads {
  const started: Worker[] = [];
  const see = (message: unknown): void => void started.push((message as { worker: Worker }).worker);
  subscribe('worker_threads', see);
  return {
    started,
    // Node gives an ended thread this id.
    running: () => started.filter(({ threadId }) => threadId !== -1).length,
    stop: () => void unsubscribe('worker_threads', see),
  };
}

/** Looks again and again until it is so; the test's own limit ends it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
