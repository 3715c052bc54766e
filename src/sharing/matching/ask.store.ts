/** Who asked whom, and how much: what quotas and alerts are counted from. What was asked is never kept. */
import type { Queryable } from '../../platform/database.ts';
import type { AskKind, AskRefusal } from './match-words.ts';

export interface AskRow {
  readonly id: string;
  readonly arrangement_id: string | null;
  readonly owner_id: string | null;
  readonly asker_id: string;
  readonly key_id: string;
  readonly kind: AskKind;
  readonly selectors: number;
  readonly purpose: string;
  readonly tell: string;
  readonly refusal: AskRefusal | null;
  readonly hits: number | null;
  readonly fingerprint: Uint8Array | null;
}

export async function insertAsk(connection: Queryable, row: AskRow, now: Date): Promise<void> {
  await connection.execute(
    `insert into matching_ask (id, arrangement_id, owner_id, asker_id, key_id, kind, asked_at, selectors, purpose, tell, refusal, hits, fingerprint)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id,
      row.arrangement_id,
      row.owner_id,
      row.asker_id,
      row.key_id,
      row.kind,
      now.toISOString(),
      row.selectors,
      row.purpose,
      row.tell,
      row.refusal,
      row.hits,
      row.fingerprint,
    ],
  );
}

export interface KeptAsk extends Pick<AskRow, 'arrangement_id' | 'refusal' | 'hits'> {
  readonly asked_at: Date;
}

/** Of an asker. */
export async function findAsk(connection: Queryable, askerId: string, id: string): Promise<KeptAsk | null> {
  const [row] = await connection.query<KeptAsk>(
    'select arrangement_id, refusal, hits, asked_at from matching_ask where id = $2 and asker_id = $1',
    [askerId, id],
  );
  return row ?? null;
}

/** Selectors that were looked at under an arrangement since a moment. */
export async function askedSince(
  connection: Queryable,
  arrangementId: string,
  kind: AskKind,
  since: Date,
): Promise<number> {
  const [row] = await connection.query<{ asked: number }>(
    `select coalesce(sum(selectors), 0)::int as asked from matching_ask
     where arrangement_id = $1 and kind = $2 and asked_at >= $3 and refusal is null`,
    [arrangementId, kind, since.toISOString()],
  );
  return row?.asked ?? 0;
}

/** Points in batches of one asker since a moment, refused ones too. */
export async function pointsSince(connection: Queryable, askerId: string, since: Date): Promise<number> {
  // One after the other for one asker: several at once would all find the same room.
  await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 40))', [askerId]);
  const [row] = await connection.query<{ points: number }>(
    `select coalesce(sum(selectors), 0)::int as points from matching_ask where asker_id = $1 and kind = 'batch' and asked_at >= $2`,
    [askerId, since.toISOString()],
  );
  return row?.points ?? 0;
}

export interface AskHistory {
  /** How often that very value, the asking in hand included. */
  readonly same: number;
  readonly singles: number;
  readonly misses: number;
  readonly small_batches: number;
  readonly missed_follow_ups: number;
}

/** Of one asker at one owner, in a month of days; batches and follow-ups in a week. */
export async function historyOf(
  connection: Queryable,
  ownerId: string,
  askerId: string,
  fingerprint: Uint8Array | null,
  smallBatch: number,
  now: Date,
): Promise<AskHistory> {
  const [row] = await connection.query<AskHistory>(
    `select count(*) filter (where fingerprint = $3)::int as same,
       count(*) filter (where kind = 'single')::int as singles,
       count(*) filter (where kind = 'single' and coalesce(hits, 0) = 0)::int as misses,
       count(*) filter (where kind = 'batch' and selectors <= $4 and asked_at > $5::timestamptz - interval '7 days')::int as small_batches,
       count(*) filter (where kind = 'follow_up' and hits < selectors and asked_at > $5::timestamptz - interval '7 days')::int as missed_follow_ups
     from matching_ask where owner_id = $1 and asker_id = $2 and asked_at > $5::timestamptz - interval '30 days'`,
    [ownerId, askerId, fingerprint, smallBatch, now.toISOString()],
  );
  return row as AskHistory;
}

/** What a value was known again by goes when nothing is counted from it any more, whoever asked: the receipts of the asking with it. */
export async function forgetFingerprints(connection: Queryable, now: Date): Promise<void> {
  await connection.execute(
    `with over as (
       update matching_ask set fingerprint = null
       where fingerprint is not null and asked_at <= $1::timestamptz - interval '30 days' returning id, asker_id)
     delete from act_receipt r using over where r.owner_id = over.asker_id and r.report_id = over.id`,
    [now.toISOString()],
  );
}
