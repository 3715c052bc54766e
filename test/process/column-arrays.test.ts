/** A column bound as one parameter: what is given in its plain form is what its text would have said, and what has none is for the database to judge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenRows } from '../../src/platform/bulk.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

/** As the database writes them. */
async function read(type: string, values: readonly unknown[]): Promise<readonly (string | null)[]> {
  const {
    from,
    column,
    values: bound,
  } = givenRows(
    { at: 'integer', value: type },
    values.map((value, at) => ({ at, value })),
  );
  const rows = await hub.database.asOwner((connection) =>
    connection.query<{ text: string | null }>(
      `select (${column('value')})::text as text from ${from} order by at`,
      bound,
    ),
  );
  return rows.map(({ text }) => text);
}

describe('a column of values', () => {
  it.each([
    ['uuid', ['00112233-4455-6677-8899-aabbccddeeff', 'FFEEDDCC-BBAA-9988-7766-554433221100'], null],
    ['smallint', [-32_768, 0, 32_767], null],
    ['integer', [-2_147_483_648, 7, 2_147_483_647], null],
    ['bigint', [-(2n ** 63n), 2n ** 63n - 1n, 12], null],
    ['float8', [-0.1, 1e300, 85.324_001], ['-0.1', '1e+300', '85.324001']],
    ['double precision', [27.7], null],
    ['boolean', [true, false], null],
    ['text', ['', 'नेपाल "a\\b" {x}', '🙂\n'], null],
    ['bytea', [Uint8Array.of(0, 255), '\\x00ff', '\\x'], ['\\x00ff', '\\x00ff', '\\x']],
    ['numeric', [0.1, '12345678901234567890.5'], null],
    ['date', ['2026-02-28'], null],
    ['timestamptz', ['2026-02-28T01:02:03.000456Z'], ['2026-02-28 01:02:03.000456+00']],
    ['jsonb', [{ a: ['ü"'] }, 'words', 3, false], ['{"a": ["ü\\""]}', '"words"', '3', 'false']],
    ['text[]', [['a,"b"', 'c\\d', 'NULL', ''], []], ['{"a,\\"b\\"","c\\\\d","NULL",""}', '{}']],
    [
      'uuid[]',
      [['00112233-4455-6677-8899-aabbccddeeff'], []],
      ['{00112233-4455-6677-8899-aabbccddeeff}', '{}'],
    ],
  ] as const)('of type %s is read as given, missing ones as null', async (type, values, told) => {
    const wanted =
      told ?? values.map((value) => (type === 'uuid' ? String(value).toLowerCase() : String(value)));
    const found = await read(type, [...values, null, undefined]);
    expect(found).toEqual([...wanted, null, null]);
  });

  it('is read by the database where a value is not plainly of the type, which refuses what it cannot read', async () => {
    expect(await read('integer', ['12', 3])).toEqual(['12', '3']);
    expect(await read('bigint', ['9007199254740993'])).toEqual(['9007199254740993']);
    expect(await read('float8', ['1.5'])).toEqual(['1.5']);
    for (const written of ['{00112233-4455-6677-8899-aabbccddeeff}', '001122334455-6677-8899-aabb-ccddeeff'])
      expect(await read('uuid', [written])).toEqual(['00112233-4455-6677-8899-aabbccddeeff']);
    for (const [type, value] of [
      ['integer', 1.5],
      ['integer', 2 ** 31],
      ['bigint', 2n ** 63n],
      ['uuid', '00112233-4455-6677-8899-aabbccddeefg'],
      ['bytea', '\\x0g'],
      ['date', '2026-02-30'],
    ] as const)
      await expect(read(type, [value]), `${type} ${value}`).rejects.toThrow(/refused/);
  });
});
