/** Writing composed records, superseding versions, and taking a batch back. */
import { bytesText, insertRows, preparedInsert } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { RECORD_COLUMNS, type RecordTable, type RowBook } from './record-rows.ts';

/** In the order in which rows may refer to each other. */
const INSERT_ORDER = Object.keys(RECORD_COLUMNS) as RecordTable[];

export async function insertBook(connection: Queryable, book: RowBook): Promise<void> {
  let running: Promise<number> = Promise.resolve(0);
  for (const table of INSERT_ORDER) {
    const rows = book.rows.get(table);
    const columns = RECORD_COLUMNS[table] as Record<never, string>;
    if (rows === undefined) continue;
    // The text of one table is written while the database takes in the one before.
    const insert = preparedInsert<object>(table, columns, rows, takesOver(table));
    await running;
    running = insert(connection);
    running.catch(() => undefined);
  }
  await running;
}

/** A new version takes the living row's id: what it says replaces what the row said. */
function takesOver(table: RecordTable): string {
  if (!VERSIONED.has(table)) return '';
  const names = Object.keys(RECORD_COLUMNS[table]).filter((name) => name !== 'id');
  return `on conflict (id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

const VERSIONED: ReadonlySet<RecordTable> = new Set([
  'report',
  'incident',
  'movement',
  'flow_observation',
  'effort',
  'station_month',
  'interdiction',
  'red_flag_weight',
]);

export interface PlaceReferenceRow {
  readonly id: string;
  readonly digest: string;
  readonly written: string | null;
  readonly level: string;
  readonly resolution: string;
  readonly place_id: string | null;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly uncertainty_km: number | null;
  readonly reason: string | null;
  readonly candidates: readonly { readonly placeId: string; readonly weight: number }[];
  /** Of the name alone, as `bytesText` writes it; null: no name is said. */
  readonly name_token: string | null;
  readonly said_country: string | null;
  readonly home: boolean;
  readonly decided: string | null;
  readonly state: number;
}

/** References that the owner does not have yet, with what they may mean. */
export async function insertPlaceReferences(
  connection: Queryable,
  ownerId: string,
  visibilityClass: number,
  references: readonly PlaceReferenceRow[],
): Promise<void> {
  const stamp = { owner_id: ownerId, visibility_class_id: visibilityClass };
  await insertRows<object>(
    connection,
    'place_reference',
    {
      id: 'uuid',
      owner_id: 'uuid',
      visibility_class_id: 'integer',
      digest: 'bytea',
      written: 'text',
      level: 'text',
      resolution: 'text',
      place_id: 'uuid',
      country: 'text',
      longitude: 'float8',
      latitude: 'float8',
      uncertainty_km: 'float8',
      reason: 'text',
      name_token: 'bytea',
      said_country: 'text',
      home: 'boolean',
      decided: 'text',
      state: 'integer',
    },
    references.map((reference) => ({ ...reference, ...stamp })),
  );
  const candidates = references.flatMap(({ id, candidates }) =>
    candidates.map(({ placeId, weight }) => ({
      place_reference_id: id,
      place_id: placeId,
      weight,
      visibility_class_id: visibilityClass,
    })),
  );
  await insertRows(
    connection,
    'place_candidate',
    { place_reference_id: 'uuid', place_id: 'uuid', weight: 'float8', visibility_class_id: 'integer' },
    candidates,
  );
}

/** Ids by token. */
export async function upsertOrigins(
  connection: Queryable,
  ownerId: string,
  visibilityClass: number,
  origins: readonly { readonly id: string; readonly kind: string; readonly token: string }[],
): Promise<ReadonlyMap<string, string>> {
  await insertRows(
    connection,
    'source_origin',
    { id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', kind: 'text', token: 'bytea' },
    origins.map((origin) => ({ ...origin, owner_id: ownerId, visibility_class_id: visibilityClass })),
    'on conflict (owner_id, token) do nothing',
  );
  const rows = await connection.query<{ id: string; token: Uint8Array }>(
    // One look-up a token: of a table just filled a planner knows nothing, and would compare each of its rows with each token.
    `select o.id, o.token from unnest($2::text[]) wanted cross join lateral (
       select id, token from source_origin where owner_id = $1 and token = decode(wanted, 'hex') offset 0) o`,
    [ownerId, origins.map((origin) => origin.token.slice(2))],
  );
  return new Map(rows.map((row) => [bytesText(row.token), row.id]));
}

export interface StationRow {
  readonly id: string;
  readonly normalised: string;
  readonly location: string;
  readonly country: string | null;
  readonly place_id: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export interface NewStation extends StationRow {
  readonly name: string;
}

/** Stations by name and location; a position learnt later fills an unknown one, and never replaces a known one. */
export async function upsertStations(
  connection: Queryable,
  ownerId: string,
  visibilityClass: number,
  batchId: string | null,
  stations: readonly NewStation[],
): Promise<readonly StationRow[]> {
  await insertRows(
    connection,
    'station',
    {
      id: 'uuid',
      owner_id: 'uuid',
      visibility_class_id: 'integer',
      name: 'text',
      normalised: 'text',
      location: 'text',
      country: 'text',
      place_id: 'uuid',
      longitude: 'float8',
      latitude: 'float8',
      batch_id: 'uuid',
    },
    stations.map((station) => ({
      ...station,
      owner_id: ownerId,
      visibility_class_id: visibilityClass,
      batch_id: batchId,
    })),
    `on conflict (owner_id, normalised, location) do update set
       longitude = coalesce(station.longitude, excluded.longitude), latitude = coalesce(station.latitude, excluded.latitude),
       place_id = coalesce(station.place_id, excluded.place_id), country = coalesce(station.country, excluded.country)`,
  );
  return connection.query<StationRow>(
    `select id, normalised, location, country, place_id, longitude, latitude from station
     where owner_id = $1 and normalised = any($2::text[]) order by normalised, location`,
    [ownerId, [...new Set(stations.map((station) => station.normalised))]],
  );
}

export async function appendOutbox(
  connection: Queryable,
  entries: readonly { readonly topic: string; readonly object_id: string }[],
): Promise<void> {
  await insertRows(connection, 'outbox', { topic: 'text', object_id: 'uuid' }, entries);
}
