/** The session of the hub's own pages: begun by a key that is typed once, in a cookie, and of no use to anybody else's page. */
import pino from 'pino';
import request, { type Response, type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation, revokeKey } from '../../src/access/key.store.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { SignInDesk } from '../support/sign-in.ts';
import { openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const ME = { query: '{ me { organisation role signedIn reads mayExport } }' };
const HOST = 'hub.example.org';

let hub: TestHub;
let desk: SignInDesk;
let app: HubApp;

beforeAll(async () => {
  hub = await openTestHub('base');
  await viewerFor(hub, 'river-desk', 'analyst');
  desk = new SignInDesk(hub, TEST_NOW);
  app = await desk.app();
});
afterAll(() => hub.close());

async function newKey(role: 'analyst' | 'dashboard' = 'analyst'): Promise<{ id: string; text: string }> {
  return hub.database.unrestricted('make a key for a test', async (connection) => {
    const { id } = await readOrganisation(connection, 'river-desk');
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const asked = { organisationId: id, role, label: 'test', vaultPermission: false, expiresAt };
    return addKey(connection, randomIds, asked);
  });
}

const to = (method: 'get' | 'post', path: string): Test =>
  request(app.handler)[method](path).set('host', HOST);

async function typeIn(key: string, proto = 'https'): Promise<Response> {
  return to('post', '/auth/session').set('x-forwarded-proto', proto).set('authorization', `Bearer ${key}`);
}

const cookieIn = (response: Response): string => String(response.headers['set-cookie']?.[0] ?? '');
const held = (response: Response): string => cookieIn(response).split(';')[0] ?? '';

/** As a page of the hub asks. */
async function ask(cookie: string, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) {
  return to('post', '/graphql')
    .set({ 'x-forwarded-proto': 'https', cookie, ...headers })
    .send(ME);
}

describe('a key that is typed in', () => {
  it('becomes a cookie that no script reads, for this host alone and over https alone', async () => {
    const response = await typeIn((await newKey()).text);
    expect(response.status).toBe(204);
    expect(response.text).toBe('');
    expect(cookieIn(response)).toMatch(/^__Host-headwater=hws_[^;]+; Max-Age=43200; Path=\/; /);
    expect(cookieIn(response)).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
    const { body } = await ask(held(response));
    expect(body.data.me).toMatchObject({
      organisation: 'river-desk',
      role: 'ANALYST',
      signedIn: true,
      mayExport: true,
    });
  });

  it('is a session without Secure where there is no https, and one does not stand in for the other', async () => {
    const plain = await typeIn((await newKey()).text, 'http');
    expect(cookieIn(plain)).toMatch(/^headwater=hws_.*; HttpOnly; SameSite=Strict$/);
    expect((await ask(held(plain))).status).toBe(401);
  });

  it('opens tiles and exports too, and answers are kept apart by it', async () => {
    const cookie = held(await typeIn((await newKey()).text));
    const own = { cookie, 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin' };
    const tile = await to('get', '/tiles/borders/0/0/0.mvt').set(own);
    expect(tile.status).toBe(200);
    expect(tile.headers.vary).toContain('Cookie');
    const file = await to('get', '/exports/movements.csv').set({
      ...own,
      'headwater-purpose': 'investigation',
      'headwater-case-reference': 'a case',
    });
    expect(file.status).toBe(200);
  });

  it('is kept as a digest alone, and the log has that it was used', async () => {
    const { id, text } = await newKey();
    const session = held(await typeIn(text)).split('=')[1] ?? '';
    const secret = session.slice(-32);
    expect(await openColumnsWith(hub, secret)).toEqual([]);
    const rows = await hub.database.unrestricted('look in a test', (connection) =>
      connection.query<{ way: string; account_id: string | null }>(
        'select way, account_id from account_session where key_id = $1',
        [id],
      ),
    );
    expect(rows).toEqual([{ way: 'key', account_id: null }]);
    const events = await hub.database.unrestricted('look in a test', (connection) =>
      connection.query<{ action: string }>(`select action from audit_event where key_id = $1`, [id]),
    );
    expect(events.map(({ action }) => action)).toContain('signed_in');
    expect(desk.logged.join('\n')).not.toContain(secret);
  });
});

describe('the session in a cookie', () => {
  it('ends with its key, at the next request', async () => {
    const { id, text } = await newKey();
    const cookie = held(await typeIn(text));
    expect((await ask(cookie)).status).toBe(200);
    await hub.database.unrestricted('revoke in a test', (connection) => revokeKey(connection, id));
    expect((await ask(cookie)).status).toBe(401);
  });

  it('ends by signing out, after half an hour without use, and after twelve hours', async () => {
    const cookie = held(await typeIn((await newKey()).text));
    const own = { cookie, 'x-forwarded-proto': 'https', origin: `https://${HOST}` };
    const out = await to('post', '/auth/sign-out').set(own);
    expect(out.status).toBe(204);
    expect(cookieIn(out)).toMatch(/^__Host-headwater=; .*Expires=Thu, 01 Jan 1970/);
    expect((await ask(cookie)).status).toBe(401);
    const began = desk.now;
    const idle = held(await typeIn((await newKey()).text));
    desk.later(31);
    expect((await ask(idle)).status).toBe(401);
    const long = held(await typeIn((await newKey()).text));
    for (let hour = 0; hour < 36; hour += 1) {
      desk.later(19);
      expect((await ask(long)).status).toBe(200);
    }
    desk.later(40);
    expect((await ask(long)).status).toBe(401);
    desk.now = began;
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.org' }],
    [
      'another port or name of the same site',
      { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    ],
    ['an old browser on another site', { origin: 'https://evil.example.org' }],
    ['somewhere that does not say', {}],
    ['a page without an origin', { origin: 'null' }],
    ['a link that somebody opened', { 'sec-fetch-site': 'none' }],
  ] as const)('changes nothing for %s', async (_where, headers) => {
    const cookie = held(await typeIn((await newKey()).text));
    expect((await ask(cookie, { ...headers })).status).toBe(401);
    const out = await to('post', '/auth/sign-out').set({
      cookie,
      'x-forwarded-proto': 'https',
      ...headers,
    });
    expect(out.status).toBe(401);
    expect((await ask(cookie)).status).toBe(200);
  });

  it('answers the same host in a browser that says no more than the origin', async () => {
    const cookie = held(await typeIn((await newKey()).text));
    expect((await ask(cookie, { origin: `https://${HOST}` })).status).toBe(200);
  });

  it('is no way for a key, is not read twice, and does not stand in for a header that is wrong', async () => {
    const { text } = await newKey();
    const cookie = held(await typeIn(text));
    expect((await ask(`__Host-headwater=${text}`)).status).toBe(401);
    expect((await ask(`${cookie}; ${cookie}`)).status).toBe(401);
    const own = { 'sec-fetch-site': 'same-origin', authorization: 'Bearer hw_wrong' };
    expect((await ask(cookie, own)).status).toBe(401);
  });

  it('sees what its key sees: a dashboard stays one', async () => {
    const cookie = held(await typeIn((await newKey('dashboard')).text));
    const { body } = await ask(cookie);
    expect(body.data.me).toMatchObject({
      role: 'DASHBOARD',
      reads: ['INCIDENT', 'MOVEMENT', 'FLOW'],
      mayExport: false,
    });
  });
});

describe('a browser whose session is over', () => {
  /** So few tries that the fourth guess is refused. */
  const narrow = (): Promise<HubApp> =>
    createApp({
      hub: desk.hub,
      corsOrigins: [],
      trustProxy: true,
      log: pino({ level: 'silent' }),
      now: () => desk.now,
      oidc: null,
      requestsAMinute: 30,
    });
  const asks = (to: HubApp, headers: Record<string, string>): Test =>
    request(to.handler)
      .post('/graphql')
      .set({ host: HOST, 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin', ...headers })
      .send(ME);
  const forgotten = (response: Response): boolean =>
    /^__Host-headwater=; .*Expires=Thu, 01 Jan 1970/.test(cookieIn(response));

  it('is told so once and forgets it, and uses up no try of its address', async () => {
    const slow = await narrow();
    const cookie = held(await typeIn((await newKey()).text));
    expect((await asks(slow, { cookie })).status).toBe(200);
    await to('post', '/auth/sign-out').set({
      cookie,
      'x-forwarded-proto': 'https',
      'sec-fetch-site': 'same-origin',
    });
    // As many as a map asks for at once, and then the page without the cookie, again and again.
    for (let i = 0; i < 12; i += 1) {
      const response = await asks(slow, { cookie });
      expect([response.status, forgotten(response)]).toEqual([401, true]);
      expect([(await asks(slow, {})).status, cookieIn(await asks(slow, {}))]).toEqual([401, '']);
    }
    const guesses: number[] = [];
    for (let i = 0; i < 4; i += 1)
      guesses.push((await asks(slow, { authorization: `Bearer hw_guess${i}` })).status);
    expect(guesses).toEqual([401, 401, 401, 429]);
    expect((await asks(slow, { cookie })).status).toBe(401);
  });

  it('is one that guesses where the session never was, or the secret is another', async () => {
    const slow = await narrow();
    const cookie = held(await typeIn((await newKey()).text));
    const [, prefix = ''] = /hws_([0-9a-z]{12})_/.exec(cookie) ?? [];
    const guesses: readonly string[] = [
      `hws_${'0'.repeat(12)}_${'a'.repeat(32)}`,
      `hws_${prefix}_${'a'.repeat(32)}`,
      `hws_${prefix}_${'b'.repeat(32)}`,
      `hws_${prefix}_${'c'.repeat(32)}`,
    ];
    const answers: Response[] = [];
    for (const guess of guesses) answers.push(await asks(slow, { cookie: `__Host-headwater=${guess}` }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers.every(forgotten)).toBe(true);
    expect((await asks(slow, {})).status).toBe(401);
    expect((await asks(slow, { cookie })).status).toBe(200);
  });

  it("keeps its cookie where another site's page asks", async () => {
    const cookie = held(await typeIn((await newKey()).text));
    const response = await ask(cookie, { 'sec-fetch-site': 'cross-site' });
    expect([response.status, cookieIn(response)]).toEqual([401, '']);
  });
});
