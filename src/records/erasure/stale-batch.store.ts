/** Imports of whose rows some went while their key stayed. */
import type { Queryable } from '../../platform/database.ts';

export async function markStale(connection: Queryable, batchIds: readonly string[]): Promise<void> {
  await connection.execute(
    'insert into stale_batch select distinct b from unnest($1::uuid[]) b on conflict do nothing',
    [batchIds],
  );
}

export async function staleBatches(connection: Queryable): Promise<readonly string[]> {
  const rows = await connection.query<{ batch_id: string }>(
    'select batch_id from stale_batch order by batch_id',
  );
  return rows.map(({ batch_id }) => batch_id);
}

/** Its owner and key, locked; null when another process has sealed it anew meanwhile. */
export async function takeStale(
  connection: Queryable,
  batchId: string,
): Promise<{ readonly owner_id: string; readonly key_id: string } | null> {
  const taken = await connection.execute('delete from stale_batch where batch_id = $1', [batchId]);
  if (taken === 0) return null;
  const [batch] = await connection.query<{ owner_id: string; key_id: string }>(
    'select owner_id, key_id from import_batch where id = $1 for update',
    [batchId],
  );
  return batch ?? null;
}
