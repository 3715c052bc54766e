import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, CsvSplitter } from './csv-records.ts';

function split(pieces: readonly string[], delimiter = ','): { records: CsvRecord[]; blank: number } {
  const splitter = new CsvSplitter({ delimiter, newline: '\n' });
  const records = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  return { records, blank: splitter.blankLines };
}

function cellsOf(pieces: readonly string[], delimiter = ','): (readonly string[] | string)[] {
  return split(pieces, delimiter).records.map((record) =>
    record.kind === 'cells' ? record.cells : record.found,
  );
}

describe('splitting CSV text', () => {
  it('reads quotes, doubled quotes, delimiters and line ends inside quotes', () => {
    expect(cellsOf(['a,"b ""c"", d","e\nf"\r\ng,,"\r\n"\n'])).toEqual([
      ['a', 'b "c", d', 'e\nf'],
      ['g', '', '\r\n'],
    ]);
  });

  it('keeps a quote in the middle of an unquoted value', () => {
    expect(cellsOf(['5" pipe,x'])).toEqual([['5" pipe', 'x']]);
  });

  it('numbers records by the line they begin on, and counts blank lines', () => {
    const { records, blank } = split(['a,b\n\n"x\ny",1\r\n\r\nlast,2']);
    expect(records.map((record) => record.line)).toEqual([1, 3, 6]);
    expect(blank).toBe(2);
  });

  it('loses one line, not the rest of the file, to a quote that never closes', () => {
    const { records } = split(['a,b\n1,2\n3,"four\n5,6\n7,8\n']);
    expect(
      records.map((record) => (record.kind === 'cells' ? record.cells.join('|') : record.found)),
    ).toEqual(['a|b', '1|2', 'a quoted value that never ends', '5|6', '7|8']);
  });

  it('names text after a closing quote and goes on at the next line', () => {
    expect(cellsOf(['"a"b,c\nd,e\n'])).toEqual(['text after a closing quote', ['d', 'e']]);
  });

  it('gives the same records however the text is cut into pieces', () => {
    const cell = fc.stringMatching(/^[a"\n\r,; ]{0,6}$/);
    const text = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }).map(unquoted);
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 6 }), (whole, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, i) => whole.slice(at[i], end));
        expect(split(pieces)).toEqual(split([whole]));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with csv-parse on every well-formed file', () => {
    const cell = fc.stringMatching(/^[ab"\n\r,; é]{0,8}$/);
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (table) => {
        const text = table.map((row) => row.map(quote).join(',')).join('\r\n');
        expect(cellsOf([text])).toEqual(
          parse(text, { relax_column_count: true, record_delimiter: ['\r\n'] }),
        );
        expect(cellsOf([text])).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });
});

function quote(cell: string): string {
  return /["\n\r,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Badly quoted on purpose. */
function unquoted(table: readonly (readonly string[])[]): string {
  return table.map((row) => row.join(',')).join('\n');
}
