/** Corrections: the living row keeps its id, what it said before stands beside it as a row of its own; and the way back. */
import type { Queryable } from '../../platform/database.ts';

export interface LivingRecord {
  readonly report_id: string;
  readonly version: number;
  readonly incident_id: string | null;
  readonly movement_id: string | null;
}

export async function findLiving(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<readonly LivingRecord[]> {
  return connection.query<LivingRecord>(
    `select r.id as report_id, r.version, i.id as incident_id, m.id as movement_id
     from report r
     left join incident i on i.report_id = r.id and i.known_to is null
     left join movement m on m.report_id = r.id and m.known_to is null
     where r.id = any($1::uuid[]) order by r.id`,
    [reportIds],
  );
}

/** What hangs on a record by its id. A column named twice is a foreign key or the subject of a statement. */
const HANGING = {
  report: [
    'incident.report_id',
    'movement.report_id',
    'statement.report_id',
    'entity.report_id',
    'subject.report_id',
    'entity_link.report_id',
  ],
  incident: [
    'movement.incident_id',
    'statement.incident_id',
    'statement.about_id',
    'indicator.incident_id',
    'participation.incident_id',
    'crossing.incident_id',
  ],
  movement: [
    'waypoint.movement_id',
    'crossing.movement_id',
    'party_member.movement_id',
    'statement.about_id',
  ],
} as const;

type Versioned = keyof typeof HANGING | 'flow_observation' | 'effort';

/**
 * What a report said until now becomes history: a copy of each living row (new id, `version_of` the living one, `known_to` now) takes
 * everything that hangs on it. The living rows stay, emptied of what hung on them, for the new version to overwrite.
 */
export async function supersedeReport(
  connection: Queryable,
  living: LivingRecord,
  history: { readonly report: string; readonly incident: string; readonly movement: string },
  now: Date,
): Promise<void> {
  await retire(connection, 'report', living.report_id, history.report, now);
  if (living.incident_id !== null)
    await retire(connection, 'incident', living.incident_id, history.incident, now);
  if (living.movement_id !== null) {
    await retire(connection, 'movement', living.movement_id, history.movement, now);
    // The new version may have no movement; if it has one, it takes this id again.
    await connection.execute('delete from movement where id = $1', [living.movement_id]);
  }
  for (const table of ['statement', 'entity']) {
    await connection.execute(`update ${table} set known_to = $2 where report_id = $1 and known_to is null`, [
      history.report,
      now.toISOString(),
    ]);
  }
  await connection.execute('update crossing set known_to = $2 where movement_id = $1 and known_to is null', [
    history.movement,
    now.toISOString(),
  ]);
  // The living incident belongs to the living report again: moving what hung on the report moved it too.
  if (living.incident_id !== null) {
    await connection.execute('update incident set report_id = $2 where id = $1', [
      living.incident_id,
      living.report_id,
    ]);
  }
}

/** The same for records nothing hangs on. */
export async function retire(
  connection: Queryable,
  table: Versioned,
  id: string,
  historyId: string,
  now: Date,
): Promise<void> {
  const changed = JSON.stringify({ id: historyId, version_of: id, known_to: now.toISOString() });
  await connection.execute(
    `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1`,
    [id, changed],
  );
  if (table in HANGING) await rehang(connection, table as keyof typeof HANGING, id, historyId);
}

/**
 * Brings back what stood before the versions a batch made; what the batch itself wrote is already gone from under them. Movements come
 * first: the living one may be gone, and only the history of its report still says which batch took its place.
 */
export async function restoreVersions(connection: Queryable, batchId: string): Promise<void> {
  for (const table of ['movement', 'incident', 'report', 'flow_observation', 'effort'] as const) {
    const replaced =
      table === 'movement'
        ? 'select 1 from report was join report r on r.id = was.version_of where was.id = h.report_id'
        : `select 1 from ${table} r where r.id = h.version_of`;
    const previous = await connection.query<{ id: string; version_of: string }>(
      `select h.id, h.version_of from ${table} h
       where h.known_to = (select max(o.known_to) from ${table} o where o.version_of = h.version_of)
         and exists (${replaced} and r.batch_id = $1 and r.known_to is null)
       order by h.id`,
      [batchId],
    );
    for (const row of previous) await bringBack(connection, table, row.id, row.version_of);
  }
}

async function bringBack(
  connection: Queryable,
  table: Versioned,
  historyId: string,
  id: string,
): Promise<void> {
  const columns = await connection.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  const names = columns.map((column) => column.name);
  const assignments = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  await connection.execute(
    `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1
     on conflict (id) do update set ${assignments.join(', ')}`,
    [historyId, JSON.stringify({ id, version_of: null, known_to: null })],
  );
  if (table in HANGING) {
    await rehang(connection, table as keyof typeof HANGING, historyId, id);
    const living = table === 'report' ? ['statement', 'entity'] : table === 'movement' ? ['crossing'] : [];
    for (const child of living) {
      const column = table === 'report' ? 'report_id' : 'movement_id';
      await connection.execute(`update ${child} set known_to = null where ${column} = $1`, [id]);
    }
  }
  await connection.execute(`delete from ${table} where id = $1`, [historyId]);
}

async function rehang(
  connection: Queryable,
  table: keyof typeof HANGING,
  from: string,
  to: string,
): Promise<void> {
  for (const place of HANGING[table]) {
    const [child, column] = place.split('.');
    await connection.execute(`update ${child} set ${column} = $2 where ${column} = $1`, [from, to]);
  }
}

/** What stands on a batch besides itself; null when it may be taken back. */
export async function obstacleToUndo(connection: Queryable, batchId: string): Promise<string | null> {
  const later = await connection.query<{ n: number }>(
    `select count(*)::int as n from report h join report r on r.id = h.version_of
     where h.batch_id = $1 and h.version_of is not null and r.batch_id <> $1`,
    [batchId],
  );
  if ((later[0]?.n ?? 0) > 0)
    return `${later[0]?.n} of its reports were corrected by a later import: undo that one first`;
  const linked = await connection.query<{ n: number }>(
    `select count(*)::int as n from same_incident_link l join incident i on i.id in (l.incident_a, l.incident_b) where i.batch_id = $1`,
    [batchId],
  );
  if ((linked[0]?.n ?? 0) > 0)
    return `${linked[0]?.n} of its incidents are linked to other reports of the same event: undo the links first`;
  return null;
}

/** Deepest first: everything a batch wrote, but for the living rows that older versions will take back. */
const BATCH_TABLES = [
  'statement',
  'indicator',
  'participation',
  'party_member',
  'crossing',
  'waypoint',
  'selector',
  'entity_link',
  'entity',
  'movement',
  'subject',
  'vault_item',
] as const;

export async function deleteBatch(connection: Queryable, batchId: string): Promise<void> {
  for (const table of BATCH_TABLES)
    await connection.execute(`delete from ${table} where batch_id = $1`, [batchId]);
  await restoreVersions(connection, batchId);
  for (const table of ['incident', 'report', 'flow_observation', 'effort']) {
    await connection.execute(`delete from ${table} where batch_id = $1 and version_of is null`, [batchId]);
  }
  await connection.execute(
    `delete from station s where s.batch_id = $1 and not exists (select 1 from effort e where e.station_id = s.id)
       and not exists (select 1 from waypoint w where w.station_id = s.id) and not exists (select 1 from report r where r.station_id = s.id)`,
    [batchId],
  );
}
