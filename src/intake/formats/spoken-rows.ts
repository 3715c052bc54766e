/** Lines of a form that say nothing are no rows: those that only number it, and the one that says its header again in words. */
import { columnKey } from './column-names.ts';
import { keyOf } from './field-reader.ts';
import type { ImportProfile } from './profile.ts';
import type { SourceRow } from './source-rows.ts';

/** The rows that say something, numbered anew; a line that could not be read is always one of them. */
export async function* spokenRows(
  profile: ImportProfile,
  rows: AsyncIterable<SourceRow>,
): AsyncGenerator<SourceRow> {
  const { labels, counters = [] } = profile.columns;
  const numbering = new Set(counters.map(columnKey));
  if (labels === undefined && numbering.size === 0) {
    yield* rows;
    return;
  }
  const isLabel = ({ cells }: { readonly cells: Readonly<Record<string, string>> }): boolean =>
    labels !== undefined &&
    Object.entries(labels).every(([column, texts]) =>
      texts.some((text) => text.toLowerCase() === (cells[keyOf(column)] ?? '').trim().toLowerCase()),
    );
  let rowNumber = 0;
  for await (const row of rows) {
    if (row.kind === 'row') {
      const says = Object.entries(row.cells).some(([key, text]) => text.trim() !== '' && !numbering.has(key));
      if (!says || isLabel(row)) continue;
    }
    rowNumber += 1;
    yield { ...row, rowNumber };
  }
}
