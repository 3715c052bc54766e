/** Who was shown a record of an organisation, and the notices that wait at each of them. Asked by classes and grants, so that whoever could see it is among them. */
import type { IdSource } from '../../kernel/ids.ts';
import { HANDLINGS } from '../../kernel/vocabulary.ts';
import { insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { NewNotice, NoticeKind } from './notice.ts';

/** Lowest first, so that a ceiling is one comparison. */
const RANK = `array[${HANDLINGS.map((handling) => `'${handling}'`).join(', ')}]`;

/** $1: ids of records. Every version of a report, with all that hangs on it and may be granted apart. */
const PARTS_OF_REPORTS = `versions as materialized (
    select r.id, coalesce(r.version_of, r.id) as object_id from report r where r.id = any($1::uuid[]) or r.version_of = any($1::uuid[])),
  part as (
    select r.id as object_id, r.id as report_id, t.visibility_class_id, t.known_from, t.known_to
      from unnest($1::uuid[]) r (id) join report t on t.id = r.id or t.version_of = r.id
    ${['incident', 'movement', 'statement', 'entity']
      .map(
        (table) =>
          `union select v.object_id, v.object_id, t.visibility_class_id, t.known_from, t.known_to from ${table} t join versions v on v.id = t.report_id`,
      )
      .join('\n    ')})`;

/** $1: entities. A person is held for by what every version of them said. */
const PARTS_OF_PERSONS = `part as (
    select p.id as object_id, coalesce(r.version_of, r.id) as report_id, e.visibility_class_id, e.known_from, e.known_to
      from entity p join entity e on e.person_id = p.person_id join report r on r.id = e.report_id where p.id = any($1::uuid[]))`;

/**
 * Case by case from the release on; releases that ended are remembered, also of what is its author's alone again since an originator consents no
 * more.
 */
const SINCE = `greatest(p.known_from, g.valid_from, k.released_at)`;
const UNTIL = `least(coalesce(p.known_to, 'infinity'), coalesce(g.revoked_at, 'infinity'), coalesce(g.valid_to, 'infinity'), coalesce(k.ended_at, 'infinity'))`;

/** By what grants reach, and until a marking rose. To be grouped by the first four. */
const SHOWN = `select object_id, owner_id, grantee_id, agreement_id, min(since) as since, max(until) as until from (
  select p.object_id, c.owner_id, g.grantee_id, g.agreement_id,
    ${SINCE} as since, ${UNTIL} as until
  from part p
  join visibility_class c on c.id = p.visibility_class_id
  join access_grant g on g.owner_id = c.owner_id and g.record_class = c.record_class and (c.sensitivity = 'routine' or g.case_by_case)
    and array_position(${RANK}, c.handling) <= array_position(${RANK}, g.handling_ceiling)
  left join case_release k on g.case_by_case and k.agreement_id = g.agreement_id and k.report_id = p.report_id
  where g.valid_from <= $2 and (not g.case_by_case or k.id is not null) and ${SINCE} < ${UNTIL}
  union all select p.object_id, b.owner_id, b.recipient_id, b.agreement_id, b.since, b.until
  from (select distinct object_id, report_id from part) p join recipient_before b on b.report_id = p.report_id) q`;

/** A report, an organisation it was shown to, and under what. */
export interface Shown {
  readonly object_id: string;
  readonly owner_id: string;
  readonly grantee_id: string;
  readonly agreement_id: string | null;
  readonly since: Date;
  readonly until: Date;
}

export interface ShownTo {
  readonly object_id: string;
  readonly grantee_id: string;
  readonly agreement_id: string | null;
  readonly since: Date;
  /** null: it still is. */
  readonly until: Date | null;
}

/** Organisations that could see a report or a part of it until now, each with its agreement, whether the grant still runs or not. */
export function recipientsOf(
  connection: Queryable,
  reportIds: readonly string[],
  ownerId: string,
  now: Date,
): Promise<readonly ShownTo[]> {
  return connection.query<ShownTo>(
    `with ${PARTS_OF_REPORTS}, shown as (${SHOWN} where owner_id = $3 group by 1, 2, 3, 4)
     select object_id, grantee_id, agreement_id, since, case when until <= $2 then until end as until from shown
     order by object_id, since, grantee_id, agreement_id`,
    [reportIds, now.toISOString(), ownerId],
  );
}

/** Of one report, whoever it is of. */
export function shownTo(connection: Queryable, reportId: string, now: Date): Promise<readonly Shown[]> {
  return connection.query<Shown>(
    `with ${PARTS_OF_REPORTS}, shown as (${SHOWN} group by 1, 2, 3, 4)
     select object_id, owner_id, grantee_id, agreement_id, since, least(until, $2::timestamptz) as until from shown
     where since < least(until, $2::timestamptz) order by 3, 4`,
    [[reportId], now.toISOString()],
  );
}

/** Kept whatever grants will reach: those of before are among them, so the rows take their place. */
export async function keepShown(
  connection: Queryable,
  reportId: string,
  shown: readonly Shown[],
): Promise<void> {
  await connection.execute('delete from recipient_before where report_id = $1', [reportId]);
  for (const { owner_id, grantee_id, agreement_id, since, until } of shown)
    await connection.execute(
      `insert into recipient_before (report_id, owner_id, recipient_id, agreement_id, since, until) values ($1, $2, $3, $4, $5, $6)`,
      [reportId, owner_id, grantee_id, agreement_id, since.toISOString(), until.toISOString()],
    );
}

/** One for each organisation that was shown the record; who has one of that kind that is open is not told twice. */
export async function noticesFor(
  connection: Queryable,
  ids: IdSource,
  kind: NoticeKind,
  objectIds: readonly string[],
  now: Date,
): Promise<readonly NewNotice[]> {
  const parts = kind === 'cleared' ? PARTS_OF_PERSONS : PARTS_OF_REPORTS;
  const rows = await connection.query<Pick<NewNotice, 'ownerId' | 'recipientId' | 'objectId'>>(
    `with ${parts}, shown as (${SHOWN} group by 1, 2, 3, 4)
     select distinct s.owner_id as "ownerId", s.grantee_id as "recipientId", s.object_id as "objectId" from shown s
     where not exists (select 1 from recipient_notice n where n.object_id = s.object_id and n.recipient_id = s.grantee_id
       and n.kind = $3 and n.acknowledged_at is null)
     order by 3, 2`,
    [objectIds, now.toISOString(), kind],
  );
  return rows.map((row) => ({ ...row, id: ids(), kind }));
}

export async function insertNotices(
  connection: Queryable,
  notices: readonly NewNotice[],
  now: Date,
): Promise<void> {
  await insertRows(
    connection,
    'recipient_notice',
    {
      id: 'uuid',
      owner_id: 'uuid',
      recipient_id: 'uuid',
      kind: 'text',
      object_kind: 'text',
      object_id: 'uuid',
      raised_at: 'timestamptz',
    },
    notices.map(({ id, ownerId, recipientId, kind, objectId }) => ({
      id,
      owner_id: ownerId,
      recipient_id: recipientId,
      kind,
      object_kind: kind === 'cleared' ? 'entity' : 'report',
      object_id: objectId,
      raised_at: now.toISOString(),
    })),
  );
}
