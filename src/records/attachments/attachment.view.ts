/** Reading which files are attached: by who sees what they hang on, whole, at the same moment. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { AttachmentColumns } from './attachment.type.ts';
import { type Parent, standingOn } from './standing-on.sql.ts';

export interface AttachmentSearch {
  readonly ids?: readonly string[] | undefined;
  readonly reportIds?: readonly string[] | undefined;
  readonly legalCaseIds?: readonly string[] | undefined;
  readonly exhibitIds?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly mediaTypes?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export function listAttachments(
  reader: ViewerReader,
  search: AttachmentSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<AttachmentColumns>> {
  return readList<AttachmentColumns>(
    reader,
    {
      table: 'attachment',
      asKnown,
      sort: { column: 'r.attached_at', type: 'timestamptz' },
      conditions: (parameters) => [
        ...standing(reader.viewer, parameters, asKnown),
        ...conditionsOf(search, parameters),
      ],
    },
    paging,
  );
}

const PARENTS = ['report', 'legal_case', 'exhibit'] as const;

/** Withdrawn ones stand as marks, and so do the records they hang on. */
function standing(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): readonly string[] {
  return ['r.retracted_at is null', standingOn(viewer, parameters, asKnown, 'r', PARENTS)];
}

function conditionsOf(search: AttachmentSearch, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const among = (column: string, ids: readonly string[] | undefined): void => {
    if (ids != null) conditions.push(`r.${column} = any(${parameters.bind(ids)}::uuid[])`);
  };
  among('id', search.ids);
  among('report_id', search.reportIds);
  among('legal_case_id', search.legalCaseIds);
  among('exhibit_id', search.exhibitIds);
  among('owner_id', search.ownerIds);
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.mediaTypes != null)
    conditions.push(oneOfCondition('r.media_type', search.mediaTypes, parameters));
  return conditions;
}

/** By their own id, or all that hang on some records, the first attached first. */
export async function attachmentsOf(
  reader: ViewerReader,
  column: 'id' | `${Parent}_id`,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly AttachmentColumns[]> {
  const parameters = new Parameters();
  const from = projected('attachment', reader.viewer, parameters, asKnown);
  const conditions = [
    `r.${column} = any(${parameters.bind(ids)}::uuid[])`,
    ...standing(reader.viewer, parameters, asKnown),
  ];
  const text = `select r.* from ${from} r where ${conditions.join(' and ')} order by r.attached_at, r.row_id`;
  const rows = await reader.read((connection) =>
    connection.query<AttachmentColumns>(text, parameters.values),
  );
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}
