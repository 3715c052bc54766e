/** Sessions of people who signed in: begun, used, ended. Whoever is idle for half an hour, or in for half a day, signs in again. */
import type { IdSource } from '../kernel/ids.ts';
import type { Queryable, UnrestrictedDatabase, UnrestrictedReads } from '../platform/database.ts';
import { newKey, readKey, sameSecret } from './keys.ts';

export type SignInWay = 'local' | 'oidc';

export interface NewSession {
  readonly id: string;
  /** Shown once; goes in the Authorization header, or in the cookie of the hub's own pages. */
  readonly text: string;
  readonly expiresAt: Date;
}

const MINUTE_MS = 60_000;
const IDLE_MS = 30 * MINUTE_MS;
export const LONGEST_SESSION_MS = 12 * 60 * MINUTE_MS;

/** A session that was not used after this moment is over. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_MS);
}

export function beginSession(
  connection: Queryable,
  ids: IdSource,
  accountId: string,
  way: SignInWay,
  now: Date,
): Promise<NewSession> {
  return begin(connection, ids, { accountId, keyId: null, way }, now);
}

/** Of a key that somebody typed in: what it may, the session may, and no longer than it may. */
export function beginKeySession(
  connection: Queryable,
  ids: IdSource,
  keyId: string,
  now: Date,
): Promise<NewSession> {
  return begin(connection, ids, { accountId: null, keyId, way: 'key' }, now);
}

interface SessionOwner {
  readonly accountId: string | null;
  readonly keyId: string | null;
  readonly way: SignInWay | 'key';
}

async function begin(
  connection: Queryable,
  ids: IdSource,
  { accountId, keyId, way }: SessionOwner,
  now: Date,
): Promise<NewSession> {
  const key = newKey('session');
  const id = ids();
  const expiresAt = new Date(now.getTime() + LONGEST_SESSION_MS);
  await connection.execute(
    `insert into account_session (id, account_id, key_id, prefix, secret_sha256, way, began_at, last_used_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [id, accountId, keyId, key.prefix, key.secretSha256, way, now.toISOString(), expiresAt.toISOString()],
  );
  return { id, text: key.text, expiresAt };
}

/** Once a minute at most: a question is not made a write for it. */
export async function noteUse(
  database: UnrestrictedDatabase,
  id: string,
  lastUsedAt: Date | null,
  now: Date,
): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < MINUTE_MS) return;
  await database.unrestricted('note that a session is used', (connection) =>
    connection.execute('update account_session set last_used_at = greatest(last_used_at, $2) where id = $1', [
      id,
      now.toISOString(),
    ]),
  );
}

/** All of an account or a key, or one of them. Returns the ids of those that were still running. */
export async function endSessions(
  connection: Queryable,
  ownerId: string,
  sessionId: string | null,
  now: Date,
): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    `update account_session set ended_at = $3 where (account_id = $1 or key_id = $1) and ($2::uuid is null or id = $2) and ended_at is null
     returning id`,
    [ownerId, sessionId, now.toISOString()],
  );
  return rows.map(({ id }) => id);
}

/** Whether a text is a session that there was: whoever has all of its secret guesses nothing, though it is over. */
export async function wasSession(database: UnrestrictedReads, text: string): Promise<boolean> {
  const presented = readKey(text);
  if (presented?.kind !== 'session') return false;
  const [rows] = await database.unrestrictedAtOnce<{ secret_sha256: Uint8Array }>('look up an old session', [
    { text: 'select secret_sha256 from account_session where prefix = $1', values: [presented.prefix] },
  ]);
  const [row] = rows ?? [];
  return row !== undefined && sameSecret(row.secret_sha256, presented.secretSha256);
}
