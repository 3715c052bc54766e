/** Exports read back by programs from outside: as many rows, the same places, the same grades. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readByDuckDb } from '../support/duck.ts';
import { type Desk, exportDesk, keyOf, linesOf, takeExport } from '../support/exports.ts';
import { type Feature, HAS_GDAL, readByGdal } from '../support/foreign.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
let key: string;

type Json = Record<string, unknown>;

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  key = await keyOf(desk, 'lantern-line', 'analyst');
});
afterAll(() => hub.close());

/** What no format may change, in one line a record. */
const essence = (values: Json, geometry: Feature['geometry']): string =>
  JSON.stringify([
    values.id,
    values.handling,
    values.pap || null,
    values.reliability ?? null,
    values.credibility === undefined ? null : Number(values.credibility),
    Number(values.persons_min),
    new Date((values.occurred_from as string | null) ?? '').getTime() || null,
    geometry === null ? null : rounded(geometry.coordinates),
  ]);

/** To a millimetre: readers may print the last bit otherwise. */
function rounded(value: unknown): unknown {
  return Array.isArray(value) ? value.map(rounded) : Number((value as number).toFixed(8));
}

async function truth(collection: string): Promise<readonly string[]> {
  const lines = linesOf((await takeExport(desk, key, `${collection}.ndjson`)).bytes);
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.filter(({ geometry }) => geometry !== null).length).toBeGreaterThan(100);
  return lines.map((line) => essence(line, line.geometry as Feature['geometry'])).toSorted();
}

/** What PostGIS makes of well-known text or, as hexadecimal, of well-known binary. */
async function geometries(
  texts: readonly (string | null)[],
  from: 'text' | 'wkb',
): Promise<readonly Feature['geometry'][]> {
  const read = from === 'text' ? 'st_geomfromtext(t, 4326)' : "st_geomfromwkb(decode(t, 'hex'), 4326)";
  const rows = await hub.database.asOwner((connection) =>
    connection.query<{ shape: string | null }>(
      `select st_asgeojson(${read}, 15) as shape from unnest($1::text[]) with ordinality as u (t, n) order by n`,
      [texts],
    ),
  );
  return rows.map(({ shape }) => (shape === null ? null : (JSON.parse(shape) as Feature['geometry'])));
}

describe.skipIf(!HAS_GDAL)('GDAL reads', () => {
  it.each([
    ['geojson', []],
    ['csv', ['-oo', 'GEOM_POSSIBLE_NAMES=geometry', '-oo', 'KEEP_GEOM_COLUMNS=NO']],
    ['kml', []],
    ['fgb', []],
  ])('%s as it was written', async (extension, options) => {
    for (const collection of ['incidents', 'movements', 'crossings']) {
      const { bytes, manifest } = await takeExport(desk, key, `${collection}.${extension}`);
      const features = await readByGdal(`${collection}.${extension}`, bytes, ...options);
      expect(features).toHaveLength(manifest.counts.rows);
      const read = features.map(({ properties, geometry }) => essence(properties, geometry)).toSorted();
      expect(read).toEqual(await truth(collection));
    }
  });

  it('xlsx as it was written', async () => {
    for (const collection of ['incidents', 'movements', 'crossings']) {
      const { bytes, manifest } = await takeExport(desk, key, `${collection}.xlsx`);
      const rows = await readByGdal(`${collection}.xlsx`, bytes, collection);
      expect(rows).toHaveLength(manifest.counts.rows);
      const shapes = await geometries(
        rows.map(({ properties }) => (properties.geometry as string) || null),
        'text',
      );
      const read = rows.map(({ properties }, i) => essence(properties, shapes[i] ?? null)).toSorted();
      expect(read).toEqual(await truth(collection));
      const about = await readByGdal(`${collection}.xlsx`, bytes, 'about');
      expect(JSON.stringify(about)).toContain(manifest.handling);
    }
  });
});

describe('DuckDB reads', () => {
  it('parquet as it was written, with its types', async () => {
    for (const collection of ['incidents', 'movements', 'crossings']) {
      const { bytes, manifest } = await takeExport(desk, key, `${collection}.parquet`);
      const rows = await readByDuckDb(
        `${collection}.parquet`,
        bytes,
        'select * replace (hex(st_aswkb(geometry)) as geometry) from read_parquet({file})',
      );
      expect(rows).toHaveLength(manifest.counts.rows);
      const shapes = await geometries(
        rows.map(({ geometry }) => geometry as string | null),
        'wkb',
      );
      const read = rows.map((values, i) => essence(values, shapes[i] ?? null)).toSorted();
      expect(read).toEqual(await truth(collection));
      expect(rows[0]?.occurred_from).toBeInstanceOf(Date);
      if (collection === 'movements') expect(rows[0]?.countries).toBeInstanceOf(Array);
    }
  });

  it('what a parquet file says of itself', async () => {
    const { bytes, manifest } = await takeExport(desk, key, 'crossings.parquet');
    const rows = await readByDuckDb(
      'c.parquet',
      bytes,
      'select decode(key) as k, decode(value) as v from parquet_kv_metadata({file})',
    );
    const said = new Map(rows.map(({ k, v }) => [k, String(v)]));
    expect(said.get('headwater:handling')).toBe(manifest.handling);
    expect(JSON.parse(said.get('geo') ?? '{}')).toMatchObject({
      version: '1.1.0',
      primary_column: 'geometry',
    });
  });

  it.each([
    ['ndjson', "read_json({file}, format = 'newline_delimited')"],
    ['csv', 'read_csv({file}, header = true)'],
  ])('as many rows of %s as there are', async (extension, table) => {
    const { bytes, manifest } = await takeExport(desk, key, `reports.${extension}`);
    const [row] = await readByDuckDb(
      `reports.${extension}`,
      bytes,
      `select count(*)::int as n, count(distinct id)::int as ids from ${table}`,
    );
    expect(row).toEqual({ n: manifest.counts.rows, ids: manifest.counts.rows });
  });
});
