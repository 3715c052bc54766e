/** What a database holds of a party, in every version, and its going. */
import { bytesText, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { isHeldReport } from '../composition/held.sql.ts';
import { FORGET_DEFENDANTS } from '../composition/references.sql.ts';

export type PartyKind = 'subject' | 'entity';

export interface OwnParty {
  readonly id: string;
  /** The living row of its report. */
  readonly report_id: string;
  readonly identity_digest: Uint8Array;
  readonly erased_at: Date | null;
  /** By a legal hold on its report. */
  readonly held: boolean;
}

export async function findOwnParty(
  connection: Queryable,
  kind: PartyKind,
  ownerId: string,
  id: string,
): Promise<OwnParty | null> {
  const [party] = await connection.query<OwnParty>(
    `select p.id, l.id as report_id, l.identity_digest, p.erased_at, ${isHeldReport('l')} as held
     from ${kind} p join report r on r.id = p.report_id join report l on l.id = coalesce(r.version_of, r.id)
     where p.id = $1 and p.owner_id = $2`,
    [id, ownerId],
  );
  return party ?? null;
}

export interface PartyRow {
  readonly id: string;
  readonly version_row: string;
}

/** Everybody of that kind (an entity: of the party's own kind of thing) in all versions of the report. */
export async function partiesOf(
  connection: Queryable,
  kind: PartyKind,
  reportId: string,
  like: string,
): Promise<readonly PartyRow[]> {
  const alike =
    kind === 'entity'
      ? 'and p.kind = (select e.kind from entity e where e.id = $2)'
      : 'and $2::uuid is not null';
  return connection.query<PartyRow>(
    `select p.id, p.report_id as version_row from ${kind} p join report r on r.id = p.report_id
     where (r.id = $1 or r.version_of = $1) ${alike} order by p.id`,
    [reportId, like],
  );
}

/** Things of their own that were written down as somebody's: the phone, the car. */
export async function thingsOf(connection: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    `select distinct l.to_entity as id from entity_link l where l.from_entity = any($1::uuid[]) and l.kind = 'uses'`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

export interface SealedRow {
  readonly id: string;
  readonly about_id: string;
  readonly about_kind: string;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** Of the parties and their identifiers, and the case notes of every version: free words may name anybody. */
export async function sealedOf(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
): Promise<readonly SealedRow[]> {
  return connection.query<SealedRow>(
    `select v.id, v.about_id, v.about_kind, v.key_id, v.sealed from vault_item v
     where v.about_id = any($1::uuid[]) or v.about_id = any(array(select s.id from selector s where s.entity_id = any($1::uuid[])))
       or v.about_id = any(array(select r.id from report r where r.id = $2 or r.version_of = $2)) order by v.id`,
    [ids, reportId],
  );
}

export interface PartyCounts {
  readonly vaultItems: number;
  readonly selectors: number;
  readonly versions: number;
  readonly learnedAliases: number;
}

/** What erasing the parties comes to; changes nothing. */
export async function countParty(
  connection: Queryable,
  ids: readonly string[],
  sealed: readonly SealedRow[],
  reportId: string,
  kind: PartyKind,
): Promise<PartyCounts> {
  const [counts] = await connection.query<{ selectors: number; versions: number; aliases: number }>(
    `select (select count(*)::int from selector where entity_id = any($1::uuid[])) as selectors,
       (select count(*)::int from report where id = $2 or version_of = $2) as versions,
       (select count(*)::int from learned_place_alias a where exists (${HOME_ONLY} and a.owner_id = p.owner_id and a.name_token = p.name_token)) as aliases`,
    [ids, reportId],
  );
  return {
    vaultItems: sealed.length,
    selectors: counts?.selectors ?? 0,
    versions: counts?.versions ?? 0,
    learnedAliases: kind === 'subject' ? (counts?.aliases ?? 0) : 0,
  };
}

/** Homes that only this report's journeys name. */
const HOME_ONLY = `select 1 from place_reference p where p.home and p.name_token is not null
   and exists (select 1 from waypoint w join movement m on m.id = w.movement_id join report r on r.id = m.report_id
     where w.place_reference_id = p.id and (r.id = $2 or r.version_of = $2))
   and not exists (select 1 from place_reference q join waypoint w on w.place_reference_id = q.id join movement m on m.id = w.movement_id
     join report r on r.id = m.report_id where q.owner_id = p.owner_id and q.name_token = p.name_token and r.id <> $2 and r.version_of is distinct from $2)`;

/** Leaves the pseudonym as a mark, so that what counts persons counts the same. */
export async function eraseSubjects(
  connection: Queryable,
  ids: readonly string[],
  reportId: string,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await connection.execute(
    `update subject set sex = 'unknown', age_band = 'unknown', erased_at = $2 where id = any($1::uuid[])`,
    [ids, at],
  );
  await connection.execute(
    `update party_member set sex = 'unknown', age_band = 'unknown' where subject_id = any($1::uuid[])`,
    [ids],
  );
  await connection.execute('delete from outcome where subject_id = any($1::uuid[])', [ids]);
  await connection.execute(
    `delete from learned_place_alias a where $1::uuid[] is not null
       and exists (${HOME_ONLY} and a.owner_id = p.owner_id and a.name_token = p.name_token)`,
    [ids, reportId],
  );
  await connection.execute(
    `update place_reference set name_token = null where $1::uuid[] is not null and id in (${HOME_ONLY.replace('select 1', 'select p.id')})`,
    [ids, reportId],
  );
  // The source's id leads to the paper form: it stays only while it is somebody else's too.
  await connection.execute(
    `update report r set external_reference = null where (r.id = $1 or r.version_of = $1) and not exists (
       select 1 from subject s join report v on v.id = s.report_id where (v.id = $1 or v.version_of = $1) and s.erased_at is null)`,
    [reportId],
  );
}

/** What identified them goes; that somebody took part, and as what, stays. */
export async function eraseEntities(connection: Queryable, ids: readonly string[], now: Date): Promise<void> {
  // What a person was held for is what was known of the person.
  await connection.execute(
    'delete from suspicion where person_id in (select e.person_id from entity e where e.id = any($1::uuid[]))',
    [ids],
  );
  for (const text of FORGET_DEFENDANTS) await connection.execute(text, [ids]);
  await connection.execute('delete from selector where entity_id = any($1::uuid[])', [ids]);
  await connection.execute(
    'delete from entity_link where from_entity = any($1::uuid[]) or to_entity = any($1::uuid[])',
    [ids],
  );
  await connection.execute(
    `update entity set label = case kind when 'individual' then label else kind end, person_id = null, erased_at = $2 where id = any($1::uuid[])`,
    [ids, now.toISOString()],
  );
}

export async function deleteSealed(connection: Queryable, sealed: readonly SealedRow[]): Promise<void> {
  await connection.execute('delete from vault_item where id = any($1::uuid[])', [sealed.map(({ id }) => id)]);
  await doomKeys(
    connection,
    sealed.map(({ key_id }) => key_id),
  );
}

export async function doomKeys(connection: Queryable, keyIds: readonly string[]): Promise<void> {
  await insertRows(
    connection,
    'doomed_key',
    { key_id: 'uuid' },
    [...new Set(keyIds)].map((key_id) => ({ key_id })),
    'on conflict do nothing',
  );
}

/** No digest of what it said: a guess could be held against it. */
export async function forgetContent(
  connection: Queryable,
  reportId: string,
  digest: Uint8Array,
): Promise<void> {
  await connection.execute(
    `update report set content_digest = decode($2, 'hex') where id = $1 or version_of = $1`,
    [reportId, bytesText(digest).slice(2)],
  );
}

/** Until the transaction ends nobody corrects it. */
export async function lockReport(connection: Queryable, reportId: string): Promise<void> {
  await connection.query('select id from report where id = $1 for update', [reportId]);
}
