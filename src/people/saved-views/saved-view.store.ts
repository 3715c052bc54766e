/** Saved views, as they are kept. */
import type { Queryable } from '../../platform/database.ts';

export interface StandingView {
  readonly id: string;
  readonly made_by: string;
  readonly page: string;
  readonly shared: boolean;
  readonly version: number;
}

export interface NewView {
  readonly id: string;
  readonly ownerId: string;
  readonly visibilityClassId: number;
  readonly madeBy: string;
  readonly name: string;
  readonly page: string;
  readonly address: string;
  readonly shared: boolean;
  readonly now: Date;
}

/** How many somebody keeps; one after the other, so that two at once do not both find room. */
export async function countOwn(connection: Queryable, madeBy: string): Promise<number> {
  await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 56))', [madeBy]);
  const [row] = await connection.query<{ kept: number }>(
    'select count(*)::int as kept from saved_view where made_by = $1',
    [madeBy],
  );
  return row?.kept ?? 0;
}

export async function insertView(connection: Queryable, view: NewView): Promise<void> {
  await connection.execute(
    `insert into saved_view (id, owner_id, visibility_class_id, made_by, name, page, address, shared, made_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      view.id,
      view.ownerId,
      view.visibilityClassId,
      view.madeBy,
      view.name,
      view.page,
      view.address,
      view.shared,
      view.now.toISOString(),
    ],
  );
}

/** Locked until the transaction ends; another organisation's is as absent as one that is not there. */
export async function lockView(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<StandingView | null> {
  const [row] = await connection.query<StandingView>(
    'select id, made_by, page, shared, version from saved_view where id = $1 and owner_id = $2 for update',
    [id, ownerId],
  );
  return row ?? null;
}

export async function renameTo(connection: Queryable, id: string, name: string, now: Date): Promise<void> {
  await connection.execute(
    'update saved_view set name = $2, changed_at = $3, version = version + 1 where id = $1',
    [id, name, now.toISOString()],
  );
}

export async function setShared(
  connection: Queryable,
  id: string,
  shared: boolean,
  now: Date,
): Promise<void> {
  await connection.execute(
    'update saved_view set shared = $2, changed_at = $3, version = version + 1 where id = $1',
    [id, shared, now.toISOString()],
  );
}

export async function dropView(connection: Queryable, id: string): Promise<void> {
  await connection.execute('delete from saved_view where id = $1', [id]);
}

/** What nobody else ever saw. */
export async function dropUnshared(connection: Queryable, madeBy: string): Promise<void> {
  await connection.execute('delete from saved_view where made_by = $1 and not shared', [madeBy]);
}
