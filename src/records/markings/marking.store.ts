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
): Promise<ReadonlyMap<string, Marks>> {
  if (ids.length === 0) return new Map();
  const pap = table === 'report' ? 't.pap' : `'clear'`;
  const rows = await connection.query<Marks & { readonly id: string }>(
    `select t.id, c.handling, ${pap} as pap from ${table} t join visibility_class c on c.id = t.visibility_class_id
     where t.id = any($1::uuid[]) and t.known_to is null order by t.id`,
    [ids],
  );
  return new Map(rows.map(({ id, handling, pap: actions }) => [id, { handling, pap: actions }]));
}

/** Locks those that were made from one, directly or by way of others, whoever owns them, in one order for all. */
export async function lockMadeFrom(connection: Queryable, reportId: string): Promise<readonly MadeFrom[]> {
  return connection.query<MadeFrom>(
    `select id, owner_id from report where known_to is null and id in (
       with recursive made as (
         select s.report_id as id from statement s where s.derived_report_id = $1 and s.known_to is null
         union select s.report_id from made join statement s on s.derived_report_id = made.id and s.known_to is null)
       select id from made where id <> $1)
     order by id for update`,
    [reportId],
  );
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
