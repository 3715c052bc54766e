/** Whoever was shown a record is told what became of it, in the transaction in which it becomes so. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { NoticeKind } from './notice.ts';
import { insertNotices, noticesFor } from './recipient.store.ts';

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
