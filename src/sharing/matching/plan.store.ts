/** What organisations plan, and who was told to talk to whom. */
import type { Queryable } from '../../platform/database.ts';
import type { PlanKind } from './match-words.ts';

export interface PlanRow {
  readonly id: string;
  readonly owner_id: string;
  readonly kind: PlanKind;
  readonly longitude: number;
  readonly latitude: number;
  readonly radius_km: number;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly reference: Uint8Array | null;
  readonly reference_key: string | null;
  readonly version: number;
}

const COLUMNS = `p.id, p.owner_id, p.kind, p.longitude, p.latitude, p.radius_km, p.starts_at, p.ends_at, p.reference, p.reference_key, p.version`;

/** Not withdrawn, and not over for longer than the hub keeps them. The latest beginning first. */
export function listPlans(connection: Queryable, ownerIds: readonly string[]): Promise<readonly PlanRow[]> {
  return connection.query<PlanRow>(
    `select ${COLUMNS} from planned_event p where p.owner_id = any($1::uuid[]) and p.withdrawn_at is null order by p.starts_at desc, p.id`,
    [ownerIds],
  );
}

/** Locked until the transaction ends. */
export async function lockPlan(connection: Queryable, ownerId: string, id: string): Promise<PlanRow | null> {
  const [row] = await connection.query<PlanRow>(
    `select ${COLUMNS} from planned_event p where p.id = $2 and p.owner_id = $1 and p.withdrawn_at is null for update`,
    [ownerId, id],
  );
  return row ?? null;
}

export async function insertPlan(
  connection: Queryable,
  row: Omit<PlanRow, 'version'>,
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into planned_event (id, owner_id, kind, longitude, latitude, radius_km, starts_at, ends_at, reference, reference_key, key_id, version, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)`,
    [
      row.id,
      row.owner_id,
      row.kind,
      row.longitude,
      row.latitude,
      row.radius_km,
      row.starts_at.toISOString(),
      row.ends_at.toISOString(),
      row.reference,
      row.reference_key,
      keyId,
      now.toISOString(),
    ],
  );
}

/** Its reference can be read no more; what the others were told stays with them. */
export async function withdrawPlan(connection: Queryable, plan: PlanRow, now: Date): Promise<void> {
  await connection.execute(
    'update planned_event set withdrawn_at = $2, version = version + 1, reference = null, reference_key = null where id = $1',
    [plan.id, now.toISOString()],
  );
  await doomKeys(connection, [plan.reference_key]);
}

/** Of one organisation, those that are over for so many days. */
export async function forgetPlans(
  connection: Queryable,
  ownerId: string,
  days: number,
  now: Date,
): Promise<void> {
  const gone = await connection.query<{ reference_key: string | null }>(
    `delete from planned_event where owner_id = $1 and ends_at < $3::timestamptz - make_interval(days => $2) returning reference_key`,
    [ownerId, days, now.toISOString()],
  );
  await doomKeys(
    connection,
    gone.map(({ reference_key }) => reference_key),
  );
}

/** One plans after the other: two that are made at once meet. */
export async function lockPlanning(connection: Queryable): Promise<void> {
  await connection.query('select pg_advisory_xact_lock(33, 1)');
}

export async function countPlanned(connection: Queryable, ownerId: string, since: Date): Promise<number> {
  const [row] = await connection.query<{ planned: number }>(
    'select count(*)::int as planned from planned_event where owner_id = $1 and planned_at >= $2',
    [ownerId, since.toISOString()],
  );
  return row?.planned ?? 0;
}

interface MutualRow {
  readonly other_id: string;
  readonly agreement_id: string;
  /** Of both arrangements. */
  readonly key_ids: readonly string[];
}

/** Pairs of organisations that opened matching to each other under one agreement, seen from one of them. */
export function mutuallyOpen(connection: Queryable, organisationId: string): Promise<readonly MutualRow[]> {
  return connection.query(
    `select a.asker_id as other_id, a.agreement_id, array[a.key_id, b.key_id] as key_ids from matching_arrangement a
     join matching_arrangement b on b.agreement_id = a.agreement_id and b.owner_id = a.asker_id and b.asker_id = a.owner_id and b.closed_at is null
     where a.owner_id = $1 and a.closed_at is null order by a.asker_id, a.agreement_id`,
    [organisationId],
  );
}

/** Once for a plan and another organisation. True when it is new. */
export async function noteTalk(
  connection: Queryable,
  planId: string,
  otherId: string,
  agreementId: string,
  now: Date,
): Promise<boolean> {
  return (
    (await connection.execute(
      'insert into talk_notice (plan_id, other_id, agreement_id, noticed_at) values ($1, $2, $3, $4) on conflict do nothing',
      [planId, otherId, agreementId, now.toISOString()],
    )) > 0
  );
}

export interface NoticeRow {
  readonly plan_id: string;
  readonly other_id: string;
  readonly other: string;
  readonly agreement_id: string;
  readonly noticed_at: Date;
}

/** Of an organisation's own plans that stand. */
export function listNotices(connection: Queryable, ownerId: string): Promise<readonly NoticeRow[]> {
  return connection.query<NoticeRow>(
    `select n.plan_id, n.other_id, o.slug as other, n.agreement_id, n.noticed_at from talk_notice n
     join planned_event p on p.id = n.plan_id and p.withdrawn_at is null join organisation o on o.id = n.other_id
     where p.owner_id = $1 order by n.noticed_at desc, n.plan_id, o.slug`,
    [ownerId],
  );
}

async function doomKeys(connection: Queryable, ids: readonly (string | null)[]): Promise<void> {
  const doomed = ids.filter((id) => id !== null);
  await connection.execute(
    'insert into doomed_key (key_id) select id from unnest($1::uuid[]) as d (id) on conflict do nothing',
    [doomed],
  );
}
