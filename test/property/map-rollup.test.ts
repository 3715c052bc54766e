/** Incidents and crossings counted by square as they are written are what the records say, whatever was written in which order, and tiles are the same bytes either way. OPERATIONS=2000 SEED=1 npm run test:property. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_NOW } from '../../src/access/projected.sql.ts';
import { readerFor } from '../../src/access/reader.ts';
import { SHARED_PLACES, sightOf } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import type { IncidentSearch } from '../../src/records/incidents/incident-source.sql.ts';
import { hubServices } from '../../src/schema.ts';
import { encodeTile } from '../../src/serving/tiles/drawing/encode-tile.ts';
import { drawPoints } from '../../src/serving/tiles/point-layers.service.ts';
import { crossingPoints, incidentPoints } from '../../src/serving/tiles/point-source.sql.ts';
import { rolledCrossings, rolledIncidents } from '../../src/serving/tiles/rolled-points.sql.ts';
import { openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';
import { tileAt, tilesOf } from '../support/tile-reading.ts';
import { writePlaced } from './write-placed.ts';

const OPERATIONS = Number(process.env.OPERATIONS ?? 120);
const SEED = Number(process.env.SEED ?? 1);
/** From the next zoom on records are drawn one by one. */
const LAST_ZOOM = 9;

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const write = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
  hub.database.unrestricted('write for a test of rollups', work);

describe(`after ${OPERATIONS} writes (seed ${SEED})`, () => {
  it('squares and cells are the sums of the living records', async () => {
    const random = seededRandom(SEED);
    expect(await differences()).toEqual([]);
    for (let done = 0; done < OPERATIONS; done += 1) {
      await write((connection) => writePlaced(connection, random));
      if (done % 20 !== 19) continue;
      expect({ done, differences: await differences() }).toEqual({ done, differences: [] });
      if (done % 40 === 19) await foldCounts(hub.database);
    }
    await foldCounts(hub.database);
    expect(await differences()).toEqual([]);
    // What was taken away leaves no trace of where it was.
    const traces = await write((connection) =>
      connection.query('select 1 from map_rollup where records <= 0 limit 1'),
    );
    expect(traces).toEqual([]);
  });

  it('a change that no map shows writes no row', async () => {
    const count = () =>
      write((connection) => connection.query('select count(*)::int as rows from map_rollup'));
    const before = await count();
    await write(async (connection) => {
      await connection.execute('update incident set persons_min = persons_min + 0, version = version + 1');
      await connection.execute('update crossing set version = version + 1');
    });
    expect(await count()).toEqual(before);
  });

  it('tiles from afar are the same bytes from squares and from records, whole and in part', async () => {
    const random = seededRandom(SEED + 1);
    // Some are folded and some are not yet.
    for (let done = 0; done < 10; done += 1) await write((connection) => writePlaced(connection, random));
    const drawn = { tiles: 0, cells: 0, filtered: 0 };
    for (const viewer of await viewers())
      for (const search of [{}, drawSearch(random), drawSearch(random)])
        for (const tile of tiles(random)) await askBoth(viewer, search, tile, drawn);
    expect(drawn.tiles).toBeGreaterThan(150);
    expect(drawn.cells).toBeGreaterThan(20);
    expect(drawn.filtered).toBeGreaterThan(20);
  });

  it('what squares do not know is asked of the records', () => {
    const occurred = { from: new Date('2026-01-01T00:00:00Z') };
    expect(rolledIncidents({ occurred }, KNOWN_NOW)).toBeNull();
    expect(rolledIncidents({ ids: [] }, KNOWN_NOW)).toBeNull();
    expect(rolledCrossings({ occurred }, KNOWN_NOW)).toBeNull();
    expect(rolledIncidents({}, { at: TEST_NOW })).toBeNull();
    expect(rolledCrossings({}, { at: TEST_NOW })).toBeNull();
  });
});

type Address = readonly [z: number, x: number, y: number];

async function askBoth(
  viewer: Viewer,
  search: IncidentSearch,
  [z, x, y]: Address,
  drawn: { tiles: number; cells: number; filtered: number },
): Promise<void> {
  const reader = readerFor(hub.database, viewer);
  const { kinds } = search;
  const layers = [
    {
      layer: 'incidents',
      make: incidentPoints(search, KNOWN_NOW),
      rolled: rolledIncidents(search, KNOWN_NOW),
    },
    {
      layer: 'crossings',
      make: crossingPoints({ kinds }, KNOWN_NOW),
      rolled: rolledCrossings({ kinds }, KNOWN_NOW),
    },
  ];
  for (const asked of layers) {
    expect(asked.rolled).not.toBeNull();
    const draw = (rolled: typeof asked.rolled) =>
      drawPoints(
        // Nothing kept: each way reads for itself.
        { reader, now: TEST_NOW, slugs: async () => new Map(), services: hubServices(hub) },
        { ...asked, rolled, question: search },
        { z, x, y },
      );
    const rolled = await draw(asked.rolled);
    const encoded = (layer: typeof rolled): string | undefined =>
      encodeTile(layer, { z, x, y })?.toString('base64');
    const told = { layer: asked.layer, search, tile: `${z}/${x}/${y}`, partial: viewer.partial };
    const bytes = encoded(rolled);
    expect({ ...told, bytes }).toEqual({ ...told, bytes: encoded(await draw(null)) });
    if (bytes === undefined) continue;
    drawn.tiles += 1;
    if (rolled[`${asked.layer}-cells`]?.length) drawn.cells += 1;
    if (Object.keys(search).length > 0) drawn.filtered += 1;
  }
}

/** Of organisations of the demo, and one to whom all classes are shown, half of them by each kind of area. */
async function viewers(): Promise<readonly Viewer[]> {
  const [first, second] = [
    await viewerFor(hub, 'terai-watch', 'analyst'),
    await viewerFor(hub, 'harbour-lamp', 'analyst'),
  ];
  const classes = await write((connection) =>
    connection.query<{ id: number }>('select id from visibility_class order by id'),
  );
  const ids = classes.map(({ id }) => id);
  const inPart = SHARED_PLACES.map((place, index): Viewer => {
    const shown = ids.filter((id) => id % 2 === index % 2);
    return {
      ...first,
      fullClasses: ids.filter((id) => !shown.includes(id)),
      partial: [{ sight: sightOf(place, 'quarter', []), classes: shown }],
    };
  });
  return [first, second, ...inPart];
}

function tiles(random: Random): readonly Address[] {
  const near = (zoom: number): Address => tileAt(zoom, 83 + 1.2 * random.next(), 26 + 1.2 * random.next());
  const zooms = Array.from({ length: LAST_ZOOM }, (_, index) => index + 1);
  return [
    [0, 0, 0],
    ...tilesOf(1),
    ...zooms.map(near),
    // Where the map ends, and on both sides of the antimeridian.
    tileAt(7, 179.9, 85),
    tileAt(9, -179.9, 85),
    tileAt(5, 0, -85),
    tileAt(8, 179.99, 0),
  ];
}

function drawSearch(random: Random): IncidentSearch {
  return {
    ...(random.int(2) === 0 ? { kinds: ['observed', 'intercept', 'stated'] } : {}),
    ...(random.int(2) === 0 ? { populations: ['trafficking'] } : {}),
    ...(random.int(2) === 0 ? { countries: ['NPL', 'IND'] } : {}),
    ...(random.int(2) === 0 ? { verifications: ['unverified', 'evidence'] } : {}),
  };
}

/** Sums that differ from a plain count of the records. */
async function differences(): Promise<readonly unknown[]> {
  const place = `visibility_class_id, owner_id, case when longitude is null then null when abs(latitude) < 85.05112877980659 then z >> 32 else -1 end as square,
    case when cell_resolution > 6 then (cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) else cell end as cell,
    least(cell_resolution, 6) as cell_resolution`;
  return write((connection) =>
    connection.query(
      `with sums as (
         select -1 as records, 'incident' as layer, ${place}, kind, population, verification, country, null::text as country_a, null::text as country_b
           from incident where known_to is null
         union all select -1, 'crossing', ${place}, kind, null, null, null, country_a, country_b from crossing where known_to is null
         union all select records, layer, visibility_class_id, owner_id, square, cell, cell_resolution, kind, population, verification, country,
           country_a, country_b from map_rollup)
       select layer, visibility_class_id, owner_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b,
         sum(records) from sums group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(records) <> 0 limit 5`,
    ),
  );
}
