/** The hours of the audit log: closed once each, in order, and read for the tree over them. */
import type { Queryable } from '../platform/database.ts';
import { lockChain, readHead, tryLockChain } from './chain-head.store.ts';
import type { Epoch } from './checkpoint.ts';

interface EpochRow {
  readonly epoch: bigint;
  readonly sequence: bigint;
  readonly head: Uint8Array;
}

/**
 * Closes every hour before `current` that is open, at the head of now; whoever asks next finds them closed. False, with nothing done, while
 * somebody appends to the log and `patient` is not said: nobody's answer waits for an erasure.
 */
export async function closeEpochs(
  connection: Queryable,
  current: number,
  now: Date,
  patient: boolean,
): Promise<boolean> {
  if (isClosed(await lastEpoch(connection), current)) return true;
  if (patient) await lockChain(connection);
  else if (!(await tryLockChain(connection))) return false;
  // Read under the lock: another process may have closed them meanwhile.
  const last = await lastEpoch(connection);
  if (isClosed(last, current)) return true;
  const { sequence, hash } = await readHead(connection);
  // The log begins with the hour before the first that is asked about.
  await connection.execute(
    `insert into audit_epoch (epoch, sequence, head, closed_at)
     select e, $3, $4, $5 from generate_series($1::bigint, $2::bigint) e`,
    [last === null ? current - 1 : last + 1, current - 1, sequence, hash, now.toISOString()],
  );
  return true;
}

const isClosed = (last: number | null, current: number): boolean => last !== null && last >= current - 1;

/** In order. Twenty years are 175,000. */
export async function readEpochs(connection: Queryable): Promise<readonly Epoch[]> {
  const rows = await connection.query<EpochRow>(
    'select epoch, sequence, head from audit_epoch order by epoch',
  );
  return rows.map(({ epoch, sequence, head }) => ({
    epoch: Number(epoch),
    sequence: Number(sequence),
    head,
  }));
}

async function lastEpoch(connection: Queryable): Promise<number | null> {
  const [row] = await connection.query<{ epoch: bigint }>(
    'select epoch from audit_epoch order by epoch desc limit 1',
  );
  return row === undefined ? null : Number(row.epoch);
}
