/** Attached files that may show an erased party: counted, kept by holds, and their going. */
import type { Queryable } from '../../platform/database.ts';
import { IS_HELD, LOCK_WHAT_MAY_SHOW, MAY_SHOW, removeAttachments } from '../attachments/attached.sql.ts';

/** `ids`: the parties. */
export async function countAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<number> {
  const [counted] = await connection.query<{ n: number }>(
    `select count(*)::int as n from attachment a join attachment_content c on c.attachment_id = a.id where ${MAY_SHOW}`,
    [ids, reportId],
  );
  return counted?.n ?? 0;
}

/** By a hold on another report on which the case of one of them rests. */
export async function isAttachedHeld(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<boolean> {
  const held = await connection.query(`select 1 from attachment a where ${MAY_SHOW} and ${IS_HELD} limit 1`, [
    ids,
    reportId,
  ]);
  return held.length > 0;
}

export async function removeAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<void> {
  // Nobody attaches to one of them meanwhile.
  for (const text of LOCK_WHAT_MAY_SHOW) await connection.query(text, [ids, reportId]);
  for (const text of removeAttachments(MAY_SHOW)) await connection.execute(text, [ids, reportId]);
}
