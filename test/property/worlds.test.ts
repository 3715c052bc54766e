/** Ten thousand random worlds, or as many as WORLDS says: nobody sees what the naive policy does not show them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../support/test-hub.ts';
import { keepPlans } from './kept-plans.ts';
import { runWorlds } from './run-worlds.ts';

const WORLDS = Number(process.env.WORLDS ?? 10_000);
/** Of what a world could be asked, one of so many questions is drawn: more worlds in the time. 1: all. */
const ONE_OF = Number(process.env.ONE_OF ?? 1);
const SEED = Number(process.env.SEED ?? 1_000_000);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
  await keepPlans(hub.database);
});
afterAll(() => hub.close());

it(`${WORLDS} random worlds show each viewer what a naive policy shows, and the same whatever is hidden`, async () => {
  const started = performance.now();
  const rate = (worlds: number): string => ((worlds * 1_000) / (performance.now() - started)).toFixed(1);
  const seen = await runWorlds(hub, {
    seed: SEED,
    worlds: WORLDS,
    oneOf: ONE_OF,
    onProgress: (done) => {
      hub.statements.length = 0;
      if (done % 500 === 0) console.log(`${done} worlds from seed ${SEED}, ${rate(done)} worlds/s`);
    },
  });
  console.log(`${JSON.stringify(seen)}, seed ${SEED}, ${rate(WORLDS)} worlds/s`);
  expect(seen.worlds).toBe(WORLDS);
});
