/** Taking an import back: what stands in the way, what goes, and what stood before comes again. */
import type { Queryable } from '../../platform/database.ts';
import { RECORD_TABLES, type RecordRoot, rehang, type Versioned } from './version.store.ts';

const ROOTS = Object.entries(RECORD_TABLES) as [RecordRoot, string][];

/**
 * What stands on a batch besides itself; null when it may be taken back. Another import stands on it when it corrected, agreed with or
 * numbered on from a record as this batch left it: without this batch it would have come to something else. Equal rows without an id are
 * numbered within their own file, so they never number on from another's. Parts beside a corrected record are numbered by how many there
 * are, which the correction did not change: only one that says what the record said before would have been that record.
 */
export async function obstacleToUndo(connection: Queryable, batchId: string): Promise<string | null> {
  for (const [table, name] of ROOTS) {
    for (const [text, happened] of STANDING_ON) {
      const [found] = await connection.query<{ n: number; file: string | null }>(text(table), [batchId]);
      if (found !== undefined && found.n > 0)
        return found.file === null
          ? `${found.n} of its ${name} ${happened} their owner, by hand, since`
          : `${found.n} of its ${name} ${happened} a later import (${found.file}): undo that one first`;
    }
  }
  // Locked until the import is gone: whoever links one of them meanwhile waits, and finds that it is not there.
  await connection.query(`select i.id from incident i where ${VANISHING} order by i.id for update`, [
    batchId,
  ]);
  const linked = await connection.query<{ n: number }>(
    `select count(*)::int as n from same_incident_link l join incident i on i.id in (l.incident_a, l.incident_b)
     where ${VANISHING} and l.owner_id = i.owner_id and l.status = 'confirmed'`,
    [batchId],
  );
  const verified = await connection.query<{ n: number }>(
    `select count(distinct i.id)::int as n from verification v join incident i on i.id = v.incident_id where i.batch_id = $1`,
    [batchId],
  );
  if ((verified[0]?.n ?? 0) > 0) return `${verified[0]?.n} of its incidents have answers of verifiers`;
  if ((linked[0]?.n ?? 0) > 0)
    return `${linked[0]?.n} of its incidents are linked to other reports of the same event: undo the links first`;
  return null;
}

/** Incidents that go with their import: those it corrected stay, and links with them. */
const VANISHING =
  'i.batch_id = $1 and i.version_of is null and not exists (select 1 from incident h where h.version_of = i.id)';

const STANDING_ON: readonly (readonly [text: (table: RecordRoot) => string, happened: string])[] = [
  [
    (table) =>
      `select count(distinct h.version_of)::int as n, min(b.file_name) as file from ${table} h join ${table} r on r.id = h.version_of
       left join import_batch b on b.id = r.batch_id
       where h.batch_id = $1 and h.version_of is not null and r.batch_id is distinct from $1`,
    'were corrected by',
  ],
  [
    (table) =>
      `select count(distinct r.id)::int as n, min(b.file_name) as file from ${table} r
       join import_row u on u.record_id = r.id and u.record_version = r.version and u.outcome = 'unchanged' and u.batch_id <> $1
       join import_batch b on b.id = u.batch_id and b.state <> 'undone'
       where r.batch_id = $1 and r.known_to is null`,
    'were found unchanged by',
  ],
  [
    (table) =>
      table === 'effort'
        ? 'select 0 as n, null as file where $1::uuid is null'
        : `select count(distinct r.id)::int as n, min(b.file_name) as file from ${table} r
           left join lateral (select o.content_digest from ${table} o where o.version_of = r.id order by o.version desc limit 1) before on true
           join ${table} part on part.owner_id = r.owner_id and part.identity_digest = r.identity_digest
             and part.occurrence > r.occurrence and part.known_to is null and part.batch_id <> $1
             and part.content_digest = coalesce(before.content_digest, part.content_digest)
           join import_batch b on b.id = part.batch_id
           where r.batch_id = $1 and r.known_to is null
             and exists (select 1 from import_row u where u.record_id = part.id and u.batch_id = part.batch_id and not u.by_digest)`,
    'have further parts from',
  ],
];

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

/**
 * What other organisations decided about incidents that go: it may not hold an owner up from taking its records back, nor tell that
 * somebody decided. Its end is in the outbox.
 */
async function endLinks(connection: Queryable, batchId: string): Promise<void> {
  await connection.execute(
    `with ended as (delete from same_incident_link l using incident i
       where i.id in (l.incident_a, l.incident_b) and ${VANISHING} returning l.id)
     insert into outbox (topic, object_id) select distinct 'same_incident.ended', id from ended`,
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
  movement: [['crossing', 'movement_id']],
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
    await rehang(connection, table, historyId, id);
    for (const [child, column] of ENDED[table] ?? [])
      await connection.execute(`update ${child} set known_to = null where ${column} = $1`, [id]);
    await connection.execute(`delete from ${table} where id = $1`, [historyId]);
  }
}
