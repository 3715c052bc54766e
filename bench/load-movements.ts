/** Fills a database with generated movements as imports would have left them, but in bulk: no files, no vault, foreign keys not re-checked. */
import { randomUUID } from 'node:crypto';
import { ownClasses } from '../src/access/visibility.store.ts';
import { cellAt } from '../src/geo/cells.ts';
import { mortonCode } from '../src/geo/morton.ts';
import type { Position } from '../src/geo/position.ts';
import type { Database, Queryable } from '../src/platform/database.ts';
import { foldCounts } from '../src/records/flows/fold-counts.service.ts';
import { generateMovements, type MovementBatch } from './movement-generator.ts';

export interface BenchOwner {
  readonly id: string;
  readonly slug: string;
  readonly classes: { readonly report: number; readonly incident: number; readonly movement: number };
}

const OWNERS = 20;
const MONTHS = 60;
const FIRST_YEAR = 2021;
const ORIGINS_AN_OWNER = 200;
const RESOLUTION = { home: 5, crossing: 7, destination: 4 } as const;

export async function loadMovements(database: Database, movements: number): Promise<readonly BenchOwner[]> {
  const owners = await database.unrestricted('make the owners of a bench', makeOwners);
  const origins = await database.asOwner((connection) => makeOrigins(connection, owners));
  await database.asOwner(keepCounting);
  for (const batch of generateMovements(1, { movements, owners: OWNERS, months: MONTHS })) {
    // A second report of an incident is an incident of its own here: nothing joins it before a person does.
    const ids = Array.from(batch.incident, () => randomUUID() as string);
    await database.asOwner((connection) => insertBatch(connection, batch, ids, owners, origins));
  }
  await foldCounts(database);
  await database.asOwner((connection) => connection.execute('analyze'));
  return owners;
}

/** As many more, `drawn` along the same corridors, in a database that was filled so: with what counts on writing, but nothing folded. */
export async function addMovements(
  database: Database,
  owners: readonly BenchOwner[],
  movements: number,
  drawn = 1,
): Promise<void> {
  const origins = await database.unrestricted('find the origins of a bench', async (connection) => {
    const rows = await connection.query<{ owner: string; ids: string[] }>(
      'select owner_id as owner, array_agg(id order by id) as ids from source_origin group by 1',
    );
    const ofOwner = new Map(rows.map(({ owner, ids }) => [owner, ids]));
    return owners.map(({ id }) => ofOwner.get(id)?.slice(0, ORIGINS_AN_OWNER) ?? []);
  });
  // Triggers of a database that was filled before they were made.
  await database.asOwner(keepCounting);
  for (const batch of generateMovements(1, { movements, owners: OWNERS, months: MONTHS, drawn })) {
    const ids = Array.from(batch.incident, () => randomUUID() as string);
    await database.asOwner((connection) => insertBatch(connection, batch, ids, owners, origins));
  }
}

/** What is counted on writing is counted here too, though foreign keys are not checked. */
async function keepCounting(connection: Queryable): Promise<void> {
  const triggers = await connection.query<{ of: string; name: string }>(
    'select tgrelid::regclass::text as of, tgname as name from pg_trigger where not tgisinternal',
  );
  for (const { of, name } of triggers)
    await connection.execute(`alter table ${of} enable always trigger ${name}`);
}

async function makeOwners(connection: Queryable): Promise<readonly BenchOwner[]> {
  const owners: BenchOwner[] = [];
  for (let index = 0; index < OWNERS; index += 1) {
    const id = randomUUID();
    const slug = `bench-${index}`;
    await connection.execute(
      'insert into organisation (id, slug, name, fictional) values ($1, $2, $2, true)',
      [id, slug],
    );
    const classes = await ownClasses(connection, id, 'amber', ['report', 'incident', 'movement']);
    owners.push({ id, slug, classes });
  }
  return owners;
}

async function makeOrigins(
  connection: Queryable,
  owners: readonly BenchOwner[],
): Promise<readonly string[][]> {
  const all: string[][] = [];
  for (const owner of owners) {
    const ids = Array.from({ length: ORIGINS_AN_OWNER }, () => randomUUID() as string);
    await connection.execute(
      `insert into source_origin (id, owner_id, visibility_class_id, kind, token)
       select id, $2, $3, 'staff', decode(md5(id::text), 'hex') from unnest($1::uuid[]) id`,
      [ids, owner.id, owner.classes.report],
    );
    all.push(ids);
  }
  return all;
}

async function insertBatch(
  connection: Queryable,
  batch: MovementBatch,
  incidents: readonly string[],
  owners: readonly BenchOwner[],
  origins: readonly string[][],
): Promise<void> {
  // As the owner of the tables: the generator's rows refer to each other by construction.
  await connection.execute('set local session_replication_role = replica');
  const rows = Array.from({ length: batch.count }, (_, row) => row);
  const at = <T>(read: (row: number) => T): T[] => rows.map(read);
  const owner = (row: number): BenchOwner => owners[batch.owner[row] ?? 0] as BenchOwner;
  const reports = at(() => randomUUID());
  const movements = at(() => randomUUID());
  const ownerIds = at((row) => owner(row).id);
  const originIds = at(
    (row) => origins[batch.owner[row] ?? 0]?.[(batch.incident[row] ?? 0) % ORIGINS_AN_OWNER] ?? null,
  );
  const dates = at((row) => dateOf(batch.month[row] ?? 0, batch.incident[row] ?? 0));
  const months = dates.map((date) => `${date.slice(0, 7)}-01`);
  const persons = Array.from(batch.persons);
  const crossing = at(
    (row): Position => [batch.crossingLongitude[row] ?? 0, batch.crossingLatitude[row] ?? 0],
  );
  const lon = crossing.map(([x]) => x);
  const lat = crossing.map(([, y]) => y);
  const z = crossing.map((position) => mortonCode(position).toString());
  const cells = crossing.map((position) => cellAt(position, RESOLUTION.crossing).toString());
  await connection.execute(
    `insert into report (id, owner_id, visibility_class_id, kind, identity_digest, content_digest, observed_from, observed_to, recorded_at,
       reliability, credibility, origin_kind, origin_id, handling)
     select id, owner, class, 'border_intercept', decode(md5(id::text), 'hex'), '\\x00', day::timestamptz, day::timestamptz + interval '1 day',
       day::timestamptz, 'B', 3, 'staff', origin, 'amber'
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::uuid[]) as t (id, owner, class, day, origin)`,
    [reports, ownerIds, at((row) => owner(row).classes.report), dates, originIds],
  );
  await connection.execute(
    `insert into incident (id, owner_id, visibility_class_id, report_id, kind, population, occurred_from, occurred_to, occurred_granularity,
       month, country, longitude, latitude, z, cell, cell_resolution, persons_min, persons_max, verification)
     select id, owner, class, report, 'intercept', 'trafficking', day::timestamptz, day::timestamptz + interval '1 day', 'day', month, country,
       lon, lat, z, cell, ${RESOLUTION.crossing}, persons, persons, 'evidence'
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::date[], $6::date[], $7::text[], $8::float8[], $9::float8[], $10::bigint[],
       $11::bigint[], $12::int[]) as t (id, owner, class, report, day, month, country, lon, lat, z, cell, persons)`,
    [
      incidents,
      ownerIds,
      at((row) => owner(row).classes.incident),
      reports,
      dates,
      months,
      batch.leftCountry,
      lon,
      lat,
      z,
      cells,
      persons,
    ],
  );
  await connection.execute(
    `insert into movement (id, owner_id, visibility_class_id, incident_id, report_id, origin_id, purpose, mode, status, exploitation,
       occurred_from, occurred_to, occurred_granularity, month, persons_min, persons_max, origin_country, destination_country, countries,
       roles, verification, reliability, credibility)
     select id, owner, class, incident, report, origin, purpose, mode, 'intercepted', 'unknown', day::timestamptz,
       day::timestamptz + interval '1 day', 'day', month, persons, persons, a, d,
       case when a = d then array[a] when c in (a, d) then array[a, d] else array[a, c, d] end,
       case when a = d then array['domestic'] when c in (a, d) then array['source', 'destination'] else array['source', 'transit', 'destination'] end,
       'evidence', 'B', 3
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::date[], $10::date[],
       $11::int[], $12::text[], $13::text[], $14::text[])
       as t (id, owner, class, incident, report, origin, purpose, mode, day, month, persons, a, c, d)`,
    [
      movements,
      ownerIds,
      at((row) => owner(row).classes.movement),
      incidents,
      reports,
      originIds,
      batch.purpose,
      batch.mode,
      dates,
      months,
      persons,
      batch.originCountry,
      batch.enteredCountry,
      batch.destinationCountry,
    ],
  );
  const waypoints = (
    ordinal: number,
    kind: string,
    basis: string,
    country: readonly string[],
    positions: readonly Position[],
    resolution: number,
  ): Promise<number> =>
    connection.execute(
      `insert into waypoint (id, owner_id, visibility_class_id, movement_id, ordinal, kind, basis, level, uncertainty_km, country, longitude,
         latitude, z, cell, cell_resolution)
       select gen_random_uuid(), owner, class, movement, ${ordinal}, '${kind}', '${basis}', 'locality', 5, country, lon, lat, z, cell, ${resolution}
       from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::float8[], $6::float8[], $7::bigint[], $8::bigint[])
         as t (owner, class, movement, country, lon, lat, z, cell)`,
      [
        ownerIds,
        at((row) => owner(row).classes.movement),
        movements,
        country,
        positions.map(([x]) => x),
        positions.map(([, y]) => y),
        positions.map((position) => mortonCode(position).toString()),
        positions.map((position) => cellAt(position, resolution).toString()),
      ],
    );
  const origin = at((row): Position => [batch.originLongitude[row] ?? 0, batch.originLatitude[row] ?? 0]);
  const destination = at(
    (row): Position => [batch.destinationLongitude[row] ?? 0, batch.destinationLatitude[row] ?? 0],
  );
  await waypoints(0, 'stated', 'residence', batch.originCountry, origin, RESOLUTION.home);
  await waypoints(1, 'observed', 'crossing', batch.leftCountry, crossing, RESOLUTION.crossing);
  await waypoints(2, 'stated', 'destination', batch.destinationCountry, destination, RESOLUTION.destination);
  await connection.execute(
    `insert into crossing (id, owner_id, visibility_class_id, movement_id, incident_id, origin_id, kind, ordinal, from_country, to_country,
       country_a, country_b, longitude, latitude, z, cell, cell_resolution, occurred_from, occurred_to, occurred_granularity, month,
       persons_min, persons_max)
     select gen_random_uuid(), owner, class, movement, incident, origin, 'observed', 1, a, b, least(a, b), greatest(a, b), lon, lat, z, cell,
       ${RESOLUTION.crossing}, day::timestamptz, day::timestamptz + interval '1 day', 'day', month, persons, persons
     from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::float8[], $9::float8[], $10::bigint[],
       $11::bigint[], $12::date[], $13::date[], $14::int[])
       as t (owner, class, movement, incident, origin, a, b, lon, lat, z, cell, day, month, persons) where a <> b`,
    [
      ownerIds,
      at((row) => owner(row).classes.movement),
      movements,
      incidents,
      originIds,
      batch.leftCountry,
      batch.enteredCountry,
      lon,
      lat,
      z,
      cells,
      dates,
      months,
      persons,
    ],
  );
}

function dateOf(month: number, key: number): string {
  const year = FIRST_YEAR + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-${String(1 + (key % 28)).padStart(2, '0')}`;
}
