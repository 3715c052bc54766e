/** Attached files that may show an erased party, and comments, referrals and names in custody logs that may name it: counted, kept by holds, and their going. */
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
import { dropReferralTexts, REFERRED } from '../referrals/referred.sql.ts';

interface AttachedCounts {
  readonly attachments: number;
  readonly comments: number;
  readonly referrals: number;
  readonly names: number;
}

/** `ids`: the parties. */
export async function countAttached(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<AttachedCounts> {
  const [counted] = await connection.query<AttachedCounts>(
    `select (select count(*)::int from attachment a join attachment_content c on c.attachment_id = a.id where ${MAY_SHOW}) as attachments,
       (select count(distinct coalesce(m.version_of, m.id))::int from record_comment m join comment_text t on t.comment_id = m.id where ${MAY_NAME}) as comments,
       (select count(distinct coalesce(f.version_of, f.id))::int from referral f join referral_text t on t.referral_id = f.id where ${REFERRED}) as referrals,
       (select count(*)::int from vault_item v where ${NAMED_IN_CUSTODY}) as names`,
    [ids, reportId],
  );
  return counted ?? { attachments: 0, comments: 0, referrals: 0, names: 0 };
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
    dropReferralTexts(REFERRED),
    REMOVE_NAMES,
    BLANK_LABELS,
  ])
    await connection.execute(text, [ids, reportId]);
}
