/** Views for partner apps as they are kept: what was proposed, who approves, and what was told when. */
import type { Queryable } from '../../platform/database.ts';
import type { CountDimension } from './count-levels.ts';
import type { SharedLayer } from './layers/layer-feature.ts';

export interface SharedViewRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly query: string;
  readonly dimensions: readonly CountDimension[];
  /** What is drawn of the counts and told in their stead; null: they are told themselves. */
  readonly layer: SharedLayer | null;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  /** Organisations whose approval stands, ascending. */
  readonly approvers: readonly string[];
  /** Those of them that let noisy counts be told to everybody too. */
  readonly public_approvers: readonly string[];
}

const VIEWS = `select v.id, v.name, v.version, v.title, v.query, v.dimensions, v.layer, v.proposed_by, v.proposed_at,
    array(select p.organisation_id from shared_view_approval p where p.view_id = v.id and p.revoked_at is null order by 1) as approvers,
    array(select p.organisation_id from shared_view_approval p where p.view_id = v.id and p.revoked_at is null and p.for_everybody order by 1) as public_approvers
  from shared_view v where v.withdrawn_at is null`;

/** Those that are not withdrawn, by name, the latest version first. */
export function listViews(connection: Queryable): Promise<readonly SharedViewRow[]> {
  return connection.query<SharedViewRow>(`${VIEWS} order by v.name, v.version desc`);
}

/** Locked until the end of the transaction. */
export async function lockView(connection: Queryable, id: string): Promise<SharedViewRow | null> {
  await connection.query('select 1 from shared_view where id = $1 for update', [id]);
  const [row] = await connection.query<SharedViewRow>(`${VIEWS} and v.id = $1`, [id]);
  return row ?? null;
}

/** Of the first version of a name, withdrawn or not; null of one that is free. */
export async function proposerOf(connection: Queryable, name: string): Promise<string | null> {
  const [row] = await connection.query<{ proposed_by: string }>(
    'select proposed_by from shared_view where name = $1 order by version limit 1',
    [name],
  );
  return row?.proposed_by ?? null;
}

/** The version it got: one more than the latest of that name. */
export async function insertView(
  connection: Queryable,
  view: Omit<SharedViewRow, 'version' | 'approvers' | 'public_approvers'>,
): Promise<number> {
  const [made] = await connection.query<{ version: number }>(
    `insert into shared_view (id, name, version, title, query, dimensions, proposed_by, proposed_at, layer)
     select $1, $2, 1 + coalesce((select max(o.version) from shared_view o where o.name = $2), 0), $3, $4, $5::text[], $6, $7, $8 returning version`,
    [
      view.id,
      view.name,
      view.title,
      view.query,
      view.dimensions,
      view.proposed_by,
      view.proposed_at,
      view.layer,
    ],
  );
  return made!.version;
}

export async function approveView(
  connection: Queryable,
  {
    viewId,
    version,
    organisationId,
    by,
    now,
    forEverybody,
  }: {
    readonly viewId: string;
    readonly version: number;
    readonly organisationId: string;
    readonly by: string;
    readonly now: Date;
    readonly forEverybody: boolean;
  },
): Promise<void> {
  await connection.execute(
    `insert into shared_view_approval (view_id, organisation_id, version, approved_by, approved_at, for_everybody) values ($1, $2, $3, $4, $5, $6)
     on conflict (view_id, organisation_id) do update set approved_by = $4, approved_at = $5, for_everybody = $6, revoked_at = null`,
    [viewId, organisationId, version, by, now, forEverybody],
  );
}

export async function revokeApproval(
  connection: Queryable,
  viewId: string,
  organisationId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    'update shared_view_approval set revoked_at = $3 where view_id = $1 and organisation_id = $2 and revoked_at is null',
    [viewId, organisationId, now],
  );
}

/** Classes whose records may be counted: of these organisations, handled no higher than amber, never what is sensitive. */
export async function countableClasses(
  connection: Queryable,
  organisationIds: readonly string[],
): Promise<readonly number[]> {
  const rows = await connection.query<{ id: number }>(
    `select id from visibility_class where owner_id = any($1::uuid[]) and record_class in ('incident', 'movement')
       and handling in ('clear', 'green', 'amber') and sensitivity = 'routine' and released_under = '{}' order by id`,
    [organisationIds],
  );
  return rows.map(({ id }) => id);
}

/** Pairs of incidents that somebody confirmed to be one, whoever lets what be counted: it is told to nobody. */
export async function confirmedLinks(connection: Queryable): Promise<readonly (readonly [string, string])[]> {
  const rows = await connection.query<{ incident_a: string; incident_b: string }>(
    `select incident_a, incident_b from same_incident_link where status = 'confirmed' and known_to is null order by 1, 2`,
  );
  return rows.map((row) => [row.incident_a, row.incident_b]);
}
