/** Attached files that may show an erased party, and comments and names in custody logs that may name it: counted, kept by holds, and their going. */
import type { Queryable } from '../../platform/database.ts';
import {
  BLANK_LABELS,
  HELD_EXHIBITS,
  IS_HELD,
  LOCK_WHAT_MAY_SHOW,
  MAY_SHOW,
  NAMED_IN_CUSTODY,
  REMOVE_NAMES,
  removeAttachments,
} from '../attachments/attached.sql.ts';
import { IS_HELD_COMMENT, MAY_NAME, removeComments } from '../comments/commented.sql.ts';

/** `ids`: the parties. */
export async function countAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<{ readonly attachments: number; readonly comments: number; readonly names: number }> {
  const [counted] = await connection.query<{ attachments: number; comments: number; names: number }>(
    `select (select count(*)::int from attachment a join attachment_content c on c.attachment_id = a.id where ${MAY_SHOW}) as attachments,
       (select count(distinct coalesce(m.version_of, m.id))::int from record_comment m join comment_text t on t.comment_id = m.id where ${MAY_NAME}) as comments,
       (select count(*)::int from vault_item v where ${NAMED_IN_CUSTODY}) as names`,
    [ids, reportId],
  );
  return counted ?? { attachments: 0, comments: 0, names: 0 };
}

/** By a hold on another report that the case of one of them names. */
export async function isAttachedHeld(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<boolean> {
  const held = await connection.query(
    `select 1 from attachment a where ${MAY_SHOW} and ${IS_HELD} union all select 1 from record_comment m where ${MAY_NAME} and ${IS_HELD_COMMENT} union all ${HELD_EXHIBITS} limit 1`,
    [ids, reportId],
  );
  return held.length > 0;
}

/** Until the transaction ends nobody attaches to what they hang on. To be run before the audit log is written, as every act does. */
export async function lockAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<void> {
  for (const text of LOCK_WHAT_MAY_SHOW) await connection.query(text, [ids, reportId]);
}

/** Of what is locked. */
export async function removeAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<void> {
  for (const text of [
    ...removeAttachments(MAY_SHOW),
    ...removeComments(MAY_NAME),
    REMOVE_NAMES,
    BLANK_LABELS,
  ])
    await connection.execute(text, [ids, reportId]);
}
