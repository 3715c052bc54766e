/** The short lane answers as the ordinary way does, to the byte, and to nobody whom the ordinary way would refuse by now. */
import { request as ask, createServer, type OutgoingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import { addKey, readOrganisation, revokeKey } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import { beginKeySession, endSessions } from '../../src/access/session.store.ts';
import { createApp } from '../../src/http/app.ts';
import type { HttpServices } from '../../src/http/http-services.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

const QUESTION = '{ movements(first: 40) { nodes { id redacted occurred { from } crossings { kind } } } }';
const OWN = 'terai-watch';
const OTHER = 'lantern-line';
const MINUTE_MS = 60_000;

let hub: TestHub;
let now = TEST_NOW;
/** Whether the lane answered last. */
let short = false;
const roads: Record<'lane' | 'ordinary', { server: Server; port: number }> = {} as never;

beforeAll(async () => {
  hub = await openTestHub('demo');
  Object.assign(roads, {
    lane: await listen({ fastPath: (_fast, isShort) => void (short = isShort) }),
    ordinary: await listen({ fastPath: 'off' }),
  });
});
afterAll(async () => {
  for (const { server } of Object.values(roads)) server.close();
  await hub.close();
});
beforeEach(() => {
  now = TEST_NOW;
});

async function listen(over: Partial<HttpServices>): Promise<{ server: Server; port: number }> {
  const { handler } = await createApp({
    hub: { ...hub, imports: { ...hub.imports, now: () => now } },
    corsOrigins: ['https://map.example.org'],
    trustProxy: true,
    log: pino({ level: 'silent' }),
    now: () => now,
    requestsAMinute: 1e6,
    ...over,
  });
  const server = createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

interface Told {
  readonly status: number | undefined;
  /** In the order and spelling in which they were sent. */
  readonly headers: readonly string[];
  readonly text: string;
}

function send(port: number, headers: OutgoingHttpHeaders, body: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
    const sent = ask({ port, method: 'POST', path: '/graphql', headers: all }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.once('end', () =>
        resolve({ status: response.statusCode, headers: undated(response.rawHeaders), text }),
      );
    });
    sent.once('error', reject).end(body);
  });
}

const undated = (raw: readonly string[]): readonly string[] =>
  raw.flatMap((name, at) => (at % 2 === 0 && name !== 'Date' ? [`${name}: ${raw[at + 1]}`] : []));

/** Until the lane knows the question and who asks. */
async function warm(headers: OutgoingHttpHeaders, body = bodyOf(QUESTION)): Promise<Told> {
  for (let time = 0; time < 3; time += 1) await send(roads.lane.port, headers, body);
  return send(roads.lane.port, headers, body);
}

/** What both say, which has to be the same. */
async function both(headers: OutgoingHttpHeaders, body = bodyOf(QUESTION)): Promise<Told> {
  short = false;
  const found = await send(roads.lane.port, headers, body);
  expect(found).toEqual(await send(roads.ordinary.port, headers, body));
  return found;
}

const bodyOf = (query: string, more: object = {}): string => JSON.stringify({ query, ...more });
const bearer = (text: string): OutgoingHttpHeaders => ({ authorization: `Bearer ${text}` });
const write = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
  hub.database.unrestricted('decide about access in a test', work);
const organisation = (slug: string): Promise<string> =>
  write(async (connection) => (await readOrganisation(connection, slug)).id);

async function keyFor(
  slug = OWN,
  role: Role = 'analyst',
  forMs = 86_400_000,
): Promise<{ id: string; text: string }> {
  const organisationId = await organisation(slug);
  return write((connection) =>
    addKey(connection, randomIds, {
      organisationId,
      role,
      label: 'test',
      vaultPermission: false,
      expiresAt: new Date(now.getTime() + forMs),
    }),
  );
}

describe('the short lane', () => {
  it.each<[string, OutgoingHttpHeaders]>([
    ['as it is', {}],
    ['of an allowed origin', { origin: 'https://map.example.org' }],
    ['of another origin', { origin: 'https://elsewhere.example.org' }],
    ['that takes anything', { accept: '*/*' }],
    ['that takes JSON', { accept: 'application/json' }],
    ['that takes JSON before anything', { accept: 'application/json, text/plain, */*' }],
    ['that came over https', { 'x-forwarded-proto': 'https, http' }],
    ['for a purpose', { 'headwater-purpose': ' Investigation ' }],
    ['that says its charset', { 'content-type': 'application/json; charset=utf-8' }],
  ])('answers a question %s as the ordinary way does', async (_what, more) => {
    const headers = { ...bearer((await keyFor()).text), ...more };
    await warm(headers);
    expect((await both(headers)).status).toBe(200);
    expect(short).toBe(true);
  });

  it.each<[string, OutgoingHttpHeaders, number]>([
    ['what takes another media type', { accept: 'application/graphql-response+json' }, 200],
    ['what takes none that there is', { accept: 'text/csv' }, 406],
    ['another content type', { 'content-type': 'text/plain' }, 400],
    ['a charset that there is not', { 'content-type': 'application/json; charset=latin1' }, 400],
    ['an encoding that is none', { 'content-encoding': 'rot13' }, 400],
    ['a purpose that is none', { 'headwater-purpose': 'curiosity' }, 400],
    ['a key that is none', { authorization: 'Bearer hw_0123' }, 401],
    ['two ways of saying who asks', { authorization: 'Basic eDp5' }, 401],
  ])('leaves %s to the ordinary way', async (_what, more, status) => {
    const headers = bearer((await keyFor()).text);
    await warm(headers);
    expect((await both({ ...headers, ...more })).status).toBe(status);
    expect(short).toBe(false);
  });

  it('leaves another body to the ordinary way, and takes it when it knows it', async () => {
    const headers = bearer((await keyFor()).text);
    await warm(headers);
    for (const body of [
      bodyOf(QUESTION, { variables: { first: 3 } }),
      bodyOf(QUESTION, { operationName: 'None' }),
      `${bodyOf(QUESTION)} `,
      bodyOf('{ movements(first: 501) { nodes { id } } }'),
      bodyOf(`# é ${'ü'.repeat(40)}\n${QUESTION}`),
      '{"query": ',
      '[]',
    ]) {
      await both(headers, body);
      expect(short).toBe(false);
      if ((await both(headers, body)).status === 200 && !body.includes('501')) expect(short).toBe(true);
      else expect(short).toBe(false);
    }
  });

  it('asks the database once, and not for the key', async () => {
    const headers = bearer((await keyFor()).text);
    await warm(headers);
    hub.statements.length = 0;
    await send(roads.lane.port, headers, bodyOf(QUESTION));
    expect(hub.statements).toHaveLength(1);
    expect(hub.statements[0]).toContain('json from');
  });

  it('shows a partner key and another organisation what is theirs, with the same question', async () => {
    const seen = new Set<string>();
    for (const [slug, role] of [
      [OWN, 'analyst'],
      [OTHER, 'analyst'],
      [OTHER, 'partner'],
      [OWN, 'dashboard'],
    ] as const) {
      const headers = bearer((await keyFor(slug, role)).text);
      await warm(headers);
      seen.add((await both(headers)).text);
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  it('answers many on one connection, in their order, whole bodies and pieces of them', async () => {
    const headers = bearer((await keyFor()).text);
    const wanted = await warm(headers);
    const body = bodyOf(QUESTION);
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nauthorization: ${headers.authorization}\r\n\r\n`;
    const socket = connect(roads.lane.port, '127.0.0.1').setNoDelay(true);
    let came = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => void (came += chunk));
    socket.write(`${head}${body}${head}${body}`);
    socket.write(head + body.slice(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write(body.slice(20) + head + body);
    const answers = (): number => came.split(wanted.text.trimEnd()).length - 1;
    await expect.poll(answers, { timeout: 20_000 }).toBe(4);
    socket.destroy();
  });
});

describe('who is let in no more', () => {
  it('is refused on the next request after a key was revoked', async () => {
    const key = await keyFor();
    await warm(bearer(key.text));
    await write((connection) => revokeKey(connection, key.id));
    expect((await both(bearer(key.text))).status).toBe(401);
  });

  it('is refused on the next request though nothing is asked of the database', async () => {
    const nothing = bodyOf('{ movements(first: 1) @skip(if: true) { nodes { id } } }');
    const key = await keyFor();
    expect((await warm(bearer(key.text), nothing)).status).toBe(200);
    await write((connection) => revokeKey(connection, key.id));
    expect((await both(bearer(key.text), nothing)).status).toBe(401);
  });

  it('is refused on the next request after a session or its key ended', async () => {
    for (const end of ['session', 'key']) {
      const key = await keyFor();
      const session = await write((connection) => beginKeySession(connection, randomIds, key.id, now));
      await warm(bearer(session.text));
      await both(bearer(session.text));
      expect(short).toBe(true);
      if (end === 'session') await write((connection) => endSessions(connection, key.id, null, now));
      else await write((connection) => revokeKey(connection, key.id));
      expect((await both(bearer(session.text))).status).toBe(401);
    }
  });

  it('is refused from the moment on at which a key expires, or a session was idle for too long', async () => {
    const key = await keyFor(OWN, 'analyst', 1_000);
    await warm(bearer(key.text));
    now = new Date(TEST_NOW.getTime() + 999);
    expect((await both(bearer(key.text))).status).toBe(200);
    now = new Date(TEST_NOW.getTime() + 1_000);
    expect((await both(bearer(key.text))).status).toBe(401);
    now = TEST_NOW;
    const { id } = await keyFor();
    const session = await write((connection) => beginKeySession(connection, randomIds, id, now));
    await warm(bearer(session.text));
    now = new Date(TEST_NOW.getTime() + 31 * MINUTE_MS);
    expect((await both(bearer(session.text))).status).toBe(401);
  });

  it('has a session noted as used once a minute, as ever', async () => {
    const { id } = await keyFor();
    const session = await write((connection) => beginKeySession(connection, randomIds, id, now));
    for (let minute = 0; minute < 50; minute += 5) {
      now = new Date(TEST_NOW.getTime() + minute * MINUTE_MS);
      await warm(bearer(session.text));
      expect((await both(bearer(session.text))).status).toBe(200);
      expect(short).toBe(true);
    }
    const [row] = await write((connection) =>
      connection.query<{ last_used_at: Date }>('select last_used_at from account_session where id = $1', [
        session.id,
      ]),
    );
    expect(row?.last_used_at).toEqual(now);
  });

  it('goes by a cookie as by a header, from a page of the hub alone', async () => {
    const { id } = await keyFor();
    const session = await write((connection) => beginKeySession(connection, randomIds, id, now));
    const own = { cookie: `a=b; headwater=${session.text}`, 'sec-fetch-site': 'same-origin' };
    await warm(own);
    expect((await both(own)).status).toBe(200);
    expect(short).toBe(true);
    expect((await both({ ...own, 'sec-fetch-site': 'same-site' })).status).toBe(401);
    expect((await both({ ...own, cookie: `${own.cookie}; headwater=x` })).status).toBe(401);
    expect((await both({ ...own, 'x-forwarded-proto': 'https' })).status).toBe(401);
    await write((connection) => endSessions(connection, id, null, now));
    expect((await both(own)).status).toBe(401);
  });
});

describe('what is shown no more', () => {
  /** A fresh organisation that sees nothing but what a grant shows. */
  async function grantee(): Promise<{
    headers: OutgoingHttpHeaders;
    grant: (over?: object) => Promise<string>;
  }> {
    const slug = `lane-${randomIds().slice(0, 8)}`;
    await write((connection) =>
      connection.execute('insert into organisation (id, slug, name, fictional) values ($1, $2, $2, true)', [
        randomIds(),
        slug,
      ]),
    );
    const [ownerId, granteeId] = [await organisation(OWN), await organisation(slug)];
    const headers = bearer((await keyFor(slug)).text);
    const grant = (over: object = {}): Promise<string> =>
      write((connection) =>
        addGrant(connection, randomIds, {
          ownerId,
          granteeId,
          recordClass: 'movement',
          handlingCeiling: 'amber',
          projection: 'full',
          validFrom: new Date('2020-01-01T00:00:00Z'),
          validTo: null,
          ...over,
        }),
      );
    return { headers, grant };
  }
  const rows = ({ text }: Told): number =>
    (JSON.parse(text) as { data: { movements: { nodes: unknown[] } } }).data.movements.nodes.length;

  it('is not in the next answer after a grant was given or revoked', async () => {
    const { headers, grant } = await grantee();
    await warm(headers);
    expect(rows(await both(headers))).toBe(0);
    expect(short).toBe(true);
    const id = await grant();
    expect(rows(await both(headers))).toBeGreaterThan(0);
    await warm(headers);
    await write((connection) =>
      connection.execute('update access_grant set revoked_at = $2 where id = $1', [id, now]),
    );
    expect(rows(await both(headers))).toBe(0);
    expect(short).toBe(false);
  });

  it('begins and ends at the moments that a grant says', async () => {
    const { headers, grant } = await grantee();
    const at = (ms: number): Date => new Date(TEST_NOW.getTime() + ms);
    await grant({ validFrom: at(5_000), validTo: at(9_000) });
    const seen: boolean[] = [];
    for (const ms of [0, 4_999, 5_000, 8_999, 9_000]) {
      // Known from before, as it was a moment ago.
      await warm(headers);
      now = at(ms);
      seen.push(rows(await both(headers)) > 0);
    }
    expect(seen).toEqual([false, false, true, true, false]);
  });

  it('is not shown of a class whose handling was raised', async () => {
    const { headers, grant } = await grantee();
    await grant();
    await warm(headers);
    const before = rows(await both(headers));
    expect(before).toBeGreaterThan(0);
    const raise = (from: string, to: string): Promise<number> =>
      write((connection) =>
        connection.execute(
          `update visibility_class c set handling = $2 from organisation o
           where o.id = c.owner_id and o.slug = $3 and c.record_class = 'movement' and c.handling = $1 and c.sensitivity = 'routine'`,
          [from, to, OWN],
        ),
      );
    await warm(headers);
    await raise('amber', 'red');
    expect(rows(await both(headers))).toBeLessThan(before);
    await raise('red', 'amber');
    expect(rows(await both(headers))).toBe(before);
  });

  it('is not told of a transaction that is not over', async () => {
    const { headers, grant } = await grantee();
    const id = await grant();
    await warm(headers);
    if (!hub.server) return;
    await write(async (connection) => {
      await connection.execute('delete from access_grant where id = $1', [id]);
      expect(rows(await both(headers))).toBeGreaterThan(0);
    });
    expect(rows(await both(headers))).toBe(0);
  });
});

describe('what is counted', () => {
  it('is every request, once, whichever way it went', async () => {
    const key = await keyFor();
    const { server, port } = await listen({ requestsAMinute: 7 });
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < 6; time += 1) {
      if (time === 4) await keyFor();
      statuses.push((await send(port, bearer(key.text), bodyOf(QUESTION))).status);
    }
    statuses.push((await send(port, bearer(key.text), bodyOf(QUESTION))).status);
    const refused = await send(port, bearer(key.text), bodyOf(QUESTION));
    expect(statuses).toEqual(Array.from({ length: 7 }, () => 200));
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('BUSY');
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('headwater_requests_total{route="/graphql",status="200"} 7');
    expect(metrics).toContain('headwater_requests_total{route="/graphql",status="429"} 1');
    server.close();
  });
});
