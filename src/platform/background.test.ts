/** Work in threads that is ended when whoever waits for it has gone: the thread, its memory, and its place. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EndlessTask, work } from '../../test/support/endless-work.ts';
import { type SeenThreads, until, watchThreads } from '../../test/support/threads.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { type BackgroundWork, runInBackground, type UnderWay } from './background.ts';

const ENDLESS: BackgroundWork<EndlessTask, number> = {
  module: new URL('../../test/support/endless-work.ts', import.meta.url),
  work,
};
const WENT = new HeadwaterError('CANCELLED', 'cancelled in a test');
const MEGABYTE = 1_048_576;

class Waiter implements UnderWay {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  readonly queue: boolean[] = [];
  readonly shares: number[] = [];

  queued(waits: boolean): void {
    this.queue.push(waits);
  }

  told(share: number): void {
    this.shares.push(share);
  }

  go(): void {
    this.#controller.abort(WENT);
  }
}

const begin = (waiter: Waiter, endless: 'yes' | 'no' = 'yes', megabytes = 1): Promise<unknown> =>
  runInBackground(ENDLESS, { megabytes, endless }, true, waiter).catch((error: unknown) => error);

let threads: SeenThreads;
beforeEach(() => {
  threads = watchThreads();
});
afterEach(() => threads.stop());

it('ends the thread and frees what it held, and says why', async () => {
  const waiter = new Waiter();
  const before = process.memoryUsage.rss();
  const asked = begin(waiter, 'yes', 300);
  await until(() => waiter.shares.length > 0);
  expect(waiter.shares[0]).toBe(0.25);
  expect(waiter.queue).toEqual([]);
  expect(process.memoryUsage.rss() - before).toBeGreaterThan(250 * MEGABYTE);
  waiter.go();
  expect(await asked).toBe(WENT);
  // It is answered only once the thread is no more.
  expect(threads.started).toHaveLength(1);
  expect(threads.running()).toBe(0);
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * MEGABYTE);
});

it('tells no more often than anybody looks', async () => {
  const waiter = new Waiter();
  const began = performance.now();
  const asked = begin(waiter);
  await until(() => waiter.shares.length >= 3);
  expect(waiter.shares.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 200);
  waiter.go();
  await asked;
});

it('gives up a place in the queue without starting a thread, and hands on the place of what was ended', async () => {
  const [first, second, third, fourth] = [new Waiter(), new Waiter(), new Waiter(), new Waiter()];
  const running = [begin(first), begin(second)];
  const waiting = [begin(third), begin(fourth, 'no', 7)];
  expect([third.queue, fourth.queue]).toEqual([[true], [true]]);
  third.go();
  expect(await waiting[0]).toBe(WENT);
  await until(() => first.shares.length > 0 && second.shares.length > 0);
  expect(threads.started).toHaveLength(2);
  first.go();
  expect(await waiting[1]).toBe(7);
  expect(fourth.queue).toEqual([true, false]);
  expect(threads.started).toHaveLength(3);
  second.go();
  expect(await Promise.all(running)).toEqual([WENT, WENT]);
  await until(() => threads.running() === 0);
});

it('does nothing for who has gone before, short or long', async () => {
  const waiter = new Waiter();
  waiter.go();
  expect(await begin(waiter)).toBe(WENT);
  const short = runInBackground(ENDLESS, { megabytes: 1, endless: 'no' }, false, waiter);
  await expect(short).rejects.toBe(WENT);
  expect(threads.started).toEqual([]);
});

it('frees both places after all of that', async () => {
  expect(await Promise.all([1, 2, 3].map((megabytes) => begin(new Waiter(), 'no', megabytes)))).toEqual([
    1, 2, 3,
  ]);
});

it('keeps the thread of work that is asked again and again, unless it holds much or was ended', async () => {
  const warm = { ...ENDLESS, staysWarm: true };
  const ask = (megabytes: number, waiter?: Waiter): Promise<unknown> =>
    runInBackground(warm, { megabytes, endless: waiter ? 'yes' : 'no' }, true, waiter).catch(
      (error: unknown) => error,
    );
  expect([await ask(1), await ask(2)]).toEqual([1, 2]);
  expect(threads.started).toHaveLength(1);
  // Two at once have a thread each, of which one waits afterwards.
  expect(await Promise.all([ask(1), ask(2)])).toEqual([1, 2]);
  expect(threads.started).toHaveLength(2);
  await until(() => threads.running() === 1);
  const waiter = new Waiter();
  const ended = ask(1, waiter);
  await until(() => waiter.shares.length > 0);
  expect(threads.started).toHaveLength(2);
  waiter.go();
  expect(await ended).toBe(WENT);
  expect(threads.running()).toBe(0);
  expect(await ask(300)).toBe(300);
  await until(() => threads.running() === 0);
  expect(threads.started).toHaveLength(3);
});
