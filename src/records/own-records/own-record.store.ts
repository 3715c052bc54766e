/** An owner's records that stand alone, locked while they are acted on, and whether what they refer to may be referred to. */
import type { Handling } from '../../kernel/vocabulary.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';

export type OwnTable = 'interdiction' | 'station_month' | 'red_flag_weight';

export interface OwnRow {
  readonly id: string;
  readonly version: number;
  readonly handling: Handling;
  readonly identity_digest: Uint8Array;
  readonly occurrence: number;
  readonly retracted_at: Date | null;
}

function columnsOf(table: OwnTable): string {
  const occurrence = table === 'interdiction' ? 't.occurrence' : '1 as occurrence';
  return `select t.id, t.version, c.handling, t.identity_digest, ${occurrence}, t.retracted_at from ${table} t join visibility_class c on c.id = t.visibility_class_id`;
}

/** One that stands, locked until the transaction ends; null for another organisation's. */
export async function lockOwn(
  connection: Queryable,
  table: OwnTable,
  ownerId: string,
  id: string,
): Promise<OwnRow | null> {
  const [row] = await connection.query<OwnRow>(
    `${columnsOf(table)} where t.id = $1 and t.owner_id = $2 and t.known_to is null and t.retracted_at is null for update of t`,
    [id, ownerId],
  );
  return row ?? null;
}

export async function lockByIdentity(
  connection: Queryable,
  table: OwnTable,
  ownerId: string,
  identity: Uint8Array,
): Promise<OwnRow | null> {
  const digest = bytesText(identity).slice(2);
  // Two first words on one station-month are one after the other, so that the second finds the first's.
  await connection.query(`select pg_advisory_xact_lock(hashtextextended($1, 11))`, [digest]);
  const [row] = await connection.query<OwnRow>(
    `${columnsOf(table)} where t.identity_digest = decode($1, 'hex') and t.owner_id = $2 and t.known_to is null for update of t`,
    [digest, ownerId],
  );
  return row ?? null;
}

/** Those of the ids that stand and are in one of the classes. */
export async function findReferred(
  connection: Queryable,
  table: 'incident' | 'entity' | 'report',
  ids: readonly string[],
  classes: readonly number[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await connection.query<{ id: string }>(
    `select id from ${table} where id = any($1::uuid[]) and known_to is null and visibility_class_id = any($2::integer[])`,
    [ids, classes],
  );
  return rows.map(({ id }) => id);
}
