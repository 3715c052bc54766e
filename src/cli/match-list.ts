/** The list of a partner: a CSV file with the columns kind and value, read at the partner and nowhere else. */
import { readRows } from '../intake/formats/csv.ts';
import { normaliseSelector } from '../intake/formats/selectors.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { isMatchKind, type ListedSelector } from '../sharing/matching/asking-side.ts';
import { MATCH_KINDS } from '../sharing/matching/match-words.ts';

export interface MatchList {
  readonly selectors: readonly ListedSelector[];
  /** Lines that are left out, and why; never what stands there. */
  readonly left: readonly string[];
}

/** Throws BAD_INPUT for a file without those columns. */
export async function readMatchList(file: string): Promise<MatchList> {
  const table = await readRows(file);
  const selectors: ListedSelector[] = [];
  const left: string[] = [];
  const keys = new Map(table.columns.map(({ name, key }) => [name.trim().toLowerCase(), key]));
  const [kindColumn, valueColumn] = [keys.get('kind'), keys.get('value')];
  if (kindColumn === undefined || valueColumn === undefined)
    throw new HeadwaterError(
      'BAD_INPUT',
      `${file}: found ${table.columns.length} columns without kind or value, wanted both`,
    );
  for await (const row of table.rows) {
    if (row.kind !== 'row') {
      left.push(`line ${row.line}: found a row that cannot be read`);
      continue;
    }
    const kind = (row.cells[kindColumn] ?? '').trim().toLowerCase();
    const value = row.cells[valueColumn] ?? '';
    if (!isMatchKind(kind))
      left.push(`line ${row.line}: found no such kind, wanted one of ${MATCH_KINDS.join(', ')}`);
    else if (normaliseSelector(kind, value, true) === null)
      left.push(`line ${row.line}: found what is no ${kind}, wanted one`);
    else selectors.push({ kind, value });
  }
  return { selectors, left };
}
