/** Reading personal fields: by permission, for a stated purpose and case, and never without a trace in the audit log. */

import { demandPurpose } from '../../access/purposes.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { UnrestrictedDatabase } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { unseal } from '../../vault/sealing.ts';
import { findVaultItems, type VaultRow } from './personal.store.ts';

export interface VaultTools {
  readonly database: UnrestrictedDatabase;
  readonly keys: KeyStore;
  readonly now: () => Date;
}

/** The vault, wired at the start. */
export const VAULT_TOOLS = serviceKey<VaultTools>('vault');

export interface PersonalRequest {
  readonly aboutId: string;
  readonly purpose: Purpose;
  /** The organisation's own reference of the case; kept as a keyed digest only. */
  readonly caseReference: string;
}

export interface PersonalValue {
  readonly aboutKind: string;
  readonly aboutId: string;
  readonly field: string;
  /** As sealed: text, or JSON of several fields. Null: its key was destroyed, so it can never be read again. An error: its key is not here now. */
  readonly value: string | null | HeadwaterError;
}

const LEAST_REFERENCE = 3;

/**
 * The trace is written in the same transaction and before anything is answered; looking for what is not there leaves one too, so that
 * nobody can search unseen. What belongs to another organisation is as absent as what does not exist. Throws FORBIDDEN without the
 * permission, BAD_INPUT without a case reference.
 */
export async function readPersonal(
  { database, keys, now }: VaultTools,
  viewer: Viewer,
  { aboutId, purpose, caseReference }: PersonalRequest,
): Promise<readonly PersonalValue[]> {
  const { organisationId, caseToken, under } = vaultOrganisation(keys, viewer, { purpose, caseReference });
  if (!isId(aboutId)) return [];
  return database.unrestricted('read personal fields', async (connection) => {
    const items = await findVaultItems(connection, organisationId, aboutId);
    await recordEvent(connection, now(), {
      organisationId,
      keyId: viewer.keyId,
      action: 'read_personal',
      objectKind: 'vault_item',
      objectIds: [aboutId.toLowerCase(), ...items.map(({ id }) => id), ...under],
      purpose,
      detail: {
        items: items.length,
        case: caseToken,
      },
    });
    return items.map((item) => opened(keys, item));
  });
}

/**
 * Whose vault a key may open, and the keyed digest of the case it is opened for. `under`: the id of a broken glass, for the trace to name.
 * A broken glass opens for the case it was broken for. Throws FORBIDDEN, BAD_INPUT.
 */
export function vaultOrganisation(
  keys: KeyStore,
  viewer: Viewer,
  { purpose, caseReference }: Pick<PersonalRequest, 'purpose' | 'caseReference'>,
): { readonly organisationId: string; readonly caseToken: string; readonly under: readonly string[] } {
  const { vaultPermission, organisationId, brokenGlass } = viewer;
  const glass = vaultPermission ? null : (brokenGlass ?? null);
  if (organisationId === null || !(vaultPermission || glass !== null)) {
    throw new HeadwaterError('FORBIDDEN', 'this key has no vault permission; ask your data officer');
  }
  demandPurpose(viewer, purpose);
  const caseToken = Buffer.from(caseTokenOf(keys, organisationId, caseReference)).toString('hex');
  if (glass !== null && glass.caseToken !== caseToken) {
    throw new HeadwaterError(
      'FORBIDDEN',
      'caseReference: found another case, wanted the one that breakGlass was asked for',
    );
  }
  return { organisationId, caseToken, under: glass === null ? [] : [glass.id] };
}

/** Throws BAD_INPUT for what is too short to be a reference. */
export function caseTokenOf(keys: KeyStore, organisationId: string, caseReference: string): Uint8Array {
  const reference = caseReference.trim();
  if (reference.length < LEAST_REFERENCE) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `caseReference: found ${reference.length} characters, wanted your organisation's reference of the case`,
    );
  }
  return keys.token(`case/${organisationId}`, reference);
}

function opened(keys: KeyStore, item: VaultRow): PersonalValue {
  const shown = { aboutKind: item.about_kind, aboutId: item.about_id, field: item.field };
  try {
    const value = unseal(keys.read(item.key_id), `vault_item/sealed/${item.id}`, item.sealed);
    return { ...shown, value };
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    return { ...shown, value: error.code === 'NOT_FOUND' ? null : error };
  }
}
