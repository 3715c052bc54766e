/** Reading the nearest towns of the public gazetteer. */
import type { ViewerReader } from '../access/reader.ts';
import type { Position } from '../geo/position.ts';

/** A place to be called by the town nearest to it. */
export interface Unnamed {
  readonly key: string;
  readonly position: Position;
  /** Alpha-3; the town is looked for in it. */
  readonly country: string | null;
}

/** In every hub's gazetteer; smaller ones come in with records, so that their being there would tell of rows others hold. */
const LEAST_TOWN_POPULATION = 15_000;

export async function nearestTowns(
  reader: ViewerReader,
  places: readonly Unnamed[],
): Promise<readonly { readonly key: string; readonly name: string }[]> {
  const text =
    'select q.key, t.name from unnest($1::text[], $2::float8[], $3::float8[], $4::text[]) as q (key, longitude, latitude, country) ' +
    'join lateral (select p.name from place p where p.kind = $5 and p.population >= $6 ' +
    'and (q.country is null or p.country = q.country) ' +
    'order by p.position <-> st_setsrid(st_makepoint(q.longitude, q.latitude), 4326)::geography, p.id limit 1) t on true';
  const values = [
    places.map(({ key }) => key),
    places.map(({ position }) => position[0]),
    places.map(({ position }) => position[1]),
    places.map(({ country }) => country),
    'locality',
    LEAST_TOWN_POPULATION,
  ];
  return reader.read((connection) => connection.query(text, values));
}
