/** The gazetteer as features: public geography, the most populous first. */
import type { ViewerReader } from '../../access/reader.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { type PlaceSearch, placeConditions } from '../../places/place-source.sql.ts';
import { countRows, type KeysetPage, readPage } from '../../platform/keyset.ts';
import { Parameters } from '../../platform/parameters.ts';

export interface PlaceRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly country: string;
  readonly border_countries: readonly string[] | null;
  readonly population: number | null;
  readonly longitude: number;
  readonly latitude: number;
  readonly footprint_radius_km: number;
  readonly derived: boolean;
  readonly source: string;
}

const SELECT =
  'p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude, p.footprint_radius_km, p.derived, p.source';

export function readPlaces(
  reader: ViewerReader,
  search: PlaceSearch,
  first: number,
  after: Cursor | null,
): Promise<KeysetPage<PlaceRow>> {
  const parameters = new Parameters();
  const conditions = placeConditions(search, parameters);
  const sort = { column: 'coalesce(p.population, 0)::bigint', type: 'bigint' } as const;
  const query = { select: SELECT, from: 'place p', conditions, sort, idColumn: 'p.id' };
  return reader.read((connection) => readPage<PlaceRow>(connection, parameters, query, first, after));
}

export function countPlaces(reader: ViewerReader, search: PlaceSearch): Promise<number> {
  const parameters = new Parameters();
  const conditions = placeConditions(search, parameters);
  return reader.read((connection) =>
    countRows(connection, parameters, { from: 'place p', conditions }, null),
  );
}
