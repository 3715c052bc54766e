import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { readRows } from './csv.ts';
import type { SourceRow } from './source-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(bytes: Buffer | string) {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, bytes);
  const table = await readRows(path);
  const rows: SourceRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { table, rows, cells: rows.map((row) => (row.kind === 'row' ? row.cells : row.reasons[0]?.found)) };
}

const table = 'Place,Näme\nKöln,5 €\n';
const wanted = [{ place: 'Köln', näme: '5 €' }];

describe('encodings', () => {
  it.each([
    ['utf-8', 'utf-8', Buffer.from(table)],
    ['utf-8 with a mark', 'utf-8', Buffer.from(`\uFEFF${table}`)],
    ['utf-16le with a mark', 'utf-16le', Buffer.from(`\uFEFF${table}`, 'utf16le')],
    ['utf-16le without one', 'utf-16le', Buffer.from(table, 'utf16le')],
    ['utf-16be with a mark', 'utf-16be', Buffer.from(`\uFEFF${table}`, 'utf16le').swap16()],
    ['utf-16be without one', 'utf-16be', Buffer.from(table, 'utf16le').swap16()],
    ['windows-1252', 'windows-1252', Buffer.from(table.replace('€', '\x80'), 'latin1')],
  ])('reads %s', async (_, encoding, bytes) => {
    const { table: found, cells } = await read(bytes);
    expect(found.encoding).toBe(encoding);
    expect(cells).toEqual(wanted);
  });

  it('reads a whole file as windows-1252 when one byte far behind the sample is no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`a,b\n${'x,y\n'.repeat(40_000)}`),
      Buffer.from('caf\xe9,z\n', 'latin1'),
    ]);
    const { table: found, rows } = await read(bytes);
    expect(found.encoding).toBe('windows-1252');
    expect(rows.at(-1)).toMatchObject({ rowNumber: 40_001, cells: { a: 'café' } });
  });

  const nepali = 'name\nकाठमाडौं\n';

  it.each([
    [
      'one stray byte before',
      Buffer.concat([Buffer.from('caf\xe9\n', 'latin1'), Buffer.from(nepali)]),
      'offset 3, on line 1',
    ],
    [
      'one stray byte behind',
      Buffer.concat([Buffer.from(nepali), Buffer.from('caf\xe9,x\n', 'latin1')]),
      'offset 33, on line 3',
    ],
    [
      'a character cut in the middle of the file',
      Buffer.concat([Buffer.from(nepali).subarray(0, 10), Buffer.from('\nx\n')]),
      'offset 8, on line 2',
    ],
    [
      'a character cut by the end',
      Buffer.from(nepali).subarray(0, 28),
      'in the middle of a character, at byte 26 on line 2',
    ],
    [
      'a stray byte behind a mark',
      Buffer.concat([Buffer.from('\uFEFFa\nb\n'), Buffer.from([0xe9, 0x0a])]),
      'offset 7, on line 3',
    ],
  ])('refuses %s, naming the place', async (_, bytes, where) => {
    const streamed = async (): Promise<void> => {
      const found = await readRows(Readable.from([bytes]));
      for await (const row of found.rows) expect(row).toBeDefined();
    };
    await expect(read(bytes)).rejects.toThrow(where);
    await expect(streamed()).rejects.toThrow(where);
  });

  it('reads western text in which two signs stand together as UTF-8 would have them', async () => {
    const text = `name\n${'café à la crème\n'.repeat(30)}«CAFÉ»\n`;
    const { table: found, rows } = await read(Buffer.from(text, 'latin1'));
    expect(found.encoding).toBe('windows-1252');
    expect(rows.at(-1)).toMatchObject({ cells: { name: '«CAFÉ»' } });
    // The last letter of a western file looks like the beginning of a longer character.
    expect((await read(Buffer.from('name\ncaf\xe9', 'latin1'))).cells).toEqual([{ name: 'café' }]);
  });

  it('names the byte offset when a stream stops being UTF-8 later', async () => {
    const start = Buffer.from(`a,b\n${'x,y\n'.repeat(40_000)}`);
    const found = await readRows(
      Readable.from([start, Buffer.from('caf\xe9,z\n', 'latin1')], { objectMode: true }),
    );
    const reading = (async () => {
      for await (const row of found.rows) expect(row.kind).toBe('row');
    })();
    await expect(reading).rejects.toThrow(`offset ${start.length + 3}`);
  });

  it('does not cut a character that lies across two pieces', async () => {
    const bytes = Buffer.from('name\nकाठमाडौं 🚌\n');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    const found = await readRows(Readable.from(pieces, { objectMode: true }));
    const rows: SourceRow[] = [];
    for await (const row of found.rows) rows.push(row);
    expect(rows).toMatchObject([{ cells: { name: 'काठमाडौं 🚌' } }]);
  });
});

describe('delimiters and headers', () => {
  it.each([
    [',', 'a,b\n1,"2;3"\n'],
    [';', 'a;b\n1;"2,3"\n4,5;6\n'],
    ['\t', 'a\tb\n1\t2,3\n'],
    ['|', 'a|b\n1|2\n'],
    [';', 'sep=;\na;b\n1;2\n'],
    [',', 'only\nvalue; with | marks\n'],
  ])('finds %j', async (delimiter, text) => {
    const { table: found, rows } = await read(text);
    expect(found.dialect.delimiter).toBe(delimiter);
    expect(rows.every((row) => row.kind === 'row')).toBe(true);
  });

  it('compares header names without case, space and mark', async () => {
    const { table: found } = await read('\uFEFF" Station  Name ",IRF_Number,,__proto__\nx,y,z,w\n');
    expect(found.columns.map((column) => column.key)).toEqual([
      'station_name',
      'irf_number',
      'column_3',
      'proto',
    ]);
    expect(found.columns[0]?.name).toBe('Station  Name');
  });

  it('keeps both of two columns with one name, and marks them', async () => {
    const { table: found, cells } = await read('note,Note\n1,2\n');
    expect(cells).toEqual([{ note: '1', 'note#2': '2' }]);
    expect(found.columns.every((column) => column.repeated)).toBe(true);
  });

  it('drops forbidden columns before a row exists, and names them', async () => {
    const { table: found, cells, rows } = await read('id,Profile,caste\n1,tall,x\n2,short\n');
    expect(found.dropped).toEqual([
      { name: 'Profile', topic: 'appearance' },
      { name: 'caste', topic: 'caste' },
    ]);
    expect(cells).toEqual([{ id: '1' }, '2 cells']);
    // One cell is missing, and nobody knows which: only what can be under neither forbidden header is kept.
    expect(rows[1]).toMatchObject({
      raw: '[null,null]',
      reasons: [{}, { wanted: expect.stringContaining('your file') }],
    });
  });

  it('keeps of a broken row what cannot be of a forbidden column, and says so', async () => {
    const header = 'id,place,profile,age,note,end\n';
    const raws = async (row: string) =>
      (await read(header + row)).rows.map((each) => (each.kind === 'broken' ? each.raw : 'read'));
    expect(await raws('1,Exampletown,tall,17,x,y,z\n')).toEqual([
      '["1","Exampletown",null,null,"x","y","z"]',
    ]);
    expect(await raws('1,Exampletown,tall,17,x\n')).toEqual(['["1",null,null,"17","x"]']);
    expect(await raws('1,Exampletown,tall,\0,x,y\n')).toEqual(['["1","Exampletown",null,"\\u0000","x","y"]']);
    expect(await raws('1,Exampletown,tall,"17,x,y\n')).toEqual(['["1","Exampletown",null]']);
    // Out of step and over a line end: what follows may be of another row.
    expect(await raws('1,"a\n2",tall,17,x,y,z\n')).toEqual(['["1",null,null,null,null,null,null]']);
    expect(await raws('"1,Exampletown,tall\n')).toEqual(['[]']);
  });

  it('never keeps what stood under a forbidden header, wherever a cell is lost or cut in two', async () => {
    const columns = ['id', 'place', 'caste', 'age', 'religion', 'note', 'end'];
    const cells = ['1', 'Exampletown', 'SECRET', '17', 'SECRET', 'x', 'y'];
    for (let at = 0; at < cells.length; at += 1) {
      for (const changed of [cells.toSpliced(at, 1), cells.toSpliced(at, 0, 'more')]) {
        const { rows } = await read(`${columns.join()}\n${changed.join()}\n`);
        expect(rows).toHaveLength(1);
        expect(JSON.stringify(rows)).not.toContain('SECRET');
        expect(JSON.stringify(rows)).toContain('your file');
      }
    }
  });
});

describe('rows that cannot be read', () => {
  it('reads old Macintosh line ends', async () => {
    expect((await read('a,b\r1,2\r3,4')).cells).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it('counts every row once: good, ragged, cut off; only blank lines are left out', async () => {
    const { table: found, rows, cells } = await read('a,b\n1,2\n\n3\n4,5,6\n7,\0\n8,"nine');
    expect(cells).toEqual([
      { a: '1', b: '2' },
      '1 cells',
      '3 cells',
      'a NUL character',
      'a quoted value that never ends',
    ]);
    expect(rows.map((row) => [row.rowNumber, row.line])).toEqual([
      [1, 2],
      [2, 4],
      [3, 5],
      [4, 6],
      [5, 7],
    ]);
    expect(found.blankLines()).toBe(1);
  });

  it.each([
    ['an empty file', ''],
    ['only blank lines', '\n\n'],
    ['a zip archive', 'PK\x03\x04rest'],
  ])('refuses %s with a sentence', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('gives no rows, and no error, for a header alone', async () => {
    expect((await read('a,b\n')).rows).toEqual([]);
  });
});
