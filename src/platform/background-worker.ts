/** The thread in which long pure work is done: it loads the module it is told, does its work, answers, and ends, or waits for more of it. */
import { readlinkSync } from 'node:fs';
import os from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { PureWork, WorkerJob, WorkerMessage } from './background.ts';

const port = parentPort;
if (port === null) throw new Error('the background worker was started outside a worker thread');

const answer = (message: WorkerMessage, handedOver: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, [...handedOver]);

/** A thread that would hold more than this while it waits ends instead: much of it is no longer used, and is given back sooner or later. */
const MOST_WAITING_BYTES = 192_000_000;

/** Work tells as often as it likes; nobody looks more often than this. */
const TELL_EVERY_MS = 200;

function teller(): (share: number) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (share) => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    answer({ share: Math.min(1, Math.max(0, share)) });
  };
}

function holdsMuch(handedOver: readonly ArrayBuffer[]): boolean {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
  return (
    heap + outside - handedOver.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_WAITING_BYTES
  );
}

/** Who asks a page goes before an analysis where both want the same core. */
const NICENESS = 5;

/** Linux alone can tell a thread's number, and gives each thread a priority of its own; elsewhere the thread keeps that of its process. */
function stepBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    os.setPriority(thread, Math.max(os.getPriority(), NICENESS));
  } catch {
    // Without it the work is as right, and pages wait a little longer for it.
  }
}

async function answerTo({ module, input, waits }: WorkerJob): Promise<void> {
  let ends = true;
  try {
    const { work, handsOver } = (await import(module)) as {
      readonly work: PureWork<unknown, unknown>;
      readonly handsOver?: (output: unknown) => readonly ArrayBuffer[];
    };
    const output = work(input, teller());
    const handedOver = handsOver?.(output) ?? [];
    ends = !waits || holdsMuch(handedOver);
    answer({ done: true, output, ends }, handedOver);
  } catch (error) {
    ends = true;
    answer({ done: false, error });
  }
  if (ends) port?.close();
}

stepBack();
port.on('message', (job: WorkerJob) => void answerTo(job));
