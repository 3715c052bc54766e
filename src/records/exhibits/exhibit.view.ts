/** Reading exhibits and their custody logs: by who sees their case at the same moment. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import { standingOn } from '../attachments/standing-on.sql.ts';
import type { CustodyColumns, ExhibitColumns } from './exhibit.type.ts';

export interface ExhibitSearch {
  readonly ids?: readonly string[] | undefined;
  readonly legalCaseIds?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export function listExhibits(
  reader: ViewerReader,
  search: ExhibitSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<ExhibitColumns>> {
  return readList<ExhibitColumns>(
    reader,
    {
      table: 'exhibit',
      asKnown,
      sort: { column: 'r.recorded_at', type: 'timestamptz' },
      conditions: (parameters) => [
        'r.retracted_at is null',
        standingOn(reader.viewer, parameters, asKnown, 'r', ['legal_case']),
        ...conditionsOf(search, parameters),
      ],
    },
    paging,
  );
}

function conditionsOf(search: ExhibitSearch, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const among = (column: string, ids: readonly string[] | undefined): void => {
    if (ids != null) conditions.push(`r.${column} = any(${parameters.bind(ids)}::uuid[])`);
  };
  among('id', search.ids);
  among('legal_case_id', search.legalCaseIds);
  among('owner_id', search.ownerIds);
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  return conditions;
}

/** By their own id, or all of some cases, the first recorded first. */
export async function exhibitsBy(
  reader: ViewerReader,
  column: 'id' | 'legal_case_id',
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ExhibitColumns[]> {
  const parameters = new Parameters();
  const from = projected('exhibit', reader.viewer, parameters, asKnown);
  const conditions = [
    `r.${column} = any(${parameters.bind(ids)}::uuid[])`,
    'r.retracted_at is null',
    standingOn(reader.viewer, parameters, asKnown, 'r', ['legal_case']),
  ];
  const text = `select r.* from ${from} r where ${conditions.join(' and ')} order by r.recorded_at, r.row_id`;
  const rows = await reader.read((connection) => connection.query<ExhibitColumns>(text, parameters.values));
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}

/** Living rows whatever became of them: the log's head stands there. */
export function headsOf(reader: ViewerReader, ids: readonly string[]): Promise<readonly ExhibitColumns[]> {
  return readByIds<ExhibitColumns>(reader, 'exhibit', 'id', ids, 'r.row_id');
}

/** Whole logs, each in order. */
export function logsOf(
  reader: ViewerReader,
  exhibitIds: readonly string[],
): Promise<readonly CustodyColumns[]> {
  return readByIds<CustodyColumns>(reader, 'custody_entry', 'exhibit_id', exhibitIds, 'r.ordinal');
}
