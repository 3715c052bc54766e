/** Accounts and invitations, as they are kept. */
import type { Role } from '../../access/roles.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';

export interface AccountRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly role: Role;
  readonly vault_permission: boolean;
  readonly purposes: readonly Purpose[] | null;
  readonly sign_in_name: string;
  readonly key_id: string;
  readonly sealed_name: Uint8Array | null;
  readonly version: number;
  readonly made_at: Date;
  readonly disabled_at: Date | null;
  readonly forgotten_at: Date | null;
}

/** With how it signs in, null before it was taken into use, and until when an invitation is good. */
export interface ListedAccount extends AccountRow {
  readonly way: 'local' | 'oidc' | null;
  readonly invited_until: Date | null;
}

export interface SessionRow {
  readonly id: string;
  readonly account_id: string;
  readonly way: 'local' | 'oidc';
  readonly began_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
}

const COLUMNS = `a.id, a.organisation_id, a.role, a.vault_permission, a.purposes, a.sign_in_name, a.key_id, a.sealed_name, a.version,
  a.made_at, a.disabled_at, a.forgotten_at`;

export async function insertAccount(
  connection: Queryable,
  account: Omit<AccountRow, 'version' | 'disabled_at' | 'forgotten_at' | 'made_at'>,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into account (id, organisation_id, role, vault_permission, sign_in_name, key_id, sealed_name, made_at, purposes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[])`,
    [
      account.id,
      account.organisation_id,
      account.role,
      account.vault_permission,
      account.sign_in_name,
      account.key_id,
      account.sealed_name,
      now.toISOString(),
      account.purposes,
    ],
  );
}

/** Locked until the transaction ends. `organisationId` undefined: of any; what is another organisation's is as absent as what is not there. */
export async function lockAccount(
  connection: Queryable,
  id: string,
  organisationId: string | undefined,
): Promise<AccountRow | null> {
  const [row] = await connection.query<AccountRow>(
    `select ${COLUMNS} from account a where a.id = $1 and ($2::uuid is null or a.organisation_id = $2) for update`,
    [id, organisationId ?? null],
  );
  return row ?? null;
}

/** `ofOrganisation` null: all of the hub. */
export async function listAccounts(
  connection: Queryable,
  ofOrganisation: string | null,
  id: string | null,
  now: Date,
): Promise<readonly ListedAccount[]> {
  return connection.query<ListedAccount>(
    `select ${COLUMNS}, case when s.account_id is not null then 'local' when i.account_id is not null then 'oidc' end as way,
       (select max(v.expires_at) from account_invitation v where v.account_id = a.id and v.expires_at > $3) as invited_until
     from account a left join account_secret s on s.account_id = a.id left join account_identity i on i.account_id = a.id
     where ($1::uuid is null or a.organisation_id = $1) and ($2::uuid is null or a.id = $2) order by a.made_at, a.id`,
    [ofOrganisation, id, now.toISOString()],
  );
}

/** Those that are running, the newest first. `idleBefore`: one not used since is over. */
export async function listSessions(
  connection: Queryable,
  accountIds: readonly string[],
  now: Date,
  idleBefore: Date,
): Promise<readonly SessionRow[]> {
  return connection.query<SessionRow>(
    `select s.id, s.account_id, s.way, s.began_at, s.last_used_at, s.expires_at from account_session s
     join account a on a.id = s.account_id
     where s.account_id = any($1::uuid[]) and s.ended_at is null and s.expires_at > $2 and s.last_used_at > $3
       and a.disabled_at is null order by s.began_at desc, s.id`,
    [accountIds, now.toISOString(), idleBefore.toISOString()],
  );
}

/** The account a session is of; null when there is none, or it is of a key. */
export async function accountOfSession(connection: Queryable, sessionId: string): Promise<string | null> {
  const [row] = await connection.query<{ account_id: string | null }>(
    'select account_id from account_session where id = $1',
    [sessionId],
  );
  return row?.account_id ?? null;
}

/** Returns the version that came of it. */
export async function rewriteAccount(
  connection: Queryable,
  id: string,
  changed: Pick<AccountRow, 'organisation_id' | 'role' | 'vault_permission' | 'purposes' | 'disabled_at'>,
): Promise<number> {
  const [row] = await connection.query<{ version: number }>(
    `update account set organisation_id = $2, role = $3, vault_permission = $4, disabled_at = $5, purposes = $6::text[], version = version + 1
     where id = $1 returning version`,
    [
      id,
      changed.organisation_id,
      changed.role,
      changed.vault_permission,
      changed.disabled_at?.toISOString() ?? null,
      changed.purposes,
    ],
  );
  return row?.version ?? 0;
}

/** What the person is called and signs in with goes, its key is doomed. The account stays for the audit log to name. */
export async function forgetAccount(connection: Queryable, account: AccountRow, now: Date): Promise<number> {
  await dropWays(connection, account.id);
  await connection.execute('delete from account_session where account_id = $1', [account.id]);
  await connection.execute('insert into doomed_key (key_id) values ($1) on conflict do nothing', [
    account.key_id,
  ]);
  const [row] = await connection.query<{ version: number }>(
    `update account set sealed_name = null, disabled_at = coalesce(disabled_at, $2), forgotten_at = $2, version = version + 1
     where id = $1 returning version`,
    [account.id, now.toISOString()],
  );
  return row?.version ?? 0;
}

/** Everything it could sign in with or be taken into use by. */
export async function dropWays(connection: Queryable, accountId: string): Promise<void> {
  for (const text of [
    'delete from account_recovery_code where account_id = $1',
    'delete from account_secret where account_id = $1',
    'delete from account_identity where account_id = $1',
    'delete from account_invitation where account_id = $1',
  ])
    await connection.execute(text, [accountId]);
}

/** The one before is good no more. */
export async function replaceInvitation(
  connection: Queryable,
  invitation: {
    readonly id: string;
    readonly accountId: string;
    readonly prefix: string;
    readonly secretSha256: Uint8Array;
    readonly expiresAt: Date;
    readonly invitedBy: string | null;
  },
  now: Date,
): Promise<void> {
  await dropInvitations(connection, invitation.accountId);
  await connection.execute(
    `insert into account_invitation (id, account_id, prefix, secret_sha256, made_at, expires_at, invited_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      invitation.id,
      invitation.accountId,
      invitation.prefix,
      invitation.secretSha256,
      now.toISOString(),
      invitation.expiresAt.toISOString(),
      invitation.invitedBy,
    ],
  );
}

export async function dropInvitations(connection: Queryable, accountId: string): Promise<void> {
  await connection.execute('delete from account_invitation where account_id = $1', [accountId]);
}
