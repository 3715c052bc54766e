/** Formats on rows made by hand: what could run in a spreadsheet, what is no JSON, and lines that cross the antimeridian. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineGeometry, pointGeometry } from '../geometry.ts';
import { type About, columnsOf, type ExportRow, type Layer } from '../layer.ts';
import { CSV, harmless } from './csv.ts';
import type { Format } from './format.ts';
import { GEOJSON } from './geojson.ts';
import { NDJSON } from './ndjson.ts';
import { xmlText } from './xml.ts';

const ABOUT: About = {
  exportId: 'e',
  collection: 'things',
  organisation: 'north-desk',
  handling: 'amber_strict',
  at: new Date('2026-11-01T00:00:00Z'),
  rows: 1,
};
const LAYER: Layer = {
  name: 'things',
  columns: columnsOf('id label number:number words:list'),
  geometry: 'line',
};

async function written(format: Format, rows: readonly ExportRow[], layer = LAYER): Promise<string> {
  const pages = async function* () {
    yield rows;
    yield [];
  };
  let text = '';
  for await (const piece of format.write(layer, pages(), ABOUT)) text += piece.toString();
  return text;
}

const row = (label: string, geometry: ExportRow['geometry'] = null, number = -1.5): ExportRow => ({
  handling: 'amber',
  pap: null,
  geometry,
  values: { id: 'a', label, number, words: ['x', 'y'] },
});

describe('a table', () => {
  it('begins no cell as a formula begins, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (label) => {
        const [read] = parse<{ label: string; number: string }>(await written(CSV, [row(label)]), {
          columns: true,
        });
        expect(read?.label ?? '').not.toMatch(/^[=+\-@\t\r\n]/);
        expect((read?.label ?? '').replace(/(^|[;\t\r\n])'/g, '$1')).toBe(label);
        expect(read?.number).toBe('-1.5');
      }),
    );
  });

  it('begins none either where cells are parted at semicolons or tabs and our quotes mean nothing', async () => {
    const sign = fc.constantFrom(';', '\t', '\n', '"', "'", '=', '-', ',', 'a');
    const labels = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''));
    await fc.assert(
      fc.asyncProperty(labels, async (label) => {
        const text = await written(CSV, [row(label)]);
        for (const cell of text.split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^"*[=+\-@]/);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', "'=1", '"=1'])('puts an apostrophe before %j', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
    expect(harmless(`a;${text}`)).toBe(`a;'${text}`);
  });

  it('is empty but for its heading where nothing is there', async () => {
    expect(await written(CSV, [])).toBe('id,label,number,words,geometry\r\n');
  });
});

describe('a line over the antimeridian', () => {
  const line = lineGeometry([
    [178, 0],
    [-178, 2],
  ]);

  it('is cut in two, as RFC 7946 has it', async () => {
    const { features } = JSON.parse(await written(GEOJSON, [row('a', line)])) as {
      features: { geometry: unknown }[];
    };
    expect(features[0]?.geometry).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [178, 0],
          [180, 1],
        ],
        [
          [-180, 1],
          [-178, 2],
        ],
      ],
    });
  });

  it('is two lines as well-known text', async () => {
    const [read] = parse<{ geometry: string }>(await written(CSV, [row('a', line)]), { columns: true });
    expect(read?.geometry).toBe('MULTILINESTRING ((178 0, 180 1), (-180 1, -178 2))');
  });

  it('is a point where nobody moved, and nothing where nothing is known', () => {
    expect(
      lineGeometry([
        [1, 2],
        [1, 2],
      ]),
    ).toEqual(pointGeometry(1, 2));
    expect(lineGeometry([])).toBeNull();
  });
});

describe('what is written piece by piece', () => {
  it('is one collection, empty or not', async () => {
    const empty = JSON.parse(await written(GEOJSON, [])) as { features: unknown[]; handling: string };
    expect(empty).toMatchObject({ type: 'FeatureCollection', features: [], handling: 'TLP:AMBER+STRICT' });
    const two = JSON.parse(await written(GEOJSON, [row('a'), row('"\u2028')])) as { features: unknown[] };
    expect(two.features).toHaveLength(2);
  });

  it('is one line a row, whatever is in it', async () => {
    const text = await written(NDJSON, [row('a\nb'), row('c')]);
    expect(
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { label: string }).label),
    ).toEqual(['a\nb', 'c']);
  });
});

describe('text in XML', () => {
  it.each([
    ['<a & "b">', '&lt;a &amp; &quot;b&quot;&gt;'],
    ['a\u0000b\u001Fc', 'a\uFFFDb\uFFFDc'],
    ['half \uD800 of a pair', 'half \uFFFD of a pair'],
    ['𝒳 नेपाल\t\n', '𝒳 नेपाल\t\n'],
    ['\r', '&#13;'],
  ])('of %j is what XML can hold', (text, held) => {
    expect(xmlText(text)).toBe(held);
  });
});
