/** Policies, decisions and what is due, as the hub itself keeps them. */
import type { Queryable } from '../../platform/database.ts';
import { dueItems, STORED } from './due.sql.ts';
import type {
  RetentionAction,
  RetentionClass,
  RetentionDecision,
  RetentionReason,
} from './retention-words.ts';

export interface NewPolicy {
  readonly id: string;
  readonly ownerId: string;
  readonly visibilityClassId: number;
  readonly recordClass: RetentionClass;
  readonly months: number;
  readonly action: RetentionAction;
  readonly reason: RetentionReason;
  readonly keyId: string;
  readonly now: Date;
}

/** The version that stands, locked; 0 where nothing was said. */
export async function lockPolicy(
  connection: Queryable,
  ownerId: string,
  recordClass: RetentionClass,
): Promise<number> {
  await connection.query('select id from organisation where id = $1 for update', [ownerId]);
  const [row] = await connection.query<{ version: number }>(
    'select version from retention_policy where owner_id = $1 and record_class = $2 and known_to is null',
    [ownerId, recordClass],
  );
  return row?.version ?? 0;
}

export async function insertPolicy(connection: Queryable, policy: NewPolicy, version: number): Promise<void> {
  const at = `greatest($3::timestamptz, coalesce((select max(known_from) from retention_policy where owner_id = $1 and record_class = $2), '-infinity') + interval '1 microsecond')`;
  const [row] = await connection.query<{ at: string }>(`select (${at})::text as at`, [
    policy.ownerId,
    policy.recordClass,
    policy.now.toISOString(),
  ]);
  await connection.execute(
    'update retention_policy set known_to = $3 where owner_id = $1 and record_class = $2 and known_to is null',
    [policy.ownerId, policy.recordClass, row?.at],
  );
  await connection.execute(
    `insert into retention_policy (id, owner_id, visibility_class_id, record_class, months, action, reason, key_id, version, known_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      policy.id,
      policy.ownerId,
      policy.visibilityClassId,
      policy.recordClass,
      policy.months,
      policy.action,
      policy.reason,
      policy.keyId,
      version,
      row?.at,
    ],
  );
}

export interface DueItem {
  readonly object_kind: 'report' | 'import';
  readonly id: string;
  readonly record_class: RetentionClass;
  readonly held: boolean;
  readonly version: number;
  readonly due_on: string;
}

/** One item with a clock, due or not; null where the organisation has none of that id. */
export async function findItem(connection: Queryable, ownerId: string, id: string): Promise<DueItem | null> {
  const [item] = await connection.query<DueItem>(
    `select q.* from ${dueItems(STORED, '$1')} q where q.id = $2`,
    [ownerId, id],
  );
  return item ?? null;
}

/** What is to be purged on a day and not held, longest due first. `among`: of these alone. */
export async function findPurgeable(
  connection: Queryable,
  ownerId: string,
  today: string,
  { atMost, among }: { readonly atMost: number | null; readonly among: readonly string[] | null },
): Promise<readonly DueItem[]> {
  return connection.query<DueItem>(
    `select q.* from ${dueItems(STORED, '$1')} q where q.due_on <= $2::date and q.action = 'purge' and not q.held
       and ($4::uuid[] is null or q.id = any($4::uuid[])) order by q.due_on, q.id limit $3`,
    [ownerId, today, atMost, among],
  );
}

export interface DueCount {
  readonly record_class: RetentionClass;
  readonly action: RetentionAction;
  readonly held: boolean;
  readonly n: number;
}

export async function countDue(
  connection: Queryable,
  ownerId: string,
  today: string,
): Promise<readonly DueCount[]> {
  return connection.query<DueCount>(
    `select q.record_class, q.action, q.held, count(*)::int as n from ${dueItems(STORED, '$1')} q where q.due_on <= $2::date
     group by q.record_class, q.action, q.held order by 1, 2, 3`,
    [ownerId, today],
  );
}

/** Until the transaction ends nobody corrects, holds or imports onto them. */
export async function lockItems(connection: Queryable, items: readonly DueItem[]): Promise<void> {
  for (const [kind, table] of [
    ['import', 'import_batch'],
    ['report', 'report'],
  ] as const)
    await connection.query(`select id from ${table} where id = any($1::uuid[]) order by id for update`, [
      items.filter(({ object_kind }) => object_kind === kind).map(({ id }) => id),
    ]);
}

export async function insertDecision(
  connection: Queryable,
  decision: {
    readonly id: string;
    readonly ownerId: string;
    readonly visibilityClassId: number;
    readonly item: DueItem;
    readonly decision: RetentionDecision;
    readonly until: string | null;
    readonly reason: RetentionReason;
    readonly keyId: string;
    readonly now: Date;
  },
): Promise<void> {
  await connection.execute(
    `insert into retention_decision (id, owner_id, visibility_class_id, object_kind, object_id, decision, until, reason, key_id, version, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      decision.id,
      decision.ownerId,
      decision.visibilityClassId,
      decision.item.object_kind,
      decision.item.id,
      decision.decision,
      decision.until,
      decision.reason,
      decision.keyId,
      decision.item.version + 1,
      decision.now.toISOString(),
    ],
  );
}

export async function tellPurged(connection: Queryable, reportIds: readonly string[]): Promise<void> {
  await connection.execute(
    `insert into outbox (topic, object_id) select 'report.purged', id from unnest($1::uuid[]) id`,
    [reportIds],
  );
}
