/** What an owner's act does to a report that is there: another evaluation, or its withdrawal. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { appendOutbox } from './composition.store.ts';
import { retireWithdrawn, type StandingAlone } from './standing-alone.store.ts';
import { findLiving, findMadeFrom, type Reevaluation, reevaluate, withdraw } from './version.store.ts';

/** A new version that differs in the named columns alone. Returns its number; null where the report is not living. */
export async function reviseReport(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  changed: Reevaluation,
  now: Date,
): Promise<number | null> {
  const [living] = await findLiving(connection, 'report', [reportId], now);
  if (living === undefined) return null;
  await reevaluate(connection, living, { report: ids(), incident: ids(), movement: ids() }, changed);
  await appendOutbox(connection, [{ topic: 'report.version', object_id: reportId }]);
  return living.version + 1;
}

/** The same for a withdrawal: the report stays as a tombstone, what it told of is not living any more. */
export async function withdrawReport(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  now: Date,
): Promise<number | null> {
  const [living] = await findLiving(connection, 'report', [reportId], now);
  if (living === undefined) return null;
  await withdraw(connection, living, ids());
  const madeFromIt = await findMadeFrom(connection, reportId);
  await appendOutbox(connection, [
    { topic: 'report.withdrawn', object_id: reportId },
    ...madeFromIt.map((id) => ({ topic: 'report.source_withdrawn', object_id: id })),
  ]);
  return living.version + 1;
}

/** The same for a record nothing hangs on: no list has it any more. */
export async function withdrawRecord(
  connection: Queryable,
  ids: IdSource,
  table: StandingAlone,
  id: string,
  now: Date,
): Promise<number | null> {
  const [living] = await findLiving(connection, table, [id], now);
  if (living === undefined) return null;
  await retireWithdrawn(connection, table, living, ids());
  await appendOutbox(connection, [{ topic: `${table}.withdrawn`, object_id: id }]);
  return living.version + 1;
}
