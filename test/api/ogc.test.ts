/** OGC API – Features over HTTP: what it says of itself, who reads what of it, by which parameters, and what the log hears. */
import SwaggerParser from '@apidevtools/swagger-parser';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import { type Desk, exportDesk, keyOf, linesOf, takeExport } from '../support/exports.ts';
import { type Page, wholeCollection } from '../support/features.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
let analyst: string;
let partner: string;

type Json = Record<string, unknown>;
interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type: string;
}

const SAID = { 'headwater-purpose': 'investigation', 'headwater-case-reference': 'case-17' };
const RECORDS = ['incidents', 'movements', 'crossings', 'interdictions'];

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  analyst = await keyOf(desk, 'lantern-line', 'analyst');
  partner = await keyOf(desk, 'lantern-line', 'partner');
});
afterAll(() => hub.close());

function get(path: string, key = analyst, headers: Readonly<Record<string, string>> = SAID) {
  return request(desk.app.handler)
    .get(`/ogc${path}`)
    .set({ host: 'hub.example.org', authorization: `Bearer ${key}`, ...headers })
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
    });
}

async function read<T>(path: string, key = analyst): Promise<T> {
  const { status, body } = await get(path, key);
  if (status !== 200) throw new Error(`${path}: ${status} ${String(body)}`);
  return JSON.parse(String(body)) as T;
}

const page = (path: string, key = analyst) => read<Page>(path, key);

async function collections(key: string): Promise<readonly string[]> {
  const told = await read<{ collections: { id: string }[] }>('/collections', key);
  return told.collections.map(({ id }) => id);
}

async function events(action: string): Promise<readonly Json[]> {
  return hub.database.unrestricted('read the log in a test', (connection) =>
    connection.query<Json>('select * from audit_event where action = $1 order by sequence', [action]),
  );
}

describe('what it says of itself', () => {
  it('leads from the landing page to everything there is, in the types that are said', async () => {
    const waiting: Link[] = [{ rel: 'self', href: 'http://hub.example.org/ogc', type: 'application/json' }];
    const seen = new Map<string, string>();
    while (waiting.length > 0) {
      const { href, type } = waiting.pop()!;
      if (seen.has(href) || seen.size > 60) continue;
      const { status, headers, body } = await get(href.split('/ogc')[1] ?? '');
      expect([href, status, headers['content-type']]).toEqual([href, 200, type]);
      seen.set(href, type);
      const { links = [], collections: told = [] } = JSON.parse(String(body)) as {
        links?: Link[];
        collections?: { links: Link[] }[];
      };
      waiting.push(...[links, ...told.map((one) => one.links)].flat().filter(({ rel }) => rel !== 'next'));
    }
    expect([...seen.values()].filter((type) => type === 'application/geo+json').length).toBeGreaterThan(5);
    expect([...seen.keys()]).toContain('http://hub.example.org/ogc/collections/crossings/items');
  });

  it('conforms to the core, GeoJSON and OpenAPI 3.0, and to nothing else', async () => {
    const { conformsTo } = await read<{ conformsTo: string[] }>('/conformance');
    expect(conformsTo.map((uri) => uri.replace(/.*\/conf\//, '')).toSorted()).toEqual([
      'core',
      'geojson',
      'oas30',
    ]);
  });

  it.each(['analyst', 'partner'] as const)(
    'describes to a key (%s) in valid OpenAPI what that key reads',
    async (role) => {
      const key = role === 'analyst' ? analyst : partner;
      const api = await read<Json>('/api', key);
      await SwaggerParser.validate(structuredClone(api) as never);
      const described = Object.keys(api.paths as Json).flatMap(
        (path) => /^\/collections\/([^/]+)$/.exec(path)?.[1] ?? [],
      );
      expect(described).toEqual(await collections(key));
    },
  );

  it('describes the properties that features have', async () => {
    const { components } = await read<{ components: { schemas: Record<string, Json> } }>('/api');
    for (const id of await collections(analyst)) {
      const { features } = await page(`/collections/${id}/items?limit=50`);
      const { properties } = components.schemas[id] as {
        properties: {
          properties: { properties: Json };
          geometry: { properties: { type: { enum: string[] } } };
        };
      };
      for (const feature of features) {
        expect(Object.keys(feature.properties)).toEqual(Object.keys(properties.properties.properties));
        if (feature.geometry !== null)
          expect(properties.geometry.properties.type.enum).toContain(feature.geometry.type);
      }
    }
  });
});

describe('who reads what', () => {
  it.each([
    ['analyst', true],
    ['investigator', true],
    ['data_officer', true],
    ['field', false],
    ['dashboard', false],
    ['partner', false],
  ] as const)('%s: records %s', async (role, isShown) => {
    const told = await collections(await keyOf(desk, 'terai-watch', role));
    expect(told.filter((id) => RECORDS.includes(id))).toEqual(isShown ? RECORDS : []);
    expect(told.filter((id) => id.startsWith('view-')).length).toBeGreaterThan(0);
    expect(told).toContain('places');
  });

  it('an operator reads the gazetteer alone', async () => {
    expect(await collections(await keyOf(desk, null, 'operator'))).toEqual(['places']);
  });

  it('the same bytes for what is not there and what is not for this key', async () => {
    for (const rest of ['', '/items', '/items?colour=red', '/items/x', '/items?bbox=1']) {
      const [one, other] = [
        await get(`/collections/incidents${rest}`, partner),
        await get(`/collections/nothing-here${rest}`, partner),
      ];
      expect([one.status, other.status]).toEqual([404, 404]);
      expect(one.body).toBe(other.body);
    }
  });

  it('a record of others like one that is not there', async () => {
    const idsSeen = async (key: string): Promise<ReadonlySet<string>> => {
      const pages = await wholeCollection((at) => page(at, key), '/collections/incidents/items?limit=2000');
      return new Set(pages.flatMap(({ features }) => features.map(({ id }) => String(id))));
    };
    const all = await idsSeen(await keyOf(desk, 'terai-watch', 'analyst'));
    await viewerFor(hub, 'quiet-desk', 'analyst');
    const stranger = await keyOf(desk, 'quiet-desk', 'analyst');
    const seen = await idsSeen(stranger);
    const id = [...all].find((one) => !seen.has(one));
    expect(id).toBeDefined();
    const bodies = await Promise.all(
      [id!, '00000000-0000-4000-8000-000000000000', 'x'].map((one) =>
        get(`/collections/incidents/items/${one}`, stranger),
      ),
    );
    expect(bodies.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(bodies.map(({ body }) => String(body))).size).toBe(1);
  });

  it('nobody without a key, nor with one in the address', async () => {
    for (const path of ['', '/conformance', '/collections/none/items'])
      expect((await request(desk.app.handler).get(`/ogc${path}`)).status).toBe(401);
    expect((await get(`/collections?key=${analyst}`)).status).toBe(401);
  });

  it.each([
    ['without a purpose', { 'headwater-case-reference': 'case-17' }, 400, /^purpose: found none/],
    ['without a case', { 'headwater-purpose': 'investigation' }, 400, /^caseReference: found 0/],
  ])('records are not read %s', async (_why, headers, status, message) => {
    const before = (await events('features_read')).length;
    for (const path of ['/collections/movements/items', '/collections/movements/items/x']) {
      const { status: found, body } = await get(path, analyst, headers);
      expect(found).toBe(status);
      expect((JSON.parse(String(body)) as { errors: { message: string }[] }).errors[0]?.message).toMatch(
        message,
      );
    }
    expect(await events('features_read')).toHaveLength(before);
    expect((await get('/collections/places/items', analyst, {})).status).toBe(200);
  });

  it('records are not read for what the key is not for', async () => {
    const narrow = await keyOf(desk, 'lantern-line', 'analyst', ['victim_support']);
    expect((await get('/collections/incidents/items', narrow)).status).toBe(403);
  });
});

describe('a page', () => {
  it.each(['incidents', 'movements', 'crossings'])(
    'of %s leads to the next, and all of them hold what the export holds, whole and in part',
    async (id) => {
      for (const slug of ['terai-watch', 'lantern-line']) {
        const key = await keyOf(desk, slug, 'analyst');
        const pages = await wholeCollection((at) => page(at, key), `/collections/${id}/items?limit=150`);
        const features = pages.flatMap((one) => one.features);
        const lines = linesOf((await takeExport(desk, key, `${id}.ndjson`)).bytes);
        expect(pages.length).toBeGreaterThan(2);
        expect(new Set(pages.map(({ numberMatched }) => numberMatched))).toEqual(new Set([lines.length]));
        expect(features.map(({ properties, geometry }) => ({ ...properties, geometry }))).toEqual(lines);
        expect(features.map(({ id: own }) => own)).toEqual(lines.map((line) => line.id));
      }
    },
  );

  it('of shared views is what /views says, with a place for each count', async () => {
    let [layers, mostPages] = [0, 0];
    for (const id of (await collections(partner)).filter((one) => one.startsWith('view-'))) {
      const { features, numberMatched } = await page(`/collections/${id}/items?limit=2000`, partner);
      const ask = (address: string) =>
        request(desk.app.handler).get(address).set('authorization', `Bearer ${partner}`);
      const { cells, layer } = (await ask(`/views/${id.slice(5)}`)).body as { cells: Json[]; layer: unknown };
      const drawn = (await ask(`/views/${id.slice(5)}.geojson`)).body as { features: Json[] };
      expect(numberMatched).toBe(drawn.features.length);
      expect(features.map(({ geometry }) => JSON.stringify(geometry)).toSorted()).toEqual(
        drawn.features.map(({ geometry }) => JSON.stringify(geometry)).toSorted(),
      );
      if (layer == null) {
        const line = (cell: Json): string => Object.values(cell).join(' ');
        expect(features.map(({ properties: { id: _own, ...cell } }) => line(cell)).toSorted()).toEqual(
          cells.map(line).toSorted(),
        );
        for (const { geometry, properties } of features)
          expect(geometry?.type).toMatch(properties.cell === null ? /LineString|Point/ : /Polygon/);
      } else {
        for (const { properties } of features) {
          expect(Number(properties.persons_least)).toBeGreaterThanOrEqual(11);
          expect(properties.quarters).toMatch(/^\d{4}-Q[1-4]/);
        }
        layers += 1;
      }
      const some = layer == null ? 5 : 1;
      const pages = await wholeCollection(
        (at) => page(at, partner),
        `/collections/${id}/items?limit=${some}`,
      );
      expect(pages.length).toBe(Math.max(1, Math.ceil(features.length / some)));
      mostPages = Math.max(mostPages, layer == null ? 0 : pages.length);
      expect(pages.flatMap((one) => one.features)).toEqual(features);
      for (const feature of features.slice(0, 3)) {
        const { links: _links, ...one } = await read<Json>(
          `/collections/${id}/items/${String(feature.id)}`,
          partner,
        );
        expect(one).toEqual(feature);
      }
    }
    expect(layers).toBeGreaterThan(0);
    expect(mostPages).toBeGreaterThan(1);
    const pairs = await page('/collections/view-pairs-by-quarter/items?limit=2000', partner);
    const quarter = String(pairs.features[0]?.properties.period);
    const begins = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}-01`;
    const then = await page(`/collections/view-pairs-by-quarter/items?datetime=${begins}`, partner);
    expect(then.features.map(({ id }) => id)).toEqual(
      pairs.features.filter(({ properties }) => properties.period === quarter).map(({ id }) => id),
    );
    expect(then.numberMatched).toBeLessThan(pairs.numberMatched);
    const nowhere = await page('/collections/view-pairs-by-quarter/items?bbox=-60,-40,-50,-30', partner);
    expect(nowhere.features).toEqual([]);
  });

  it('of places is public, the most populous first, in a box with heights and across the antimeridian', async () => {
    const key = await keyOf(desk, 'terai-watch', 'field');
    const nepal = await page('/collections/places/items?bbox=80,26,-100,88,30,9000&limit=50', key);
    expect(nepal.numberMatched).toBeGreaterThan(50);
    const { features } = await page('/collections/places/items?bbox=170,-25,-165,-10&limit=2000', key);
    const east = features.map(
      ({ geometry }) => Number((geometry?.coordinates as number[] | undefined)?.[0]) > 0,
    );
    expect(new Set(east)).toEqual(new Set([true, false]));
    const all = await page('/collections/places/items?limit=1&bbox=-500,-100,500,100', key);
    expect(all.numberMatched).toBe((await page('/collections/places/items?limit=1', key)).numberMatched);
  });

  it('holds at most 2,000 features, whatever more is asked for', async () => {
    const { features, links } = await page('/collections/places/items?limit=1000000');
    expect(features).toHaveLength(2_000);
    expect(links.find(({ rel }) => rel === 'next')?.href).toContain('limit=2000');
  });

  it('has a tag that holds while nothing changed, and is not read again for it', async () => {
    const path = '/collections/crossings/items?limit=3';
    const { headers } = await get(path);
    const before = (await events('features_read')).length;
    const known = await get(path, analyst, { ...SAID, 'if-none-match': headers.etag ?? '' });
    expect([known.status, known.body]).toEqual([304, '']);
    expect(await events('features_read')).toHaveLength(before);
    const other = await keyOf(desk, 'terai-watch', 'analyst');
    expect((await get(path, other)).headers.etag).not.toBe(headers.etag);
    await hub.database.unrestricted('end a crossing for a test', (connection) =>
      connection.execute(
        'update crossing set known_to = now() where id = (select min(id::text)::uuid from crossing where known_to is null and owner_id = (select id from organisation where slug = $1))',
        ['lantern-line'],
      ),
    );
    expect((await get(path, analyst, { ...SAID, 'if-none-match': headers.etag ?? '' })).status).toBe(200);
  });
});

describe('what is asked otherwise is refused', () => {
  const CASES: readonly (readonly [string, RegExp])[] = [
    ['?colour=red', /^parameters: found "colour", wanted nothing but limit, bbox, datetime, after$/],
    ['?limit=0', /^limit: found "0"/],
    ['?limit=ten', /^limit: found "ten", wanted a whole number from 1 to 2000$/],
    ['?limit=1&limit=2', /^limit: found several, wanted one$/],
    ['?bbox=1,2,3', /^bbox: found "1,2,3"/],
    ['?bbox=1,2,3,x', /^bbox: found /],
    ['?bbox=1,5,3,4', /^bbox: found south 5 and north 4/],
    ['?datetime=yesterday', /^datetime: found "yesterday", wanted a moment like /],
    ['?datetime=2026-02-30', /^datetime: found /],
    ['?datetime=2026-05-01/2026-04-01', /^datetime: found .* wanted a beginning/],
    ['?datetime=2026-01-01/2026-02-01/..', /^datetime: found /],
    ['?datetime=..', /^datetime: found /],
    ['?after=x', /^after: found a text that is not a cursor/],
  ];
  it.each(CASES)('%s', async (asked, message) => {
    const before = (await events('features_read')).length;
    const { status, body } = await get(`/collections/incidents/items${asked}`);
    const { errors } = JSON.parse(String(body)) as { errors: { message: string }[] };
    expect([status, errors[0]?.message]).toEqual([400, expect.stringMatching(message)]);
    expect(await events('features_read')).toHaveLength(before);
  });

  it.each(['', '/conformance', '/api', '/collections', '/collections/places', '/collections/places/items/x'])(
    'parameters of %s, which has none',
    async (path) => {
      const { status, body } = await get(`${path}?f=html`);
      expect([status, String(body)]).toEqual([
        400,
        expect.stringContaining('found \\"f\\", wanted no parameters'),
      ]);
    },
  );

  it('a token of another collection', async () => {
    const id = (await collections(partner)).find((one) => one.startsWith('view-'))!;
    expect((await get(`/collections/${id}/items?after=%7B%7D`, partner)).status).toBe(400);
  });

  it('a page to be looked at, and anything but reading', async () => {
    const before = (await events('features_read')).length;
    for (const path of ['', '/collections/incidents/items'])
      expect((await get(path, analyst, { ...SAID, accept: 'text/html' })).status).toBe(406);
    const head = await request(desk.app.handler)
      .head('/ogc/collections/incidents/items')
      .set({ authorization: `Bearer ${analyst}`, ...SAID });
    expect([head.status, head.headers.allow]).toEqual([405, 'GET']);
    expect(await events('features_read')).toHaveLength(before);
  });
});

describe('the log', () => {
  it('hears of every page of records, and each other owner of its own alone', async () => {
    const { features } = await page('/collections/movements/items?limit=200&bbox=-180,-90,180,90');
    const whole = features.length === 0 ? await page('/collections/movements/items?limit=2000') : null;
    const shown = whole?.features ?? features;
    const read_ = (await events('features_read')).at(-1);
    expect(read_).toMatchObject({
      purpose: 'investigation',
      object_kind: 'collection',
      detail: { collection: 'movements', records: shown.length },
    });
    expect(JSON.stringify(read_?.detail)).not.toContain('case-17');
    const others = new Map<string, number>();
    for (const { properties } of shown)
      if (properties.owner !== 'lantern-line')
        others.set(String(properties.owner), (others.get(String(properties.owner)) ?? 0) + 1);
    const shared = (await events('features_shared')).slice(others.size === 0 ? Infinity : -others.size);
    expect(shared.map(({ detail }) => (detail as Json).records).toSorted()).toEqual(
      [...others.values()].toSorted(),
    );
    for (const { about_owner_ids } of shared) expect(about_owner_ids).toHaveLength(1);
  });

  it('hears of a view that is read', async () => {
    const before = (await events('shared_view_read')).length;
    await page('/collections/view-pairs-by-quarter/items', partner);
    expect(await events('shared_view_read')).toHaveLength(before + 1);
  });
});

describe('roles', () => {
  it('are not told apart by how a refusal is spelt', async () => {
    const told = await Promise.all(
      (['field', 'dashboard', 'partner'] as readonly Role[]).map(
        async (role) =>
          (await get('/collections/movements/items', await keyOf(desk, 'terai-watch', role))).body,
      ),
    );
    expect(new Set(told).size).toBe(1);
  });
});
