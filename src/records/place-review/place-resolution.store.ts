/** Place references as their owner decides them: what they say, what was decided and undone, and the aliases learnt from it. */
import { insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { DecisionColumns, NewDecision, ReferenceState } from '../composition/place-decision.ts';
import { keepReading } from './past-readings.store.ts';

export interface ReferenceRow extends Omit<ReferenceState, 'candidates'> {
  readonly id: string;
  readonly visibility_class_id: number;
  readonly written: string | null;
  /** Hexadecimal. */
  readonly name_token: string | null;
  readonly said_country: string | null;
  readonly home: boolean;
  readonly decided: string | null;
  readonly state: number;
}

const REFERENCE = `r.id, r.visibility_class_id, r.written, encode(r.name_token, 'hex') as name_token, r.said_country, r.home, r.decided, r.state,
  r.resolution, r.level, r.place_id, r.country, r.longitude, r.latitude, r.uncertainty_km, r.reason`;

/** Locked until the transaction ends; of the owner only. */
export async function lockReferences(
  connection: Queryable,
  ownerId: string,
  ids: readonly string[],
): Promise<readonly ReferenceRow[]> {
  return connection.query<ReferenceRow>(
    `select ${REFERENCE} from place_reference r where r.owner_id = $1 and r.id = any($2::uuid[]) order by r.id for update`,
    [ownerId, ids],
  );
}

/** Other references that write the same name beside the same country, of which nothing was decided yet. */
export async function lockNamesakes(
  connection: Queryable,
  ownerId: string,
  { id, name_token, said_country }: ReferenceRow,
): Promise<readonly ReferenceRow[]> {
  return connection.query<ReferenceRow>(
    `select ${REFERENCE} from place_reference r
     where r.owner_id = $1 and r.name_token = decode($2, 'hex') and r.said_country is not distinct from $3 and r.decided is null and r.id <> $4
     order by r.id for update`,
    [ownerId, name_token, said_country, id],
  );
}

export async function candidatesOf(
  connection: Queryable,
  referenceId: string,
): Promise<ReferenceState['candidates']> {
  return connection.query(
    `select place_id as "placeId", weight from place_candidate where place_reference_id = $1 order by weight desc, place_id`,
    [referenceId],
  );
}

/** What the reference says from now on; its state is one higher. What it said until `moment` is kept beside it. */
export async function writeReference(
  connection: Queryable,
  { id, visibility_class_id }: ReferenceRow,
  state: ReferenceState,
  decided: string | null,
  moment: string,
): Promise<void> {
  await keepReading(connection, 'place_reference', 't.id = $1', [id], moment);
  await connection.execute(
    `update place_reference set resolution = $2, level = $3, place_id = $4, country = $5, longitude = $6, latitude = $7, uncertainty_km = $8,
       reason = $9, decided = $10, state = state + 1 where id = $1`,
    [
      id,
      state.resolution,
      state.level,
      state.place_id,
      state.country,
      state.longitude,
      state.latitude,
      state.uncertainty_km,
      state.reason,
      decided,
    ],
  );
  await connection.execute('delete from place_candidate where place_reference_id = $1', [id]);
  await insertRows(
    connection,
    'place_candidate',
    { place_reference_id: 'uuid', place_id: 'uuid', weight: 'float8', visibility_class_id: 'integer' },
    state.candidates.map(({ placeId, weight }) => ({
      place_reference_id: id,
      place_id: placeId,
      weight,
      visibility_class_id,
    })),
  );
}

export interface StandingDecision extends DecisionColumns {
  readonly id: string;
  readonly place_reference_id: string;
  readonly act_id: string;
  readonly before: NewDecision['before'];
}

/** The decision that stands of a reference; null where there is none. */
export async function findStanding(
  connection: Queryable,
  ownerId: string,
  referenceId: string,
): Promise<StandingDecision | null> {
  const rows = await connection.query<StandingDecision>(
    `select p.id, p.place_reference_id, p.act_id, p.before, p.decided, p.place_id, p.longitude, p.latitude, p.level from place_resolution p
     where p.owner_id = $1 and p.place_reference_id = $2 and p.undone_at is null order by p.state desc limit 1`,
    [ownerId, referenceId],
  );
  return rows[0] ?? null;
}

/** Decisions of one act of which nothing later stands. */
export async function findStandingOfAct(
  connection: Queryable,
  ownerId: string,
  actId: string,
): Promise<readonly StandingDecision[]> {
  return connection.query<StandingDecision>(
    `select p.id, p.place_reference_id, p.act_id, p.before, p.decided, p.place_id, p.longitude, p.latitude, p.level from place_resolution p
     where p.owner_id = $1 and p.act_id = $2 and p.undone_at is null
       and not exists (select 1 from place_resolution q where q.place_reference_id = p.place_reference_id and q.undone_at is null and q.state > p.state)
     order by p.place_reference_id`,
    [ownerId, actId],
  );
}

export async function markUndone(
  connection: Queryable,
  ids: readonly string[],
  keyId: string,
  now: Date,
): Promise<void> {
  await connection.execute(
    'update place_resolution set undone_by = $2, undone_at = $3 where id = any($1::uuid[])',
    [ids, keyId, now.toISOString()],
  );
}

export interface NewAlias extends DecisionColumns {
  readonly id: string;
  readonly act_id: string;
  readonly learned_by: string;
}

/** A name learnt again means what was said last. Returns its id. */
export async function learnAlias(
  connection: Queryable,
  ownerId: string,
  reference: ReferenceRow,
  name: string | null,
  alias: NewAlias,
  now: Date,
): Promise<string> {
  const [row] = await connection.query<{ id: string }>(
    `insert into learned_place_alias (id, owner_id, visibility_class_id, name_token, name, said_country, decided, place_id, longitude, latitude, level,
       act_id, learned_by, learned_at)
     values ($1, $2, $3, decode($4, 'hex'), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (owner_id, name_token, said_country) do update set name = excluded.name, decided = excluded.decided, place_id = excluded.place_id,
       longitude = excluded.longitude, latitude = excluded.latitude, level = excluded.level, act_id = excluded.act_id,
       learned_by = excluded.learned_by, learned_at = excluded.learned_at
     returning id`,
    [
      alias.id,
      ownerId,
      reference.visibility_class_id,
      reference.name_token,
      name,
      reference.said_country ?? '',
      alias.decided,
      alias.place_id,
      alias.longitude,
      alias.latitude,
      alias.level,
      alias.act_id,
      alias.learned_by,
      now.toISOString(),
    ],
  );
  return (row as { id: string }).id;
}

export async function forgetAliasOfAct(
  connection: Queryable,
  ownerId: string,
  actId: string,
): Promise<string | null> {
  const rows = await connection.query<{ id: string }>(
    'delete from learned_place_alias where owner_id = $1 and act_id = $2 returning id',
    [ownerId, actId],
  );
  return rows[0]?.id ?? null;
}

/** False when the owner has none with that id. */
export async function forgetAlias(connection: Queryable, ownerId: string, id: string): Promise<boolean> {
  return (
    (await connection.execute('delete from learned_place_alias where owner_id = $1 and id = $2', [
      ownerId,
      id,
    ])) > 0
  );
}
