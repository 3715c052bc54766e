/** Taking an import back: what goes, and what stood before comes again. */
import { READ_COLUMNS } from '../../access/readings.sql.ts';
import type { Queryable } from '../../platform/database.ts';
import { removeAttachments } from '../attachments/attached.sql.ts';
import { removeComments } from '../comments/commented.sql.ts';
import { removeReferrals } from '../referrals/referred.sql.ts';
import { followOldVersions } from './followed.store.ts';
import { rehang } from './hanging.store.ts';
import { forgetReferences } from './references.sql.ts';
import { VANISHING, VANISHING_PERSON } from './undo-obstacles.store.ts';
import { RECORD_TABLES, type RecordRoot, type Versioned } from './version.store.ts';

const ROOTS = Object.entries(RECORD_TABLES) as [RecordRoot, string][];

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
  await endLinks(connection, batchId);
  await followOldVersions(connection, batchId);
  const referable = await referableOf(connection, batchId);
  await connection.execute(`delete from suspicion u where ${VANISHING_PERSON}`, [batchId]);
  for (const table of BATCH_TABLES)
    await connection.execute(`delete from ${table} where batch_id = $1`, [batchId]);
  await restoreVersions(connection, batchId);
  const goingReports = 'select id from report where batch_id = $1 and version_of is null';
  for (const text of [
    ...removeAttachments(`a.report_id in (${goingReports})`),
    ...removeComments(`m.report_id in (${goingReports})`),
    ...removeReferrals(`f.report_id in (${goingReports})`),
  ])
    await connection.execute(text, [batchId]);
  for (const table of ['case_release', 'onward_request', 'recipient_before'])
    await connection.execute(`delete from ${table} where report_id in (${goingReports})`, [batchId]);
  for (const table of [
    'incident',
    'report',
    'flow_observation',
    'effort',
    'station_month',
    'interdiction',
    'red_flag_weight',
  ]) {
    await connection.execute(`delete from ${table} where batch_id = $1 and version_of is null`, [batchId]);
  }
  for (const [table, ids] of referable) {
    const there = await connection.query<{ id: string }>(
      `select id from ${table} where id = any($1::uuid[])`,
      [ids],
    );
    const kept = new Set(there.map(({ id }) => id));
    for (const text of forgetReferences(table))
      await connection.execute(text, [ids.filter((id) => !kept.has(id))]);
  }
  await connection.execute(
    `delete from station s where s.batch_id = $1 and not exists (select 1 from effort e where e.station_id = s.id)
       and not exists (select 1 from waypoint w where w.station_id = s.id) and not exists (select 1 from report r where r.station_id = s.id)
       and not exists (select 1 from station_month m where m.station_id = s.id) and not exists (select 1 from interdiction t where t.station_id = s.id)`,
    [batchId],
  );
}

/** What of a batch somebody may have referred to by hand, wherever. */
async function referableOf(
  connection: Queryable,
  batchId: string,
): Promise<readonly (readonly ['entity' | 'incident' | 'report', readonly string[]])[]> {
  const found: (readonly ['entity' | 'incident' | 'report', readonly string[]])[] = [];
  for (const table of ['entity', 'incident', 'report'] as const) {
    const rows = await connection.query<{ id: string }>(`select id from ${table} where batch_id = $1`, [
      batchId,
    ]);
    found.push([table, rows.map(({ id }) => id)]);
  }
  return found;
}

/**
 * What other organisations decided about incidents that go: it may not hold an owner up from taking its records back, nor tell that
 * somebody decided. Its end is in the outbox.
 */
async function endLinks(connection: Queryable, batchId: string): Promise<void> {
  await connection.execute(
    `with ended as (delete from same_incident_link l using incident i
       where i.id in (l.incident_a, l.incident_b) and ${VANISHING} returning l.id, l.known_to)
     insert into outbox (topic, object_id) select distinct 'same_incident.ended', id from ended where known_to is null`,
    [batchId],
  );
}

interface History {
  readonly id: string;
  readonly version_of: string;
}

/**
 * Brings back the version before the one the batch made, of every record it corrected. What belonged to that version of a report is found
 * by the history row it hangs on: the version in between may have had no movement, and then none may come back.
 */
async function restoreVersions(connection: Queryable, batchId: string): Promise<void> {
  for (const [table] of ROOTS) {
    const previous = await connection.query<History>(
      `select h.id, h.version_of from ${table} h join ${table} r on r.id = h.version_of
       where r.batch_id = $1 and r.known_to is null
         and h.version = (select max(o.version) from ${table} o where o.version_of = h.version_of) order by h.id`,
      [batchId],
    );
    if (table === 'report') {
      for (const part of ['movement', 'incident'] as const) {
        const parts = await connection.query<History>(
          `select id, version_of from ${part} where report_id = any($1::uuid[]) and version_of is not null and content_id is null order by id`,
          [previous.map(({ id }) => id)],
        );
        await bringBack(connection, part, parts);
      }
    }
    await bringBack(connection, table, previous);
  }
}

/** What ended with its version lives again. */
const ENDED: Readonly<Partial<Record<Versioned, readonly (readonly [table: string, column: string])[]>>> = {
  report: [
    ['statement', 'report_id'],
    ['entity', 'report_id'],
  ],
  movement: [
    ['crossing', 'movement_id'],
    ['crossing_reading', 'movement_id'],
  ],
};

async function bringBack(
  connection: Queryable,
  table: Versioned,
  previous: readonly History[],
): Promise<void> {
  if (previous.length === 0) return;
  const columns = await connection.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  const assignments = columns
    .filter(({ name }) => name !== 'id')
    .map(({ name }) => `${name} = excluded.${name}`);
  for (const { id: historyId, version_of: id } of previous) {
    await connection.execute(
      `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1
       on conflict (id) do update set ${assignments.join(', ')}`,
      [historyId, JSON.stringify({ id, version_of: null, known_to: null })],
    );
    // How the version that goes was read goes with it.
    if (table in READ_COLUMNS)
      await connection.execute(`delete from ${table}_reading where ${table}_id = $1`, [id]);
    await rehang(connection, table, historyId, id);
    for (const [child, column] of ENDED[table] ?? [])
      await connection.execute(`update ${child} set known_to = null where ${column} = $1`, [id]);
    await connection.execute(`delete from ${table} where id = $1`, [historyId]);
  }
}
