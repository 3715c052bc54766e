/** Broken glasses, as they are kept. */
import type { Queryable } from '../../platform/database.ts';
import type { GlassReason } from './glass-words.ts';

export interface GlassRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly actor_id: string;
  readonly told_id: string;
  readonly reason: GlassReason;
  readonly case_token: Uint8Array;
  readonly began_at: Date;
  readonly ends_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly reviewed_at: Date | null;
  readonly reviewed_by: string | null;
  readonly justified: boolean | null;
  readonly version: number;
}

const COLUMNS = `b.id, b.organisation_id, b.actor_id, b.told_id, b.reason, b.case_token, b.began_at, b.ends_at, b.ended_at, b.ended_by,
  b.reviewed_at, b.reviewed_by, b.justified, b.version`;

/** One after the other for one person, so that two at once do not both find room. Began since then. */
export async function lockActor(
  connection: Queryable,
  actorId: string,
  since: Date,
): Promise<readonly GlassRow[]> {
  await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 35))', [actorId]);
  return connection.query<GlassRow>(
    `select ${COLUMNS} from break_glass b where b.actor_id = $1 and b.began_at > $2 order by b.began_at`,
    [actorId, since.toISOString()],
  );
}

/** Of all of an organisation; under its own lock, taken after the actor's. */
export async function countSince(
  connection: Queryable,
  organisationId: string,
  since: Date,
): Promise<number> {
  await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 35))', [organisationId]);
  const [row] = await connection.query<{ broken: number }>(
    'select count(*)::int as broken from break_glass where organisation_id = $1 and began_at > $2',
    [organisationId, since.toISOString()],
  );
  return row?.broken ?? 0;
}

export async function insertGlass(
  connection: Queryable,
  glass: Pick<
    GlassRow,
    'id' | 'organisation_id' | 'actor_id' | 'told_id' | 'reason' | 'case_token' | 'began_at' | 'ends_at'
  >,
): Promise<void> {
  await connection.execute(
    `insert into break_glass (id, organisation_id, actor_id, told_id, reason, case_token, began_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      glass.id,
      glass.organisation_id,
      glass.actor_id,
      glass.told_id,
      glass.reason,
      glass.case_token,
      glass.began_at.toISOString(),
      glass.ends_at.toISOString(),
    ],
  );
}

/** Locked until the transaction ends; another organisation's is as absent as one that is not there. */
export async function lockGlass(
  connection: Queryable,
  organisationId: string,
  id: string,
): Promise<GlassRow | null> {
  const [row] = await connection.query<GlassRow>(
    `select ${COLUMNS} from break_glass b where b.id = $1 and b.organisation_id = $2 for update`,
    [id, organisationId],
  );
  return row ?? null;
}

/** With how often something was opened under it; the latest first. `ofPerson` null: of the whole organisation. */
export async function listGlasses(
  connection: Queryable,
  organisationId: string,
  ofPerson: string | null,
): Promise<readonly (GlassRow & { readonly openings: number })[]> {
  return connection.query<GlassRow & { readonly openings: number }>(
    `select ${COLUMNS}, (select count(*)::int from audit_event e where e.object_ids @> array[b.id] and e.organisation_id = b.organisation_id
       and e.key_id = b.actor_id and e.object_kind <> 'break_glass') as openings
     from break_glass b where b.organisation_id = $1 and ($2::uuid is null or $2 in (b.actor_id, b.told_id))
     order by b.began_at desc, b.id limit 200`,
    [organisationId, ofPerson],
  );
}

/** Those that ran out by themselves and whose end is not written down. Locked until the transaction ends. */
export async function lockLapsed(
  connection: Queryable,
  organisationId: string,
  now: Date,
): Promise<readonly GlassRow[]> {
  return connection.query<GlassRow>(
    `select ${COLUMNS} from break_glass b where b.organisation_id = $1 and b.ended_at is null and b.ends_at <= $2
     order by b.ends_at, b.id for update`,
    [organisationId, now.toISOString()],
  );
}

/** Returns the version that came of it. `by` null: it ran out. */
export async function endGlass(
  connection: Queryable,
  id: string,
  at: Date,
  by: string | null,
): Promise<number> {
  const [row] = await connection.query<{ version: number }>(
    'update break_glass set ended_at = $2, ended_by = $3, version = version + 1 where id = $1 returning version',
    [id, at.toISOString(), by],
  );
  return row?.version ?? 0;
}

export async function setReview(
  connection: Queryable,
  id: string,
  at: Date,
  by: string,
  justified: boolean,
): Promise<number> {
  const [row] = await connection.query<{ version: number }>(
    `update break_glass set reviewed_at = $2, reviewed_by = $3, justified = $4, version = version + 1 where id = $1 returning version`,
    [id, at.toISOString(), by, justified],
  );
  return row?.version ?? 0;
}
