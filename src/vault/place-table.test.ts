/** Places of keys: every one that was put in, and none for an id that was not. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PlaceTable } from './place-table.ts';

describe('a table of places', () => {
  it('finds each of many, and several of one in their order', () => {
    const table = new PlaceTable();
    const ids = Array.from({ length: 50_000 }, () => randomUUID() as string);
    for (const [at, id] of ids.entries()) table.add(id, at * 134);
    const [first = '', second = ''] = ids;
    table.add(first, 9_000_000_000);
    for (const [at, id] of ids.entries()) expect(table.of(id)).toContain(at * 134);
    expect(table.of(first)).toEqual(expect.arrayContaining([0, 9_000_000_000]));
    expect(table.of(first)[0]).toBe(0);
    expect(table.of(second)).not.toContain(0);
    expect(
      table
        .of('00000000-0000-4000-8000-000000000000')
        .every((place) => ids[place / 134]?.endsWith('00000000')),
    ).toBe(true);
    table.clear();
    expect(table.of(first)).toEqual([]);
  });
});
