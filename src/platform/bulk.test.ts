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
      return Promise.resolve(elements(values[0]).length);
    },
  } as unknown as Queryable;
  expect(await insertRows(connection, 'thing', columns as never, rows)).toBe(rows.length);
  return statements;
}

/** What a one-dimensional array holds, in hexadecimal, read as PostgreSQL documents its binary form. */
function elements(value: unknown): readonly (string | null)[] {
  const array = value as Buffer;
  const found: (string | null)[] = [];
  for (let at = 20; at < array.length; ) {
    const size = array.readInt32BE(at);
    at += 4;
    found.push(size < 0 ? null : array.toString('hex', at, at + size));
    at += Math.max(size, 0);
  }
  expect(found).toHaveLength(array.readInt32BE(12));
  return found;
}

const hexOf = (text: string): string => Buffer.from(text).toString('hex');

describe('insertRows', () => {
  const columns = { id: 'integer', owner: 'text', z: 'bigint', tags: 'text[]', note: 'text' };

  it('says once what all rows have alike, and in each row what differs', async () => {
    const rows = [
      { id: 1, owner: 'a', z: 5n, tags: ['x'], note: undefined },
      { id: 2, owner: 'a', z: 6n, tags: ['x'], note: null },
    ];
    const [statement] = await said(rows, columns);
    expect(statement?.text.trim()).toBe(
      'insert into thing (id, owner, z, tags, note) select given.id, $4::text, given.z, given.tags::text[], $5::text ' +
        'from unnest($1::integer[], $2::bigint[], $3::text[]) as given (id, z, tags)',
    );
    expect(statement?.values.slice(0, 3).map(elements)).toEqual([
      ['00000001', '00000002'],
      ['0000000000000005', '0000000000000006'],
      [hexOf('{"x"}'), hexOf('{"x"}')],
    ]);
    expect(statement?.values.slice(3)).toEqual(['a', null]);
  });

  it('leaves JSON and bytes in their rows: alone they would be read otherwise', async () => {
    const rows = [
      { id: 1, value: 'Western', token: '\\x00' },
      { id: 2, value: 'Western', token: '\\x00' },
    ];
    const [statement] = await said(rows, { id: 'integer', value: 'jsonb', token: 'bytea' });
    expect(statement?.values.map(elements)).toEqual([
      ['00000001', '00000002'],
      [hexOf('"Western"'), hexOf('"Western"')],
      ['00', '00'],
    ]);
  });

  it('gives a lone row its first column, and long lists in lots', async () => {
    const [lone] = await said([{ id: 1, owner: 'a', z: 1n, tags: null, note: 'n' }], columns);
    expect(elements(lone?.values[0])).toEqual(['00000001']);
    expect(lone?.values.slice(1)).toEqual(['a', '1', null, 'n']);
    const many = Array.from({ length: 4_500 }, (_, id) => ({
      id,
      owner: 'a',
      z: 1n,
      tags: null,
      note: null,
    }));
    expect((await said(many, columns)).map(({ values }) => elements(values[0]).length)).toEqual([
      2_000, 2_000, 500,
    ]);
    expect(await said([], columns)).toEqual([]);
  });
});
