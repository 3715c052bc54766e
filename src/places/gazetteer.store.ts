/** Loading the gazetteer into the database: once, when it is empty or its rows changed. */

import { mortonCode } from '../geo/morton.ts';
import { insertRows } from '../platform/bulk.ts';
import type { Queryable } from '../platform/database.ts';
import type { CoreGazetteer } from './atlas.ts';
import type { BorderRow } from './borders.ts';
import type { PlaceRow } from './place-rows.ts';

export async function countPlaces(connection: Queryable): Promise<number> {
  const rows = await connection.query<{ n: number }>('select count(*)::int as n from place');
  return rows[0]?.n ?? 0;
}

/** Those of which the database does not have a row yet. */
export async function missingPlaces(
  connection: Queryable,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const wanted = [...new Set(ids)];
  const rows = await connection.query<{ id: string }>('select id from place where id = any($1::uuid[])', [
    wanted,
  ]);
  const there = new Set(rows.map(({ id }) => id));
  return wanted.filter((id) => !there.has(id));
}

/** Ids are the same on every machine, so places already there are left alone. */
export async function addPlaces(
  connection: Queryable,
  places: readonly PlaceRow[],
  core: boolean,
): Promise<void> {
  await insertRows(
    connection,
    'place',
    {
      id: 'uuid',
      kind: 'text',
      name: 'text',
      country: 'text',
      border_countries: 'text[]',
      admin_code: 'text',
      population: 'integer',
      longitude: 'double precision',
      latitude: 'double precision',
      position: 'geography',
      z: 'bigint',
      footprint_radius_km: 'float8',
      source: 'text',
      derived: 'boolean',
      core: 'boolean',
    },
    places.map((place) => ({
      id: place.id as string,
      kind: place.kind,
      name: place.name,
      country: place.country,
      border_countries: place.borderCountries ?? null,
      admin_code: place.adminCode,
      population: place.population,
      longitude: place.position[0],
      latitude: place.position[1],
      position: `SRID=4326;POINT(${place.position[0]} ${place.position[1]})`,
      z: mortonCode(place.position),
      footprint_radius_km: place.footprintRadiusKm,
      source: place.source,
      derived: place.derived ?? false,
      core,
    })),
    'on conflict (id) do nothing',
  );
}

/** The places every hub has from the start; others come in when a record names them. */
export async function loadGazetteer(
  connection: Queryable,
  gazetteer: CoreGazetteer,
  borders: readonly BorderRow[],
): Promise<void> {
  await addPlaces(connection, gazetteer.places, true);
  await insertRows(
    connection,
    'place_alias',
    { place_id: 'uuid', normalised: 'text' },
    gazetteer.aliases.map((alias) => ({ place_id: alias.placeId as string, normalised: alias.normalised })),
    'on conflict do nothing',
  );
  for (const border of borders) {
    const line = { type: 'MultiLineString', coordinates: border.lines };
    await connection.execute(
      `insert into land_border (country_a, country_b, length_km, line) values ($1, $2, $3, st_geomfromgeojson($4)::geography)
       on conflict do nothing`,
      [border.countries[0], border.countries[1], border.lengthKm, JSON.stringify(line)],
    );
  }
}
