/** The thread in which long pure work is done: it loads the module it is told, does its work once, answers, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PureWork, WorkerJob, WorkerMessage } from './background.ts';

const port = parentPort;
if (port === null) throw new Error('the background worker was started outside a worker thread');

const answer = (message: WorkerMessage, handedOver: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, [...handedOver]);

/** Work tells as often as it likes; nobody looks more often than this. */
const TELL_EVERY_MS = 200;
let toldAt = Number.NEGATIVE_INFINITY;
const tell = (share: number): void => {
  const now = performance.now();
  if (now - toldAt < TELL_EVERY_MS) return;
  toldAt = now;
  answer({ share: Math.min(1, Math.max(0, share)) });
};

try {
  const { module, input } = workerData as WorkerJob;
  const { work, handsOver } = (await import(module)) as {
    readonly work: PureWork<unknown, unknown>;
    readonly handsOver?: (output: unknown) => readonly ArrayBuffer[];
  };
  const output = work(input, tell);
  answer({ done: true, output }, handsOver?.(output));
} catch (error) {
  answer({ done: false, error });
}
