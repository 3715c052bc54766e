/** Reading the gazetteer: its core is public, so the only right asked for is that of being somebody. */
import type { ViewerReader } from '../access/reader.ts';
import { areaCondition, borderPair, checkedCountry } from '../graphql/filter-conditions.sql.ts';
import type { AreaInput } from '../graphql/filters.input.ts';
import type { ListAnswer } from '../graphql/list.sql.ts';
import type { Cursor } from '../kernel/cursor.ts';
import { countRows, readPage } from '../platform/keyset.ts';
import { Parameters } from '../platform/parameters.ts';
import { normaliseName } from './normalise-name.ts';
import type { PlaceColumns } from './place.type.ts';

const COLUMNS =
  'p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude, p.footprint_radius_km, p.derived, p.source';

export interface PlaceSearch {
  readonly ids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly country?: string | undefined;
  readonly border?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
}

export async function listPlaces(
  reader: ViewerReader,
  search: PlaceSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<PlaceColumns>> {
  const prepare = () => {
    const parameters = new Parameters();
    return { parameters, from: 'place p', conditions: conditionsOf(search, parameters) };
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

function conditionsOf(search: PlaceSearch, parameters: Parameters): string[] {
  // Which other places are here tells what records name, so that those are met through records alone.
  const conditions: string[] = ['p.core'];
  if (search.ids) conditions.push(`p.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.name != null) {
    const name = parameters.bind(normaliseName(search.name));
    conditions.push(`p.id in (select a.place_id from place_alias a where a.normalised = ${name})`);
  }
  if (search.kinds != null) conditions.push(`p.kind = any(${parameters.bind(search.kinds)}::text[])`);
  if (search.country != null)
    conditions.push(`p.country = ${parameters.bind(checkedCountry('country', search.country))}`);
  if (search.border != null) {
    const pair = borderPair('border', search.border);
    conditions.push(`p.border_countries @> ${parameters.bind(pair)}::text[]`);
  }
  if (search.area != null) conditions.push(areaCondition('p', search.area, parameters));
  return conditions;
}
