/** Reading what comments say: by permission, for a stated purpose and case, and never without a trace in the audit log. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { unseal } from '../../vault/sealing.ts';
import { type PersonalPurpose, type VaultTools, vaultOrganisation } from '../personal/personal.service.ts';
import { placeOfText } from './comment.service.ts';
import { findTexts } from './comment.store.ts';

export interface ReadText {
  readonly commentId: string;
  readonly version: number;
  /** Null: its key was destroyed. An error: its key is not here now. */
  readonly text: string | null | HeadwaterError;
}

/** Throws FORBIDDEN without the permission, BAD_INPUT without a case reference. A look that finds nothing leaves a trace too. */
export async function readTexts(
  { database, keys, now }: VaultTools,
  viewer: Viewer,
  asked: {
    readonly about: string;
    readonly purpose: PersonalPurpose;
    readonly caseReference: string;
    readonly at: Date | null;
  },
): Promise<readonly ReadText[]> {
  const { organisationId, caseToken, under } = vaultOrganisation(keys, viewer, asked.caseReference);
  if (!isId(asked.about)) return [];
  return database.unrestricted('read comments', async (connection) => {
    const texts = await findTexts(connection, organisationId, asked.about, asked.at);
    await recordEvent(connection, now(), {
      organisationId,
      keyId: viewer.keyId,
      action: 'read_comments',
      objectKind: 'comment',
      objectIds: [asked.about.toLowerCase(), ...texts.map(({ comment_id }) => comment_id), ...under],
      purpose: asked.purpose,
      detail: { comments: texts.length, case: caseToken },
    });
    return texts.map(({ id, comment_id: commentId, version, key_id, sealed }) => {
      try {
        return { commentId, version, text: unseal(keys.read(key_id), placeOfText(id), sealed) };
      } catch (error) {
        if (!(error instanceof HeadwaterError)) throw error;
        return { commentId, version, text: error.code === 'NOT_FOUND' ? null : error };
      }
    });
  });
}
