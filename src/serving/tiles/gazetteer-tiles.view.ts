/** Reading public geography for maps: the gazetteer's core, land borders, and where countries are drawn from. */
import type { ViewerReader } from '../../access/reader.ts';
import type { BoundingBox, Position } from '../../geo/position.ts';
import { areaCondition } from '../../graphql/filter-conditions.sql.ts';
import { type PlaceSearch, placeConditions } from '../../places/place-source.sql.ts';
import { Parameters } from '../../platform/parameters.ts';

export interface PlacePoint {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly population: number | null;
  readonly longitude: number;
  readonly latitude: number;
}

/** Kinds of places, and how many must live in those that are towns. */
export interface PlaceGrain {
  readonly kinds: readonly string[];
  readonly populationFrom: number;
}

/** The most populous first; `grain` null: every place. */
export async function readPlacePoints(
  reader: ViewerReader,
  search: PlaceSearch,
  grain: PlaceGrain | null,
  box: BoundingBox,
  most: number,
): Promise<readonly PlacePoint[]> {
  const parameters = new Parameters();
  const conditions = [
    ...placeConditions(search, parameters),
    areaCondition('p', { bbox: box }, parameters),
    ...(grain === null ? [] : [grainCondition(grain, parameters)]),
  ];
  const text =
    'select p.id, p.name, p.kind, p.country, p.population, p.longitude, p.latitude from place p ' +
    `where ${conditions.join(' and ')} order by coalesce(p.population, 0) desc, p.id limit ${most}`;
  return reader.read((connection) => connection.query<PlacePoint>(text, parameters.values));
}

export interface DrawnBorder {
  readonly a: string;
  readonly b: string;
  readonly lines: readonly (readonly Position[])[];
}

export async function readAllBorders(reader: ViewerReader): Promise<readonly DrawnBorder[]> {
  const rows = await reader.read((connection) =>
    connection.query<{ readonly a: string; readonly b: string; readonly line: string }>(
      'select l.country_a as a, l.country_b as b, st_asgeojson(l.line, 7) as line from land_border l order by 1, 2',
    ),
  );
  return rows.map(({ a, b, line }) => ({
    a,
    b,
    lines: (JSON.parse(line) as { coordinates: Position[][] }).coordinates,
  }));
}

export async function readCountryCentres(reader: ViewerReader): Promise<ReadonlyMap<string, Position>> {
  const rows = await reader.read((connection) =>
    connection.query<{ readonly country: string; readonly longitude: number; readonly latitude: number }>(
      `select p.country, p.longitude, p.latitude from place p where p.core and p.kind = 'country' order by p.id`,
    ),
  );
  return new Map(rows.map(({ country, longitude, latitude }) => [country, [longitude, latitude]]));
}

function grainCondition({ kinds, populationFrom }: PlaceGrain, parameters: Parameters): string {
  return (
    `p.kind = any(${parameters.bind(kinds)}::text[]) and ` +
    `(p.kind <> 'locality' or p.population >= ${parameters.bind(populationFrom)}::integer)`
  );
}
