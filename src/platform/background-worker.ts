/** The thread in which long pure work is done: it loads the module it is told, does its work once, answers, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PureWork, WorkerJob, WorkerOutcome } from './background.ts';

const port = parentPort;
if (port === null) throw new Error('the background worker was started outside a worker thread');

const answer = (outcome: WorkerOutcome): void => port.postMessage(outcome);

try {
  const { module, input } = workerData as WorkerJob;
  const { work } = (await import(module)) as { readonly work: PureWork<unknown, unknown> };
  answer({ done: true, output: work(input) });
} catch (error) {
  answer({ done: false, error });
}
