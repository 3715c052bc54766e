/** OGC API – Features read by programs from outside: GDAL's driver and QGIS get the features that the hub shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, exportDesk, keyOf, linesOf, takeExport } from '../support/exports.ts';
import { collectionByGdal, collectionByQgis, HAS_QGIS, whileServed } from '../support/features.ts';
import { type Feature, HAS_GDAL } from '../support/foreign.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
const keys: Record<string, string> = {};
beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  for (const slug of ['terai-watch', 'lantern-line']) keys[slug] = await keyOf(desk, slug, 'analyst');
  keys.partner = await keyOf(desk, 'lantern-line', 'partner');
});
afterAll(() => hub.close());

const headersOf = (who: string) => ({
  Authorization: `Bearer ${keys[who]}`,
  'Headwater-Purpose': 'investigation',
  'Headwater-Case-Reference': 'case-17',
});

function rounded(value: unknown): unknown {
  return Array.isArray(value) ? value.map(rounded) : Number((value as number).toFixed(8));
}

const essence = (id: unknown, geometry: Feature['geometry']): string =>
  JSON.stringify([id, geometry === null ? null : [geometry.type, rounded(geometry.coordinates)]]);

async function truth(who: string, collection: string): Promise<readonly string[]> {
  const lines = linesOf((await takeExport(desk, keys[who] ?? '', `${collection}.ndjson`)).bytes);
  expect(lines.length).toBeGreaterThan(300);
  return lines.map(({ id, geometry }) => essence(id, geometry as Feature['geometry'])).toSorted();
}

const TERAI = [83, 26, 85, 28] as const;

async function idsIn(who: string, collection: string): Promise<readonly string[]> {
  const [west, south, east, north] = TERAI;
  const filter = { area: { bbox: { west, south, east, north } } };
  const { bytes } = await takeExport(desk, keys[who] ?? '', `${collection}.ndjson`, filter);
  return linesOf(bytes)
    .map(({ id }) => String(id))
    .toSorted();
}

describe.skipIf(!HAS_GDAL)('GDAL reads', () => {
  it.each([
    ['terai-watch', 'incidents'],
    ['terai-watch', 'movements'],
    ['lantern-line', 'crossings'],
  ])('for %s, all of %s', async (who, collection) => {
    const features = await whileServed(desk, (address) =>
      collectionByGdal(address, headersOf(who), collection),
    );
    expect(
      features.map(({ properties, id, geometry }) => essence(properties.id ?? id, geometry)).toSorted(),
    ).toEqual(await truth(who, collection));
  });

  it('what lies in a box', async () => {
    const features = await whileServed(desk, (address) =>
      collectionByGdal(address, headersOf('terai-watch'), 'crossings', '-spat', ...TERAI.map(String)),
    );
    const found = features.map(({ properties, id }) => String(properties.id ?? id)).toSorted();
    expect(found.length).toBeGreaterThan(50);
    expect(found).toEqual(await idsIn('terai-watch', 'crossings'));
  });

  it('counts of a shared view under a partner key, and no records', async () => {
    await whileServed(desk, async (address) => {
      const { Authorization } = headersOf('partner');
      const counts = await collectionByGdal(address, { Authorization }, 'view-pairs-by-quarter');
      expect(counts.length).toBeGreaterThan(5);
      for (const { properties, geometry } of counts) {
        expect(Number(properties.persons)).toBeGreaterThan(0);
        expect(geometry).not.toBeNull();
      }
      await expect(collectionByGdal(address, headersOf('partner'), 'incidents')).rejects.toThrow(
        /Command failed/,
      );
    });
  });
});

describe.skipIf(!HAS_QGIS)('QGIS reads', () => {
  it.each([
    ['terai-watch', 'crossings'],
    ['terai-watch', 'movements'],
    ['lantern-line', 'incidents'],
  ])('for %s, all of %s', async (who, collection) => {
    const read = await whileServed(desk, (hub_) =>
      collectionByQgis({ hub: hub_, headers: headersOf(who), collection, box: TERAI }),
    );
    const wanted = await truth(who, collection);
    expect(read).toMatchObject({ valid: true, count: wanted.length });
    expect(read.features.map(({ id, geometry }) => essence(id, geometry)).toSorted()).toEqual(wanted);
    if (collection === 'crossings') expect(read.inside.toSorted()).toEqual(await idsIn(who, collection));
  });

  it('counts of a shared view under a partner key', async () => {
    const { Authorization } = headersOf('partner');
    const read = await whileServed(desk, (hub_) =>
      collectionByQgis({
        hub: hub_,
        headers: { Authorization },
        collection: 'view-pairs-by-quarter',
        box: TERAI,
      }),
    );
    expect(read.valid).toBe(true);
    expect(read.features.length).toBeGreaterThan(5);
  });
});
