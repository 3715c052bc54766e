/** Signing in with a passphrase and a one-time code. Whatever is wrong, the answer is the same and takes as long. */
import { beginKeySession, beginSession, endSessions, type NewSession } from '../../access/session.store.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { unseal } from '../../vault/sealing.ts';
import { leaveTrace } from './account.service.ts';
import { isPassphrase } from './passphrase.ts';
import {
  findSecret,
  forgiveAddress,
  forgiveAttempts,
  type SecretRow,
  takeAttempt,
  useRecoveryCode,
  useStep,
} from './sign-in.store.ts';
import { stepOfCode } from './totp.ts';

export type SignInTools = Pick<ImportTools, 'database' | 'ids' | 'keys' | 'now'>;

export interface Presented {
  readonly signInName: string;
  readonly passphrase: string;
  /** Of the app, or a recovery code. */
  readonly code: string;
}

export type SignInAnswer =
  | { readonly kind: 'in'; readonly session: NewSession }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** In a quarter of an hour. */
const MOST_BY_NAME = 5;
const MOST_BY_ADDRESS = 30;
/** Compared with where there is no account. */
const NO_SECRET = Buffer.alloc(20);
const NO_HASH = Buffer.alloc(32);
const NOBODY = '00000000-0000-4000-8000-000000000000';

const REFUSED: SignInAnswer = { kind: 'refused' };

export const placeOfTotp = (accountId: string): string => `account_secret/sealed_totp/${accountId}`;
export const recoveryToken = (keys: KeyStore, accountId: string, code: string): Uint8Array =>
  keys.token(`recovery/${accountId}`, code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

/** `address`: where the request comes from. Both are counted under keyed digests, for names that are not there too. */
export async function signIn(
  { database, ids, keys, now: clock }: SignInTools,
  presented: Presented,
  address: string,
): Promise<SignInAnswer> {
  const now = clock();
  const name = presented.signInName.trim().toLowerCase();
  const ofName = keys.token('sign-in/name', name);
  const ofAddress = keys.token('sign-in/address', address);
  const { wait, secret } = await database.unrestricted('somebody signs in: who', async (connection) => ({
    // An address that has to wait locks nobody else out.
    wait:
      (await takeAttempt(connection, ofAddress, MOST_BY_ADDRESS, now)) ||
      (await takeAttempt(connection, ofName, MOST_BY_NAME, now)),
    secret: await findSecret(connection, name),
  }));
  if (wait > 0) return { kind: 'wait', seconds: wait };
  // Outside any transaction: the embedded database has one connection, and this takes a quarter of a second.
  const known = await isPassphrase(keys, secret, presented.passphrase);
  const code = presented.code.replaceAll(/\s/g, '');
  const step = stepOfCode(totpOf(keys, secret), code, now);
  const recovery = recoveryToken(keys, secret?.account_id ?? '', code);
  const accountId = secret?.account_id ?? NOBODY;
  // Of nobody whose passphrase is another: what is asked of the database is the same, so that a right passphrase does not show in the time.
  const hash = secret !== null && known ? secret.hash : NO_HASH;
  return database.unrestricted('somebody signs in: the code, and a session', async (connection) => {
    const taken =
      step === null
        ? await useRecoveryCode(connection, accountId, hash, recovery)
        : await useStep(connection, accountId, hash, step);
    if (secret === null || !known || !taken) return REFUSED;
    const failedBefore = await forgiveAttempts(connection, ofName, ofAddress);
    const session = await beginSession(connection, ids, accountId, 'local', now);
    const detail = { way: 'local', failedBefore, recoveryCode: step === null };
    const by = { connection, now, keyId: accountId };
    await leaveTrace(by, 'signed_in', secret.organisation_id, [accountId, session.id], detail);
    return { kind: 'in', session };
  });
}

/** An address may try so often; signing in by way of an invitation or a provider is counted too. Returns the seconds to wait. */
export function countAddress({ database, keys, now }: SignInTools, address: string): Promise<number> {
  return database.unrestricted('count who knocks', (connection) =>
    takeAttempt(connection, keys.token('sign-in/address', address), MOST_BY_ADDRESS, now()),
  );
}

/** Of an address that was counted so often and ended well. */
export function forgive({ database, keys }: SignInTools, address: string, tries: number): Promise<void> {
  return database.unrestricted('forget who knocked and was let in', (connection) =>
    forgiveAddress(connection, keys.token('sign-in/address', address), tries),
  );
}

/** A session of the key that asks, for the browser it was typed in: the key itself is kept nowhere there. */
export async function enterWithKey(
  { database, ids, now: clock }: SignInTools,
  { keyId, organisationId }: Viewer,
): Promise<NewSession> {
  const now = clock();
  return database.unrestricted('somebody typed a key in', async (connection) => {
    const session = await beginKeySession(connection, ids, keyId, now);
    const detail = { way: 'key' };
    await leaveTrace({ connection, now, keyId }, 'signed_in', organisationId, [keyId, session.id], detail);
    return session;
  });
}

/** Ends the session that asks. */
export async function leave({ database, now: clock }: SignInTools, viewer: Viewer): Promise<void> {
  const { sessionId, keyId, organisationId } = viewer;
  if (sessionId == null) return;
  const now = clock();
  await database.unrestricted('somebody signs out', async (connection) => {
    const ended = await endSessions(connection, keyId, sessionId, now);
    if (ended.length > 0)
      await leaveTrace({ connection, now, keyId }, 'signed_out', organisationId, [keyId, ...ended], {});
  });
}

function totpOf(keys: KeyStore, secret: SecretRow | null): Uint8Array {
  if (secret === null) return NO_SECRET;
  return Buffer.from(
    unseal(keys.read(secret.key_id), placeOfTotp(secret.account_id), secret.sealed_totp),
    'base64',
  );
}
