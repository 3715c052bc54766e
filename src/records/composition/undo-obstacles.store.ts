/** What stands on an import, so that taking it back would take something else away or change it. */
import type { UndoEffect, UndoObstacle } from '../../intake/imports/undo-plan.ts';
import type { Queryable } from '../../platform/database.ts';
import { isHeldImport, isHeldReport } from './held.sql.ts';
import { RECORD_TABLES, type RecordRoot } from './version.store.ts';

const ROOTS = Object.entries(RECORD_TABLES) as [RecordRoot, string][];

/** Enough to open them; the count says how many there are. */
const SHOWN = 20;

/**
 * What stands on a batch besides itself; empty when it may be taken back. Another import stands on it when it corrected, agreed with or
 * numbered on from a record as this batch left it: without this batch it would have come to something else. Equal rows without an id are
 * numbered within their own file, so they never number on from another's. Parts beside a corrected record are numbered by how many there
 * are, which the correction did not change: only one that says what the record said before would have been that record.
 */
export async function obstaclesToUndo(
  connection: Queryable,
  batchId: string,
): Promise<readonly UndoObstacle[]> {
  const found: UndoObstacle[] = [];
  for (const [table, name] of ROOTS) {
    for (const [kind, text] of STANDING_ON) {
      const statement = text(table);
      if (statement === null) continue;
      const rows = await connection.query<Standing>(grouped(statement), [batchId]);
      found.push(...rows.map((row) => obstacleOf(row.batch_id === null ? 'by_hand' : kind, name, row)));
    }
  }
  for (const [kind, name, text] of [
    ['verified', 'incidents', VERIFIED],
    ['linked', 'incidents', LINKED],
    ['reviewed', 'persons', REVIEWED],
    ['held', 'reports and rows', HELD],
  ] as const) {
    const rows = await connection.query<Standing>(grouped(text), [batchId]);
    found.push(...rows.map((row) => obstacleOf(kind, name, row)));
  }
  return found;
}

/** Incidents that would vanish, locked until the transaction ends: whoever links one meanwhile waits, and finds that it is not there. */
export async function lockVanishing(connection: Queryable, batchId: string): Promise<void> {
  await connection.query(`select i.id from incident i where ${VANISHING} order by i.id for update`, [
    batchId,
  ]);
}

const GOING = `select r.id from report r where r.batch_id = $1 and r.version_of is null
  and not exists (select 1 from report h where h.version_of = r.id)`;

/** Reports that go with their import. */
export async function findVanishingReports(
  connection: Queryable,
  batchId: string,
): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(`${GOING} order by r.id`, [batchId]);
  return rows.map(({ id }) => id);
}

interface Standing {
  readonly batch_id: string | null;
  readonly file: string | null;
  readonly n: number;
  readonly ids: readonly string[];
}

function obstacleOf(kind: UndoObstacle['kind'], records: string, row: Standing): UndoObstacle {
  return { kind, records, count: row.n, batchId: row.batch_id, fileName: row.file, recordIds: row.ids };
}

/** From rows (batch_id, file, id): one line an import, the latest first. */
function grouped(text: string): string {
  return `select s.batch_id, min(s.file) as file, count(distinct s.id)::int as n,
      (array_agg(distinct s.id::text order by s.id::text))[1:${SHOWN}] as ids
    from (${text}) s left join import_batch b on b.id = s.batch_id
    group by s.batch_id order by max(b.started_at) desc nulls first, s.batch_id`;
}

/** Incidents that go with their import: those it corrected stay, and links with them. */
export const VANISHING =
  'i.batch_id = $1 and i.version_of is null and not exists (select 1 from incident h where h.version_of = i.id)';

/** Persons `u` of that import and no other: one that a correction only named again is there without it too. */
export const VANISHING_PERSON =
  'u.person_id in (select e.person_id from entity e where e.batch_id = $1) ' +
  'and not exists (select 1 from entity o where o.person_id = u.person_id and o.batch_id is distinct from $1)';

const REVIEWED = `select null::uuid as batch_id, null as file, e.id from suspicion u join entity e on e.person_id = u.person_id and e.known_to is null
  where u.version > 1 and ${VANISHING_PERSON}`;
const HELD = `select null::uuid as batch_id, null as file, l.id from report r join report l on l.id = coalesce(r.version_of, r.id)
  where r.batch_id = $1 and ${isHeldReport('l')}
  union select null::uuid, null, b.id from import_batch b where b.id = $1 and ${isHeldImport('b')}`;
const LINKED = `select null::uuid as batch_id, null as file, i.id from same_incident_link l join incident i on i.id in (l.incident_a, l.incident_b)
  where ${VANISHING} and l.owner_id = i.owner_id and l.status = 'confirmed' and l.known_to is null`;
const VERIFIED = `select null::uuid as batch_id, null as file, i.id from verification v join incident i on i.id = v.incident_id where i.batch_id = $1`;

/** What the batch said of a record, whether that lives or was followed: `v`, of the record `v.base`. */
const said = (table: RecordRoot, columns: string): string =>
  `(select coalesce(version_of, id) as base, version, ${columns} from ${table} where batch_id = $1) v`;

/** They have no occurrences. */
const ONE_EACH: readonly RecordRoot[] = ['effort', 'station_month', 'red_flag_weight'];

const STANDING_ON: readonly (readonly [
  kind: UndoObstacle['kind'],
  text: (table: RecordRoot) => string | null,
])[] = [
  [
    'corrected',
    (table) =>
      `select b.id as batch_id, b.file_name as file, v.base as id from ${said(table, 'known_to')}
       join ${table} r on (r.id = v.base or r.version_of = v.base) and r.version > v.version
       left join import_batch b on b.id = r.batch_id where r.batch_id is distinct from $1`,
  ],
  [
    'found_unchanged',
    (table) =>
      `select b.id as batch_id, b.file_name as file, v.base as id from ${said(table, 'known_to')}
       join import_row u on u.record_id = v.base and u.record_version = v.version and u.outcome = 'unchanged' and u.batch_id <> $1
       join import_batch b on b.id = u.batch_id and b.state <> 'undone'`,
  ],
  [
    'further_parts',
    (table) =>
      ONE_EACH.includes(table)
        ? null
        : `select b.id as batch_id, b.file_name as file, v.base as id from ${said(table, 'owner_id, identity_digest, occurrence')}
           left join lateral (select o.content_digest from ${table} o where o.version_of = v.base and o.version < v.version
             order by o.version desc limit 1) before on true
           join ${table} part on part.owner_id = v.owner_id and part.identity_digest = v.identity_digest
             and part.occurrence > v.occurrence and part.known_to is null and part.batch_id <> $1
             and part.content_digest = coalesce(before.content_digest, part.content_digest)
           join import_batch b on b.id = part.batch_id
           where exists (select 1 from import_row u where u.record_id = part.id and u.batch_id = part.batch_id and not u.by_digest)`,
  ],
];

/** What taking back this import alone would remove, and what would say again what it said before. */
export async function effectOfUndo(connection: Queryable, batchId: string): Promise<UndoEffect> {
  const counts = ROOTS.map(
    ([table]) => `select count(*) filter (where version = 1)::int as removed,
      count(*) filter (where version > 1)::int as restored from ${table} where batch_id = $1`,
  );
  const [sum] = await connection.query<{ removed: number; restored: number }>(
    `select sum(removed)::int as removed, sum(restored)::int as restored from (${counts.join(' union all ')}) t`,
    [batchId],
  );
  const [hung] = await connection.query<{ attached: number }>(
    `select (select count(*) from attachment a where a.known_to is null and a.report_id in (${GOING}))::int
       + (select count(*) from record_comment m where m.known_to is null and m.report_id in (${GOING}))::int as attached`,
    [batchId],
  );
  return { removed: sum?.removed ?? 0, restored: sum?.restored ?? 0, attached: hung?.attached ?? 0 };
}
