/** Worlds in the database: written in bulk, many side by side, each with its keys; and cleared away together. */
import { newKey } from '../../src/access/keys.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { bytesText, insertRows } from '../../src/platform/bulk.ts';
import type { Database, Queryable } from '../../src/platform/database.ts';
import { TEST_NOW } from '../support/test-hub.ts';
import { type KnownPlace, keyIds, type World, type WorldRow } from './world.ts';

/** Parents before children. */
const ORDER = [
  'source_origin',
  'report',
  'station',
  'effort',
  'place_reference',
  'station_month',
  'interdiction',
  'red_flag_weight',
  'incident',
  'indicator',
  'same_incident_link',
  'subject',
  'entity',
  'entity_link',
  'suspicion',
  'selector',
  'participation',
  'movement',
  'party_member',
  'waypoint',
  'crossing',
  'statement',
  'flow_observation',
  'legal_case',
  'legal_case_event',
  'exhibit',
  'custody_entry',
  'attachment',
  'record_comment',
  'target',
  'target_step',
] as const;

/** Eight neighbouring places, so that two of them often share a coarse cell. */
/** Crossing points first, then towns: what is closed can be asked of the first. */
export async function readPlaces(database: Database): Promise<readonly KnownPlace[]> {
  return database.unrestricted('take places for random worlds', (connection) =>
    connection.query<KnownPlace>(
      `select id, longitude, latitude from (select p.*, row_number() over (partition by p.kind order by abs(p.longitude - 85.3) + abs(p.latitude - 27.7), p.id) as nth
         from place p where p.country = 'NPL' and p.kind in ('crossing_point', 'locality')) p where nth <= 4 order by kind, nth`,
    ),
  );
}

/** Organisations, classes, grants and keys stay; the records come and go. Returns each world's viewers, read by their keys. */
export async function addWorlds(
  database: Database,
  worlds: readonly World[],
): Promise<readonly (readonly Viewer[])[]> {
  const texts: string[][] = [];
  await database.unrestricted('add random worlds', async (connection) => {
    await insertRows(
      connection,
      'organisation',
      { id: 'uuid', slug: 'text', name: 'text', fictional: 'boolean' },
      worlds.flatMap(({ organisations }) =>
        organisations.map(({ id, slug }) => ({ id, slug, name: slug, fictional: true })),
      ),
    );
    await insertRows(
      connection,
      'access_grant',
      {
        id: 'uuid',
        grantee_id: 'uuid',
        owner_id: 'uuid',
        record_class: 'text',
        handling_ceiling: 'text',
        projection: 'text',
        valid_from: 'timestamptz',
        valid_to: 'timestamptz',
        revoked_at: 'timestamptz',
        sight: 'jsonb',
        agreement_id: 'uuid',
        case_by_case: 'boolean',
        purposes: 'text[]',
      },
      worlds.flatMap(({ organisations, agreements, grants }) =>
        grants.map((grant) => ({
          id: grant.id,
          grantee_id: organisations[grant.grantee]?.id,
          owner_id: organisations[grant.owner]?.id,
          record_class: grant.recordClass,
          handling_ceiling: grant.ceiling,
          projection: grant.projection,
          valid_from: grant.validFrom,
          valid_to: grant.validTo,
          revoked_at: grant.revokedAt,
          sight: grant.projection === 'full' || grant.sight === null ? null : grant.sight,
          agreement_id: grant.cases === null ? null : agreements[grant.cases],
          case_by_case: grant.cases !== null,
          purposes: grant.purposes,
        })),
      ),
    );
    const keys = worlds.flatMap((world) => {
      const ids = keyIds(world.question, world.organisations[0]?.id ?? '', world.viewers.length);
      const made = world.viewers.map((viewer) => ({ viewer, key: newKey() }));
      texts.push(made.map(({ key }) => key.text));
      return made.map(({ viewer, key }, index) => ({
        id: ids[index],
        organisation_id:
          viewer.organisation === null ? null : (world.organisations[viewer.organisation]?.id ?? null),
        role: viewer.role,
        label: 'random',
        prefix: key.prefix,
        secret_sha256: bytesText(key.secretSha256),
        expires_at: '2026-12-01T00:00:00Z',
        purposes: viewer.purposes,
      }));
    });
    await insertRows(
      connection,
      'api_key',
      {
        id: 'uuid',
        organisation_id: 'uuid',
        role: 'text',
        label: 'text',
        prefix: 'text',
        secret_sha256: 'bytea',
        expires_at: 'timestamptz',
        purposes: 'text[]',
      },
      keys,
    );
    await fillRecords(connection, worlds);
  });
  return Promise.all(
    texts.map((keys) => Promise.all(keys.map((text) => readViewer(database, text, TEST_NOW)))),
  );
}

/** Takes every record away and writes other rows in their stead, in another order. */
export async function replaceRecords(database: Database, worlds: readonly World[]): Promise<void> {
  await clearRecords(database);
  await database.unrestricted('write the other worlds', (connection) =>
    fillRecords(
      connection,
      worlds.map((world) => ({ ...world, rows: world.rows.toReversed() })).toReversed(),
    ),
  );
}

/** Deleted, and not truncated: a table that is made anew takes every kept plan with it. */
export async function clearRecords(database: Database): Promise<void> {
  await database.asOwner(async (connection) => {
    const tables = await connection.query<{ name: string }>(CLEARED, [ORDER, COUNTED]);
    await connection.execute('set local session_replication_role = replica');
    for (const { name } of tables) await connection.execute(`delete from ${name}`);
    await connection.execute(
      'insert into movement_change (visibility_class_id, transaction) select id, pg_current_xact_id() from visibility_class',
    );
  });
}

/** What is counted and noted of records when they are written, without a reference to them. */
const COUNTED = [
  'flow_rollup',
  'flow_block',
  'flow_block_cell',
  'movement_apart',
  'stop_rollup',
  'movement_stops_apart',
  'movement_stops_counted',
  'map_rollup',
];

/** Those tables, and whatever refers to them, by way of others too. */
const CLEARED = `
  with recursive cleared as (
    select c.oid from pg_class c
    where c.relname = any($1::text[] || $2::text[]) and c.relnamespace = 'public'::regnamespace
    union
    select f.conrelid from pg_constraint f join cleared a on f.confrelid = a.oid where f.contype = 'f'
  )
  select c.relname::text as name from cleared a join pg_class c on c.oid = a.oid`;

async function fillRecords(connection: Queryable, worlds: readonly World[]): Promise<void> {
  const classes = await classIds(connection, worlds);
  const byTable = new Map<string, Record<string, unknown>[]>();
  for (const world of worlds) {
    for (const row of world.rows) {
      const rows = byTable.get(row.table) ?? [];
      byTable.set(row.table, rows);
      const owner_id = world.organisations[row.owner]?.id ?? '';
      rows.push({ ...row.columns, owner_id, visibility_class_id: classes.get(classKey(world, row)) });
    }
  }
  for (const table of ORDER) {
    const rows = byTable.get(table) ?? [];
    const first = rows[0];
    if (first === undefined) continue;
    const types = await columnTypes(connection, table);
    const columns = Object.fromEntries(Object.keys(first).map((name) => [name, types.get(name) ?? 'text']));
    await insertRows(connection, table, columns, rows);
  }
  // As a fold leaves them, however few they are: who sees several classes whole reads them in blocks.
  await connection.execute('update flow_rollup set folded = true');
  await connection.query('select flow_blocks_sum(array(select id from visibility_class))');
}

const classKey = (world: World, row: WorldRow): string =>
  `${world.organisations[row.owner]?.id}/${row.recordClass}/${row.marking.handling}/${row.marking.sensitivity}/${releasedUnder(world, row)}`;

/** As a text that the database reads as an array. */
const releasedUnder = (world: World, { marking }: WorldRow): string =>
  `{${(marking.released ?? []).map((number) => world.agreements[number]).join()}}`;

async function classIds(
  connection: Queryable,
  worlds: readonly World[],
): Promise<ReadonlyMap<string, number>> {
  const wanted = new Map(
    worlds.flatMap((world) =>
      world.rows.map((row) => {
        const owner_id = world.organisations[row.owner]?.id ?? '';
        return [
          classKey(world, row),
          {
            owner_id,
            record_class: row.recordClass,
            handling: row.marking.handling,
            sensitivity: row.marking.sensitivity,
            released_under: releasedUnder(world, row),
          },
        ] as const;
      }),
    ),
  );
  await insertRows(
    connection,
    'visibility_class',
    {
      owner_id: 'uuid',
      record_class: 'text',
      handling: 'text',
      sensitivity: 'text',
      released_under: 'uuid[]',
    },
    [...wanted.values()],
    'on conflict do nothing',
  );
  const rows = await connection.query<{ id: number; key: string }>(
    `select id, owner_id || '/' || record_class || '/' || handling || '/' || sensitivity || '/' || released_under::text as key from visibility_class where owner_id = any($1::uuid[])`,
    [worlds.flatMap(({ organisations }) => organisations.map(({ id }) => id))],
  );
  return new Map(rows.map(({ id, key }) => [key, id]));
}

const typesOf = new Map<string, Promise<ReadonlyMap<string, string>>>();

function columnTypes(connection: Queryable, table: string): Promise<ReadonlyMap<string, string>> {
  const known =
    typesOf.get(table) ??
    connection
      .query<{ name: string; type: string }>(
        'select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
        [table],
      )
      .then((rows) => new Map(rows.map(({ name, type }) => [name, type])));
  typesOf.set(table, known);
  return known;
}
