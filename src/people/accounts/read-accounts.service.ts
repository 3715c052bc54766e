/** Accounts of an organisation as its data officers see them, and one's own. */
import { idleSince } from '../../access/session.store.ts';
import type { Viewer } from '../../access/viewer.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { PURPOSES } from '../../kernel/vocabulary.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { unseal } from '../../vault/sealing.ts';
import { placeOfName } from './account.service.ts';
import { type ListedAccount, listAccounts, listSessions, type SessionRow } from './account.store.ts';
import type { Account, AccountSession } from './account.type.ts';
import { accountsOfficer } from './officer-acts.service.ts';

/** Wired at the start. */
export const ACCOUNT_TOOLS = serviceKey<ImportTools>('accounts');

export async function readAccounts(tools: ImportTools, viewer: Viewer): Promise<readonly Account[]> {
  return read(tools, viewer, accountsOfficer(viewer), null);
}

/** Null where a key asks. */
export async function readOwnAccount(tools: ImportTools, viewer: Viewer): Promise<Account | null> {
  if (viewer.sessionId == null) return null;
  const [own] = await read(tools, viewer, null, viewer.keyId);
  return own ?? null;
}

/** What data officers call it; null when it was forgotten, or its key is not here. */
export function nameOf(keys: KeyStore, { id, key_id, sealed_name }: ListedAccount): string | null {
  if (sealed_name === null) return null;
  try {
    return unseal(keys.read(key_id), placeOfName(id), sealed_name);
  } catch (error) {
    if (error instanceof HeadwaterError) return null;
    throw error;
  }
}

function read(
  { database, keys }: ImportTools,
  { now, sessionId }: Viewer,
  organisationId: string | null,
  id: string | null,
): Promise<readonly Account[]> {
  return database.unrestricted('show accounts to whom they belong', async (connection) => {
    const rows = await listAccounts(connection, organisationId, id, now);
    const accountIds = rows.map((row) => row.id);
    const sessions = await listSessions(connection, accountIds, now, idleSince(now));
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      name: nameOf(keys, row),
      signInName: row.sign_in_name,
      role: row.role,
      vaultPermission: row.vault_permission,
      purposes: row.purposes ?? PURPOSES,
      signsIn: row.way,
      invitedUntil: row.invited_until,
      madeAt: row.made_at,
      disabledAt: row.disabled_at,
      forgotten: row.forgotten_at !== null,
      sessions: sessions
        .filter((each) => each.account_id === row.id)
        .map((each) => sessionOf(each, sessionId)),
    }));
  });
}

function sessionOf(row: SessionRow, asking: string | null | undefined): AccountSession {
  return {
    id: row.id,
    signedIn: row.way,
    beganAt: row.began_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    asking: row.id === asking,
  };
}
