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
  // Each half by itself: an "or" of both would walk the whole gazetteer for each place.
  const nearest = (inCountry: string): string =>
    'select q.key, t.name from asked q join lateral (select p.name from place p where p.kind = $5 and p.population >= $6 ' +
    `${inCountry} order by p.position <-> st_setsrid(st_makepoint(q.longitude, q.latitude), 4326)::geography, p.id limit 1) t`;
  const text =
    'with asked as materialized (select * from unnest($1::text[], $2::float8[], $3::float8[], $4::text[]) as q (key, longitude, latitude, country)) ' +
    `${nearest('and p.country = q.country')} on q.country is not null union all ${nearest('')} on q.country is null`;
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
