/** Keeps what is counted on writing short to read. */
import { foldClassChanges } from '../../access/class-change.store.ts';
import type { UnrestrictedDatabase } from '../../platform/database.ts';
import { foldRollups } from './rollup.store.ts';

/** Worth its time after many rows came in, and now and then. What anybody reads is the same before and after. */
export async function foldCounts(database: UnrestrictedDatabase): Promise<void> {
  await database.unrestricted('fold what was counted', async (connection) => {
    await foldClassChanges(connection);
    await foldRollups(connection);
  });
}
