/** Opening an attached file: by permission, for a stated purpose and case, and never without a trace in the audit log. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { unseal, unsealBytes } from '../../vault/sealing.ts';
import { type VaultTools, vaultOrganisation } from '../personal/personal.service.ts';
import { PLACE_OF } from './attachment.service.ts';
import { findSealedFile } from './attachment.store.ts';

export interface OpenedFile {
  readonly id: string;
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

/**
 * Null where there is none for this key, whatever the reason, and where its key was destroyed; a look that finds nothing leaves a trace
 * too. Throws FORBIDDEN without the permission, BAD_INPUT without a case reference, BUSY when its key is not in the key folder now.
 */
export async function openFile(
  { database, keys, now }: VaultTools,
  viewer: Viewer,
  asked: { readonly id: string; readonly purpose: Purpose; readonly caseReference: string },
): Promise<OpenedFile | null> {
  const { organisationId, caseToken, under } = vaultOrganisation(keys, viewer, asked);
  if (!isId(asked.id)) return null;
  const file = await database.unrestricted('open an attached file', async (connection) => {
    const found = await findSealedFile(connection, organisationId, asked.id);
    await recordEvent(connection, now(), {
      organisationId,
      keyId: viewer.keyId,
      action: 'open_file',
      objectKind: 'attachment',
      objectIds: [asked.id.toLowerCase(), ...under],
      purpose: asked.purpose,
      detail: { found: found === null ? 0 : 1, case: caseToken },
    });
    return found;
  });
  if (file === null) return null;
  try {
    const key = keys.read(file.key_id);
    return {
      id: file.id,
      mediaType: file.media_type,
      fileName: unseal(key, PLACE_OF.name(file.id), file.sealed_name),
      bytes: unsealBytes(key, PLACE_OF.bytes(file.id), file.sealed_bytes),
    };
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
