/** A slice of the interleaved requests on every run; the full number is `npx vitest run -c vitest.property.config.ts interleaved`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInterleaved } from '../property/interleave.ts';
import { draws } from '../support/draws.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

describe('fifty users over a few connections', () => {
  it("never meet each other's rows, however their statements interleave and fail", async () => {
    const requests = draws(300, 2_000);
    const seen = await runInterleaved(hub, { users: 50, requests, atOnce: 50, seed: 7 });
    expect(seen.leaks).toEqual([]);
    expect(seen.answers + seen.refusals).toBe(requests);
    expect(seen.refusals).toBeGreaterThan(requests / 50);
  }, 300_000);
});
