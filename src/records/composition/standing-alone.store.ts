/** Withdrawing records that nothing hangs on. */
import type { Queryable } from '../../platform/database.ts';
import { type LivingRecord, retire } from './version.store.ts';

/** Records an owner withdraws without a trace in lists. */
export type StandingAlone = 'interdiction' | 'station_month' | 'red_flag_weight';

/** What it said is history; the row stays as a mark that it was withdrawn. */
export async function retireWithdrawn(
  connection: Queryable,
  table: StandingAlone,
  living: LivingRecord,
  historyId: string,
): Promise<void> {
  const at = living.superseded_at;
  await retire(connection, table, living.id, historyId, at);
  await connection.execute(
    `update ${table} set version = version + 1, known_from = $2, retracted_at = $2, batch_id = null where id = $1`,
    [living.id, at],
  );
}
