/** Reading crossings. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { CrossingColumns } from './crossing.type.ts';
import { type CrossingSearch, crossingConditions } from './crossing-source.sql.ts';

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
      conditions: (parameters) => crossingConditions(search, parameters),
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
