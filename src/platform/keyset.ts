/** Pages by keyset: the next page begins after the last row seen, at the same cost however deep it lies. */
import type { Cursor } from '../kernel/cursor.ts';
import type { Queryable } from './database.ts';
import type { Parameters } from './parameters.ts';

export interface KeysetQuery {
  readonly select: string;
  /** A `from` clause with joins, whose main alias the other texts use. */
  readonly from: string;
  readonly conditions: readonly string[];
  /** Sort column, descending, unknown last; `type` reads the cursor's text back. */
  readonly sort: {
    readonly column: string;
    readonly type: 'timestamptz' | 'date' | 'text' | 'bigint';
    readonly ascending?: boolean;
  };
  readonly idColumn: string;
}

export interface KeysetPage<Row> {
  readonly rows: readonly (Row & { readonly cursor_value: string | null; readonly cursor_id: string })[];
  readonly hasNextPage: boolean;
}

/** `parameters` already holds what `from` and `conditions` bound. Rows without a sort value are asked for apart, so that both use the index. */
export async function readPage<Row>(
  connection: Queryable,
  parameters: Parameters,
  query: KeysetQuery,
  first: number,
  after: Cursor | null,
): Promise<KeysetPage<Row>> {
  type PageRow = KeysetPage<Row>['rows'][number];
  const { column, type, ascending = false } = query.sort;
  const direction = ascending ? 'asc' : 'desc';
  const beyond = ascending ? '>' : '<';
  const columns = `${query.select}, ${column}::text as cursor_value, ${query.idColumn} as cursor_id`;
  const ask = (condition: string, wanted: number, bound: readonly unknown[]): Promise<readonly PageRow[]> => {
    const where = [...query.conditions, condition].join(' and ');
    const order = `order by ${column} ${direction} nulls last, ${query.idColumn} ${direction}`;
    return connection.query<PageRow>(
      `select ${columns} from ${query.from} where ${where} ${order} limit ${wanted}`,
      bound,
    );
  };
  const placeholder = (offset: number): string => `$${parameters.values.length + offset}`;
  let rows: readonly PageRow[] = [];
  if (after === null) rows = await ask('true', first + 1, parameters.values);
  else if (after.value !== null) {
    const condition = `(${column}, ${query.idColumn}) ${beyond} (${placeholder(1)}::${type}, ${placeholder(2)}::uuid)`;
    rows = await ask(condition, first + 1, [...parameters.values, after.value, after.id]);
  }
  if (after !== null && rows.length <= first) {
    const unknown =
      after.value === null
        ? await ask(
            `${column} is null and ${query.idColumn} ${beyond} ${placeholder(1)}::uuid`,
            first + 1 - rows.length,
            [...parameters.values, after.id],
          )
        : await ask(`${column} is null`, first + 1 - rows.length, parameters.values);
    rows = [...rows, ...unknown];
  }
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

/** How many rows, exactly, or `upTo` when there are that many or more (so that a dashboard never pays for a full count). */
export async function countRows(
  connection: Queryable,
  parameters: Parameters,
  query: Pick<KeysetQuery, 'from' | 'conditions'>,
  upTo: number | null,
): Promise<number> {
  const where = query.conditions.length === 0 ? '' : `where ${query.conditions.join(' and ')}`;
  const limit = upTo === null ? '' : `limit ${upTo}`;
  const rows = await connection.query<{ count: bigint }>(
    `select count(*) as count from (select 1 from ${query.from} ${where} ${limit}) counted`,
    parameters.values,
  );
  return Number(rows[0]?.count ?? 0n);
}
