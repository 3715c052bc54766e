/** Reading what notes say: by permission, for a stated purpose and case, and never without a trace in the audit log. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { unseal } from '../../vault/sealing.ts';
import { type VaultTools, vaultOrganisation } from '../personal/personal.service.ts';
import { placeOfText } from './sealed-note.service.ts';
import { findTexts, type NoteName } from './sealed-note.store.ts';

export interface ReadNote {
  readonly noteId: string;
  readonly version: number;
  /** Null: its key was destroyed. An error: its key is not here now. */
  readonly text: string | null | HeadwaterError;
}

/** Throws FORBIDDEN without the permission, BAD_INPUT without a case reference. A look that finds nothing leaves a trace too. */
export async function readNotes(
  { database, keys, now }: VaultTools,
  viewer: Viewer,
  name: NoteName,
  asked: {
    readonly about: string;
    readonly purpose: Purpose;
    readonly caseReference: string;
    readonly at: Date | null;
  },
): Promise<readonly ReadNote[]> {
  const { organisationId, caseToken, under } = vaultOrganisation(keys, viewer, asked);
  if (!isId(asked.about)) return [];
  return database.unrestricted(`read ${name}s`, async (connection) => {
    const found = await findTexts(connection, name, organisationId, asked.about, asked.at);
    await recordEvent(connection, now(), {
      organisationId,
      keyId: viewer.keyId,
      action: `read_${name}s`,
      objectKind: name,
      objectIds: [asked.about.toLowerCase(), ...found.map(({ note_id }) => note_id), ...under],
      purpose: asked.purpose,
      detail: { [`${name}s`]: found.length, case: caseToken },
    });
    return found.map(({ id, note_id: noteId, version, key_id, sealed }) => {
      try {
        return { noteId, version, text: unseal(keys.read(key_id), placeOfText(name, id), sealed) };
      } catch (error) {
        if (!(error instanceof HeadwaterError)) throw error;
        return { noteId, version, text: error.code === 'NOT_FOUND' ? null : error };
      }
    });
  });
}
