/** Exports of what is derived: the answers of GraphQL row by row, with the method in the manifest, read back by programs from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readByDuckDb } from '../support/duck.ts';
import {
  askExport,
  type Desk,
  exportDesk,
  keyOf,
  linesOf,
  takeExport,
  viewerOfKey,
} from '../support/exports.ts';
import { type Feature, HAS_GDAL, readByGdal } from '../support/foreign.ts';
import { answer, openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
const keys: Record<string, string> = {};
beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  for (const slug of ['terai-watch', 'lantern-line']) keys[slug] = await keyOf(desk, slug, 'analyst');
});
afterAll(() => hub.close());

type Json = Record<string, unknown>;
type Counted = { readonly incidents: number };

const ABOUT =
  'method version parameters unknowns refusal { reason found wanted } counts { records incidents owners } dataWindow { first last }';
const FILTER = { occurred: { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } };

/** A collection, the field that answers the same, and what of a node a row has too. */
const DERIVED: readonly {
  readonly name: string;
  readonly root: string;
  readonly ask: string;
  readonly filter: string;
  readonly nodes: string;
  readonly fields: string;
  readonly line: (node: Json) => Json;
}[] = [
  {
    name: 'corridors',
    root: 'corridors',
    ask: ', first: 500',
    filter: 'MovementFilter',
    nodes: 'nodes',
    fields:
      'id name support { incidents independentOrigins movements owners } persons { min max } widthKm lengthKm share { observed } firstMonth lastMonth geometry stages { name }',
    line: (node) => {
      const support = node.support as Record<string, number>;
      return {
        id: node.id,
        name: node.name,
        incidents: support.incidents,
        independent_origins: support.independentOrigins,
        movements: support.movements,
        owners: support.owners,
        persons_min: (node.persons as { min: number }).min,
        persons_max: (node.persons as { max: number | null }).max,
        width_km: node.widthKm,
        length_km: node.lengthKm,
        observed: (node.share as { observed: number }).observed,
        first_month: node.firstMonth,
        last_month: node.lastMonth,
        geometry: node.geometry,
      };
    },
  },
  {
    name: 'route-hotspots',
    root: 'routeHotspots',
    ask: ', first: 5000',
    filter: 'MovementFilter',
    nodes: 'cells',
    fields: 'id class z p pPermutation q magnitude incidents geometry',
    line: ({ pPermutation, ...node }) => ({ ...node, p_permutation: pPermutation }),
  },
  {
    name: 'crossing-clusters',
    root: 'crossingClusters',
    ask: '',
    filter: 'CrossingClusterFilter',
    nodes: 'clusters',
    fields:
      'id name border incidents persons independentOrigins monthsActive firstMonth lastMonth distanceKm centre { longitude latitude } detectionsPerStaffMonth { status rate } nearestCrossingPoint { name }',
    line: (node) => {
      const centre = node.centre as { longitude: number; latitude: number };
      const found = node.detectionsPerStaffMonth as { status: string; rate: number | null };
      return {
        id: node.id,
        name: node.name,
        border: node.border,
        incidents: node.incidents,
        persons: node.persons,
        independent_origins: node.independentOrigins,
        months_active: node.monthsActive,
        first_month: node.firstMonth,
        last_month: node.lastMonth,
        distance_km: node.distanceKm,
        detection_status: found.status,
        detections_per_staff_month: found.rate,
        nearest_crossing_point: (node.nearestCrossingPoint as { name: string } | null)?.name ?? null,
        geometry: { type: 'Point', coordinates: [centre.longitude, centre.latitude] },
      };
    },
  },
];

describe('an export of what is derived', () => {
  it.each(
    DERIVED.flatMap((derived) =>
      (['terai-watch', 'lantern-line'] as const).flatMap((slug) =>
        [undefined, FILTER].map((filter) => ({ ...derived, slug, asked: filter })),
      ),
    ),
  )('$name for $slug, filtered by $asked: what GraphQL answers', async (derived) => {
    const { name, root, ask, filter, nodes, fields, line, slug, asked } = derived;
    const key = keys[slug] as string;
    const { bytes, manifest } = await takeExport(desk, key, `${name}.ndjson`, asked);
    const lines = linesOf(bytes);
    const text = `query ($filter: ${filter}) { ${root}(filter: $filter${ask}) { ${ABOUT} ${nodes} { ${fields} } } }`;
    const said = await answer<Record<string, Json>>(hub, await viewerOfKey(desk, key), text, {
      filter: asked,
    });
    const { [nodes]: found, ...about } = said[root] as Json;
    const expected = (found as Json[]).map(line);
    expect(lines.length).toBe(expected.length);
    if (slug === 'terai-watch') expect(lines.length).toBeGreaterThan(0);
    expect(
      lines.map((row) => Object.fromEntries(Object.keys(expected[0] ?? {}).map((one) => [one, row[one]]))),
    ).toEqual(expected);
    expect(JSON.parse(JSON.stringify(manifest.methods))).toEqual([about]);
    expect(manifest.counts.rows).toBe(lines.length);
    // Every row is marked as high as anything it may stand on.
    for (const row of lines) expect(`TLP:${String(row.handling)}`).toBe(manifest.handling);
  });

  it('says in its manifest why nothing was derived', async () => {
    const filter = { occurred: { from: '1990-01-01T00:00:00Z', to: '1990-02-01T00:00:00Z' } };
    for (const { name } of DERIVED) {
      const { bytes, manifest } = await takeExport(desk, keys['terai-watch'] ?? '', `${name}.ndjson`, filter);
      expect(bytes).toHaveLength(0);
      expect(manifest.methods[0]).toMatchObject({ refusal: { wanted: expect.any(String) } });
    }
  });

  it('tells each owner whose records it may stand on', async () => {
    const { manifest } = await takeExport(desk, keys['lantern-line'] ?? '', 'corridors.geojson');
    const shared = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ detail: Json }>(
        `select detail from audit_event where action = 'export_shared' and $1::uuid = any(object_ids)`,
        [manifest.export],
      ),
    );
    const others = Object.entries(manifest.counts.records).filter(([owner]) => owner !== 'lantern-line');
    expect(others.length).toBeGreaterThan(0);
    expect(shared.map(({ detail }) => detail.records).toSorted()).toEqual(
      others.map(([, count]) => count).toSorted(),
    );
  });

  it('is for who may export, by the filter of the question', async () => {
    const field = await keyOf(desk, 'terai-watch', 'field');
    expect((await askExport(desk, field, 'corridors.geojson')).status).toBe(403);
    const wrong = await askExport(desk, keys['terai-watch'] ?? '', 'crossing-clusters.csv', {
      modes: ['BUS'],
    });
    expect(wrong.status).toBe(400);
  });
});

function rounded(value: unknown): unknown {
  return Array.isArray(value) ? value.map(rounded) : Number((value as number).toFixed(8));
}

const essence = (values: Json, geometry: Feature['geometry']): string =>
  JSON.stringify([
    values.id,
    Number((values as unknown as Counted).incidents),
    rounded(geometry?.coordinates ?? []),
  ]);

async function truth(name: string): Promise<readonly string[]> {
  const lines = linesOf((await takeExport(desk, keys['terai-watch'] ?? '', `${name}.ndjson`)).bytes);
  expect(lines.length).toBeGreaterThan(0);
  return lines.map((line) => essence(line, line.geometry as Feature['geometry'])).toSorted();
}

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
    for (const { name } of DERIVED) {
      const { bytes } = await takeExport(desk, keys['terai-watch'] ?? '', `${name}.${extension}`);
      const features = await readByGdal(`${name}.${extension}`, bytes, ...options);
      expect(features.map(({ properties, geometry }) => essence(properties, geometry)).toSorted()).toEqual(
        await truth(name),
      );
    }
  });

  it('xlsx as it was written', async () => {
    for (const { name } of DERIVED) {
      const { bytes } = await takeExport(desk, keys['terai-watch'] ?? '', `${name}.xlsx`);
      const rows = await readByGdal(`${name}.xlsx`, bytes, name);
      const shapes = await geometries(
        rows.map(({ properties }) => (properties.geometry as string) || null),
        'text',
      );
      expect(rows.map(({ properties }, i) => essence(properties, shapes[i] ?? null)).toSorted()).toEqual(
        await truth(name),
      );
    }
  });
});

describe('DuckDB reads', () => {
  it('parquet as it was written', async () => {
    for (const { name } of DERIVED) {
      const { bytes } = await takeExport(desk, keys['terai-watch'] ?? '', `${name}.parquet`);
      const rows = await readByDuckDb(
        `${name}.parquet`,
        bytes,
        'select * replace (hex(st_aswkb(geometry)) as geometry) from read_parquet({file})',
      );
      const shapes = await geometries(
        rows.map(({ geometry }) => geometry as string | null),
        'wkb',
      );
      expect(rows.map((values, i) => essence(values, shapes[i] ?? null)).toSorted()).toEqual(
        await truth(name),
      );
    }
  });
});
