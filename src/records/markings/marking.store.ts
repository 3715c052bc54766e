/** Markings that only rise: of what a record said before, of what was made from it, and of what a file corrects. */
import { raisedClasses, withheldClasses } from '../../access/visibility.store.ts';
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import { HANDLINGS, PAPS } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { moveReportTo } from '../releases/releases.service.ts';

/** Who may be told, and what may be done. */
export interface Marks {
  readonly handling: Handling;
  readonly pap: Pap;
}

/** Of a record that stands. */
export interface StandingMarks extends Marks {
  /** A report that no grant reaches by itself, whatever its classes were: it was made from another organisation's. */
  readonly withheld: boolean;
}

/** Tables of records that stand alone, with all their versions. */
export type MarkedAlone = 'interdiction' | 'station_month' | 'red_flag_weight' | 'legal_case';

const VERSIONS = 'id = $1 or version_of = $1';
const EVENTS = `case_id in (select id from legal_case where ${VERSIONS})`;

export interface MadeFrom {
  readonly id: string;
  readonly owner_id: string;
}

/** Of living records; of those that no report is, the second is the lowest. */
export async function standingMarks(
  connection: Queryable,
  table: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StandingMarks>> {
  if (ids.length === 0) return new Map();
  // Staffing is granted to nobody by its kind.
  const ofReports = table === 'report' ? `t.pap, c.sensitivity <> 'routine'` : `'clear' as pap, false`;
  const rows = await connection.query<StandingMarks & { readonly id: string }>(
    `select t.id, c.handling, ${ofReports} as withheld from ${table} t join visibility_class c on c.id = t.visibility_class_id
     where t.id = any($1::uuid[]) and t.known_to is null order by t.id`,
    [ids],
  );
  return new Map(rows.map(({ id, ...marks }) => [id, marks]));
}

/**
 * Locks those of which any version was made from one, directly or by way of others, whoever owns them and whether they stand, in one order for all.
 * What others write while this waits is not among them: ask again.
 */
export async function lockMadeFrom(connection: Queryable, reportId: string): Promise<readonly MadeFrom[]> {
  return connection.query<MadeFrom>(
    `select id, owner_id from report where id in (
       with recursive made as (
         select coalesce(r.version_of, r.id) as id from statement s join report r on r.id = s.report_id where s.derived_report_id = $1
         union select coalesce(r.version_of, r.id) from made join statement s on s.derived_report_id = made.id join report r on r.id = s.report_id)
       select id from made where id <> $1)
     order by id for update`,
    [reportId],
  );
}

/** Of a report as it is now. */
export async function marksNow(connection: Queryable, reportId: string): Promise<Marks> {
  const [row] = await connection.query<Marks>('select handling, pap from report where id = $1', [reportId]);
  return row ?? { handling: 'red', pap: 'red' };
}

/** Every version and all the report tells. What is marked as high already stays. Returns whether anything rose. */
export async function raiseReport(
  connection: Queryable,
  reportId: string,
  { handling, pap }: Marks,
): Promise<boolean> {
  const moved = await moveReportTo(connection, reportId, (classes) =>
    raisedClasses(connection, classes, handling),
  );
  const raised = await connection.execute(
    `update report set handling = case when array_position($2::text[], handling) < array_position($2::text[], $3) then $3 else handling end,
       pap = case when array_position($4::text[], pap) < array_position($4::text[], $5) then $5 else pap end
     where (id = $1 or version_of = $1)
       and (array_position($2::text[], handling) < array_position($2::text[], $3) or array_position($4::text[], pap) < array_position($4::text[], $5))`,
    [reportId, HANDLINGS, handling, PAPS, pap],
  );
  return moved > 0 || raised > 0;
}

/** Every version and all the report tells is granted to nobody from now on. Returns whether anything was. */
export async function withholdReport(connection: Queryable, reportId: string): Promise<boolean> {
  return (await moveReportTo(connection, reportId, (classes) => withheldClasses(connection, classes))) > 0;
}

/** Every version of a record that stands alone, with what happened in a legal case. */
export async function raiseAlone(
  connection: Queryable,
  table: MarkedAlone,
  id: string,
  handling: Handling,
): Promise<void> {
  await raiseRows(connection, table, VERSIONS, id, handling);
  if (table === 'legal_case') await raiseRows(connection, 'legal_case_event', EVENTS, id, handling);
}

async function raiseRows(
  connection: Queryable,
  table: string,
  where: string,
  id: string,
  handling: Handling,
): Promise<void> {
  const used = await connection.query<{ id: number }>(
    `select distinct visibility_class_id as id from ${table} where ${where}`,
    [id],
  );
  const raised = await raisedClasses(
    connection,
    used.map((row) => row.id),
    handling,
  );
  if (raised.size === 0) return;
  await connection.execute(
    `update ${table} set visibility_class_id = m.into_class from unnest($2::integer[], $3::integer[]) as m (from_class, into_class)
     where visibility_class_id = m.from_class and (${where})`,
    [id, [...raised.keys()], [...raised.values()]],
  );
}
