/** Exports read back by programs from outside: as many rows, the same places, the same grades. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe.skipIf(!HAS_GDAL)('GDAL reads', () => {
  it.each([
    ['geojson', []],
    ['csv', ['-oo', 'GEOM_POSSIBLE_NAMES=geometry', '-oo', 'KEEP_GEOM_COLUMNS=NO']],
  ])('%s as it was written', async (extension, options) => {
    for (const collection of ['incidents', 'movements', 'crossings']) {
      const { bytes, manifest } = await takeExport(desk, key, `${collection}.${extension}`);
      const features = readByGdal(`${collection}.${extension}`, bytes, ...options);
      expect(features).toHaveLength(manifest.counts.rows);
      const read = features.map(({ properties, geometry }) => essence(properties, geometry)).toSorted();
      expect(read).toEqual(await truth(collection));
    }
  });
});
