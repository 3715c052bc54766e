/** A hundred thousand interleaved requests, or as many as REQUESTS says: none holds another's row. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../support/test-hub.ts';
import { runInterleaved } from './interleave.ts';

const REQUESTS = Number(process.env.REQUESTS ?? 100_000);
const SEED = Number(process.env.SEED ?? 7);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

it(`${REQUESTS} requests of 50 users over a few connections hold their own rows only`, async () => {
  const started = performance.now();
  const onProgress = (done: number): void => {
    hub.statements.length = 0;
    console.log(`${done} requests, ${Math.round((done * 1_000) / (performance.now() - started))} a second`);
  };
  const seen = await runInterleaved(hub, {
    users: 50,
    requests: REQUESTS,
    atOnce: 50,
    seed: SEED,
    onProgress,
  });
  console.log(`${seen.answers} answers, ${seen.refusals} refusals, ${seen.leaks.length} leaks, seed ${SEED}`);
  expect(seen.leaks).toEqual([]);
  expect(seen.answers + seen.refusals).toBe(REQUESTS);
});
