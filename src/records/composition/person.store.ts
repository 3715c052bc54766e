/** Persons of reports that are corrected, and when what is new of persons falls due. */
import type { IdSource } from '../../kernel/ids.ts';
import { insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { REPORT_COLUMNS } from './report-columns.ts';
import type { EarlierPerson } from './same-person.ts';

/** The organisation's months after a moment. */
export async function suspicionDue(connection: Queryable, ownerId: string, from: Date): Promise<Date> {
  const [row] = await connection.query<{ due: Date }>(
    `select ($2::timestamptz at time zone 'UTC' + make_interval(months => suspicion_months)) at time zone 'UTC' as due
     from organisation where id = $1`,
    [ownerId, from.toISOString()],
  );
  return (row as { due: Date }).due;
}

interface EarlierRow {
  readonly record_id: string;
  readonly person_id: string;
  readonly role: string;
  readonly reviewed: boolean;
  readonly tokens: readonly string[];
}

/** Of all versions of the reports that are history; the latest told first. */
export async function findEarlierPersons(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EarlierPerson[]>> {
  const rows = await connection.query<EarlierRow>(
    `select r.version_of as record_id, e.person_id, (array_agg(e.label order by e.known_from desc))[1] as role,
       exists (select 1 from suspicion u where u.person_id = e.person_id and u.version > 1) as reviewed,
       coalesce(array_agg(distinct s.kind || '/' || encode(s.token, 'hex')) filter (where s.id is not null), '{}') as tokens
     from report r join entity e on e.report_id = r.id left join selector s on s.entity_id = e.id
     where r.version_of = any($1::uuid[]) and e.person_id is not null
     group by r.version_of, e.person_id order by r.version_of, max(e.known_from) desc, e.person_id`,
    [reportIds],
  );
  const found = new Map<string, EarlierPerson[]>();
  for (const { record_id, person_id, role, reviewed, tokens } of rows) {
    const list = found.get(record_id) ?? [];
    list.push({ personId: person_id, role, reviewed, tokens: new Set(tokens) });
    found.set(record_id, list);
  }
  return found;
}

/** The living decision about each person, for a class in which there is none yet. */
export async function copySuspicions(
  connection: Queryable,
  ids: IdSource,
  personIds: readonly string[],
  classId: number,
): Promise<void> {
  const rows = await connection.query<Record<string, unknown>>(
    `select distinct on (s.person_id) s.* from suspicion s where s.person_id = any($1::uuid[]) and s.known_to is null
       and not exists (select 1 from suspicion o where o.person_id = s.person_id and o.known_to is null and o.visibility_class_id = $2)
     order by s.person_id, s.version desc, s.id`,
    [personIds, classId],
  );
  await insertRows<object>(
    connection,
    'suspicion',
    REPORT_COLUMNS.suspicion,
    rows.map((row) => ({ ...row, id: ids(), visibility_class_id: classId, batch_id: null })),
  );
}
