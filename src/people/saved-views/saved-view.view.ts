/** Reading saved views: one's own, and what colleagues share. */
import { KNOWN_NOW } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { SavedPage } from './view-address.ts';

export interface SavedViewColumns {
  readonly id: string;
  readonly made_by: string;
  readonly name: string;
  readonly page: SavedPage;
  readonly address: string;
  readonly shared: boolean;
  readonly version: number;
  readonly made_at: Date;
  readonly changed_at: Date;
}

/** The latest made first. */
export function listSavedViews(
  reader: ViewerReader,
  pages: readonly SavedPage[] | null,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<SavedViewColumns>> {
  const { organisationId, keyId } = reader.viewer;
  return readList<SavedViewColumns>(
    reader,
    {
      table: 'saved_view',
      asKnown: KNOWN_NOW,
      sort: { column: 'r.made_at', type: 'timestamptz' },
      idColumn: 'r.id',
      conditions: (parameters) => [
        `r.owner_id = ${parameters.bind(organisationId)}::uuid`,
        `(r.shared or r.made_by = ${parameters.bind(keyId)}::uuid)`,
        ...(pages === null ? [] : [oneOfCondition('r.page', pages, parameters)]),
      ],
    },
    paging,
  );
}
