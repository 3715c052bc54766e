import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readFeatures } from './geojson.ts';
import type { SourceRow } from './source-rows.ts';

async function read(text: string, size = 7) {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const table = await readFeatures(Readable.from(pieces, { objectMode: true }));
  const rows: SourceRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { table, rows, cells: rows.map((row) => (row.kind === 'row' ? row.cells : row.reasons[0]?.found)) };
}

const point =
  '{"type":"Feature","properties":{"Name":"a \\"{[","n":{"x":1,"y":["p","q"]}},"geometry":{"type":"Point","coordinates":[85.3,27.7]}}';
const pointCells = {
  name: 'a "{[',
  'n.x': '1',
  'n.y': 'p;q',
  'geometry.type': 'Point',
  'geometry.longitude': '85.3',
  'geometry.latitude': '27.7',
};

describe('reading GeoJSON', () => {
  it.each([
    [
      'a collection',
      `{"type":"FeatureCollection","crs":{"a":[{}]},"features":[${point},\n${point}],"after":{"b":{"c":1}}}`,
    ],
    ['newline-delimited features', `${point}\n${point}\n`],
  ])('reads %s, whatever the pieces', async (_, text) => {
    for (const size of [1, 7, 64, 4096])
      expect((await read(text, size)).cells).toEqual([pointCells, pointCells]);
  });

  it('reads a single feature and names the ends of a line', async () => {
    const line =
      '{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4],[5,6]]},"properties":null}';
    expect((await read(line)).cells).toEqual([
      {
        'geometry.type': 'LineString',
        'geometry.first.longitude': '1',
        'geometry.first.latitude': '2',
        'geometry.last.longitude': '5',
        'geometry.last.latitude': '6',
      },
    ]);
  });

  it('loses nothing that stands before the end of half a file', async () => {
    const text = `{"type":"FeatureCollection","features":[${point},${point.slice(0, 40)}`;
    expect((await read(text)).cells).toEqual([pointCells, 'the end of the file inside a feature']);
  });

  it.each([
    ['{"type":"Point","coordinates":[27.7,185]}', 'a position outside the Earth'],
    ['{"type":"Point","coordinates":[27.7,95]}', 'a position outside the Earth, as if latitude came first'],
    ['{"type":"Point","coordinates":["27.7",85]}', 'a position that is not two or three numbers'],
    ['{"type":"LineString","coordinates":[[1,2]]}', '1 positions'],
    ['{"type":"Polygon","coordinates":[1,2]}', 'no list'],
    ['{"type":"Circle","coordinates":[1,2]}', 'another type'],
  ])('refuses the geometry %s', async (geometry, found) => {
    const { rows } = await read(`{"type":"Feature","properties":{},"geometry":${geometry}}`);
    expect(rows).toMatchObject([{ kind: 'broken', reasons: [{ found }] }]);
  });

  it('drops forbidden properties, nested ones too, and names them', async () => {
    const { table, cells } = await read(
      '{"type":"Feature","properties":{"person":{"Ethnicity":"x","id":1}},"geometry":null}',
    );
    expect(cells).toEqual([{ 'person.id': '1' }]);
    expect(table.dropped).toEqual([{ name: 'person.Ethnicity', topic: 'ethnicity' }]);
  });

  it('drops forbidden members of objects in lists too', async () => {
    const { table, cells } = await read(
      '{"type":"Feature","properties":{"party":[{"caste":"x","n":[{"hiv":"y","id":2}]}]},"geometry":null}',
    );
    expect(cells).toEqual([{ party: '[{"n":[{"id":2}]}]' }]);
    expect(table.dropped.map(({ name }) => name)).toEqual(['party.caste', 'party.n.hiv']);
  });

  it.each([
    [
      'a bad geometry',
      '{"type":"Feature","properties":{"religion":"SECRET","id":7},"geometry":{"type":"Circle"}}',
      '"id":7',
    ],
    ['another type', '{"type":"Thing","properties":{"religion":"SECRET","id":7}}', '"id":7'],
    ['half a feature', '{"type":"Feature","properties":{"id":7', '"id":7'],
    [
      'half a feature with a forbidden property',
      '{"type":"Feature","properties":{"id":7,"Religion":"SECRET',
      null,
    ],
    [
      'a forbidden property behind an escape',
      '{"type":"Feature","properties":{"\\u0072eligion":"SECRET',
      null,
    ],
    ['no JSON', '{"type":"Feature",properties:{home-situation: SECRET}}', null],
  ])('keeps of %s what cannot be forbidden', async (_, text, kept) => {
    const { rows } = await read(text);
    const [row] = rows;
    expect(row?.kind).toBe('broken');
    if (row?.kind !== 'broken') return;
    expect(row.raw ?? '').not.toContain('SECRET');
    if (kept !== null) expect(row.raw).toContain(kept);
    else expect([row.raw, row.reasons.at(-1)?.wanted]).toEqual([null, expect.stringContaining('not kept')]);
  });

  it('refuses a file without features', async () => {
    await expect(read('{"type":"FeatureCollection","features":[]}')).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
