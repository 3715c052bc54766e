/** Versions of own records that no file brings: what the living row says becomes a row of the past, and a withdrawn one stays as a mark. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';

export type VersionedTable = 'attachment' | 'exhibit' | 'legal_case' | 'record_comment' | 'referral';

/** What goes into the past with a version. */
const HANGING: Readonly<Partial<Record<VersionedTable, readonly [child: string, column: string]>>> = {
  legal_case: ['legal_case_event', 'case_id'],
  record_comment: ['comment_text', 'comment_id'],
  referral: ['referral_text', 'referral_id'],
};

/** What it says becomes a version of the past, with what hangs on it. Returns when the next one begins. */
export async function retireVersion(
  connection: Queryable,
  newId: IdSource,
  table: VersionedTable,
  id: string,
  now: Date,
): Promise<string> {
  const [row] = await connection.query<{ at: string }>(
    `select greatest($2::timestamptz, known_from + interval '1 microsecond')::text as at from ${table} where id = $1`,
    [id, now.toISOString()],
  );
  const at = row?.at ?? now.toISOString();
  const historyId = newId();
  await connection.execute(
    `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1`,
    [id, JSON.stringify({ id: historyId, version_of: id, known_to: at })],
  );
  const hanging = HANGING[table];
  if (hanging !== undefined) {
    const [child, column] = hanging;
    await connection.execute(`update ${child} set ${column} = $2 where ${column} = $1`, [id, historyId]);
  }
  return at;
}

export async function markWithdrawn(
  connection: Queryable,
  table: VersionedTable,
  id: string,
  at: string,
): Promise<void> {
  await connection.execute(
    `update ${table} set version = version + 1, known_from = $2, retracted_at = $2 where id = $1`,
    [id, at],
  );
}

export async function tellOutbox(connection: Queryable, topic: string, id: string): Promise<void> {
  await connection.execute('insert into outbox (topic, object_id) values ($1, $2)', [topic, id]);
}
