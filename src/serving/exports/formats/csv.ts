/** CSV as RFC 4180 has it, in UTF-8 without a byte order mark; no cell begins a formula, and what was put before one can be taken away again. */
import { wellKnownText } from '../geometry.ts';
import type { Column, ExportRow, Layer, Value } from '../layer.ts';
import { type Format, geometryWords } from './format.ts';

/** What a spreadsheet takes for a formula, and the apostrophe itself, so that one apostrophe at the front is always ours. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n']/;
/**
 * Where such a cell could begin: at the front of a text, and inside it for whoever parts cells at semicolons or tabs and so passes over our quotes. An apostrophe
 * there gets another one, so that one is always ours.
 */
const CELL_BEGINS = /^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?='|"*[=+\-@＝＋－＠])/g;
const QUOTED = /[",\r\n]/;

export const CSV: Format = {
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *write(layer, pages) {
    yield line([
      ...layer.columns.map(({ name }) => name),
      ...(layer.geometry === 'none' ? [] : ['geometry']),
    ]);
    for await (const rows of pages)
      if (rows.length > 0) yield rows.map((row) => csvLine(layer, row)).join('');
  },
  cannotCarry: (layer) => [
    'The marking of the export as a whole: each line bears its own.',
    'Types: everything is text. Moments are ISO 8601 in UTC, lists are parted by semicolons, objects are JSON, geometries well-known text, unknown values empty.',
    'Text that begins with = + - @ or an apostrophe, a tab or a line break has an apostrophe put before it, and so have these signs after a semicolon, a tab or a line break inside a text, so that no spreadsheet runs them: take one away from each such place to read it.',
    ...geometryWords(layer),
  ],
};

export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** Text with an apostrophe before whatever a spreadsheet would run, however it parts cells. */
export function harmless(text: string): string {
  return text.replace(CELL_BEGINS, "'");
}

/** One value as text; null where there is none. */
export function cellOf(column: Column, value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (column.type === 'list' && Array.isArray(value)) return value.join(';');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function csvLine({ columns, geometry }: Layer, row: ExportRow): string {
  const cells = columns.map((column) => {
    const text = cellOf(column, row.values[column.name]);
    return text === null ? '' : column.type === 'integer' || column.type === 'number' ? text : harmless(text);
  });
  if (geometry !== 'none') cells.push(row.geometry === null ? '' : wellKnownText(row.geometry));
  return line(cells);
}

/** Lines of a table without a layer, as the flat shapes write them. */
export function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
