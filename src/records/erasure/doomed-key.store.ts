/** Keys whose destruction is decided and perhaps not yet done. */
import type { Queryable } from '../../platform/database.ts';

export async function doomedKeys(connection: Queryable): Promise<readonly string[]> {
  const rows = await connection.query<{ key_id: string }>('select key_id from doomed_key order by key_id');
  return rows.map(({ key_id }) => key_id);
}

export async function deleteDoomed(connection: Queryable, ids: readonly string[]): Promise<void> {
  await connection.execute('delete from doomed_key where key_id = any($1::uuid[])', [ids]);
}
