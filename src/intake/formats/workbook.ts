/** A sheet of an .xlsx workbook is read as the table that a CSV of it would be. */
import type { CsvRecord } from './csv-records.ts';
import { tableOf } from './named-cells.ts';
import { SheetRows } from './sheet-rows.ts';
import type { RowTable } from './source-rows.ts';
import { readWorkbook, visitXml } from './workbook-parts.ts';
import { openParts, WORKBOOK_LIMITS, type ZipParts } from './zip-parts.ts';

/**
 * Opens a file, or a workbook held in memory; `sheet` null is the first that is not hidden. The line of a row is its number in the sheet.
 * Merged cells have their text in the first of them and nothing in the others, as in a CSV. Memory holds the texts that cells share and
 * one piece of the sheet. Throws BAD_INPUT for a damaged, locked or oversized workbook (WORKBOOK_LIMITS), and for a sheet that is not there.
 */
export async function readSheet(source: string | Buffer, sheet: string | null): Promise<RowTable> {
  const parts = await openParts(source);
  try {
    const book = await readWorkbook(parts, sheet);
    const rows = new SheetRows(book);
    const pieces = visitXml(await parts.stream(book.part, WORKBOOK_LIMITS.sheet), rows);
    const records = recordsOf(pieces, rows, parts);
    const table = await tableOf(records, 'xlsx', 'workbook', () => rows.blankLines);
    return { ...table, close: () => parts.close() };
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function* recordsOf(
  pieces: AsyncGenerator<undefined>,
  rows: SheetRows,
  parts: ZipParts,
): AsyncGenerator<CsvRecord, undefined> {
  try {
    for await (const _ of pieces) yield* rows.take();
    return undefined;
  } finally {
    parts.close();
  }
}
