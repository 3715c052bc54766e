/** Looks for a text in everything a database keeps that is not sealed. */
import { expect } from 'vitest';
import type { Hub } from '../../src/cli/hub.ts';

/** Every column that holds the text somewhere, as "table.column". Letters and figures only. */
export async function openColumnsWith(hub: Pick<Hub, 'database'>, text: string): Promise<readonly string[]> {
  return hub.database.unrestricted('look for a name in every column of a test', async (connection) => {
    const columns = await connection.query<{ table_name: string; column_name: string; data_type: string }>(
      `select c.table_name, c.column_name, c.data_type from information_schema.columns c
       join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
         and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea', 'name', 'USER-DEFINED') order by 1, 2`,
    );
    expect(columns.length).toBeGreaterThan(100);
    const places: string[] = [];
    for (const { table_name: table, column_name: column, data_type: type } of columns) {
      const shown = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const rows = await connection.query<{ n: number }>(
        `select count(*)::int as n from "${table}" where ${shown} ilike $1`,
        [`%${text}%`],
      );
      if ((rows[0]?.n ?? 0) > 0) places.push(`${table}.${column}`);
    }
    return places;
  });
}
