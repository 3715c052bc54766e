/** Reading which comments an organisation wrote. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { CommentColumns } from './comment.type.ts';

export interface CommentSearch {
  readonly ids?: readonly string[] | undefined;
  readonly aboutIds?: readonly string[] | undefined;
  readonly aboutKinds?: readonly string[] | undefined;
}

export function listComments(
  reader: ViewerReader,
  search: CommentSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<CommentColumns>> {
  return readList<CommentColumns>(
    reader,
    {
      table: 'record_comment',
      asKnown,
      sort: { column: 'r.written_at', type: 'timestamptz' },
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

/** Withdrawn ones stand as marks. */
function conditionsOf(search: CommentSearch, parameters: Parameters): string[] {
  const conditions = ['r.retracted_at is null'];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.aboutIds != null)
    conditions.push(`r.about_id = any(${parameters.bind(search.aboutIds)}::uuid[])`);
  if (search.aboutKinds != null)
    conditions.push(oneOfCondition('r.about_kind', search.aboutKinds, parameters));
  return conditions;
}

/** On records, or on reports and all they tell of; the first written first. */
export async function commentsOf(
  reader: ViewerReader,
  column: 'about_id' | 'report_id',
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly CommentColumns[]> {
  const parameters = new Parameters();
  const from = projected('record_comment', reader.viewer, parameters, asKnown);
  const text =
    `select r.* from ${from} r where r.${column} = any(${parameters.bind(ids)}::uuid[]) and r.retracted_at is null ` +
    'order by r.written_at, r.row_id';
  const rows = await reader.read((connection) => connection.query<CommentColumns>(text, parameters.values));
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}
