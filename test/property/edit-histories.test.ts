/** What was known at any moment of random edit histories. HISTORIES=1000 SEED=1 npm run test:property. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../support/test-hub.ts';
import { EditHistories } from './edit-history.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 100);
const SEED = Number(process.env.SEED ?? 1);
let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

describe(`${HISTORIES} edit histories (seed ${SEED})`, () => {
  it('say at any moment what a naive model remembers of it', async () => {
    const seen = await new EditHistories(hub, SEED).run(HISTORIES);
    const { histories, acts, refusals, moments, decisions, undoneImports, snapshots, differences } = seen;
    console.log(
      `${histories} histories, ${acts} acts, ${refusals} of them refused, ${decisions} decisions about places, ${undoneImports} imports undone, ${moments} moments and ${snapshots} earlier answers asked for, ${differences.length} differences, seed ${SEED}`,
    );
    expect(differences.slice(0, 5)).toEqual([]);
    expect(histories).toBe(HISTORIES);
    expect(moments).toBeGreaterThan(3 * HISTORIES);
    expect(refusals).toBeGreaterThan(HISTORIES / 10);
    expect(decisions).toBeGreaterThan(HISTORIES / 2);
    expect(snapshots).toBeGreaterThan(HISTORIES / 10);
    expect(undoneImports).toBeGreaterThan(0);
  });
});
