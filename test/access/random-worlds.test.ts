/** A slice of the random worlds on every run; the full number is `npx vitest run -c vitest.property.config.ts`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seenClasses, type Viewer } from '../../src/access/viewer.ts';
import { runWorlds } from '../property/run-worlds.ts';
import { clearRecords } from '../property/world-store.ts';
import { draws } from '../support/draws.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const WORLDS = draws(3, 60, process.env.WORLDS);
const SEED = Number(process.env.SEED ?? 20_261_101);

describe('random worlds', () => {
  it('show each viewer what a naive policy shows, and the same whatever is hidden', async () => {
    const started = performance.now();
    const seen = await runWorlds(hub, { seed: SEED, worlds: WORLDS });
    const seconds = (performance.now() - started) / 1_000;
    console.log(
      `${JSON.stringify(seen)}, ${hub.statements.length} statements, seed ${SEED}, ${(seen.worlds / seconds).toFixed(1)} worlds/s`,
    );
    expect(seen.worlds).toBe(WORLDS);
    expect(seen.fast).toBeGreaterThan(10 * WORLDS);
    if (WORLDS >= 25) {
      expect(seen.full).toBeGreaterThan(500);
      expect(seen.coarse).toBeGreaterThan(50);
      expect(seen.hidden).toBeGreaterThan(1_000);
      expect(seen.resupplied).toBeGreaterThan(WORLDS / 10);
      expect(seen.tiles).toBeGreaterThan(WORLDS);
      expect(seen.exported).toBeGreaterThan(WORLDS);
    }
  }, 600_000);

  it('place nowhere, under any sight, what is placed nowhere: a world that once was told wrongly', async () => {
    expect(await runWorlds(hub, { seed: 7_039, worlds: 1 })).toMatchObject({ worlds: 1 });
  }, 600_000);

  it.each([
    [
      'sees whole what it should see coarsened',
      (viewer: Viewer) => ({
        ...viewer,
        fullClasses: seenClasses(viewer),
        partial: [],
      }),
    ],
    [
      'holds classes of others',
      (viewer: Viewer) => ({
        ...viewer,
        fullClasses: Array.from({ length: 2_000 }, (_, id) => id + 1),
        partial: [],
      }),
    ],
    [
      'misses a class of its own',
      (viewer: Viewer) => ({ ...viewer, fullClasses: viewer.fullClasses.slice(1) }),
    ],
  ])(
    'would show a viewer that %s',
    async (what, planted) => {
      await expect(runWorlds(hub, { seed: SEED + 1_000 * what.length, worlds: 40, planted })).rejects.toThrow(
        /found .* wanted/s,
      );
      await clearRecords(hub.database);
    },
    600_000,
  );
});
