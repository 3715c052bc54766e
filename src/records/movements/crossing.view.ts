/** Reading crossings. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, type ListQuery, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { CrossingColumns } from './crossing.type.ts';
import { type CrossingSearch, crossingConditions } from './crossing-source.sql.ts';

export function listCrossings(
  reader: ViewerReader,
  search: CrossingSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<CrossingColumns>> {
  return readList<CrossingColumns>(reader, crossingList(search, asKnown), paging);
}

/** What a list of crossings is, however it is read. */
export function crossingList(search: CrossingSearch, asKnown: AsKnown): ListQuery {
  return {
    table: 'crossing',
    asKnown,
    sort: { column: 'r.occurred_from', type: 'timestamptz' },
    conditions: (parameters) => crossingConditions(search, parameters),
  };
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
