/** Many rows in one statement, on both databases (the embedded one has no `copy`). */
import { columnArray } from './column-arrays.ts';
import type { Queryable } from './database.ts';

/** Column name → PostgreSQL type, in order. Bytes are given as such or as `\x…` text, nested arrays as arrays. */
export type Columns<Row> = { readonly [Name in keyof Row & string]: string };

/** Past this the arrays cost more memory than another round trip. */
const ROWS_A_STATEMENT = 2_000;

export async function insertRows<Row extends object>(
  connection: Queryable,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  onConflict = '',
): Promise<number> {
  return preparedInsert(table, columns, rows, onConflict)(connection);
}

/** The same in two steps: the first statement is written now, whatever the database is at. */
export function preparedInsert<Row extends object>(
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  onConflict = '',
): (connection: Queryable) => Promise<number> {
  const from = (start: number): Statement =>
    statementFor(table, columns, rows.slice(start, start + ROWS_A_STATEMENT), onConflict);
  const first = from(0);
  return async (connection) => {
    if (rows.length === 0) return 0;
    let running = connection.execute(...first);
    let inserted = 0;
    for (let start = ROWS_A_STATEMENT; start < rows.length; start += ROWS_A_STATEMENT) {
      const next = from(start);
      inserted += await running;
      running = connection.execute(...next);
    }
    return inserted + (await running);
  };
}

type Statement = readonly [text: string, values: readonly unknown[]];

/** What all rows have alike is said once: an import's rows share an owner, a class, a moment and much that is unknown. */
function statementFor(
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
  onConflict: string,
): Statement {
  const given = rows as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys(columns);
  const own = names.filter((name, at) => at === 0 || !isAlike(given, name, columns[name] ?? ''));
  const { from, column, values } = givenRows(
    Object.fromEntries(own.map((name) => [name, columns[name] ?? ''])),
    given,
  );
  const selected = names.map((name) => {
    if (own.includes(name)) return column(name);
    values.push(plain(given[0]?.[name]));
    return `$${values.length}::${columns[name]}`;
  });
  const text = `insert into ${table} (${names.join(', ')}) select ${selected.join(', ')} from ${from} ${onConflict}`;
  return [text, values];
}

export interface GivenRows {
  /** Stands in a statement's `from`, under the name `given`. */
  readonly from: string;
  /** One of its columns, of the type it was declared with. */
  readonly column: (name: string) => string;
  readonly values: unknown[];
}

/** Rows as parameters of a statement, a parameter a column. `first` is the first parameter's number. */
export function givenRows(
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
  first = 1,
): GivenRows {
  const given = rows as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys(columns);
  const arrays = names.map((name) => {
    const values = given.map((row) => row[name]);
    return columnArray(columns[name] ?? '', values);
  });
  const bound = arrays.map(({ type }, at) => `$${first + at}::${type}[]`);
  return {
    from: `unnest(${bound.join(', ')}) as given (${names.join(', ')})`,
    column: (name) => `given.${name}${arrays[names.indexOf(name)]?.cast ?? ''}`,
    values: arrays.map(({ value }) => value),
  };
}

/** Their texts are something else by themselves: JSON, or bytes that the embedded driver wants as such. */
const IN_ROWS_ONLY: ReadonlySet<string> = new Set(['json', 'jsonb', 'bytea']);

function isAlike(rows: readonly Readonly<Record<string, unknown>>[], name: string, type: string): boolean {
  const value = rows[0]?.[name] ?? null;
  if (value !== null && (typeof value === 'object' || IN_ROWS_ONLY.has(type))) return false;
  return rows.every((row) => (row[name] ?? null) === value);
}

export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}

/** The embedded driver binds no bigint; PostgreSQL reads the digits of a text. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : (value ?? null);
}
