/** Making, changing, disabling and forgetting accounts: each inside the caller's transaction, with its trace. Who may is decided before. */
import { randomBytes } from 'node:crypto';
import { newKey } from '../../access/keys.ts';
import type { Role } from '../../access/roles.ts';
import { endSessions } from '../../access/session.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import { dropOwnViews } from '../saved-views/saved-view.service.ts';
import {
  type AccountRow,
  dropInvitations,
  forgetAccount,
  insertAccount,
  replaceInvitation,
  rewriteAccount,
} from './account.store.ts';
import { base32 } from './totp.ts';

/** In whose transaction, and by whom: the command line is nobody's key. */
export interface AccountAct {
  readonly tools: Pick<ImportTools, 'ids' | 'keys'>;
  readonly connection: Queryable;
  readonly now: Date;
  readonly keyId: string | null;
}

export interface AccountRights {
  /** null for an operator. */
  readonly organisationId: string | null;
  readonly role: Role;
  readonly vaultPermission: boolean;
  /** What its person works for; null: anything. */
  readonly purposes: readonly Purpose[] | null;
}

export const VAULT_ROLES: readonly Role[] = ['investigator', 'data_officer'];
/** Days an invitation is good. */
export const INVITED_DAYS = 7;
const DAY_MS = 86_400_000;
/** Of 5 bits each. */
const NAME_LETTERS = 12;

/** Where the sealed name stands. */
export const placeOfName = (accountId: string): string => `account/sealed_name/${accountId}`;

/** Returns the invitation, which is shown once. `name`: by which data officers tell accounts apart. */
export async function openAccount(
  act: AccountAct,
  rights: AccountRights,
  name: string | null,
): Promise<{ readonly id: string; readonly invitation: string }> {
  const { tools, connection, now } = act;
  const id = tools.ids();
  const [made] = tools.keys.create(1);
  if (made === undefined) throw new Error('the key store made no key');
  await insertAccount(
    connection,
    {
      id,
      organisation_id: rights.organisationId,
      role: rights.role,
      vault_permission: rights.vaultPermission,
      purposes: rights.purposes,
      sign_in_name: drawnName(),
      key_id: made.id,
      sealed_name: name === null ? null : seal(made.key, placeOfName(id), name),
    },
    now,
  );
  await leaveTrace(act, 'account_made', rights.organisationId, [id], {
    role: rights.role,
    vault: rights.vaultPermission,
    ...saidPurposes(rights),
  });
  return { id, invitation: await invite(act, id, rights.organisationId) };
}

/** Works on the next request of whoever is signed in; another organisation's records are another's desk: there one signs in anew. */
export async function changeRights(act: AccountAct, row: AccountRow, rights: AccountRights): Promise<number> {
  const { connection, now } = act;
  const version = await rewriteAccount(connection, row.id, {
    organisation_id: rights.organisationId,
    role: rights.role,
    vault_permission: rights.vaultPermission,
    purposes: rights.purposes,
    disabled_at: row.disabled_at,
  });
  const moved = row.organisation_id !== rights.organisationId;
  if (moved) await endSessions(connection, row.id, null, now);
  const detail = { role: rights.role, vault: rights.vaultPermission, moved, ...saidPurposes(rights) };
  await leaveTrace(act, 'account_changed', rights.organisationId, [row.id], detail);
  if (moved) await leaveTrace(act, 'account_changed', row.organisation_id, [row.id], detail);
  return version;
}

/** Disabled: its sessions end and its invitation is good no more. */
export async function setDisabled(act: AccountAct, row: AccountRow, disabled: boolean): Promise<number> {
  const { connection, now } = act;
  const version = await rewriteAccount(connection, row.id, { ...row, disabled_at: disabled ? now : null });
  if (disabled) {
    await endSessions(connection, row.id, null, now);
    await dropInvitations(connection, row.id);
  }
  await leaveTrace(act, disabled ? 'account_disabled' : 'account_enabled', row.organisation_id, [row.id], {});
  return version;
}

/** For good. The caller destroys doomed keys after the transaction. */
export async function forget(act: AccountAct, row: AccountRow): Promise<number> {
  const version = await forgetAccount(act.connection, row, act.now);
  await dropOwnViews(act.connection, row.id);
  await leaveTrace(act, 'account_forgotten', row.organisation_id, [row.id], {});
  return version;
}

/** Returns the text, which is shown once; an earlier invitation is good no more. */
export async function invite(
  act: AccountAct,
  accountId: string,
  organisationId: string | null,
): Promise<string> {
  const { text, prefix, secretSha256 } = newKey('invitation');
  const expiresAt = new Date(act.now.getTime() + INVITED_DAYS * DAY_MS);
  const id = act.tools.ids();
  const invitedBy = act.keyId;
  await replaceInvitation(
    act.connection,
    { id, accountId, prefix, secretSha256, expiresAt, invitedBy },
    act.now,
  );
  await leaveTrace(act, 'account_invited', organisationId, [accountId], { days: INVITED_DAYS });
  return text;
}

/** One of them, or all. Returns how many were still running. */
export async function stopSessions(
  act: AccountAct,
  row: AccountRow,
  sessionId: string | null,
): Promise<number> {
  const ended = await endSessions(act.connection, row.id, sessionId, act.now);
  if (ended.length > 0) await leaveTrace(act, 'session_ended', row.organisation_id, [row.id, ...ended], {});
  return ended.length;
}

/** Inside the transaction of what it tells. */
export async function leaveTrace(
  { connection, now, keyId }: Pick<AccountAct, 'connection' | 'now' | 'keyId'>,
  action: string,
  organisationId: string | null,
  objectIds: readonly string[],
  detail: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId,
    keyId,
    action,
    objectKind: 'account',
    objectIds,
    purpose: null,
    detail,
  });
}

function saidPurposes({ purposes }: AccountRights): { readonly purposes?: string } {
  return purposes === null ? {} : { purposes: purposes.join(',') };
}

/** 60 bits: it cannot be guessed, and says nothing of anybody. */
function drawnName(): string {
  const letters = base32(randomBytes(8)).slice(0, NAME_LETTERS);
  return (letters.match(/.{4}/g) ?? []).join('-');
}
