/** Many rows in one statement, on both databases (the embedded one has no `copy`). */
import type { Queryable } from './database.ts';

/** Column name → PostgreSQL type, in order. Bytes are given as `\x…` text, nested arrays as arrays. */
export type Columns<Row> = { readonly [Name in keyof Row & string]: string };

/** Past this the JSON text costs more memory than another round trip. */
const ROWS_A_STATEMENT = 2_000;

export async function insertRows<Row extends object>(
  connection: Queryable,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  onConflict = '',
): Promise<number> {
  const names = Object.keys(columns);
  const types = Object.entries<string>(columns).map(([name, type]) => `${name} ${type}`);
  const text =
    `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} ` +
    `from json_to_recordset($1::json) as given (${types.join(', ')}) ${onConflict}`;
  let inserted = 0;
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    inserted += await connection.execute(text, [
      JSON.stringify(rows.slice(start, start + ROWS_A_STATEMENT), plain),
    ]);
  }
  return inserted;
}

export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}

/** JSON has no bigint; PostgreSQL reads the digits of a text. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
