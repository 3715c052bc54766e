/** Files that hold what ids of another file stand for; they are known by their header and joined by id. */
import { HeadwaterError } from '../../kernel/errors.ts';
import { type Column, columnKey } from './column-names.ts';
import type { ImportProfile } from './profile.ts';
import type { Cells, RowTable } from './source-rows.ts';

export type Recognised =
  | { readonly as: 'rows'; readonly profile: ImportProfile }
  | { readonly as: 'lookup'; readonly profile: ImportProfile; readonly lookup: string };

/** Which profile a header belongs to: the one whose required columns it has, most of them first; null when none fits. */
export function recognise(
  profiles: readonly ImportProfile[],
  columns: readonly Pick<Column, 'key'>[],
): Recognised | null {
  const present = new Set(columns.map((column) => column.key));
  const has = (names: readonly string[]): boolean => names.every((name) => present.has(columnKey(name)));
  const candidates = profiles.flatMap((profile): { readonly size: number; readonly as: Recognised }[] => [
    ...(has(profile.columns.required)
      ? [{ size: profile.columns.required.length, as: { as: 'rows', profile } as const }]
      : []),
    ...(profile.lookups ?? [])
      .filter((lookup) => has(lookup.columns))
      .map((lookup) => ({
        size: lookup.columns.length,
        as: { as: 'lookup', profile, lookup: lookup.name } as const,
      })),
  ]);
  return candidates.sort((a, b) => b.size - a.size)[0]?.as ?? null;
}

/**
 * Reads a lookup file whole; it must fit in memory (200,000 rows are fine). Throws BAD_INPUT where a row is broken, has no id, or repeats
 * one: a guess here would be repeated in every row that is joined.
 */
export async function readLookup(table: RowTable, key: string): Promise<ReadonlyMap<string, Cells>> {
  const rows = new Map<string, Cells>();
  for await (const row of table.rows) {
    if (row.kind === 'broken') {
      throw new HeadwaterError(
        'BAD_INPUT',
        `lookup file, line ${row.line}: found ${row.reasons[0]?.found ?? 'a broken row'}, wanted a whole row`,
      );
    }
    const id = (row.cells[columnKey(key)] ?? '').trim();
    if (id === '' || rows.has(id)) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `lookup file, line ${row.line}: found ${id === '' ? 'no id' : 'an id used before'}, wanted one row for each id`,
      );
    }
    rows.set(id, row.cells);
  }
  return rows;
}
