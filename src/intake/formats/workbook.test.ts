import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { textWorkbook, workbook, zip } from '../../../test/support/workbook.ts';
import { readFormat, shownNumber } from './number-formats.ts';
import type { SourceRow } from './source-rows.ts';
import { openTable } from './tables.ts';
import { WORKBOOK_LIMITS } from './zip-parts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-sheets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CSV = { format: 'csv' } as const;

async function rowsOf(source: string | Buffer, sheet: string | null = null) {
  const table = await openTable(CSV, source, sheet);
  const rows: SourceRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows, blank: table.blankLines() };
}

const cellsOf = (rows: readonly SourceRow[]) => rows.map((row) => (row.kind === 'row' ? row.cells : row.raw));

describe('a sheet of a workbook', () => {
  it('gives the cells that its CSV gives, and the row of the sheet as the line', async () => {
    const rows = [
      ['id', 'Station Name', 'note'],
      ['1', 'Kakarbhitta', 'two\nlines, "quoted"'],
      ['2', '', 'प्रवेश'],
    ];
    const csv = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    const file = path.join(folder, 'own.xlsx');
    writeFileSync(file, textWorkbook(rows));
    const sheet = await rowsOf(file);
    const text = await rowsOf(Buffer.from(csv));
    expect(cellsOf(sheet.rows)).toEqual(cellsOf(text.rows));
    expect(sheet.columns).toEqual(text.columns);
    expect(sheet).toMatchObject({ format: 'xlsx', encoding: 'workbook' });
    expect(sheet.rows.map(({ line }) => line)).toEqual([2, 3]);
    expect((await rowsOf(textWorkbook(rows))).rows).toEqual(sheet.rows);
  });

  it('shows dates as days, as coarse as their format, and figures in full', async () => {
    const date = (serial: number, format: string) => ({ serial, format });
    const { rows } = await rowsOf(
      workbook([
        {
          name: 'Sheet1',
          rows: [
            ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
            [
              date(45_352, 'dd/mm/yyyy'),
              date(45_352.753472222, '[$-409]d\\-mmm\\-yyyy\\ h:mm;@'),
              date(45_352, 'mmm-yy'),
              date(45_352, 'd-mmm'),
              date(0.753472222, 'h:mm AM/PM'),
              9_779_812_345_678,
              0.1 + 0.2,
              date(123, '000000'),
            ],
            [date(59, 'yyyy-mm-dd'), date(61, 'yyyy-mm-dd'), true, -12.5, { inline: '  kept ' }],
          ],
        },
      ]),
    );
    expect(rows.map((row) => (row.kind === 'row' ? Object.values(row.cells) : []))).toEqual([
      ['2024-03-01', '2024-03-01 18:05', '2024-03', '1 March', '18:05', '9779812345678', '0.3', '000123'],
      ['1900-02-28', '1900-03-01', 'TRUE', '-12.5', '  kept ', '', '', ''],
    ]);
    const early = await rowsOf(workbook([{ name: 'x', rows: [['a'], [date(43_890, 'yyyy-mm-dd')]] }], true));
    expect(cellsOf(early.rows)).toEqual([{ a: '2024-03-01' }]);
  });

  it('takes the saved value of a formula, and holds a row whose formula has none', async () => {
    const { rows } = await rowsOf(
      workbook([
        {
          name: 'x',
          rows: [
            ['id', 'sum', 'religion'],
            [
              { formula: 'A1&"x"', value: 'idx' },
              { formula: '1+1', value: 2 },
            ],
            ['b', { formula: '1+1', value: null }, 'secret'],
            ['c', { error: '#N/A' }],
            ['d', { formula: 'T("")', value: '' }],
          ],
        },
      ]),
    );
    expect(cellsOf(rows)).toEqual([
      { id: 'idx', sum: '2' },
      '["b","",null]',
      { id: 'c', sum: '#N/A' },
      { id: 'd', sum: '' },
    ]);
    expect(rows[1]).toMatchObject({
      kind: 'broken',
      line: 3,
      reasons: [{ found: 'a formula without its value in column B' }, {}],
    });
  });

  it('passes over empty rows, leaves merged cells as a CSV does, and holds a row that goes on beyond the header', async () => {
    const { rows, blank } = await rowsOf(
      workbook([
        {
          name: 'x',
          rows: [
            [],
            ['id', null, 'note'],
            [],
            ['1', 'x', 'merged'],
            ['2'],
            [null, '  '],
            ['3', 'y', 'z', null, 'beyond'],
          ],
          merged: ['C4:C5'],
        },
      ]),
    );
    expect(cellsOf(rows)).toEqual([
      { id: '1', column_2: 'x', note: 'merged' },
      { id: '2', column_2: '', note: '' },
      '["3","y","z","","beyond"]',
    ]);
    expect(rows.map(({ line }) => line)).toEqual([4, 5, 7]);
    expect(rows[2]).toMatchObject({ reasons: [{ found: '5 cells', wanted: '3 cells, as in the header' }] });
    expect(blank).toBe(3);
  });

  it('is the first that is not hidden, or the one that is named', async () => {
    const book = workbook([
      { name: 'Lists', hidden: true, rows: [['x'], ['hidden']] },
      { name: 'Cases & more', rows: [['x'], ['first']] },
      { name: 'Older', rows: [['x'], ['second']] },
    ]);
    const text = async (sheet: string | null) => cellsOf((await rowsOf(book, sheet)).rows);
    expect(await text(null)).toEqual([{ x: 'first' }]);
    expect(await text('older')).toEqual([{ x: 'second' }]);
    expect(await text('Lists')).toEqual([{ x: 'hidden' }]);
    const named = await openTable({ format: 'csv', sheet: 'Older' }, book, null);
    for await (const row of named.rows) expect(row).toMatchObject({ cells: { x: 'second' } });
    await expect(rowsOf(book, 'Absent')).rejects.toThrow(
      'found no sheet "Absent", wanted one of "Lists", "Cases & more", "Older"',
    );
    await expect(rowsOf(Buffer.from('a,b\n1,2'), 'Older')).rejects.toThrow('for a file of text');
  });
});

describe('a file that is no workbook to read', () => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const locked = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(64)]);

  it.each([
    ['of the old format', compound, 'a spreadsheet of the old format (.xls), wanted save it as .xlsx'],
    ['locked with a password', locked, 'a workbook that is locked with a password'],
    ['OpenDocument', zip(new Map([['content.xml', '<x/>']])), 'an OpenDocument sheet (.ods)'],
    ['binary', zip(new Map([['xl/workbook.bin', 'x']])), 'a binary workbook (.xlsb)'],
    ['another archive', zip(new Map([['a.txt', 'x']])), 'a zip archive that is no workbook'],
    ['cut short', textWorkbook([['a'], ['1']]).subarray(0, 400), 'a damaged workbook'],
    [
      'with declarations',
      zip(new Map([['xl/workbook.xml', '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>']])),
      'declarations of its own',
    ],
  ])('%s', async (_what, bytes, message) => {
    await expect(rowsOf(bytes)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(message),
    });
    const file = path.join(folder, 'other.xlsx');
    writeFileSync(file, bytes);
    await expect(rowsOf(file)).rejects.toThrow(message);
  });

  it('too large, by what it says of itself and by what comes out of it', async () => {
    const bomb = (size: number) => {
      const parts = new Map<string, string | { deflated: Buffer; size: number }>([
        ['xl/workbook.xml', { deflated: deflateRawSync(Buffer.alloc(WORKBOOK_LIMITS.small + 10, 32)), size }],
      ]);
      return zip(parts);
    };
    await expect(rowsOf(bomb(WORKBOOK_LIMITS.small + 10))).rejects.toThrow('16 MiB at most');
    // An archive that lies is caught by what it gives.
    await expect(rowsOf(bomb(100))).rejects.toThrow('damaged workbook');
  });

  it('with more rows or columns than a sheet has, or rows out of order', async () => {
    const sheet = (rows: string) => {
      const bytes = new Map<string, string>([
        ['xl/workbook.xml', '<workbook><sheets><sheet name="x" r:id="a"/></sheets></workbook>'],
        ['xl/_rels/workbook.xml.rels', '<R><Relationship Id="a" Type="/worksheet" Target="s.xml"/></R>'],
        ['xl/s.xml', `<x:worksheet><x:sheetData>${rows}</x:sheetData></x:worksheet>`],
      ]);
      return zip(bytes);
    };
    const cell = (at: string) => `<x:c r="${at}"><x:v>1</x:v></x:c>`;
    await expect(rowsOf(sheet(`<x:row r="1048577">${cell('A1048577')}</x:row>`))).rejects.toThrow(
      '1048576 rows at most',
    );
    await expect(rowsOf(sheet(`<x:row r="1">${cell('XFE1')}</x:row>`))).rejects.toThrow(
      '16384 columns at most',
    );
    await expect(rowsOf(sheet(`<x:row r="2">${cell('A2')}</x:row><x:row r="1"/>`))).rejects.toThrow(
      'damaged',
    );
    const long = '<x:c t="inlineStr"><x:is><x:t>'.concat('x'.repeat((1 << 20) + 1), '</x:t></x:is></x:c>');
    await expect(rowsOf(sheet(`<x:row>${long}</x:row>`))).rejects.toThrow(
      'more than 1048576 characters in row 1',
    );
    expect(
      (await rowsOf(sheet(`<x:row>${cell('A1')}</x:row><x:row>${cell('A2')}</x:row>`))).rows,
    ).toHaveLength(1);
  });
});

describe('a number format', () => {
  it.each([
    ['General', '1.5', '1.5'],
    ['0.00', '45352', '45352'],
    ['#,##0 "days"', '45352', '45352'],
    ['mmmm', '45352', 'March'],
    ['yyyy', '45352', '2024'],
    ['[h]:mm', '1.25', '30:00'],
    ['yyyy-mm-dd hh:mm:ss.000', '45352.5', '2024-03-01 12:00:00'],
    ['"d"0', '7', '7'],
    ['[Red]yyyy\\-mm\\-dd', '45352', '2024-03-01'],
  ])('%s of %s shows %s', (code, stored, shown) => {
    expect(shownNumber(stored, readFormat(code), false)).toBe(shown);
  });

  it('keeps large and tiny figures plain', () => {
    expect(shownNumber('1.2E+22', readFormat('General'), false)).toBe('12000000000000000000000');
    expect(shownNumber('1.5E-7', readFormat('General'), false)).toBe('0.00000015');
  });
});
