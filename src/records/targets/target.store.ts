/** Targets, as they are kept. */
import type { TargetAction, TargetClosing, TargetKind, TargetStage } from '../../kernel/target-words.ts';
import type { Queryable } from '../../platform/database.ts';

/** Of one target. */
export const MOST_RECORDS = 50;

export interface StandingTarget {
  readonly id: string;
  readonly stage: TargetStage;
  readonly version: number;
}

/** How a target stands after an act. */
export interface TargetState {
  readonly stage: TargetStage;
  readonly nextAction: TargetAction | null;
  /** "2026-11-30" */
  readonly dueOn: string;
  readonly responsible: string;
  readonly closedFor: TargetClosing | null;
}

export interface NewTarget {
  readonly id: string;
  readonly ownerId: string;
  readonly visibilityClassId: number;
  readonly kind: TargetKind;
  readonly entityIds: readonly string[];
}

/** Who did it, and when. */
export interface DoneBy {
  readonly keyId: string;
  readonly now: Date;
}

/** Open targets of the organisation, and which of these entities one of them holds; one after the other, so that two at once do not both find room. */
export async function openOnes(
  connection: Queryable,
  ownerId: string,
  entityIds: readonly string[],
): Promise<{ readonly open: number; readonly held: string | null }> {
  await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 60))', [ownerId]);
  const [row] = await connection.query<{ open: number; held: string | null }>(
    `select count(*)::int as open, (min(t.id::text) filter (where t.entity_ids && $2::uuid[])) as held
     from target t where t.owner_id = $1 and t.stage <> 'closed'`,
    [ownerId, entityIds],
  );
  return row ?? { open: 0, held: null };
}

export async function insertTarget(
  connection: Queryable,
  target: NewTarget,
  state: TargetState,
  { keyId, now }: DoneBy,
): Promise<void> {
  await connection.execute(
    `insert into target (id, owner_id, visibility_class_id, kind, entity_ids, stage, next_action, due_on, responsible, opened_by, opened_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      target.id,
      target.ownerId,
      target.visibilityClassId,
      target.kind,
      target.entityIds,
      state.stage,
      state.nextAction,
      state.dueOn,
      state.responsible,
      keyId,
      now.toISOString(),
    ],
  );
  await noteStep(connection, target.id, { keyId, now }, target.entityIds.length);
}

/**
 * Which of these the target has, and how many its acts put in: not how many it holds, which would tell that somebody erased what is seen no more. An
 * opening before that was noted counts as a full target.
 */
export async function heldRecords(
  connection: Queryable,
  id: string,
  entityIds: readonly string[],
): Promise<{ readonly putIn: number; readonly known: readonly string[] }> {
  const [row] = await connection.query<{ putIn: number; known: readonly string[] }>(
    `select (select sum(coalesce(s.added, case when s.number = 1 then $3 else 0 end))::int from target_step s where s.target_id = t.id) as "putIn",
       array(select unnest(t.entity_ids) intersect select unnest($2::uuid[])) as known from target t where t.id = $1`,
    [id, entityIds, MOST_RECORDS],
  );
  return row ?? { putIn: 0, known: [] };
}

/** Those of the entities that are no more, or have a newer version; the others stay as they are until the transaction ends. */
export async function goneEntities(
  connection: Queryable,
  entityIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    'select e.id from entity e where e.id = any($1::uuid[]) and e.known_to is null order by e.id for share',
    [entityIds],
  );
  const living = new Set(rows.map(({ id }) => id));
  return entityIds.filter((id) => !living.has(id));
}

/** Locked until the transaction ends; another organisation's is as absent as one that is not there. */
export async function lockTarget(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<(StandingTarget & TargetState) | null> {
  const [row] = await connection.query<StandingTarget & TargetState>(
    `select id, version, stage, next_action as "nextAction", due_on::text as "dueOn", responsible, closed_for as "closedFor"
     from target where id = $1 and owner_id = $2 for update`,
    [id, ownerId],
  );
  return row ?? null;
}

export async function changeTarget(
  connection: Queryable,
  id: string,
  { stage, nextAction, dueOn, responsible, closedFor }: TargetState,
  by: DoneBy,
  added: readonly string[] = [],
): Promise<void> {
  await connection.execute(
    `update target set stage = $2, next_action = $3, due_on = $4, responsible = $5, closed_for = $6, changed_at = $7, entity_ids = entity_ids || $8::uuid[], version = version + 1 where id = $1`,
    [id, stage, nextAction, dueOn, responsible, closedFor, by.now.toISOString(), added],
  );
  await noteStep(connection, id, by, added.length);
}

/** By whom it was called ready last; null where it never was. */
export async function whoMadeReady(connection: Queryable, id: string): Promise<string | null> {
  const [row] = await connection.query<{ done_by: string }>(
    `select s.done_by from target_step s where s.target_id = $1 and s.stage = 'ready'
       and not exists (select 1 from target_step p where p.target_id = $1 and p.number = s.number - 1 and p.stage = 'ready')
     order by s.number desc limit 1`,
    [id],
  );
  return row?.done_by ?? null;
}

async function noteStep(
  connection: Queryable,
  id: string,
  { keyId, now }: DoneBy,
  added: number,
): Promise<void> {
  await connection.execute(
    `insert into target_step (target_id, number, owner_id, visibility_class_id, stage, next_action, due_on, responsible, closed_for, added, done_by, done_at)
     select id, version, owner_id, visibility_class_id, stage, next_action, due_on, responsible, closed_for, $4, $2, $3 from target where id = $1`,
    [id, keyId, now.toISOString(), added],
  );
}
