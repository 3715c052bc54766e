/** Keeps what is counted on writing short to read. */
import { foldClassChanges, forgetMovementChanges } from '../../access/class-change.store.ts';
import type { UnrestrictedDatabase } from '../../platform/database.ts';
import { foldMapRollup } from './map-rollup.store.ts';
import { countStops, foldRollups, foldStopRollups } from './rollup.store.ts';

/** Movements counted in one transaction: whoever writes one of them waits for no more than that. */
const AT_ONCE = 5_000;

/** Worth its time after many rows came in, and now and then. What anybody reads is the same before and after. */
export async function foldCounts(database: UnrestrictedDatabase): Promise<void> {
  await database.unrestricted('fold what was counted', async (connection) => {
    await foldClassChanges(connection);
    await forgetMovementChanges(connection);
    await foldRollups(connection);
    await foldMapRollup(connection);
  });
  while (
    await database.unrestricted('count where movements were observed', (connection) =>
      countStops(connection, AT_ONCE),
    )
  );
  await database.unrestricted('fold what was counted', foldStopRollups);
}
