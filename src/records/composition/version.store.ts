/** Corrections: the living row keeps its id, what it said before stands beside it as a row of its own. */
import type { Queryable } from '../../platform/database.ts';
import { endOf } from '../attachments/attached.sql.ts';
import { endOfComments } from '../comments/commented.sql.ts';
import { endOfReferrals } from '../referrals/referred.sql.ts';
import { type Hanging, rehang } from './hanging.store.ts';

/** The tables a draft becomes a row of, with what an owner calls them. Everything else hangs on these. */
export const RECORD_TABLES = {
  report: 'reports',
  flow_observation: 'flow observations',
  effort: 'months of effort',
  station_month: 'months of station statistics',
  interdiction: 'interdictions',
  red_flag_weight: 'weights of red flags',
} as const;

export type RecordRoot = keyof typeof RECORD_TABLES;

/** A living record that a new version is about to overwrite. */
export interface LivingRecord {
  readonly id: string;
  readonly version: number;
  /** When the new version begins and this one ends: now, or just after this one began, whichever is later. Text, to the microsecond. */
  readonly superseded_at: string;
  /** Of a report only. */
  readonly incident_id: string | null;
  readonly movement_id: string | null;
}

const LIVING: Readonly<Record<RecordRoot, string>> = {
  report: `select r.id, r.version, i.id as incident_id, m.id as movement_id,
       greatest($2::timestamptz, greatest(r.known_from, i.known_from, m.known_from) + interval '1 microsecond')::text as superseded_at
     from report r
     left join incident i on i.report_id = r.id and i.known_to is null
     left join movement m on m.report_id = r.id and m.known_to is null`,
  flow_observation: livingAlone('flow_observation'),
  effort: livingAlone('effort'),
  station_month: livingAlone('station_month'),
  interdiction: livingAlone('interdiction'),
  red_flag_weight: livingAlone('red_flag_weight'),
};

/** Records nothing hangs on. */
function livingAlone(table: string): string {
  return `select r.id, r.version, null as incident_id, null as movement_id,
       greatest($2::timestamptz, r.known_from + interval '1 microsecond')::text as superseded_at from ${table} r`;
}

/** Locked until the transaction ends: nobody else may supersede what was read here. */
export async function findLiving(
  connection: Queryable,
  table: RecordRoot,
  ids: readonly string[],
  now: Date,
): Promise<readonly LivingRecord[]> {
  if (ids.length === 0) return [];
  return connection.query<LivingRecord>(
    `${LIVING[table]} where r.id = any($1::uuid[]) and r.known_to is null order by r.id for update of r`,
    [ids, now.toISOString()],
  );
}

/** Ids of the reports that were made from one, whoever owns them. */
export async function findMadeFrom(connection: Queryable, reportId: string): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    'select distinct report_id as id from statement where derived_report_id = $1 and known_to is null order by 1',
    [reportId],
  );
  return rows.map(({ id }) => id);
}

export type Versioned = Hanging | RecordRoot;

/**
 * What a report said until now becomes history: a copy of each living row (new id, `version_of` the living one, `known_to` now) takes
 * everything that hangs on it. The living rows stay, emptied of what hung on them, for the new version to overwrite.
 */
export async function supersedeReport(
  connection: Queryable,
  living: LivingRecord,
  history: { readonly report: string; readonly incident: string; readonly movement: string },
): Promise<void> {
  const at = living.superseded_at;
  await retire(connection, 'report', living.id, history.report, at);
  if (living.incident_id !== null)
    await retire(connection, 'incident', living.incident_id, history.incident, at);
  if (living.movement_id !== null) {
    await retire(connection, 'movement', living.movement_id, history.movement, at);
    // The new version may have no movement; if it has one, it takes this id again.
    await connection.execute('delete from movement where id = $1', [living.movement_id]);
  }
  for (const table of ['statement', 'entity']) {
    await connection.execute(`update ${table} set known_to = $2 where report_id = $1 and known_to is null`, [
      history.report,
      at,
    ]);
  }
  for (const table of ['crossing', 'crossing_reading']) {
    await connection.execute(
      `update ${table} set known_to = $2 where movement_id = $1 and known_to is null`,
      [history.movement, at],
    );
  }
  // The living incident belongs to the living report again: moving what hung on the report moved it too.
  if (living.incident_id !== null) {
    await connection.execute('update incident set report_id = $2 where id = $1', [
      living.incident_id,
      living.id,
    ]);
  }
}

/** The same for records on which nothing hangs but how they were read. */
export async function retire(
  connection: Queryable,
  table: Versioned,
  id: string,
  historyId: string,
  at: string,
): Promise<void> {
  const changed = JSON.stringify({ id: historyId, version_of: id, known_to: at });
  await connection.execute(
    `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1`,
    [id, changed],
  );
  await rehang(connection, table, id, historyId);
}

/** What an owner may say anew of a report without saying anything else anew. */
export interface Reevaluation {
  readonly report?: Readonly<Record<string, string | number>>;
  readonly incident?: Readonly<Record<string, string | number>>;
  readonly movement?: Readonly<Record<string, string | number>>;
}

/**
 * A new version of a report, its incident and its movement that differs in the named columns alone: what they said before stands beside
 * them as rows that share their parts.
 */
export async function reevaluate(
  connection: Queryable,
  living: LivingRecord,
  history: { readonly report: string; readonly incident: string; readonly movement: string },
  changed: Reevaluation,
): Promise<void> {
  for (const [table, id] of [
    ['report', living.id],
    ['incident', living.incident_id],
    ['movement', living.movement_id],
  ] as const) {
    if (id === null) continue;
    await copyVersion(connection, table, id, history[table], living.superseded_at);
    const columns = Object.entries(changed[table] ?? {});
    const assignments = columns.map(([name], at) => `, ${name} = $${at + 3}`).join('');
    await connection.execute(
      `update ${table} set version = version + 1, known_from = $2, batch_id = null${assignments} where id = $1`,
      [id, living.superseded_at, ...columns.map(([, value]) => value)],
    );
  }
}

/** The report stays as a tombstone; what it told of is not living any more. */
export async function withdraw(
  connection: Queryable,
  living: LivingRecord,
  historyId: string,
): Promise<void> {
  const at = living.superseded_at;
  await copyVersion(connection, 'report', living.id, historyId, at);
  await connection.execute(
    'update report set version = version + 1, known_from = $2, retracted_at = $2, batch_id = null where id = $1',
    [living.id, at],
  );
  for (const [table, column, id] of [
    ['crossing', 'movement_id', living.movement_id],
    ['crossing_reading', 'movement_id', living.movement_id],
    ['statement', 'report_id', living.id],
    ['entity', 'report_id', living.id],
    ['movement', 'id', living.movement_id],
    ['incident', 'id', living.incident_id],
  ] as const) {
    if (id === null) continue;
    await connection.execute(
      `update ${table} set known_to = $2 where ${column} = $1 and known_to is null and version_of is null`,
      [id, at],
    );
  }
  for (const text of [
    endOf('a.report_id = $1', '$2::timestamptz'),
    endOfComments('m.report_id = $1', '$2::timestamptz'),
    endOfReferrals('f.report_id = $1', '$2::timestamptz'),
  ])
    await connection.execute(text, [living.id, at]);
}

async function copyVersion(
  connection: Queryable,
  table: 'report' | 'incident' | 'movement',
  id: string,
  historyId: string,
  at: string,
): Promise<void> {
  const changed = JSON.stringify({ id: historyId, version_of: id, known_to: at, content_id: id });
  await connection.execute(
    `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1`,
    [id, changed],
  );
}
