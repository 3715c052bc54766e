/** Rows to CSV text as spreadsheets export it: RFC 4180 quoting, one line feed a row. */

/** Cells in the header's order; a missing cell is empty. */
export type CsvRow<Column extends string = string> = Readonly<Partial<Record<Column, string>>>;

export function csvText<Column extends string>(
  header: readonly Column[],
  rows: readonly CsvRow<Column>[],
): string {
  const lines = rows.map((row) => header.map((column) => cell(row[column] ?? '')).join(','));
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
