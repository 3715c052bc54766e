/** What data officers do about the accounts of their organisation, each act once: never about their own, and never beyond what they hold. */
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { PURPOSES, type Purpose } from '../../kernel/vocabulary.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { destroyDoomedKeys } from '../../records/erasure/doomed-keys.service.ts';
import {
  type AccountAct,
  changeRights,
  forget,
  invite,
  openAccount,
  setDisabled,
  stopSessions,
  VAULT_ROLES,
} from './account.service.ts';
import { type AccountRow, accountOfSession, lockAccount } from './account.store.ts';

export interface SaidAccount {
  readonly role: Role;
  readonly vaultPermission: boolean;
  /** What its person works for. Null: as before, and for a new one as whoever makes it. */
  readonly purposes: readonly Purpose[] | null;
}

export interface AccountTarget {
  readonly id: string;
  /** The version the caller read. */
  readonly version: number;
}

export interface AccountDone extends DoneOnce {
  /** Shown once: null when the same request comes again. */
  readonly invitation: string | null;
}

const ABSENT: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'an account of your organisation',
};
const MOST_NAME = 120;

/** Throws FORBIDDEN. Returns the organisation. */
export function accountsOfficer({ role, organisationId }: Viewer): string {
  if (role === 'data_officer' && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `the role ${role} does not deal with accounts; ask the data officer of your organisation`,
  );
}

export async function makeAccount(
  tools: ImportTools,
  request: ActRequest,
  said: SaidAccount,
  name: string,
): Promise<Outcome<AccountDone>> {
  accountsOfficer(request.viewer);
  const faults = [...rightsFaults(request.viewer, said), ...nameFaults(name)];
  if (faults.length > 0) return refuse(...faults);
  let invitation: string | null = null;
  const outcome = await once(
    tools,
    request,
    ['account made', said, name],
    async (connection, now, organisationId) => {
      const act = { tools, connection, now, keyId: request.viewer.keyId };
      const purposes = said.purposes ?? request.viewer.purposes ?? null;
      const made = await openAccount(act, { ...said, purposes, organisationId }, name.trim());
      invitation = made.invitation;
      return accept({ recordId: made.id, version: 1 });
    },
  );
  return outcome.accepted ? accept({ ...outcome.value, invitation }) : outcome;
}

export async function changeAccount(
  tools: ImportTools,
  request: ActRequest,
  target: AccountTarget,
  said: SaidAccount,
): Promise<Outcome<DoneOnce>> {
  return onAccount(tools, request, 'changed', target, said, async (act, row) => {
    const faults = rightsFaults(
      request.viewer,
      { ...said, purposes: said.purposes ?? row.purposes ?? PURPOSES },
      row,
    );
    if (faults.length > 0) return refuse(...faults);
    const purposes = said.purposes ?? row.purposes;
    return accept(await changeRights(act, row, { ...said, purposes, organisationId: row.organisation_id }));
  });
}

export async function disableAccount(
  tools: ImportTools,
  request: ActRequest,
  target: AccountTarget,
): Promise<Outcome<DoneOnce>> {
  return onAccount(tools, request, 'disabled', target, null, async (act, row) =>
    row.disabled_at === null
      ? accept(await setDisabled(act, row, true))
      : refuse({ where: 'id', found: 'a disabled account', wanted: 'one that is not' }),
  );
}

export async function enableAccount(
  tools: ImportTools,
  request: ActRequest,
  target: AccountTarget,
): Promise<Outcome<DoneOnce>> {
  return onAccount(tools, request, 'enabled', target, null, async (act, row) => {
    const faults = rightsFaults(request.viewer, {
      role: row.role,
      vaultPermission: row.vault_permission,
      purposes: row.purposes ?? PURPOSES,
    });
    if (faults.length > 0) return refuse(...faults);
    return row.disabled_at !== null
      ? accept(await setDisabled(act, row, false))
      : refuse({ where: 'id', found: 'an account that is not disabled', wanted: 'one that is' });
  });
}

/** For good: what the person is called and signs in with goes, with its key. */
export async function forgetPerson(
  tools: ImportTools,
  request: ActRequest,
  target: AccountTarget,
): Promise<Outcome<DoneOnce>> {
  const outcome = await onAccount(tools, request, 'forgotten', target, null, async (act, row) =>
    accept(await forget(act, row)),
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** Whoever takes it up signs in anew: what was there to sign in with goes then. */
export async function inviteAgain(
  tools: ImportTools,
  request: ActRequest,
  target: AccountTarget,
): Promise<Outcome<AccountDone>> {
  let invitation: string | null = null;
  const outcome = await onAccount(tools, request, 'invited', target, null, async (act, row) => {
    const faults = rightsFaults(request.viewer, {
      role: row.role,
      vaultPermission: row.vault_permission,
      purposes: row.purposes ?? PURPOSES,
    });
    if (faults.length > 0) return refuse(...faults);
    if (row.disabled_at !== null)
      return refuse({ where: 'id', found: 'a disabled account', wanted: 'one that is not: enableAccount' });
    invitation = await invite(act, row.id, row.organisation_id);
    return accept(row.version);
  });
  return outcome.accepted ? accept({ ...outcome.value, invitation }) : outcome;
}

/** One's own, or for a data officer any of the organisation. What is another's, was ended and is not there look alike. */
export async function endSession(
  tools: ImportTools,
  request: ActRequest,
  sessionId: string,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, ['session ended', sessionId], async (connection, now, ownerId) => {
    const { viewer } = request;
    const accountId = isId(sessionId) ? await accountOfSession(connection, sessionId) : null;
    const row = accountId === null ? null : await lockAccount(connection, accountId, ownerId);
    const mine = row !== null && (viewer.role === 'data_officer' || row.id === viewer.keyId);
    const act = { tools, connection, now, keyId: viewer.keyId };
    if (!mine || (await stopSessions(act, row, sessionId.toLowerCase())) === 0)
      return refuse({ where: 'id', found: 'no such session', wanted: 'one of yours that is running' });
    return accept({ recordId: sessionId.toLowerCase(), version: 1 });
  });
}

/** Under its lock, at the version that was read, and never one's own. */
async function onAccount(
  tools: ImportTools,
  request: ActRequest,
  kind: string,
  { id, version }: AccountTarget,
  said: unknown,
  work: (act: AccountAct, row: AccountRow) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  accountsOfficer(request.viewer);
  return once(tools, request, [`account ${kind}`, id, version, said], async (connection, now, ownerId) => {
    const row = isId(id) ? await lockAccount(connection, id, ownerId) : null;
    if (row === null || row.forgotten_at !== null) return refuse(ABSENT);
    if (row.id === request.viewer.keyId)
      return refuse({ where: 'id', found: 'your own account', wanted: 'another data officer to do it' });
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    const outcome = await work({ tools, connection, now, keyId: request.viewer.keyId }, row);
    return outcome.accepted ? accept({ recordId: row.id, version: outcome.value }) : outcome;
  });
}

/** Nobody hands out what they do not hold. `before`: what the account has already. */
export function rightsFaults(
  viewer: Viewer,
  { role, vaultPermission, purposes: said }: SaidAccount,
  before: Pick<AccountRow, 'vault_permission'> | null = null,
): readonly Reason[] {
  const faults: Reason[] = [];
  if (role === 'operator')
    faults.push({
      where: 'role',
      found: role,
      wanted: 'a role of your organisation; operators are made at the command line',
    });
  if (vaultPermission && !VAULT_ROLES.includes(role))
    faults.push({
      where: 'vaultPermission',
      found: `true for ${role}`,
      wanted: `a role that may have it: ${VAULT_ROLES.join(' or ')}`,
    });
  if (vaultPermission && !viewer.vaultPermission && before?.vault_permission !== true)
    faults.push({
      where: 'vaultPermission',
      found: 'true, from who has no vault permission',
      wanted: 'somebody who has it to give it',
    });
  if (said !== null && said.length === 0)
    faults.push({ where: 'purposes', found: 'none', wanted: 'one or more, or nothing said of them' });
  const beyond = (said ?? []).filter((purpose) => viewer.purposes?.includes(purpose) === false);
  if (beyond.length > 0)
    faults.push({
      where: 'purposes',
      found: `${beyond.join(', ')}, from who is not for that`,
      wanted: `of ${viewer.purposes?.join(', ')}`,
    });
  return faults;
}

function nameFaults(name: string): readonly Reason[] {
  const { length } = name.trim();
  return length >= 1 && length <= MOST_NAME
    ? []
    : [{ where: 'name', found: `${length} characters`, wanted: `1 to ${MOST_NAME}` }];
}
