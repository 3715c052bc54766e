/**
 * Two importers give overlapping files, undo, correct, stop half-way and go on, all at once. Whatever they do, each import comes to what a
 * naive model says, and what stands at the end is what one importer would have made of the accepted files, in that order.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draws } from '../support/draws.ts';
import { give, ImportWorld } from '../support/import-world.ts';
import { recordLines } from '../support/intake.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

const WORLDS = draws(1, 3, process.env.WORLDS);
const SEED = Number(process.env.SEED ?? 1);

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

describe(`interleaved imports (seed ${SEED})`, () => {
  it.each(Array.from({ length: WORLDS }, (_, world) => SEED + world))(
    'come to what the model says: world %i',
    async (seed) => {
      const world = new ImportWorld(hub, seed);
      await world.run();
      const clean = `clean-${seed}`;
      const counted = {
        undone: world.undone,
        refused: world.refused,
        planned: world.planned,
        standing: world.standing.length,
      };
      console.log(`world ${seed}: ${JSON.stringify(counted)}`);
      for (const { file, order } of world.standing) await give(hub, clean, file, order);
      expect(await recordLines(hub, world.slug)).toEqual(await recordLines(hub, clean));
      expect(world.standing.length).toBeGreaterThan(0);
    },
    300_000,
  );
});
