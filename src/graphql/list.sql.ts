/** The one way a list of records is read: the viewer's projection, the filter's conditions, a keyset page, a count on demand. */
import type { AsKnown } from '../access/projected.sql.ts';
import { projected } from '../access/projected.sql.ts';
import type { ProjectedTable } from '../access/projected-columns.sql.ts';
import type { ViewerReader } from '../access/reader.ts';
import type { Cursor } from '../kernel/cursor.ts';
import { countRows, type KeysetPage, type KeysetQuery, readPage } from '../platform/keyset.ts';
import { Parameters } from '../platform/parameters.ts';

export interface ListQuery {
  readonly table: ProjectedTable;
  /** Conditions written against the alias `r`; they bind what they need. */
  readonly conditions: (parameters: Parameters) => readonly string[];
  readonly sort: KeysetQuery['sort'];
  readonly asKnown: AsKnown;
  readonly idColumn?: string;
}

export interface ListAnswer<Row> {
  readonly page: KeysetPage<Row>;
  readonly count: (upTo: number | null) => Promise<number>;
}

export async function readList<Row>(
  reader: ViewerReader,
  query: ListQuery,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<Row>> {
  const prepare = () => {
    const parameters = new Parameters();
    const from = `${projected(query.table, reader.viewer, parameters, query.asKnown)} r`;
    return { parameters, from, conditions: query.conditions(parameters) };
  };
  const { parameters, from, conditions } = prepare();
  const keyset: KeysetQuery = {
    select: 'r.*',
    from,
    conditions,
    sort: query.sort,
    idColumn: query.idColumn ?? 'r.row_id',
  };
  const page = await reader.read((connection) =>
    readPage<Row>(connection, parameters, keyset, paging.first, paging.after),
  );
  return {
    page: { ...page, rows: asOf(page.rows, query.asKnown) },
    count: (upTo) => {
      const again = prepare();
      return reader.read((connection) => countRows(connection, again.parameters, again, upTo));
    },
  };
}

/** What hangs on a row of the past is asked for as of the same moment. */
function asOf<Row>(rows: readonly Row[], asKnown: AsKnown): readonly Row[] {
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}

/** Rows of a table by ids, grouped for a DataLoader; what the viewer may not see is as absent as what is not there. */
export async function readByIds<Row>(
  reader: ViewerReader,
  table: ProjectedTable,
  column: string,
  ids: readonly string[],
  order: string,
  asKnown: AsKnown = { at: null },
): Promise<readonly Row[]> {
  const parameters = new Parameters();
  const from = projected(table, reader.viewer, parameters, asKnown);
  const text = `select r.* from ${from} r where r.${column} = any(${parameters.bind(ids)}::uuid[]) order by ${order}`;
  const rows = await reader.read((connection) => connection.query<Row>(text, parameters.values));
  return asOf(rows, asKnown);
}
