/** Where the chain of the audit log ends, and the lock under which it grows. */
import type { Queryable } from '../platform/database.ts';
import { CHAIN_START } from './chain.ts';

/** One writer at a time: the lock is of the transaction, so that the chain has no forks. The number is arbitrary. */
const CHAIN_LOCK = 'select pg_advisory_xact_lock(4827116)';

/** Until the end of the transaction nobody else appends. */
export async function lockChain(connection: Queryable): Promise<void> {
  await connection.query(CHAIN_LOCK);
}

/** The last event; 0 and the chain's start before the first. */
export async function readHead(
  connection: Queryable,
): Promise<{ readonly sequence: number; readonly hash: Uint8Array }> {
  const [last] = await connection.query<{ sequence: bigint; hash: Uint8Array }>(
    'select sequence, hash from audit_event order by sequence desc limit 1',
  );
  return { sequence: Number(last?.sequence ?? 0n), hash: last?.hash ?? CHAIN_START };
}

/** False, at once, while somebody else appends: for who can do without. */
export async function tryLockChain(connection: Queryable): Promise<boolean> {
  const [row] = await connection.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock(4827116) as locked',
  );
  return row?.locked === true;
}
