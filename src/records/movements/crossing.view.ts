/** Reading crossings. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import {
  areaCondition,
  borderPair,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { CrossingColumns } from './crossing.type.ts';

export interface CrossingSearch {
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly border?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export function listCrossings(
  reader: ViewerReader,
  search: CrossingSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<CrossingColumns>> {
  return readList<CrossingColumns>(
    reader,
    {
      table: 'crossing',
      asKnown,
      sort: { column: 'r.occurred_from', type: 'timestamptz' },
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

export function crossingsByMovements(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly CrossingColumns[]> {
  return readByIds<CrossingColumns>(
    reader,
    'crossing',
    'movement_id',
    ids,
    'r.movement_id, r.ordinal, r.id',
    asKnown,
  );
}

function conditionsOf(search: CrossingSearch, parameters: Parameters): string[] {
  const conditions: string[] = ['true'];
  if (search.area) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred)
    conditions.push(overlapCondition('r.occurred_from', 'r.occurred_to', search.occurred, parameters));
  if (search.kinds) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.ownerIds) conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.border) {
    const [a, b] = borderPair('border', search.border);
    conditions.push(`r.country_a = ${parameters.bind(a)} and r.country_b = ${parameters.bind(b)}`);
  }
  return conditions;
}
