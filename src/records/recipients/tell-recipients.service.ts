/** Whoever was shown a record is told what became of it, in the transaction in which it becomes so. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { NoticeKind } from './notice.ts';
import { insertNotices, keepShown, noticesFor, shownTo } from './recipient.store.ts';

/** Before anything is removed. `objectIds`: living reports, or entities of a person who is cleared. Returns the organisations told. */
export async function tellRecipients(
  connection: Queryable,
  ids: IdSource,
  kind: NoticeKind,
  objectIds: readonly string[],
  now: Date,
): Promise<readonly string[]> {
  if (objectIds.length === 0) return [];
  const notices = await noticesFor(connection, ids, kind, objectIds, now);
  await insertNotices(connection, notices, now);
  return [...new Set(notices.map(({ recipientId }) => recipientId))].sort();
}

/**
 * `raise` marks a report higher, and says whether it did. Grants may not reach it afterwards: who was shown it is remembered, and hears of it as of
 * whatever becomes of it later.
 */
export async function tellOfRaising(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  now: Date,
  raise: () => Promise<boolean>,
): Promise<boolean> {
  const before = await shownTo(connection, reportId, now);
  if (!(await raise())) return false;
  await keepShown(connection, reportId, before);
  await tellRecipients(connection, ids, 'raised', [reportId], now);
  return true;
}
