/** Legal holds: what they are on, by which case, and their end. */
import type { IdSource } from '../../kernel/ids.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { RetentionReason } from './retention-words.ts';

export interface HeldObject {
  readonly object_kind: 'report' | 'import';
  readonly id: string;
  readonly asked: string;
}

/** What each asked id is held by: a report, the report an entity stands in, of whatever version, or an import. */
export async function findHeldObjects(
  connection: Queryable,
  ownerId: string,
  asked: {
    readonly reportIds: readonly string[];
    readonly entityIds: readonly string[];
    readonly importIds: readonly string[];
  },
): Promise<readonly HeldObject[]> {
  return connection.query<HeldObject>(
    `select 'report' as object_kind, r.id, r.id as asked from report r where r.id = any($2::uuid[]) and r.owner_id = $1 and r.version_of is null
     union select 'report', coalesce(r.version_of, r.id), e.id from entity e join report r on r.id = e.report_id
       where e.id = any($3::uuid[]) and e.owner_id = $1 and e.erased_at is null
     union select 'import', b.id, b.id from import_batch b where b.id = any($4::uuid[]) and b.owner_id = $1 and b.state <> 'undone' order by 2`,
    [ownerId, asked.reportIds, asked.entityIds, asked.importIds],
  );
}

export async function insertHolds(
  connection: Queryable,
  ids: IdSource,
  objects: readonly HeldObject[],
  hold: {
    readonly ownerId: string;
    readonly visibilityClassId: number;
    readonly caseToken: Uint8Array;
    readonly reason: RetentionReason;
    readonly keyId: string;
    readonly now: Date;
  },
): Promise<number> {
  let placed = 0;
  for (const { object_kind, id } of objects)
    placed += await connection.execute(
      `insert into legal_hold (id, owner_id, visibility_class_id, object_kind, object_id, case_token, reason, placed_by, placed_at)
       values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9) on conflict do nothing`,
      [
        ids(),
        hold.ownerId,
        hold.visibilityClassId,
        object_kind,
        id,
        bytesText(hold.caseToken).slice(2),
        hold.reason,
        hold.keyId,
        hold.now.toISOString(),
      ],
    );
  return placed;
}

/** All that stand for the case, or those among `objects`. Returns what they were on. */
export async function liftHolds(
  connection: Queryable,
  ownerId: string,
  caseToken: Uint8Array,
  objects: readonly string[] | null,
  keyId: string,
  now: Date,
): Promise<readonly string[]> {
  const rows = await connection.query<{ object_id: string }>(
    `update legal_hold set lifted_by = $4, lifted_at = $5 where owner_id = $1 and case_token = decode($2, 'hex') and lifted_at is null
       and ($3::uuid[] is null or object_id = any($3::uuid[])) returning object_id`,
    [ownerId, bytesText(caseToken).slice(2), objects, keyId, now.toISOString()],
  );
  return rows.map(({ object_id }) => object_id).sort();
}

/** Until the transaction ends nobody purges, erases or corrects them. */
export async function lockObjects(connection: Queryable, objects: readonly HeldObject[]): Promise<void> {
  for (const [kind, table] of [
    ['import', 'import_batch'],
    ['report', 'report'],
  ] as const)
    await connection.query(`select id from ${table} where id = any($1::uuid[]) order by id for update`, [
      objects.filter(({ object_kind }) => object_kind === kind).map(({ id }) => id),
    ]);
}
