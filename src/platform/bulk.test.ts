/** Many rows in one statement: what is alike is said once, and what arrives is what was given. */
import { describe, expect, it } from 'vitest';
import { insertRows } from './bulk.ts';
import type { Queryable } from './database.ts';

interface Said {
  readonly text: string;
  readonly values: readonly unknown[];
}

async function said(rows: readonly object[], columns: Record<string, string>): Promise<readonly Said[]> {
  const statements: Said[] = [];
  const connection = {
    execute: (text: string, values: readonly unknown[] = []) => {
      statements.push({ text, values });
      return Promise.resolve((JSON.parse(String(values[0])) as unknown[]).length);
    },
  } as unknown as Queryable;
  expect(await insertRows(connection, 'thing', columns as never, rows)).toBe(rows.length);
  return statements;
}

describe('insertRows', () => {
  const columns = { id: 'integer', owner: 'text', z: 'bigint', tags: 'text[]', note: 'text' };

  it('says once what all rows have alike, and in each row what differs', async () => {
    const rows = [
      { id: 1, owner: 'a', z: 5n, tags: ['x'], note: undefined },
      { id: 2, owner: 'a', z: 6n, tags: ['x'], note: null },
    ];
    const [statement] = await said(rows, columns);
    expect(statement?.text.trim()).toBe(
      'insert into thing (id, owner, z, tags, note) select given.id, $2::text, given.z, given.tags, $3::text ' +
        'from json_to_recordset($1::json) as given (id integer, z bigint, tags text[])',
    );
    expect(statement?.values).toEqual([
      '[{"id":1,"z":"5","tags":["x"]},{"id":2,"z":"6","tags":["x"]}]',
      'a',
      null,
    ]);
  });

  it('leaves JSON and bytes in their rows: alone they would be read otherwise', async () => {
    const rows = [
      { id: 1, value: 'Western', token: '\\x00' },
      { id: 2, value: 'Western', token: '\\x00' },
    ];
    const [statement] = await said(rows, { id: 'integer', value: 'jsonb', token: 'bytea' });
    expect(statement?.values).toHaveLength(1);
    expect(JSON.parse(String(statement?.values[0]))).toEqual(rows);
  });

  it('gives a lone row its first column, and long lists in lots', async () => {
    expect((await said([{ id: 1, owner: 'a', z: 1n, tags: null, note: 'n' }], columns))[0]?.values).toEqual([
      '[{"id":1}]',
      'a',
      '1',
      null,
      'n',
    ]);
    const many = Array.from({ length: 4_500 }, (_, id) => ({
      id,
      owner: 'a',
      z: 1n,
      tags: null,
      note: null,
    }));
    expect(
      (await said(many, columns)).map(({ values }) => (JSON.parse(String(values[0])) as unknown[]).length),
    ).toEqual([2_000, 2_000, 500]);
    expect(await said([], columns)).toEqual([]);
  });
});
