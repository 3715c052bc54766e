/** The hub over HTTP: who is let in, what is told when something is wrong, and what no answer ever carries. */
import pino from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation, revokeKey } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/database.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

const ORIGIN = 'https://map.example.org';
const FLOWS = '{ flows(groupBy: [ORIGIN_COUNTRY]) { originCountry incidents } }';

let hub: TestHub;
let app: HubApp;
let analyst: string;
const logged: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });

async function keyFor(slug: string | null, role: Role, days = 1): Promise<{ id: string; text: string }> {
  return hub.database.unrestricted('make a key for a test', async (connection) =>
    addKey(connection, randomIds, {
      organisationId: slug === null ? null : (await readOrganisation(connection, slug)).id,
      role,
      label: 'test',
      vaultPermission: false,
      expiresAt: new Date(TEST_NOW.getTime() + days * 86_400_000),
    }),
  );
}

function appWith(
  changes: { requestsAMinute?: number; corsOrigins?: readonly string[] } = {},
): Promise<HubApp> {
  return createApp({ hub, corsOrigins: [ORIGIN], trustProxy: false, log, now: () => TEST_NOW, ...changes });
}

function post(query: string, key = analyst, variables: Record<string, unknown> = {}) {
  return request(app.handler)
    .post('/graphql')
    .set('authorization', `Bearer ${key}`)
    .send({ query, variables });
}

/** The one message of a refused query. */
async function complaint(query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const { body } = await post(query, analyst, variables);
  return (body.errors as { message: string }[]).map(({ message }) => message).join('\n');
}

beforeAll(async () => {
  hub = await openTestHub('demo');
  app = await appWith({ requestsAMinute: 100_000 });
  analyst = (await keyFor('terai-watch', 'analyst')).text;
});
afterAll(() => hub.close());

describe('who is let in', () => {
  it('answers a question that carries a key', async () => {
    const { status, body } = await post(FLOWS);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data.flows.length).toBeGreaterThan(0);
  });

  it('says one sentence to every key that is not valid', async () => {
    const expired = await keyFor('terai-watch', 'analyst', -1);
    const revoked = await keyFor('terai-watch', 'analyst');
    await hub.database.unrestricted('revoke a key in a test', (connection) =>
      revokeKey(connection, revoked.id),
    );
    const [, prefix] = analyst.split('_');
    const headers = [
      undefined,
      'Bearer',
      'Bearer nonsense',
      `Basic ${analyst}`,
      `Bearer hw_${'0'.repeat(12)}_${'A'.repeat(32)}`,
      `Bearer hw_${prefix}_${'A'.repeat(32)}`,
      `Bearer ${expired.text}`,
      `Bearer ${revoked.text}`,
    ];
    const answers = await Promise.all(
      headers.map((header) => {
        const ask = request(app.handler).post('/graphql').send({ query: FLOWS });
        return header === undefined ? ask : ask.set('authorization', header);
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
    expect(answers[0]?.text).toContain('Authorization: Bearer');
  });

  it('takes no key from a URL, even beside a good header', async () => {
    const { status } = await request(app.handler)
      .post(`/graphql?key=${analyst}`)
      .set('authorization', `Bearer ${analyst}`)
      .send({ query: FLOWS });
    expect(status).toBe(401);
  });

  it('shows the operator nothing, in the same shape as where nothing is', async () => {
    const { text } = await keyFor(null, 'operator');
    const { body } = await post(
      '{ movements { totalCount nodes { id } } reports { totalCount } imports { totalCount } }',
      text,
    );
    expect(body).toEqual({
      data: {
        movements: { totalCount: 0, nodes: [] },
        reports: { totalCount: 0 },
        imports: { totalCount: 0 },
      },
    });
  });

  it('speaks with partner keys of what is told to all, and has no word for records', async () => {
    const { text } = await keyFor('terai-watch', 'partner');
    expect(
      (await post('{ sharedViews { name } auditCheckpoint { note } }', text)).body.data.sharedViews,
    ).toEqual(
      ['corridors-of-the-year', 'crossings-by-year', 'flows-of-the-year', 'pairs-by-quarter'].map((name) => ({
        name,
      })),
    );
    for (const field of [
      'movements { totalCount }',
      'flows(groupBy: [YEAR]) { movements }',
      'auditEvents { totalCount }',
    ]) {
      const { status, body } = await post(`{ ${field} }`, text);
      expect(status).toBe(400);
      expect(body.errors[0].message).toContain(
        `Cannot query field "${field.split(/[ (]/)[0]}" on type "Query"`,
      );
    }
    const { body } = await post('{ __schema { queryType { fields { name } } types { name } } }', text);
    expect(body.data.__schema.queryType.fields.map(({ name }: { name: string }) => name).sort()).toEqual([
      'auditCheckpoint',
      'auditProof',
      'publicReleases',
      'sharedView',
      'sharedViews',
    ]);
    const types: string[] = body.data.__schema.types.map(({ name }: { name: string }) => name);
    for (const hidden of ['Movement', 'Incident', 'Report', 'Entity', 'MovementFilter', 'HowKnown'])
      expect(types).not.toContain(hidden);
  });

  it('tells shared views as plain JSON, and sends nothing again that was not told anew', async () => {
    const { text } = await keyFor('terai-watch', 'partner');
    const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      request(app.handler)
        .get(path)
        .set({ authorization: `Bearer ${text}`, ...headers });
    const { status, body, headers } = await ask('/views/pairs-by-quarter');
    expect([status, body.cells.length > 0, body.at.epoch]).toEqual([200, true, 1]);
    expect((await ask('/views')).body.views.map(({ name }: { name: string }) => name)).toContain(
      'pairs-by-quarter',
    );
    const again = await ask('/views/pairs-by-quarter', { 'if-none-match': `W/"x", ${headers.etag}` });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(
      (await ask('/views/pairs-by-quarter?changedSince=1', { 'if-none-match': `${headers.etag}` })).body
        .cells,
    ).toEqual([]);
    const map = await ask('/views/corridors-of-the-year.geojson');
    expect(map.headers['content-type']).toContain('application/geo+json');
    const { features, type, ...beside } = JSON.parse(map.text) as {
      type: string;
      features: { id: string; properties: { cells: string[] } }[];
    };
    const plain = (await ask('/views/corridors-of-the-year')).body;
    const { name, version, title, at, layer, notice } = plain;
    expect([type, beside]).toEqual(['FeatureCollection', { name, version, title, at, layer, notice }]);
    expect([plain.layer, plain.cells]).toEqual(['corridors', []]);
    expect(plain.features.length).toBeGreaterThan(0);
    expect(features.map(({ id }) => id)).toEqual(plain.features.map(({ id }: { id: string }) => id));
    expect(features[0]).toMatchObject({
      type: 'Feature',
      geometry: { type: 'LineString' },
      properties: { epoch: 1 },
    });
    expect(map.headers.etag).not.toBe((await ask('/views/corridors-of-the-year')).headers.etag);
    expect(
      (await ask('/views/corridors-of-the-year.geojson', { 'if-none-match': `${map.headers.etag}` })).status,
    ).toBe(304);
    const counted = JSON.parse((await ask('/views/pairs-by-quarter.geojson')).text);
    expect(counted.features).toHaveLength(body.cells.length);
    expect((await ask('/views/nowhere.geojson')).status).toBe(404);
    expect((await ask('/views/nowhere')).status).toBe(404);
    expect((await ask('/views/pairs-by-quarter?changedSince=x')).status).toBe(400);
    expect((await request(app.handler).get('/views')).status).toBe(401);
  });

  it('lets a key ask so often and no oftener', async () => {
    const slow = await appWith({ requestsAMinute: 20 });
    const ask = () =>
      request(slow.handler)
        .post('/graphql')
        .set('authorization', `Bearer ${analyst}`)
        .send({ query: '{ __typename }' });
    const statuses: number[] = [];
    for (let i = 0; i < 21; i += 1) statuses.push((await ask()).status);
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true);
    expect(statuses[20]).toBe(429);
    expect((await ask()).headers['retry-after']).toBe('3');
  });

  it('lets an address guess a few keys and no more', async () => {
    const slow = await appWith({ requestsAMinute: 30 });
    const ask = () => request(slow.handler).post('/graphql').send({ query: FLOWS });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1)
      statuses.push((await ask().set('authorization', `Bearer hw_guess${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    // Whoever sends none guesses nothing: the door is there for whoever comes from the same address.
    expect((await ask()).status).toBe(401);
    // Whoever has a key is not locked out by others behind the same proxy.
    const good = await ask().set('authorization', `Bearer ${analyst}`);
    expect(good.status).toBe(200);
  });
});

describe('other sites', () => {
  it('may call from a configured origin, with a key and without cookies', async () => {
    const { status, headers } = await request(app.handler)
      .options('/graphql')
      .set('origin', ORIGIN)
      .set('access-control-request-method', 'POST')
      .set('access-control-request-headers', 'authorization,content-type');
    expect(status).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-allow-headers']).toContain('authorization');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('may ask whether there is anything new: they read the tag, and send it back', async () => {
    const { text } = await keyFor('harbour-lamp', 'partner');
    const answered = await request(app.handler)
      .get('/views/pairs-by-quarter')
      .set({ authorization: `Bearer ${text}`, origin: ORIGIN });
    expect(answered.headers.etag).toMatch(/^"/);
    expect(answered.headers['access-control-expose-headers']).toMatch(/\betag\b.*\bretry-after\b/);
    expect(answered.headers['access-control-allow-headers']).toMatch(/\bif-none-match\b/);
  });

  it('get no permission from anywhere else', async () => {
    for (const origin of ['https://evil.example.org', `${ORIGIN}.evil.org`, 'null']) {
      const { headers } = await request(app.handler).options('/graphql').set('origin', origin);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers.vary).toContain('Origin');
    }
  });

  it('cannot make a browser ask by a plain form or link', async () => {
    const form = await request(app.handler)
      .post('/graphql')
      .set('authorization', `Bearer ${analyst}`)
      .type('text/plain')
      .send(JSON.stringify({ query: FLOWS }));
    expect(form.status).toBe(400);
    const link = await request(app.handler)
      .get('/graphql')
      .query({ query: FLOWS })
      .set('authorization', `Bearer ${analyst}`);
    expect(link.status).toBe(400);
    expect(link.body.errors[0].message).toContain('CSRF');
    const meant = await request(app.handler)
      .get('/graphql')
      .query({ query: FLOWS })
      .set('authorization', `Bearer ${analyst}`)
      .set('apollo-require-preflight', 'yes');
    expect(meant.status).toBe(200);
  });

  it('cannot change anything by GET', async () => {
    const { status } = await request(app.handler)
      .get('/graphql')
      .query({ query: 'mutation { undoImport(batchId: "x") { __typename } }' })
      .set('authorization', `Bearer ${analyst}`)
      .set('apollo-require-preflight', 'yes');
    expect(status).toBe(405);
  });
});

describe('headers', () => {
  it('are strict on every answer', async () => {
    for (const path of [
      '/',
      '/graphql',
      '/graphiql',
      '/healthz',
      '/readyz',
      '/metrics',
      '/nowhere',
      '/schema.graphql',
    ]) {
      const { headers } = await request(app.handler).get(path);
      expect({ path, ...headers }).toMatchObject({
        path,
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect(Object.keys(headers).filter((name) => /x-powered-by|set-cookie/.test(name))).toEqual([]);
    }
  });

  it('keep answers out of every cache', async () => {
    expect((await post(FLOWS)).headers['cache-control']).toBe('no-store');
  });
});

describe('a mistaken query is told what to write', () => {
  it.each([
    ['{ movements { nodes { orign } } }', 'Fields of Movement: id'],
    ['{ movement(id: "x") { waypoints { plac } } }', 'Did you mean "place"'],
    ['{ flows { incidents } }', 'Write, for example, flows(groupBy: [ORIGIN_COUNTRY])'],
    [
      '{ flows(groupBy: [COUNTRY]) { incidents } }',
      'Values of FlowDimension: ORIGIN_COUNTRY, TRANSIT_COUNTRY',
    ],
    ['{ flows(groupBy: "month") { incidents } }', 'Values of FlowDimension'],
    ['{ movements(filter: { country: "NPL" }) { totalCount } }', 'Fields of MovementFilter: ids'],
    ['{ movements(limit: 5) { totalCount } }', 'Arguments of movements: '],
    ['{ movements }', 'Write, for example, movements { nodes { id } }'],
    ['{ movements(filter: { countries: [{ role: SOURCE }] }) { totalCount } }', 'country'],
    ['{ movements(first: 0) { totalCount } }', 'found 0, wanted a whole number from 1 to 500'],
    ['{ movements(first: 501) { totalCount } }', 'wanted a whole number from 1 to 500'],
    ['{ movements(after: "zzz") { totalCount } }', 'wanted'],
    ['{ movement(id: "x") { id } }', 'wanted one like'],
    ['{ movements(filter: { countries: [{ country: "Nepal" }] }) { totalCount } }', 'wanted'],
    ['{ movements { nodes { id }', 'Syntax Error'],
    ['{ sharedFacilitators(incidentsAtLeast: 1) { hint } }', 'incidentsAtLeast wants 2 or more'],
    [
      '{ movements(filter: { occurred: { from: "2026-01-01" } }) { totalCount } }',
      'Found "2026-01-01", wanted a moment with its zone, such as "2026-01-01T00:00:00Z"',
    ],
    [
      '{ movements(filter: { occurred: { to: "2026-01-01T08:30:00" } }) { totalCount } }',
      'such as "2026-01-01T08:30:00Z"',
    ],
    [
      '{ movements(filter: { occurred: { from: 2026 } }) { totalCount } }',
      'a moment with its zone, in quotes, such as "2026-01-01T00:00:00Z"',
    ],
    [
      '{ movements(filter: { countries: ["NPL"] }) { totalCount } }',
      'Write, for example, { country: "NPL" } or { country: "NPL", role: SOURCE }',
    ],
    [
      '{ movements(filter: { countries: [{ country: "NPL", role: "SOURCE" }] }) { totalCount } }',
      'Drop the quotes: SOURCE.',
    ],
    ['{ movements(first: "5") { totalCount } }', 'Wanted a whole number without quotes, such as 10'],
    ['subscription { a }', 'There are no subscriptions here'],
    ['query Q($n: String) { movements(first: $n) { totalCount } }', 'Declare it as $n: Int!'],
  ])('%s', async (query, wanted) => {
    expect(await complaint(query)).toContain(wanted);
  });

  it.each([
    ['{ movements(filter: { countries: [{ country: "XXX" }] }) { totalCount } }', 'countries'],
    ['{ movements(filter: { countries: [{ country: "XXX", role: TRANSIT }] }) { totalCount } }', 'countries'],
    ['{ flows(groupBy: [MONTH], filter: { countries: [{ country: "XXX" }] }) { incidents } }', 'countries'],
    ['{ corridors(filter: { countries: [{ country: "XXX" }] }) { totalCount } }', 'countries'],
    ['{ routeHotspots(filter: { countries: [{ country: "XXX" }] }) { unknowns } }', 'countries'],
    ['{ incidents(filter: { countries: ["XXX"] }) { totalCount } }', 'countries'],
    ['{ crossings(filter: { border: ["NPL", "XXX"] }) { totalCount } }', 'border'],
    ['{ crossingClusters(border: ["NPL", "XXX"]) { unknowns } }', 'border'],
    ['{ places(filter: { country: "XXX" }) { totalCount } }', 'country'],
    ['{ places(filter: { border: ["XXX", "NPL"] }) { totalCount } }', 'border'],
    ['{ flowObservations(filter: { originCountry: "XXX" }) { totalCount } }', 'originCountry'],
    ['{ flowObservations(filter: { destinationCountry: "XXX" }) { totalCount } }', 'destinationCountry'],
  ])('that nobody has such a country: %s', async (query, where) => {
    expect(await complaint(query)).toBe(`${where}: found "XXX", wanted an ISO 3166-1 alpha-3 code like NPL`);
    expect(await complaint(query.replace('"XXX"', '"ind"'))).toContain('found "ind", wanted "IND"');
  });

  it.each([
    'crossings(filter: { border: B }) { totalCount }',
    'places(filter: { border: B }) { totalCount }',
    'crossingClusters(border: B) { unknowns }',
  ])('that a border has two sides: %s', async (query) => {
    const told = (border: string): Promise<string> => complaint(`{ ${query.replace('B', border)} }`);
    expect(await told('["NPL"]')).toContain('border: found 1 countries, wanted the two different');
    expect(await told('["NPL", "NPL"]')).toContain('border: found NPL twice');
    expect(await told('["NPL", "IND", "BGD"]')).toContain('border: found 3 countries');
  });

  it('with the code of what it is', async () => {
    const codeOf = async (query: string, variables = {}): Promise<[number, string]> => {
      const { status, body } = await post(query, analyst, variables);
      return [status, body.errors[0].extensions.code];
    };
    logged.length = 0;
    expect(await codeOf('subscription { a }')).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(await codeOf('subscription S { movements { totalCount } }')).toEqual([
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(await codeOf('query A { __typename } query B { __typename }')).toEqual([
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ]);
    expect(await codeOf('')).toEqual([400, 'BAD_REQUEST']);
    const byDefault = 'query Q($n: Int = 5) { movements(first: $n) { totalCount } }';
    expect((await codeOf(byDefault, { n: null }))[1]).toBe('BAD_USER_INPUT');
    const { body } = await request(app.handler)
      .post('/graphql')
      .set('authorization', `Bearer ${analyst}`)
      .send({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } });
    expect(body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect(logged).toEqual([]);
  });

  it('but not for a part of a filter that is null', async () => {
    for (const query of [
      '{ places(filter: { name: null, kinds: null, country: null, border: null, area: null }) { totalCount } }',
      '{ incidents(filter: { area: null, occurred: null, kinds: null, populations: null, countries: null, verifications: null, owners: null }) { totalCount } }',
      '{ reports(filter: { kinds: null, observed: null, owners: null }) { totalCount } }',
      '{ entities(filter: { ids: null, kinds: null, incidentIds: null, label: null }) { totalCount } }',
      '{ crossings(filter: { area: null, occurred: null, border: null, kinds: null }) { totalCount } }',
      '{ flowObservations(filter: { publishers: null, originCountry: null, period: null }) { totalCount } }',
      '{ movements(filter: { ids: null, area: null, countries: null, occurred: { from: null, to: null }, gradeAtLeast: null }) { totalCount } }',
    ])
      expect((await post(query)).body.errors, query).toBeUndefined();
  });

  it('in its variables too', async () => {
    const query =
      'query Q($filter: MovementFilter, $by: [FlowDimension!]!) { movements(filter: $filter) { totalCount } flows(groupBy: $by) { incidents } }';
    expect(await complaint(query, { filter: { bbox: 1 }, by: [] })).toContain(
      'Fields of MovementFilter: ids',
    );
    expect(await complaint(query, { by: ['COUNTRY'] })).toContain('Values of FlowDimension');
    expect(await complaint(query, { filter: {} })).toContain('$by');
  });

  it('when the body is none', async () => {
    const send = (body: string) =>
      request(app.handler)
        .post('/graphql')
        .set('authorization', `Bearer ${analyst}`)
        .type('application/json')
        .send(body);
    expect((await send('{')).body.errors[0].message).toContain('wanted JSON like');
    expect((await send('{}')).status).toBe(400);
    expect((await send('[{"query":"{ __typename }"}]')).status).toBe(400);
  });
});

describe('our own mistakes', () => {
  it('are a reference into the log, without SQL, stack, path or place', async () => {
    const failure = new Error('relation "movement" at /srv/hub/x.ts: select 1 from movement (85.3, 27.7)');
    const database: Database = {
      mode: hub.database.mode,
      secured: () => Promise.reject(failure),
      securedAtOnce: () => Promise.reject(failure),
      unrestricted: (purpose, work) => hub.database.unrestricted(purpose, work),
      unrestrictedAtOnce: (purpose, statements) => hub.database.unrestrictedAtOnce(purpose, statements),
      asOwner: () => Promise.reject(failure),
      close: () => Promise.resolve(),
    };
    const broken = { ...hub, database };
    const failing = await createApp({
      hub: broken,
      corsOrigins: [],
      trustProxy: false,
      log,
      now: () => TEST_NOW,
    });
    logged.length = 0;
    const { status, body, text } = await request(failing.handler)
      .post('/graphql')
      .set('authorization', `Bearer ${analyst}`)
      .send({ query: '{ movements { totalCount } }' });
    expect(status).toBe(200);
    expect(text).not.toMatch(/relation|select|srv|85\.3|stack/);
    const [error] = body.errors;
    expect(error.extensions.code).toBe('INTERNAL');
    expect(error.message).toContain(error.extensions.reference);
    expect(logged.join('')).toContain(error.extensions.reference);
    expect(logged.join('')).toContain('relation');
  });
});

describe('limits', () => {
  const nest = (depth: number): string =>
    depth === 0 ? 'id' : `incident { id movements { id ${nest(depth - 1)} } }`;

  it.each([
    ['depth', `{ movements(first: 1) { nodes { ${nest(8)} } } }`, 'depth limit of 14'],
    [
      'depth through fragments',
      `{ movements(first: 1) { nodes { ...F } } } fragment F on Movement { ${nest(7)} }`,
      'depth limit of 14',
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'Aliases limit of 15',
    ],
    ['directives', `{ __typename ${'@include(if: true) '.repeat(6)} }`, 'Directives limit of 5'],
    ['tokens', `{ ${'__typename '.repeat(2_001)} }`, '2000 tokens'],
    [
      'cost',
      `{ incidents(first: 500) { nodes { movements { waypoints { place { id } } crossings { id } incident { movements { waypoints { ordinal } } } } } } }`,
      'cost: found',
    ],
  ])('stop a query by its %s', async (_what, query, wanted) => {
    const { status, body } = await post(query);
    expect(status).toBe(400);
    expect(JSON.stringify(body.errors)).toContain(wanted);
  });

  it('count a page size that hides in a variable or its default', async () => {
    const inner =
      'nodes { movements { waypoints { place { id } } crossings { id } incident { movements { waypoints { ordinal } } } } }';
    expect(await complaint(`query Q($n: Int!) { incidents(first: $n) { ${inner} } }`, { n: 500 })).toContain(
      'cost: found',
    );
    expect(await complaint(`query Q($n: Int! = 500) { incidents(first: $n) { ${inner} } }`)).toContain(
      'cost: found',
    );
    expect(
      (await post(`query Q($n: Int! = 500) { incidents(first: $n) { ${inner} } }`, analyst, { n: 2 })).status,
    ).toBe(200);
  });

  const times = (count: number, field: string): string =>
    `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`;

  it.each([
    [
      'hotspots of many simulations',
      times(15, 'routeHotspots(simulations: 999) { testedCells }'),
      'fewer `simulations`',
    ],
    ['hotspots as they are by default', times(15, 'routeHotspots { testedCells }'), 'fewer `simulations`'],
    ['corridors', times(15, 'corridors { totalCount }'), 'fewer of corridors in one query'],
    [
      'fine cells',
      times(2, 'routeHotspots(simulations: 999, resolution: 7) { testedCells }'),
      'for fewer of routeHotspots in one query, or for fewer `simulations`',
    ],
  ])('refuse many derivations at once, saying what to write: %s', async (_what, query, wanted) => {
    const { status, body } = await post(query);
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('TOO_COSTLY');
    expect(body.errors[0].message).toContain(wanted);
  });

  it('count simulations that hide in a variable', async () => {
    const query = `query Q($n: Int!) ${times(4, 'routeHotspots(simulations: $n) { testedCells }')}`;
    expect(await complaint(query, { n: 999 })).toContain('cost: found');
    expect((await post(query, analyst, { n: 19 })).body.errors).toBeUndefined();
    expect(await complaint('{ routeHotspots(simulations: 2000000000) { testedCells } }')).toContain(
      'simulations: found 2000000000, wanted 19 to 999',
    );
  });

  it('let a page of every derived figure pass, and this year beside the last', async () => {
    const figures = (year: string): string => `
      corridors${year}: corridors(first: 20) { nodes { id name stages { name } support { incidents } share { observed } movementIds(first: 5) } }
      hotspots${year}: routeHotspots { cells { id class position { latitude longitude } geometry incidents } }
      clusters${year}: crossingClusters { clusters { name incidents members { incidents } detectionsPerStaffMonth { rate } } }
      flows${year}: flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { incidents persons { min max } }
      facilitators${year}: sharedFacilitators { hint incidents }`;
    for (const query of [`{ ${figures('Now')} }`, `{ ${figures('Now')} ${figures('Before')} }`]) {
      const { status, body } = await post(query);
      expect(body.errors).toBeUndefined();
      expect(status).toBe(200);
    }
    const most =
      '{ routeHotspots(simulations: 999, resolution: 7) { testedCells hotspots cells { id class } } }';
    expect((await post(most)).body.errors).toBeUndefined();
  });

  it('let a nested page of 500 movements pass', async () => {
    const { body } = await post(
      '{ movements(first: 500) { nodes { id waypoints { id: ordinal place { name } } crossings { kind } incident { id report { id } } party { sex } } } }',
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.movements.nodes.length).toBeGreaterThan(300);
  });

  it('let the introspection of an explorer pass', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { status } = await post(getIntrospectionQuery());
    expect(status).toBe(200);
  });

  it('refuse a body of more than a megabyte unless it imports', async () => {
    const filler = 'x'.repeat(1_100_000);
    expect((await post(FLOWS, analyst, { filler })).status).toBe(413);
    const dashboard = await keyFor('terai-watch', 'dashboard');
    const imports =
      'mutation M($c: String) { importFile(fileName: "a.csv", profile: "staffing", content: $c) { __typename } }';
    expect((await post(imports, dashboard.text, { c: filler })).status).toBe(413);
    expect((await post(imports, analyst, { c: filler })).body.data.importFile.__typename).toBe(
      'ImportRefused',
    );
    const files =
      'mutation F($c: String!) { attachFile(attachment: { kind: RECEIPT, fileName: "a.txt", mediaType: "text/plain", contentBase64: $c }, idempotencyKey: "a-large-file") { ... on ActRefused { reasons { where } } } }';
    const large = { c: 'YWJj'.repeat(500_000) };
    expect((await post(files, dashboard.text, large)).status).toBe(413);
    expect((await post(files, analyst, large)).body.data.attachFile.reasons).toEqual([
      { where: 'reportId, legalCaseId, exhibitId' },
    ]);
    expect((await post(imports, analyst, { c: 'x'.repeat(10_600_000) })).status).toBe(413);
  });
});

describe('machines', () => {
  it('read health, readiness and metrics without a key, and learn no names', async () => {
    expect((await request(app.handler).get('/healthz')).text).toBe('alive\n');
    expect((await request(app.handler).get('/readyz')).status).toBe(200);
    await post('{ nothing }');
    const { text } = await request(app.handler).get('/metrics');
    expect(text).toMatch(/headwater_requests_total\{route="\/graphql",status="200"\} \d+/);
    expect(text).toMatch(/headwater_query_errors_total\{code="GRAPHQL_VALIDATION_FAILED"\} \d+/);
    expect(text).toContain('headwater_request_seconds_bucket');
    expect(text).not.toContain('terai');
  });

  it('see a hub that is stopping as not ready, while it still answers', async () => {
    const closing = await appWith();
    closing.setReady(false);
    expect((await request(closing.handler).get('/readyz')).status).toBe(503);
    closing.setReady(true);
    await closing.close();
    expect((await request(closing.handler).get('/readyz')).status).toBe(503);
    const { status, headers } = await request(closing.handler)
      .post('/graphql')
      .set('authorization', `Bearer ${analyst}`)
      .send({ query: FLOWS });
    expect(status).toBe(200);
    expect(headers.connection).toBe('close');
  });
});

describe('pages', () => {
  it('come whole from this machine, with scripts of their own only', async () => {
    for (const path of ['/', '/graphiql']) {
      const { status, text, headers } = await request(app.handler).get(path);
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(text).not.toMatch(/<script>|<script [^>]*src="https?:|onclick=|<link [^>]*href="https?:/);
      const asked = [...text.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, file]) => file as string);
      for (const file of asked) {
        const answer = await request(app.handler).get(file);
        expect(`${file} ${answer.status}`).toBe(`${file} 200`);
      }
    }
  });

  it('keep the key out of URLs, cookies and what outlives the tab', async () => {
    const { text } = await request(app.handler).get('/graphiql/page.js');
    expect(text).toContain('authorization');
    expect(text).not.toMatch(/localStorage|document\.cookie|location\./);
  });
});
