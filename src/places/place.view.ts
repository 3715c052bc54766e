/** Reading the gazetteer: its core is public, so the only right asked for is that of being somebody. */
import type { ViewerReader } from '../access/reader.ts';
import type { ListAnswer } from '../graphql/list.sql.ts';
import type { Cursor } from '../kernel/cursor.ts';
import { countRows, readPage } from '../platform/keyset.ts';
import { Parameters } from '../platform/parameters.ts';
import type { PlaceColumns } from './place.type.ts';
import { type PlaceSearch, placeConditions } from './place-source.sql.ts';

const COLUMNS =
  'p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude, p.footprint_radius_km, p.derived, p.source';

export async function listPlaces(
  reader: ViewerReader,
  search: PlaceSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<PlaceColumns>> {
  const prepare = () => {
    const parameters = new Parameters();
    return { parameters, from: 'place p', conditions: placeConditions(search, parameters) };
  };
  const { parameters, from, conditions } = prepare();
  const sort = { column: 'coalesce(p.population, 0)::bigint', type: 'bigint' } as const;
  const page = await reader.read((connection) =>
    readPage<PlaceColumns>(
      connection,
      parameters,
      { select: COLUMNS, from, conditions, sort, idColumn: 'p.id' },
      paging.first,
      paging.after,
    ),
  );
  return {
    page,
    count: (upTo) => {
      const again = prepare();
      return reader.read((connection) => countRows(connection, again.parameters, again, upTo));
    },
  };
}

/** For places that a record already shown names. */
export async function placesByIds(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly PlaceColumns[]> {
  return reader.read((connection) =>
    connection.query<PlaceColumns>(
      `select ${COLUMNS} from place p where p.id = any($1::uuid[]) order by p.id`,
      [ids],
    ),
  );
}
