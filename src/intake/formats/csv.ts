/** A delimited file is read as a stream of named rows: every row comes out once, good or broken, in file order. */
import type { Readable } from 'node:stream';
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import { nameColumns } from './column-names.ts';
import { type CsvDialect, type CsvRecord, CsvSplitter } from './csv-records.ts';
import { openText } from './decode.ts';
import { forbiddenTopic } from './forbidden.ts';
import type { RowTable, SourceRow } from './source-rows.ts';

export interface CsvTable extends RowTable {
  readonly format: 'csv';
  readonly dialect: CsvDialect;
}

/** What is looked at to choose a delimiter, in characters and records. */
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_RECORDS = 50;

const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Opens a CSV file or stream. Encoding, delimiter and line ends are detected; header names are compared by their key. Memory is
 * bounded by the longest record. Rows with another number of cells than the header, with NULs or with broken quotes come out as
 * `broken`. Throws BAD_INPUT for an empty file, an archive, or a source that is no text.
 */
export async function readRows(source: string | Readable): Promise<CsvTable> {
  const { encoding, pieces } = await openText(source);
  const iterator = pieces[Symbol.asyncIterator]();
  let head = '';
  while (head.length < SAMPLE_CHARACTERS) {
    const next = await iterator.next();
    if (next.done === true) break;
    head += next.value;
  }
  const declared = /^sep=(.)\r?(?:\n|$)/i.exec(head);
  const text = declared === null ? head : head.slice(declared[0].length);
  const dialect = detectDialect(text, declared?.[1]);
  const splitter = new CsvSplitter(dialect, declared === null ? 1 : 2);
  const records = splitAll(text, iterator, splitter);
  const first = await records.next();
  if (first.done === true)
    throw new HeadwaterError('BAD_INPUT', 'found only blank lines, wanted a header line and rows');
  if (first.value.kind === 'broken') {
    throw new HeadwaterError('BAD_INPUT', `found ${first.value.found} in the header, wanted column names`);
  }
  const header = first.value.cells;
  const named = nameColumns(header).map((column) => ({ ...column, topic: forbiddenTopic(column.name) }));
  const kept = named.map((column) => (column.topic === null ? column.key : null));
  const dropped = named.flatMap(({ name, topic }) => (topic === null ? [] : [{ name, topic }]));
  return {
    format: 'csv',
    encoding,
    dialect,
    columns: named
      .filter(({ topic }) => topic === null)
      .map(({ name, key, repeated }) => ({ name, key, repeated })),
    dropped,
    rows: nameCells(records, kept),
    blankLines: () => splitter.blankLines,
  };
}

/** The delimiter that cuts the first records into the most columns, all alike; a comma when none cuts at all. */
export function detectDialect(sample: string, declared?: string): CsvDialect {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
  if (declared !== undefined) return { delimiter: declared, newline };
  const scored = DELIMITERS.map((delimiter) => {
    const splitter = new CsvSplitter({ delimiter, newline });
    const records = splitter.push(sample).slice(0, SAMPLE_RECORDS);
    const whole = records.length > 0 ? records : splitter.end();
    const widths = whole.flatMap((record) => (record.kind === 'cells' ? [record.cells.length] : []));
    const width = widths[0] ?? 0;
    const alike = widths.filter((other) => other === width).length / Math.max(1, whole.length);
    return { delimiter, score: width > 1 ? alike * Math.log2(width) + alike : 0 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.score > 0 ? best.delimiter : ',', newline };
}

async function* splitAll(
  head: string,
  rest: AsyncIterator<string>,
  splitter: CsvSplitter,
): AsyncGenerator<CsvRecord, undefined> {
  try {
    yield* splitter.push(head);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield* splitter.push(next.value);
    }
    yield* splitter.end();
    return undefined;
  } finally {
    await rest.return?.();
  }
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
      const wanted = 'quotes that open and close around a value';
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
