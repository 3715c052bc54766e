/** Records of cells become named rows: the first is the header, and what stands under a forbidden name goes no further. */
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import { nameColumns } from './column-names.ts';
import type { CsvRecord } from './csv-records.ts';
import { forbiddenTopic } from './forbidden.ts';
import type { RowTable, SourceRow } from './source-rows.ts';

/** Reads the header; the rows follow as they are asked for. Throws BAD_INPUT where there is no header. */
export async function tableOf(
  records: AsyncGenerator<CsvRecord, undefined>,
  format: RowTable['format'],
  encoding: RowTable['encoding'],
  blankLines: () => number,
): Promise<RowTable> {
  const first = await records.next();
  if (first.done === true)
    throw new HeadwaterError('BAD_INPUT', 'found only blank lines, wanted a header line and rows');
  if (first.value.kind === 'broken') {
    throw new HeadwaterError('BAD_INPUT', `found ${first.value.found} in the header, wanted column names`);
  }
  const named = nameColumns(first.value.cells).map((column) => ({
    ...column,
    topic: forbiddenTopic(column.name),
  }));
  const kept = named.map((column) => (column.topic === null ? column.key : null));
  return {
    format,
    encoding,
    columns: named
      .filter(({ topic }) => topic === null)
      .map(({ name, key, repeated }) => ({ name, key, repeated })),
    dropped: named.flatMap(({ name, topic }) => (topic === null ? [] : [{ name, topic }])),
    rows: nameCells(records, kept),
    blankLines,
  };
}

async function* nameCells(
  records: AsyncIterable<CsvRecord>,
  kept: readonly (string | null)[],
): AsyncGenerator<SourceRow> {
  const withhold = kept.includes(null);
  let rowNumber = 0;
  for await (const record of records) {
    rowNumber += 1;
    const { line, cells } = record;
    const where = `line ${line}`;
    const broken = (
      found: string,
      wanted: string,
      rest: readonly (string | null)[],
      raw: string,
    ): SourceRow => {
      const reasons = [{ where, found, wanted }];
      if (!withhold) return { kind: 'broken', rowNumber, line, reasons, raw };
      const safe = JSON.stringify(rest);
      return { kind: 'broken', rowNumber, line, reasons: [...reasons, withheld(where)], raw: safe };
    };
    if (record.kind === 'broken') {
      const wanted = record.wanted ?? 'quotes that open and close around a value';
      yield broken(record.found, wanted, withoutForbidden(cells, kept, 0), record.text);
    } else if (cells.length !== kept.length) {
      const wanted = `${kept.length} cells, as in the header`;
      const shift = cells.length - kept.length;
      yield broken(
        `${cells.length} cells`,
        wanted,
        withoutForbidden(cells, kept, shift),
        JSON.stringify(cells),
      );
    } else if (cells.some((cell) => cell.includes('\0'))) {
      yield broken('a NUL character', 'text', withoutForbidden(cells, kept, 0), JSON.stringify(cells));
    } else {
      const row: Record<string, string> = {};
      for (let i = 0; i < kept.length; i += 1) {
        const key = kept[i];
        if (key !== null && key !== undefined) row[key] = cells[i] ?? '';
      }
      yield { kind: 'row', rowNumber, line, cells: row };
    }
  }
}

/**
 * The cells of a broken row that cannot belong to a forbidden column, the others null. `shift` is how many cells the row has too many,
 * or, below zero, too few: nobody knows before which of them the fault lies, so a cell may stand under any header up to `shift` beside
 * it. A line break in a row that is out of step may be another row's: from there on nothing is kept.
 */
function withoutForbidden(
  cells: readonly string[],
  kept: readonly (string | null)[],
  shift: number,
): readonly (string | null)[] {
  const joined = shift === 0 ? -1 : cells.findIndex((cell) => /[\r\n]/.test(cell));
  return cells.map((cell, at) => {
    if (joined >= 0 && at >= joined) return null;
    const under = kept.slice(Math.max(0, at - Math.max(0, shift)), at - Math.min(0, shift) + 1);
    return under.includes(null) ? null : cell;
  });
}

function withheld(where: string): Reason {
  return {
    where,
    found: 'cells that may be of a column that is always dropped',
    wanted: 'the row in your file: those cells are not kept here',
  };
}
