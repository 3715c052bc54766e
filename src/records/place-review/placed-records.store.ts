/** Records that follow a place reference: found by saying what it says, moved to what it says now, their journeys read and rewritten. */
import type { Mode, WaypointBasis, WaypointKind } from '../../kernel/vocabulary.ts';
import { insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Itinerary } from '../composition/journey.ts';
import type { CrossingColumns } from '../composition/journey-crossings.ts';
import type { StationBefore } from '../composition/place-decision.ts';
import type { StoredPlace } from '../composition/stored-place.ts';
import { keepReading } from './past-readings.store.ts';

/** What tells that a record has its place from the reference and not from where its station stands. */
interface Followed {
  readonly referenceId: string;
  readonly placeId: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export function followed(referenceId: string, { placeId, position }: StoredPlace): Followed {
  return {
    referenceId,
    placeId,
    longitude: position?.[0] ?? null,
    latitude: position?.[1] ?? null,
  };
}

const FOLLOWS = `t.place_reference_id = $1 and t.place_id is not distinct from $2::uuid
  and t.longitude is not distinct from $3::float8 and t.latitude is not distinct from $4::float8`;
const PLACE =
  'place_id = $5, country = $6, longitude = $7, latitude = $8, z = $9, cell = $10, cell_resolution = $11';

function boundOf({ referenceId, placeId, longitude, latitude }: Followed): readonly unknown[] {
  return [referenceId, placeId, longitude, latitude];
}

function bound(from: Followed, to: StoredPlace): readonly unknown[] {
  return [
    ...boundOf(from),
    to.placeId,
    to.country,
    to.position?.[0] ?? null,
    to.position?.[1] ?? null,
    to.z?.toString() ?? null,
    to.cell?.toString() ?? null,
    to.cellResolution,
  ];
}

/** Locked until the transaction ends: those of which the living version has a place by these words. */
export async function lockReportsPlaced(connection: Queryable, referenceId: string): Promise<void> {
  await connection.query(
    `select 1 from report where known_to is null and id in (
       select i.report_id from incident i where i.place_reference_id = $1 and i.known_to is null
       union select m.report_id from waypoint w join movement m on m.id = w.movement_id and m.known_to is null where w.place_reference_id = $1)
     order by id for update`,
    [referenceId],
  );
}

/** Ids of the reports whose living incident moved. Past versions stay as they are. */
export async function moveIncidents(
  connection: Queryable,
  from: Followed,
  to: StoredPlace,
  moment: string,
): Promise<readonly string[]> {
  const found = `${FOLLOWS} and t.known_to is null`;
  await keepReading(connection, 'incident', found, boundOf(from), moment);
  const rows = await connection.query<{ report_id: string }>(
    `update incident t set ${PLACE} where ${found} returning t.report_id`,
    bound(from, to),
  );
  return rows.map((row) => row.report_id);
}

/** One entry for each waypoint of a living movement that moved. */
export async function moveWaypoints(
  connection: Queryable,
  from: Followed,
  to: StoredPlace,
  moment: string,
): Promise<readonly { readonly movement_id: string; readonly report_id: string }[]> {
  const lives = 'exists (select 1 from movement m where m.id = t.movement_id and m.known_to is null)';
  await keepReading(connection, 'waypoint', `${FOLLOWS} and ${lives}`, boundOf(from), moment);
  return connection.query(
    `update waypoint t set ${PLACE}, level = $12, uncertainty_km = $13 from movement m
     where ${FOLLOWS} and m.id = t.movement_id and m.known_to is null returning t.movement_id, m.report_id`,
    [...bound(from, to), to.level, to.uncertaintyKm],
  );
}

/** Ids of the published flows one of whose ends moved. */
export async function moveFlows(
  connection: Queryable,
  from: Followed,
  to: StoredPlace,
  moment: string,
): Promise<readonly string[]> {
  const moved: string[] = [];
  for (const end of ['origin', 'destination']) {
    const found =
      `t.${end}_reference_id = $1 and t.known_to is null and t.${end}_longitude is not distinct from $2::float8 ` +
      `and t.${end}_latitude is not distinct from $3::float8`;
    const { referenceId, longitude, latitude } = from;
    const said = [referenceId, longitude, latitude];
    await keepReading(connection, 'flow_observation', found, said, moment);
    const rows = await connection.query<{ id: string }>(
      `update flow_observation t set ${end}_country = $4, ${end}_longitude = $5, ${end}_latitude = $6
       where ${found} returning t.id`,
      [...said, to.country, to.position?.[0] ?? null, to.position?.[1] ?? null],
    );
    moved.push(...rows.map(({ id }) => id));
  }
  return moved;
}

export interface OpenStation extends StationBefore {
  readonly name: string;
}

/** Stations whose own position nobody has said. */
export async function findOpenStations(
  connection: Queryable,
  ownerId: string,
): Promise<readonly OpenStation[]> {
  return connection.query(
    'select id, name, place_id, country from station where owner_id = $1 and longitude is null order by id',
    [ownerId],
  );
}

/** Where the staff stand in the place is still not known: the position stays open. */
export async function nameStations(
  connection: Queryable,
  stations: readonly StationBefore[],
): Promise<number> {
  if (stations.length === 0) return 0;
  return connection.execute(
    `update station s set place_id = g.place_id, country = g.country
     from json_to_recordset($1::json) as g (id uuid, place_id uuid, country text) where s.id = g.id and s.longitude is null`,
    [JSON.stringify(stations)],
  );
}

export interface JourneyRow {
  readonly movement_id: string;
  /** Of the leg that ends here. */
  readonly mode: Mode;
  readonly kind: WaypointKind;
  readonly basis: WaypointBasis;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly uncertainty_km: number | null;
}

/** Waypoints in travel order, movement by movement. */
export async function readJourneys(
  connection: Queryable,
  movementIds: readonly string[],
): Promise<readonly JourneyRow[]> {
  return connection.query(
    `select w.movement_id, coalesce(w.mode, m.mode) as mode, w.kind, w.basis, w.country, w.longitude, w.latitude, w.uncertainty_km
     from waypoint w join movement m on m.id = w.movement_id where w.movement_id = any($1::uuid[]) order by w.movement_id, w.ordinal`,
    [movementIds],
  );
}

export type LivingCrossing = Pick<CrossingColumns, 'kind' | 'ordinal' | 'from_country' | 'to_country'> & {
  readonly id: string;
  readonly movement_id: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly cell: bigint | null;
};

export async function readCrossings(
  connection: Queryable,
  movementIds: readonly string[],
): Promise<readonly LivingCrossing[]> {
  return connection.query(
    `select id, movement_id, kind, ordinal, from_country, to_country, longitude, latitude, cell from crossing
     where movement_id = any($1::uuid[]) and known_to is null order by movement_id, ordinal, id`,
    [movementIds],
  );
}

export async function writeItineraries(
  connection: Queryable,
  itineraries: readonly (Itinerary & { readonly id: string })[],
): Promise<void> {
  await connection.execute(
    `update movement m set origin_country = g.origin, destination_country = g.destination, countries = g.countries, roles = g.roles
     from json_to_recordset($1::json) as g (id uuid, origin text, destination text, countries text[], roles text[]) where m.id = g.id`,
    [JSON.stringify(itineraries)],
  );
}

/** What a crossing shares with its movement is read from the movement. */
export async function replaceCrossings(
  connection: Queryable,
  gone: readonly string[],
  crossings: readonly (CrossingColumns & { readonly id: string; readonly movement_id: string })[],
): Promise<void> {
  await connection.execute('delete from crossing where id = any($1::uuid[])', [gone]);
  if (crossings.length === 0) return;
  const own = Object.keys(CROSSING);
  await connection.execute(
    `insert into crossing (id, movement_id, ${own.join(', ')}, owner_id, visibility_class_id, incident_id, origin_id, occurred_from, occurred_to,
       occurred_granularity, occurred_zone, occurred_basis, month, persons_min, persons_max, version, known_from, batch_id)
     select g.id, g.movement_id, ${own.map((name) => `g.${name}`).join(', ')}, m.owner_id, m.visibility_class_id, m.incident_id, m.origin_id,
       m.occurred_from, m.occurred_to, m.occurred_granularity, m.occurred_zone, m.occurred_basis, m.month, m.persons_min, m.persons_max, m.version,
       m.known_from, m.batch_id
     from json_to_recordset($1::json) as g (id uuid, movement_id uuid, ${Object.entries(CROSSING)
       .map(([name, type]) => `${name} ${type}`)
       .join(', ')})
     join movement m on m.id = g.movement_id
     on conflict (id) do update set ${own.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [
      JSON.stringify(crossings, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
    ],
  );
}

const CROSSING: Readonly<Record<keyof CrossingColumns, string>> = {
  kind: 'text',
  ordinal: 'smallint',
  from_country: 'text',
  to_country: 'text',
  country_a: 'text',
  country_b: 'text',
  longitude: 'float8',
  latitude: 'float8',
  z: 'bigint',
  cell: 'bigint',
  cell_resolution: 'smallint',
  place_id: 'uuid',
  distance_km: 'float8',
};

export async function tellOutbox(
  connection: Queryable,
  entries: readonly { readonly topic: string; readonly object_id: string }[],
): Promise<void> {
  await insertRows(connection, 'outbox', { topic: 'text', object_id: 'uuid' }, entries);
}
