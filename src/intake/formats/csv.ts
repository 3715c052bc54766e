/** A delimited file is read as a stream of named rows: every row comes out once, good or broken, in file order. */
import type { Readable } from 'node:stream';
import { type CsvDialect, type CsvRecord, CsvSplitter } from './csv-records.ts';
import { openText } from './decode.ts';
import { tableOf } from './named-cells.ts';
import type { RowTable } from './source-rows.ts';

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
  const table = await tableOf(records, 'csv', encoding, () => splitter.blankLines);
  return { ...table, format: 'csv', dialect };
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
