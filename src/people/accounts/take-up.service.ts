/** Taking an account into use by an invitation: with a passphrase and an authenticator app, or with who one is at the identity provider. */
import { randomBytes } from 'node:crypto';
import { readKey, sameSecret } from '../../access/keys.ts';
import { beginSession, endSessions, type NewSession } from '../../access/session.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import { leaveTrace } from './account.service.ts';
import { dropWays } from './account.store.ts';
import { keepPassphrase, passphraseFault } from './passphrase.ts';
import { placeOfTotp, recoveryToken, type SignInTools } from './sign-in.service.ts';
import {
  findIdentity,
  type InvitedRow,
  insertRecoveryCodes,
  insertSecret,
  keepInviter,
  keepNonce,
  linkIdentity,
  lockInvited,
} from './sign-in.store.ts';
import { appAddress, base32, stepOfCode } from './totp.ts';

export interface Offered {
  readonly signInName: string;
  /** What an authenticator app is given, typed or as an address. */
  readonly appSecret: string;
  readonly appAddress: string;
}

export interface TakenUp {
  readonly session: NewSession;
  readonly signInName: string;
  /** Shown once; none where an identity provider is asked. */
  readonly recoveryCodes: readonly string[];
}

const NO_INVITATION: Reason = {
  where: 'invitation',
  found: 'what was never made, was used, replaced or is over',
  wanted: 'the one you were given last; ask your data officer for a new one',
};
const TOTP_BYTES = 20;
const NONCE_BYTES = 16;
const RECOVERY_CODES = 10;
/** 80 bits. */
const RECOVERY_BYTES = 10;

/**
 * What is to be put into the app first. It is drawn anew at each reading, with a trace: what an earlier reader was shown opens nothing, so that
 * nobody keeps a copy of another's second factor unseen.
 */
export async function readInvitation(tools: SignInTools, invitation: string): Promise<Outcome<Offered>> {
  const now = tools.now();
  const nonce = randomBytes(NONCE_BYTES);
  const row = await tools.database.unrestricted('look at an invitation', async (connection) => {
    const found = await findInvited(connection, invitation, now);
    if (found === null) return null;
    const { account_id: accountId, organisation_id: organisationId } = found;
    await keepNonce(connection, accountId, nonce);
    const by = { connection, now, keyId: null };
    await leaveTrace(by, 'invitation_read', organisationId, [accountId], { again: found.app_nonce !== null });
    return found;
  });
  if (row === null) return refuse(NO_INVITATION);
  const secret = totpFor(tools, invitation, nonce);
  return accept({
    signInName: row.sign_in_name,
    appSecret: base32(secret),
    appAddress: appAddress(row.sign_in_name, secret),
  });
}

/** Whatever it was signed in with before goes, and ends. */
export async function takeUpWithPassphrase(
  tools: SignInTools,
  invitation: string,
  passphrase: string,
  code: string,
): Promise<Outcome<TakenUp>> {
  const fault = passphraseFault(passphrase);
  if (fault !== null) return refuse(fault);
  const now = tools.now();
  const kept = await keepPassphrase(tools.keys, passphrase);
  return tools.database.unrestricted('take up an account', async (connection) => {
    const row = await findInvited(connection, invitation, now);
    if (row === null) return refuse(NO_INVITATION);
    const secret = row.app_nonce === null ? null : totpFor(tools, invitation, row.app_nonce);
    const step = secret === null ? null : stepOfCode(secret, code.replaceAll(/\s/g, ''), now);
    if (secret === null || step === null)
      return refuse({
        where: 'code',
        found: 'another code',
        wanted:
          'the six figures your app shows now, by the secret the invitation showed last; if it was read since by anybody else, tell your data officer',
      });
    await dropWays(connection, row.account_id);
    const text = Buffer.from(secret).toString('base64');
    const sealed = seal(tools.keys.read(row.key_id), placeOfTotp(row.account_id), text);
    await insertSecret(connection, row.account_id, kept, sealed, step, now);
    const codes = Array.from({ length: RECOVERY_CODES }, () => spaced(base32(randomBytes(RECOVERY_BYTES))));
    const digests = codes.map((each) => recoveryToken(tools.keys, row.account_id, each));
    await insertRecoveryCodes(connection, row.account_id, digests);
    return accept(await begin(tools, connection, row, 'local', codes, now));
  });
}

/** `identity`: keyed digest of issuer and subject, which the provider vouched for. */
export async function takeUpWithIdentity(
  tools: SignInTools,
  invitation: string,
  identity: Uint8Array,
): Promise<Outcome<TakenUp>> {
  const now = tools.now();
  return tools.database.unrestricted('link an account', async (connection) => {
    const row = await findInvited(connection, invitation, now);
    if (row === null) return refuse(NO_INVITATION);
    const other = await findIdentity(connection, identity, false);
    if (other !== null && other.account_id !== row.account_id) return refuse(TAKEN);
    await dropWays(connection, row.account_id);
    if (!(await linkIdentity(connection, row.account_id, identity, now))) return refuse(TAKEN);
    return accept(await begin(tools, connection, row, 'oidc', [], now));
  });
}

/** Null: nobody is linked, or the account is disabled. */
export async function signInWithIdentity(
  { database, ids, now: clock }: SignInTools,
  identity: Uint8Array,
): Promise<NewSession | null> {
  const now = clock();
  return database.unrestricted('somebody signs in by the identity provider', async (connection) => {
    const row = await findIdentity(connection, identity, true);
    if (row === null) return null;
    const session = await beginSession(connection, ids, row.account_id, 'oidc', now);
    const by = { connection, now, keyId: row.account_id };
    await leaveTrace(by, 'signed_in', row.organisation_id, [row.account_id, session.id], { way: 'oidc' });
    return session;
  });
}

const TAKEN: Reason = {
  where: 'identity',
  found: 'one that is linked to another account',
  wanted: 'that account forgotten first; ask the data officer who made it',
};

async function findInvited(connection: Queryable, invitation: string, now: Date): Promise<InvitedRow | null> {
  const presented = readKey(invitation);
  if (presented === null || presented.kind !== 'invitation') return null;
  const row = await lockInvited(connection, presented.prefix, now);
  return row !== null && sameSecret(row.secret_sha256, presented.secretSha256) ? row : null;
}

async function begin(
  { ids }: SignInTools,
  connection: Queryable,
  row: InvitedRow,
  way: 'local' | 'oidc',
  recoveryCodes: readonly string[],
  now: Date,
): Promise<TakenUp> {
  await keepInviter(connection, row.account_id, row.invited_by);
  const ended = await endSessions(connection, row.account_id, null, now);
  const session = await beginSession(connection, ids, row.account_id, way, now);
  const by = { connection, now, keyId: row.account_id };
  const objects = [row.account_id, session.id, ...ended];
  await leaveTrace(by, 'account_taken_up', row.organisation_id, objects, { way });
  return { session, signInName: row.sign_in_name, recoveryCodes };
}

function totpFor({ keys }: SignInTools, invitation: string, nonce: Uint8Array): Uint8Array {
  return keys.token('totp', `${invitation}/${Buffer.from(nonce).toString('hex')}`).subarray(0, TOTP_BYTES);
}

function spaced(text: string): string {
  return (text.match(/.{4}/g) ?? []).join('-');
}
