/** Five thousand drawn operations, or as many as TWINS says: with the fast path and without it, the answers are the same bytes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runTwins } from '../support/fast-twins.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

const TWINS = Number(process.env.TWINS ?? 5_000);
const SEED = Number(process.env.SEED ?? 1_000_000);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

it(`${TWINS} drawn operations are answered alike`, async () => {
  const seen = await runTwins(hub, SEED, TWINS);
  console.log(`${JSON.stringify(seen)}, seed ${SEED}`);
  expect(seen.asked).toBe(TWINS);
  expect(seen.fast).toBeGreaterThan(TWINS / 2);
  expect(seen.short).toBeGreaterThan(TWINS / 4);
});
