/** Which of its entities an owner lets nobody match. */
import type { Queryable } from '../../platform/database.ts';

export interface ExclusionRow {
  readonly entity_id: string;
  readonly excluded_at: Date;
  readonly key_id: string;
}

/** Whether the organisation has such an entity, in any version: what was known by an older one stays excluded. */
export async function ownsEntity(connection: Queryable, ownerId: string, id: string): Promise<boolean> {
  const rows = await connection.query('select id from entity where id = $2 and owner_id = $1 for key share', [
    ownerId,
    id,
  ]);
  return rows.length > 0;
}

export async function excludeEntity(
  connection: Queryable,
  ownerId: string,
  id: string,
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into matching_exclusion (entity_id, owner_id, key_id, excluded_at) values ($1, $2, $3, $4)
     on conflict (entity_id) do nothing`,
    [id, ownerId, keyId, now.toISOString()],
  );
}

/** Whether it was excluded. */
export async function includeEntity(connection: Queryable, ownerId: string, id: string): Promise<boolean> {
  return (
    (await connection.execute('delete from matching_exclusion where owner_id = $1 and entity_id = $2', [
      ownerId,
      id,
    ])) > 0
  );
}

export function listExclusions(connection: Queryable, ownerId: string): Promise<readonly ExclusionRow[]> {
  return connection.query<ExclusionRow>(
    'select entity_id, excluded_at, key_id from matching_exclusion where owner_id = $1 order by excluded_at desc, entity_id',
    [ownerId],
  );
}
