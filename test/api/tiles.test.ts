/** Vector tiles over HTTP: who gets them, what they say beside GraphQL, and what is answered to what is no tile. */
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, addOrganisation, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { hubServices } from '../../src/schema.ts';
import { TileCache } from '../../src/serving/tiles/tile-cache.ts';
import { LAYER_NAMES } from '../../src/serving/tiles/tile-layers.ts';
import { answer, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';
import { askTile, isInside, type ReadFeature, readTile, tileAt, tilesOf } from '../support/tile-reading.ts';

let hub: TestHub;
let app: HubApp;
let key: string;
let watch: Viewer;
const logged: string[] = [];
beforeAll(async () => {
  hub = await openTestHub('demo');
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
  app = await createApp({
    hub,
    corsOrigins: [],
    trustProxy: false,
    log,
    now: () => TEST_NOW,
    requestsAMinute: 100_000,
  });
  key = await keyFor('terai-watch', 'analyst');
  watch = await viewerFor(hub, 'terai-watch', 'analyst');
});
afterAll(() => hub.close());

function keyFor(slug: string, role: Role): Promise<string> {
  return hub.database.unrestricted('make a key for a test', async (connection) => {
    const organisation = await readOrganisation(connection, slug).catch(() =>
      addOrganisation(connection, randomIds, { slug, name: slug, fictional: true }),
    );
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const { text } = await addKey(connection, randomIds, {
      organisationId: organisation.id,
      role,
      label: 'test',
      vaultPermission: false,
      expiresAt,
    });
    return text;
  });
}

function get(path: string, as = key) {
  return request(app.handler)
    .get(path)
    .set('authorization', `Bearer ${as}`)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    });
}

/** As it came over the wire; whoever asks has it unpacked already. */
const shownBy = (body: unknown) => readTile(gzipSync(body as Buffer));

const encoded = (filter: unknown): string => encodeURIComponent(JSON.stringify(filter));

/** By one tag, from every tile of a zoom; the same shape on several tiles once. */
async function distinct(
  viewer: Viewer,
  layer: string,
  tag: string,
  zoom: number,
  filter?: unknown,
): Promise<Map<string, ReadFeature>> {
  const services = hubServices(hub);
  const found = new Map<string, ReadFeature>();
  for (const tile of tilesOf(zoom))
    for (const feature of readTile(await askTile(hub, viewer, layer, tile, filter, services))[layer] ?? [])
      found.set(String(feature.tags[tag]), feature);
  return found;
}

describe('a tile over HTTP', () => {
  it('comes compressed, for its viewer alone, and is not sent again while it is the same', async () => {
    const { status, headers, body } = await get('/tiles/crossings/3/5/3.mvt');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'private, no-cache',
    });
    expect(headers.vary).toContain('Authorization');
    expect(shownBy(body).crossings?.length).toBeGreaterThan(0);
    const again = () => get('/tiles/crossings/3/5/3.mvt').set('if-none-match', String(headers.etag));
    hub.statements.length = 0;
    const known = await again();
    expect([known.status, known.headers.etag]).toEqual([304, headers.etag]);
    expect(hub.statements.filter((text) => text.includes('crossing'))).toEqual([]);
    await hub.database.unrestricted('end a crossing for a test', (connection) =>
      connection.execute(
        'update crossing set known_to = now() where id = (select min(id::text)::uuid from crossing where known_to is null and owner_id = $1)',
        [watch.organisationId],
      ),
    );
    expect((await again()).status).toBe(200);
  });

  it('is made once for all who ask, and given again without reading a record', async () => {
    const path = '/tiles/incidents/4/11/6.mvt';
    hub.statements.length = 0;
    const asked = await Promise.all([1, 2, 3].map(() => get(path)));
    const reading = () => hub.statements.filter((text) => /from (incident|map_rollup) t/.test(text)).length;
    const read = reading();
    expect(read).toBe(1);
    await get(path);
    expect(reading()).toBe(read);
    expect(shownBy(asked[0]!.body).incidents?.length).toBeGreaterThan(0);
    for (const { body } of asked) expect((body as Buffer).equals(asked[0]!.body as Buffer)).toBe(true);
  });

  it('is plain where the client takes nothing compressed', async () => {
    const plain = await get('/tiles/land/0/0/0.mvt').set('accept-encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(shownBy(plain.body).land?.length).toBeGreaterThan(50);
  });

  it('is nothing where nothing is seen: far away, before the first zoom, and for whoever sees nothing', async () => {
    const partner = await keyFor('terai-watch', 'partner');
    const stranger = await keyFor('quiet-desk', 'analyst');
    for (const [path, as] of [
      ['/tiles/incidents/6/0/30.mvt', key],
      ['/tiles/movements/7/94/53.mvt', key],
      ['/tiles/incidents/0/0/0.mvt', partner],
      ['/tiles/incidents/0/0/0.mvt', stranger],
      ['/tiles/density/0/0/0.mvt', stranger],
      ['/tiles/corridors/0/0/0.mvt', stranger],
    ] as const) {
      const { status, body } = await get(path, as);
      expect([path, status, (body as Buffer).length]).toEqual([path, 204, 0]);
    }
  });

  it('has one tag for one sight', async () => {
    const tag = async (path: string, as: string) => (await get(path, as)).headers.etag;
    const path = '/tiles/places/3/6/3.mvt';
    const tags = await Promise.all([
      tag(path, key),
      tag(path, await keyFor('terai-watch', 'dashboard')),
      tag(path, await keyFor('harbour-lamp', 'analyst')),
      tag('/tiles/places/3/6/2.mvt', key),
      tag(`${path}?filter=${encoded({ country: 'NPL' })}`, key),
    ]);
    expect(new Set(tags).size).toBe(5);
    expect(await tag(path, await keyFor('terai-watch', 'analyst'))).toBe(tags[0]);
  });
});

describe('what is no tile', () => {
  const refused = async (path: string): Promise<readonly [number, string, string]> => {
    const { status, body } = await get(path);
    const { errors } = JSON.parse((body as Buffer).toString()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    return [status, errors[0]!.extensions.code, errors[0]!.message];
  };

  it.each([
    ['/tiles/secrets/0/0/0.mvt', 404, 'NOT_FOUND', /^layer: found "secrets", wanted one of density, /],
    ['/tiles/constructor.json', 404, 'NOT_FOUND', /^layer: found "constructor"/],
    ['/tiles/density/23/0/0.mvt', 400, 'BAD_INPUT', /^z: found "23", wanted a whole number from 0 to 22$/],
    ['/tiles/density/2/4/0.mvt', 400, 'BAD_INPUT', /^x: found "4", wanted a whole number from 0 to 3$/],
    ['/tiles/density/2/0/-1.mvt', 400, 'BAD_INPUT', /^y: found "-1"/],
    ['/tiles/density/two/0/0.mvt', 400, 'BAD_INPUT', /^z: found "two"/],
    ['/tiles/density/1e0/0/0.mvt', 400, 'BAD_INPUT', /^z: found "1e0"/],
    ['/tiles/density/01/0/0.mvt', 400, 'BAD_INPUT', /^z: found "01"/],
    ['/tiles/density/1/0.5/0.mvt', 400, 'BAD_INPUT', /^x: found "0.5"/],
    [
      '/tiles/density/0/0/0.mvt?filter={',
      400,
      'BAD_INPUT',
      /^filter: found what is no JSON, wanted a MovementFilter/,
    ],
    [
      '/tiles/density/0/0/0.mvt?filter=[1]',
      400,
      'BAD_INPUT',
      /^filter: Expected type "MovementFilter" to be an object/,
    ],
    [
      `/tiles/density/0/0/0.mvt?filter=${encoded({ mode: ['BUS'] })}`,
      400,
      'BAD_INPUT',
      /"mode" is not defined by type "MovementFilter"/,
    ],
    [
      `/tiles/density/0/0/0.mvt?filter=${encoded({ modes: ['BROOM'] })}`,
      400,
      'BAD_INPUT',
      /^filter: modes: 0: Value "BROOM" does not exist in "Mode"/,
    ],
    [
      `/tiles/incidents/0/0/0.mvt?filter=${encoded({ ids: ['x'] })}`,
      400,
      'BAD_INPUT',
      /^an id: found a text of another shape/,
    ],
    [
      `/tiles/incidents/0/0/0.mvt?filter=${encoded({ countries: ['Nepal'] })}`,
      400,
      'BAD_INPUT',
      /^countries: found "Nepal"/,
    ],
    [
      '/tiles/incidents/0/0/0.mvt?filter={}&filter={}',
      400,
      'BAD_INPUT',
      /^filter: found several, wanted one$/,
    ],
    ['/tiles/land/0/0/0.mvt?filter={}', 400, 'BAD_INPUT', /^filter: found one, wanted none/],
    ['/tiles/incidents.json?filter={', 400, 'BAD_INPUT', /^filter: /],
    ['/tiles/density/0/0', 404, 'NOT_FOUND', /^there is nothing here/],
    ['/tiles/density/0/0/0.png', 404, 'NOT_FOUND', /^there is nothing here/],
    ['/tiles/density/%E0%A4%A/0/0.mvt', 400, 'BAD_INPUT', /./],
  ] as const)('%s is refused with %i', async (path, status, code, message) => {
    const found = await refused(path);
    expect(found.slice(0, 2)).toEqual([status, code]);
    expect(found[2]).toMatch(message);
  });

  it('is nobody without a key', async () => {
    for (const path of ['/tiles/land/0/0/0.mvt', '/tiles/land.json', '/tiles/secrets.json'])
      expect((await request(app.handler).get(path)).status).toBe(401);
  });

  it('writes nothing to the log: all of it is the caller’s to mend', () => expect(logged).toEqual([]));
});

describe('what a map is told of a layer', () => {
  it.each(LAYER_NAMES)('%s: TileJSON whose fields are the ones that features have', async (layer) => {
    const { status, body } = await get(`/tiles/${layer}.json`).set('host', 'hub.example.org');
    expect(status).toBe(200);
    const told = JSON.parse((body as Buffer).toString()) as {
      tilejson: string;
      tiles: string[];
      attribution?: string;
      minzoom: number;
      vector_layers: { id: string; fields: Record<string, string> }[];
    };
    expect(told.tilejson).toBe('3.0.0');
    expect(told.tiles).toEqual([`http://hub.example.org/tiles/${layer}/{z}/{x}/{y}.mvt`]);
    // Geography of others names them, as their licences want it; records of the hub are nobody's to be named here.
    const ground: Readonly<Record<string, RegExp>> = {
      places: /GeoNames.*CC BY 4\.0.*ODbL/,
      land: /Natural Earth/,
      countries: /Natural Earth/,
      borders: /Natural Earth/,
    };
    expect(told.attribution ?? '').toMatch(ground[layer] ?? /^$/);
    const fields = new Map(told.vector_layers.map(({ id, fields: own }) => [id, Object.keys(own)]));
    let features = 0;
    for (const zoom of [told.minzoom, 5, 11].filter((at) => at >= told.minzoom))
      for (const [name, shown] of Object.entries(
        readTile(await askTile(hub, watch, layer, tileAt(zoom, 85.1, 27.2))),
      )) {
        features += shown.length;
        for (const { tags } of shown)
          expect(fields.get(name)).toEqual(expect.arrayContaining(Object.keys(tags)));
      }
    if (layer !== 'movements') expect(features).toBeGreaterThan(0);
  });

  it('carries a filter on to the tiles', async () => {
    const filter = { modes: ['BUS'] };
    const { body } = await get(`/tiles/density.json?filter=${encoded(filter)}`);
    const [tile = ''] = (JSON.parse((body as Buffer).toString()) as { tiles: string[] }).tiles;
    expect(JSON.parse(new URL(tile).searchParams.get('filter') ?? '')).toEqual(filter);
  });
});

describe('tiles say what GraphQL says', () => {
  const FILTERS = [undefined, { occurred: { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } }];

  it.each(FILTERS)('corridors, filtered by %j', async (filter) => {
    const query =
      'query ($filter: MovementFilter) { corridors(filter: $filter, first: 500) { nodes { id geometry support { incidents } } } }';
    type Found = {
      corridors: { nodes: { id: string; geometry: unknown; support: { incidents: number } }[] };
    };
    const { corridors } = await answer<Found>(hub, watch, query, { filter });
    const wanted = corridors.nodes.filter(({ geometry }) => geometry !== null);
    expect(wanted.length).toBeGreaterThan(0);
    const drawn = await distinct(watch, 'corridors', 'id', 2, filter);
    expect([...drawn].map(([id, { tags }]) => `${id} ${String(tags.incidents)}`).toSorted()).toEqual(
      wanted.map(({ id, support }) => `${id} ${support.incidents}`).toSorted(),
    );
  });

  it('crossing clusters, each once', async () => {
    const query = '{ crossingClusters { clusters { id incidents } } }';
    type Found = { crossingClusters: { clusters: { id: string; incidents: number }[] } };
    const { crossingClusters } = await answer<Found>(hub, watch, query);
    const services = hubServices(hub);
    const drawn: string[] = [];
    for (const tile of tilesOf(3)) {
      const read = readTile(await askTile(hub, watch, 'crossing-clusters', tile, undefined, services));
      for (const feature of (read['crossing-clusters'] ?? []).filter(isInside))
        drawn.push(`${String(feature.tags.id)} ${String(feature.tags.incidents)}`);
    }
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.toSorted()).toEqual(
      crossingClusters.clusters.map(({ id, incidents }) => `${id} ${incidents}`).toSorted(),
    );
  });

  it.each(FILTERS)('route hotspots, filtered by %j', async (filter) => {
    const query =
      'query ($filter: MovementFilter) { routeHotspots(filter: $filter, first: 5000) { cells { id class incidents } } }';
    type Found = { routeHotspots: { cells: { id: string; class: string; incidents: number }[] } };
    const { routeHotspots } = await answer<Found>(hub, watch, query, { filter });
    expect(routeHotspots.cells.length).toBeGreaterThan(0);
    const drawn = await distinct(watch, 'route-hotspots', 'cell', 1, filter);
    const words: Record<string, string> = { ROUTE_HOTSPOT: 'hot', COLD_SPOT: 'cold', DENSITY: 'density' };
    expect(
      Object.fromEntries(
        [...drawn].map(([id, { tags }]) => [id, `${String(tags.class)} ${String(tags.incidents)}`]),
      ),
    ).toEqual(
      Object.fromEntries(
        routeHotspots.cells.map((cell) => [cell.id, `${words[cell.class]} ${cell.incidents}`]),
      ),
    );
  });

  it.each(FILTERS)('flows between and within countries, filtered by %j', async (filter) => {
    const query =
      'query ($filter: MovementFilter) { flows(filter: $filter, groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { originCountry destinationCountry movements } }';
    type Found = {
      flows: { originCountry: string | null; destinationCountry: string | null; movements: number }[];
    };
    const { flows } = await answer<Found>(hub, watch, query, { filter });
    const known = flows.filter((flow) => flow.originCountry !== null && flow.destinationCountry !== null);
    expect(known.length).toBeGreaterThan(0);
    const read = readTile(await askTile(hub, watch, 'flows', [0, 0, 0], filter));
    const drawn = [...(read.flows ?? []), ...(read['flows-within'] ?? [])];
    expect(
      drawn.map(({ tags }) => `${String(tags.from)} ${String(tags.to)} ${String(tags.movements)}`).toSorted(),
    ).toEqual(
      known.map((flow) => `${flow.originCountry} ${flow.destinationCountry} ${flow.movements}`).toSorted(),
    );
  });

  it.each([...FILTERS, { purposes: ['TRAFFICKING'] }, { countries: [{ country: 'NPL' }] }])(
    'density: each movement in each cell it was observed in, filtered by %j',
    async (filter) => {
      const query = `query ($filter: MovementFilter, $after: String) { movements(filter: $filter, first: 500, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { id waypoints { kind position { longitude } cell } } } }`;
      type Page = {
        movements: {
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
          nodes: { waypoints: { kind: string; position: object | null; cell: string | null }[] }[];
        };
      };
      const wanted: Record<string, number> = {};
      for (let after: string | null = null; ; ) {
        const { movements }: Page = await answer<Page>(hub, watch, query, { filter, after });
        for (const { waypoints } of movements.nodes) {
          const cells = waypoints.flatMap(({ kind, position, cell }) =>
            kind === 'OBSERVED' && position !== null && cell !== null ? [atMost(cell, 3)] : [],
          );
          for (const cell of new Set(cells)) wanted[cell] = (wanted[cell] ?? 0) + 1;
        }
        after = movements.pageInfo.endCursor;
        if (!movements.pageInfo.hasNextPage) break;
      }
      expect(Object.keys(wanted).length).toBeGreaterThan(0);
      const drawn = await distinct(watch, 'density', 'cell', 2, filter);
      expect(Object.fromEntries([...drawn].map(([cell, { tags }]) => [cell, tags.count]))).toEqual(wanted);
    },
  );

  it('places: all of the gazetteer from near, each once', async () => {
    const bbox = { west: 84, south: 26, east: 86, north: 28 };
    const query =
      'query ($filter: PlaceFilter) { places(filter: $filter, first: 500) { totalCount nodes { id } } }';
    type Found = { places: { totalCount: number; nodes: { id: string }[] } };
    const { places } = await answer<Found>(hub, watch, query, { filter: { area: { bbox } } });
    expect(places.nodes).toHaveLength(places.totalCount);
    const drawn: string[] = [];
    const [z, left, top] = tileAt(8, bbox.west, bbox.north);
    const [, right, bottom] = tileAt(8, bbox.east, bbox.south);
    for (let x = left; x <= right; x += 1)
      for (let y = top; y <= bottom; y += 1)
        for (const feature of readTile(await askTile(hub, watch, 'places', [z, x, y], { area: { bbox } }))
          .places ?? [])
          if (isInside(feature)) drawn.push(String(feature.tags.id));
    expect(drawn.length).toBeGreaterThan(20);
    expect(drawn.toSorted()).toEqual(places.nodes.map(({ id }) => id).toSorted());
  });
});

function atMost(cell: string, resolution: number): string {
  const index = BigInt(`0x${cell}`);
  if (Number((index >> 52n) & 15n) <= resolution) return cell;
  const finer = (1n << BigInt(3 * (15 - resolution))) - 1n;
  return ((index & ~(15n << 52n)) | (BigInt(resolution) << 52n) | finer).toString(16);
}

describe('the memory of tiles', () => {
  it('makes one for many who ask at once, again after a failure, and holds no more than it may', async () => {
    let now = 0;
    const cache = new TileCache(2_000, () => now);
    let made = 0;
    const make = async () => {
      made += 1;
      if (made === 2) throw new Error('no');
      return Buffer.alloc(400);
    };
    await Promise.all([1, 2, 3].map(() => cache.keep('a', make)));
    expect(made).toBe(1);
    await expect(cache.keep('b', make)).rejects.toThrow('no');
    await cache.keep('b', make);
    expect(made).toBe(3);
    await cache.keep('a', make);
    await cache.keep('c', make);
    expect([made, cache.bytes]).toEqual([4, 1_800]);
    await cache.keep('a', make);
    expect(made).toBe(4);
    await cache.keep('b', make);
    expect(made).toBe(5);
    now = 16 * 60_000;
    await cache.keep('a', make);
    expect([made, cache.bytes]).toEqual([6, 900]);
  });

  it('ends what nobody waits for any more, and nothing that somebody still does', async () => {
    const cache = new TileCache(10_000);
    const [first, second] = [new AbortController(), new AbortController()];
    let ended = 0;
    const endless = ({ signal }: { readonly signal: AbortSignal }): Promise<Buffer> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          ended += 1;
          reject(signal.reason as Error);
        });
      });
    const one = cache.keep('a', endless, first.signal);
    const other = cache.keep('a', endless, second.signal);
    first.abort(new Error('gone'));
    await expect(one).rejects.toThrow('gone');
    expect(ended).toBe(0);
    second.abort(new Error('gone too'));
    await expect(other).rejects.toThrow('gone too');
    expect(ended).toBe(1);
  });
});
