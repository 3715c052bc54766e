/** What is looked up and kept while somebody signs in or takes an account into use. */
import type { Queryable } from '../../platform/database.ts';
import type { KeptPassphrase } from './passphrase.ts';

export interface SecretRow {
  readonly account_id: string;
  readonly organisation_id: string | null;
  readonly key_id: string;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly cost: number;
  readonly sealed_totp: Uint8Array;
}

export interface InvitedRow {
  readonly account_id: string;
  readonly organisation_id: string | null;
  readonly key_id: string;
  readonly sign_in_name: string;
  readonly secret_sha256: Uint8Array;
  /** Null: nobody read it yet. */
  readonly app_nonce: Uint8Array | null;
  /** Null: the command line. */
  readonly invited_by: string | null;
}

export interface IdentityRow {
  readonly account_id: string;
  readonly organisation_id: string | null;
}

const WINDOW_MS = 15 * 60_000;

/** Counted before it is known how it ends, so that no two guesses at once count as one. Returns the seconds to wait; 0: go on. */
export async function takeAttempt(
  connection: Queryable,
  digest: Uint8Array,
  most: number,
  now: Date,
): Promise<number> {
  const over = new Date(now.getTime() - WINDOW_MS).toISOString();
  await connection.execute('delete from sign_in_attempt where since <= $1', [over]);
  const [row] = await connection.query<{ attempts: number; since: Date }>(
    `insert into sign_in_attempt (digest, attempts, since) values ($1, 1, $2)
     on conflict (digest) do update set attempts = least(sign_in_attempt.attempts + 1, $3) returning attempts, since`,
    [digest, now.toISOString(), most + 1],
  );
  if (row === undefined || row.attempts <= most) return 0;
  return Math.max(1, Math.ceil((row.since.getTime() + WINDOW_MS - now.getTime()) / 1000));
}

/** So many tries of an address ended well. */
export async function forgiveAddress(
  connection: Queryable,
  ofAddress: Uint8Array,
  tries: number,
): Promise<void> {
  await connection.execute(
    'update sign_in_attempt set attempts = greatest(attempts - $2, 0) where digest = $1',
    [ofAddress, tries],
  );
}

/** It ended well. Returns how many there were under the name before. */
export async function forgiveAttempts(
  connection: Queryable,
  ofName: Uint8Array,
  ofAddress: Uint8Array,
): Promise<number> {
  const [row] = await connection.query<{ attempts: number }>(
    'delete from sign_in_attempt where digest = $1 returning attempts',
    [ofName],
  );
  await forgiveAddress(connection, ofAddress, 1);
  return Math.max(0, (row?.attempts ?? 1) - 1);
}

/** It was taken up by the invitation of. */
export async function keepInviter(
  connection: Queryable,
  accountId: string,
  invitedBy: string | null,
): Promise<void> {
  await connection.execute('update account set invited_by = $2 where id = $1', [accountId, invitedBy]);
}

export async function findSecret(connection: Queryable, signInName: string): Promise<SecretRow | null> {
  const [row] = await connection.query<SecretRow>(
    `select s.account_id, a.organisation_id, a.key_id, s.salt, s.hash, s.cost, s.sealed_totp
     from account a join account_secret s on s.account_id = a.id
     where a.sign_in_name = $1 and a.disabled_at is null`,
    [signInName],
  );
  return row ?? null;
}

/** False when the code, or a later one, was used already, or the passphrase is another by now. */
export async function useStep(
  connection: Queryable,
  accountId: string,
  hash: Uint8Array,
  step: number,
): Promise<boolean> {
  const used = await connection.execute(
    `update account_secret s set totp_step = $3 from account a
     where s.account_id = $1 and s.hash = $2 and s.totp_step < $3 and a.id = s.account_id and a.disabled_at is null`,
    [accountId, hash, step],
  );
  return used === 1;
}

/** False when there is no such code, or not any more. */
export async function useRecoveryCode(
  connection: Queryable,
  accountId: string,
  hash: Uint8Array,
  digest: Uint8Array,
): Promise<boolean> {
  const used = await connection.execute(
    `delete from account_recovery_code c using account_secret s, account a
     where c.account_id = $1 and c.digest = $3 and s.account_id = c.account_id and s.hash = $2
       and a.id = c.account_id and a.disabled_at is null`,
    [accountId, hash, digest],
  );
  return used === 1;
}

/** Locked until the transaction ends; null for one that was used, replaced, is over, or of a disabled account. */
export async function lockInvited(
  connection: Queryable,
  prefix: string,
  now: Date,
): Promise<InvitedRow | null> {
  const [row] = await connection.query<InvitedRow>(
    `select i.account_id, a.organisation_id, a.key_id, a.sign_in_name, i.secret_sha256, i.app_nonce, i.invited_by
     from account_invitation i join account a on a.id = i.account_id
     where i.prefix = $1 and i.expires_at > $2 and a.disabled_at is null for update`,
    [prefix, now.toISOString()],
  );
  return row ?? null;
}

export async function insertSecret(
  connection: Queryable,
  accountId: string,
  { salt, hash, cost }: KeptPassphrase,
  sealedTotp: Uint8Array,
  step: number,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into account_secret (account_id, salt, hash, cost, sealed_totp, totp_step, set_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [accountId, salt, hash, cost, sealedTotp, step, now.toISOString()],
  );
}

export async function insertRecoveryCodes(
  connection: Queryable,
  accountId: string,
  digests: readonly Uint8Array[],
): Promise<void> {
  for (const digest of digests)
    await connection.execute('insert into account_recovery_code (account_id, digest) values ($1, $2)', [
      accountId,
      digest,
    ]);
}

/** What was shown of an account's invitation before is worth nothing from now on. */
export async function keepNonce(connection: Queryable, accountId: string, nonce: Uint8Array): Promise<void> {
  await connection.execute('update account_invitation set app_nonce = $2 where account_id = $1', [
    accountId,
    nonce,
  ]);
}

/** Locked until the transaction ends, so that no session begins while the account is taken up or disabled. `living`: not of a disabled one. */
export async function findIdentity(
  connection: Queryable,
  digest: Uint8Array,
  living: boolean,
): Promise<IdentityRow | null> {
  const [row] = await connection.query<IdentityRow>(
    `select i.account_id, a.organisation_id from account_identity i join account a on a.id = i.account_id
     where i.digest = $1 and (not $2::boolean or a.disabled_at is null) for update`,
    [digest, living],
  );
  return row ?? null;
}

/** False when the identity is another account's. */
export async function linkIdentity(
  connection: Queryable,
  accountId: string,
  digest: Uint8Array,
  now: Date,
): Promise<boolean> {
  const linked = await connection.execute(
    'insert into account_identity (account_id, digest, linked_at) values ($1, $2, $3) on conflict (digest) do nothing',
    [accountId, digest, now.toISOString()],
  );
  return linked === 1;
}
