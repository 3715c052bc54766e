/** The hours of the audit log: closed once each, in order, and read for the tree over them. */
import type { Queryable } from '../platform/database.ts';
import { lockChain, readHead } from './chain-head.store.ts';
import type { Epoch } from './checkpoint.ts';

interface EpochRow {
  readonly epoch: bigint;
  readonly sequence: bigint;
  readonly head: Uint8Array;
}

/** Closes every hour before `current` that is open, at the head of now. Whoever asks next finds them closed. */
export async function closeEpochs(connection: Queryable, current: number, now: Date): Promise<void> {
  const last = await lastEpoch(connection);
  if (last !== null && last >= current - 1) return;
  await lockChain(connection);
  const { sequence, hash } = await readHead(connection);
  // The log begins with the hour before the first that is asked about.
  await connection.execute(
    `insert into audit_epoch (epoch, sequence, head, closed_at)
     select e, $3, $4, $5 from generate_series($1::bigint, $2::bigint) e on conflict (epoch) do nothing`,
    [last === null ? current - 1 : last + 1, current - 1, sequence, hash, now.toISOString()],
  );
}

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
