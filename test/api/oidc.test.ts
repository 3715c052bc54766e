/** Signing in at an identity provider: linked once by an invitation, bound to the tab that began, and to what the provider signed. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { readConfig } from '../../src/config.ts';
import { identityProvider, type OidcSettings } from '../../src/people/accounts/oidc.ts';
import { CLIENT, openProvider, type TestProvider } from '../support/identity-provider.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { SignInDesk } from '../support/sign-in.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const PUBLIC = 'http://127.0.0.1:45999';
const SUBJECT = 'canary-subject-qwvx';

let hub: TestHub;
let provider: TestProvider;
let desk: SignInDesk;
let officer: Viewer;
let settings: OidcSettings;

interface Begun {
  readonly url: string;
  readonly handle: string;
}

beforeAll(async () => {
  hub = await openTestHub('base');
  provider = await openProvider(`${PUBLIC}/auth/callback`);
  settings = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    publicUrl: PUBLIC,
    algorithm: 'RS256',
  };
  // The provider's clock is the machine's.
  desk = new SignInDesk(hub, new Date(), settings);
  officer = await viewerFor(hub, 'river-desk', 'data_officer', true);
});
afterAll(async () => {
  await provider.close();
  await hub.close();
});

async function begin(): Promise<Begun> {
  const { status, body } = await desk.post('/auth/oidc/begin', {});
  expect(status).toBe(200);
  return body as Begun;
}
/** The whole way, as one tab goes it. */
async function enter(subject: string, invitation?: string) {
  const { url, handle } = await begin();
  const { search } = await provider.signIn(url, subject);
  return desk.post('/auth/oidc/finish', {
    handle,
    query: search,
    ...(invitation !== undefined && { invitation }),
  });
}

describe('signing in at the identity provider', () => {
  it('asks for a code with PKCE, state and nonce, and for nothing about the person', async () => {
    const { searchParams, origin } = new URL((await begin()).url);
    expect(origin).toBe(provider.issuer);
    expect(searchParams.get('response_type')).toBe('code');
    expect(searchParams.get('scope')).toBe('openid');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('redirect_uri')).toBe(`${PUBLIC}/auth/callback`);
    for (const drawn of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(drawn)).toMatch(/^[\w-]{43}$/);
    const again = new URL((await begin()).url).searchParams;
    for (const drawn of ['state', 'nonce', 'code_challenge'])
      expect(again.get(drawn)).not.toBe(searchParams.get(drawn));
  });

  it('lets in nobody who was not invited, then whoever took up an invitation, as the account they took up', async () => {
    expect((await enter(SUBJECT)).status).toBe(401);
    const made = await desk.make(officer, 'analyst');
    const linked = await enter(SUBJECT, made.invitation);
    expect(linked.status).toBe(200);
    expect(linked.body.recoveryCodes).toEqual([]);
    const back = await enter(SUBJECT);
    expect(await desk.viewer(back.body.session as string)).toMatchObject({ keyId: made.id, role: 'analyst' });
    expect((await enter('somebody-else')).status).toBe(401);
    // The invitation is used up: it links nobody else.
    expect((await enter('somebody-else', made.invitation)).status).toBe(400);
    const { accounts } = await answer<{ accounts: { id: string; signsIn: string }[] }>(
      desk.hub,
      { ...officer, now: desk.now },
      '{ accounts { id signsIn } }',
    );
    expect(accounts).toContainEqual({ id: made.id, signsIn: 'OIDC' });
  });

  it('links an identity to one account', async () => {
    const first = await desk.make(officer, 'analyst');
    expect((await enter('one-person', first.invitation)).status).toBe(200);
    const second = await desk.make(officer, 'analyst');
    const refused = await enter('one-person', second.invitation);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('linked to another account');
    expect((await enter('another-person', second.invitation)).status).toBe(200);
  });

  it('lets in nobody whose account is disabled', async () => {
    const made = await desk.make(officer, 'analyst');
    const { body } = await enter('who-leaves', made.invitation);
    await answer(
      desk.hub,
      { ...officer, now: desk.now },
      `mutation { disableAccount(id: "${made.id}", version: 1, idempotencyKey: "disable-1") { __typename } }`,
    );
    await expect(desk.viewer(body.session as string)).rejects.toThrow(/not known/);
    expect((await enter('who-leaves')).status).toBe(401);
  });

  it('takes an answer from the tab that began, for ten minutes, once, and as it was given', async () => {
    const mine = await begin();
    const other = await begin();
    const { search } = await provider.signIn(mine.url, SUBJECT);
    const finish = (handle: string, query: string) => desk.post('/auth/oidc/finish', { handle, query });
    // Somebody who sends another's browser their own answer has not that browser's handle.
    expect((await finish(other.handle, search)).status).toBe(401);
    expect((await finish('', search)).status).toBe(401);
    const [random = ''] = mine.handle.split('.');
    expect((await finish(`${random}.${Date.now() + 1}`, search)).status).toBe(401);
    expect((await finish(mine.handle, search.replace(/state=[^&]+/, ''))).status).toBe(401);
    expect(
      (await finish(mine.handle, search.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Felsewhere.example'))).status,
    ).toBe(401);
    const then = desk.now;
    desk.later(11);
    expect((await finish(mine.handle, search)).status).toBe(401);
    desk.now = then;
    expect((await finish(mine.handle, search)).status).toBe(200);
    expect((await finish(mine.handle, search)).status).toBe(401);
  });

  it('keeps no subject, and says none in its log', async () => {
    expect(await openColumnsWith(hub, SUBJECT)).toEqual([]);
    expect(desk.logged.join('\n')).not.toContain(SUBJECT);
    expect(desk.logged.join('\n')).toContain('vouched for nobody');
  });
});

describe('what a provider signs', () => {
  /** A provider that is made to lie: `change` spoils one claim, the header or the signature. */
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { privateKey: stolen } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  let server: Server;
  let issuer = '';
  let nonce = '';
  let spoil: { claims?: object; header?: object; key?: typeof privateKey; none?: boolean } = {};

  beforeAll(async () => {
    server = createServer((request, response) => {
      const now = Math.floor(Date.now() / 1000);
      const told = (value: object): void =>
        void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
      if (request.url === '/.well-known/openid-configuration')
        told({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        });
      else if (request.url === '/jwks')
        told({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] });
      else {
        const header = part({ alg: 'RS256', kid: '1', ...spoil.header });
        const claims = part({
          iss: issuer,
          sub: 'x',
          aud: CLIENT.id,
          iat: now,
          exp: now + 60,
          nonce,
          ...spoil.claims,
        });
        const signature = createSign('sha256')
          .update(`${header}.${claims}`)
          .sign(spoil.key ?? privateKey, 'base64url');
        told({
          access_token: 'x',
          token_type: 'Bearer',
          id_token: `${header}.${claims}.${spoil.none === true ? '' : signature}`,
        });
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function vouched(how: typeof spoil): Promise<boolean> {
    spoil = how;
    const now = new Date();
    const door = identityProvider({ ...settings, issuer }, hub.keys, () => undefined);
    const begun = await door.begin(now);
    const asked = new URL(begun?.url ?? '').searchParams;
    nonce = asked.get('nonce') ?? '';
    return (await door.finish(begun?.handle ?? '', `?code=x&state=${asked.get('state')}`, now)) !== null;
  }

  it('is taken when everything is right', async () => {
    expect(await vouched({})).toBe(true);
  });

  it.each<[string, () => typeof spoil]>([
    ['signed with another key', () => ({ key: stolen })],
    ['not signed', () => ({ header: { alg: 'none' }, none: true })],
    ['signed with another algorithm', () => ({ header: { alg: 'HS256' } })],
    ['for another client', () => ({ claims: { aud: 'another-client' } })],
    ['by another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
    ['for another nonce', () => ({ claims: { nonce: 'another' } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['over', () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 3_600 } })],
  ])('is not taken when it is %s', async (_what, how) => {
    expect(await vouched(how())).toBe(false);
  });

  it('is not waited for when the provider does not answer', async () => {
    const away = identityProvider({ ...settings, issuer: 'http://127.0.0.1:9' }, hub.keys, () => undefined);
    expect(await away.begin(new Date())).toBeNull();
  });
});

describe('its settings', () => {
  const given = {
    HEADWATER_OIDC_ISSUER: 'https://login.example.org',
    HEADWATER_OIDC_CLIENT_ID: 'hub',
    HEADWATER_PUBLIC_URL: 'https://hub.example.org',
  };

  it('are none unless an issuer is named', () => {
    expect(readConfig({}).oidc).toBeNull();
    expect(readConfig(given).oidc).toMatchObject({ clientSecret: null, algorithm: 'RS256' });
  });

  it.each([
    ['HEADWATER_OIDC_ISSUER', 'http://login.example.org'],
    ['HEADWATER_OIDC_ISSUER', 'https://user:pass@login.example.org'],
    ['HEADWATER_PUBLIC_URL', ''],
    ['HEADWATER_OIDC_CLIENT_ID', ''],
    ['HEADWATER_OIDC_CLIENT_SECRET_FILE', 'no-such-file'],
    ['HEADWATER_OIDC_ALGORITHM', 'none'],
    ['HEADWATER_OIDC_ALGORITHM', 'HS256'],
  ])('refuse %s "%s"', (variable, value) => {
    expect(() => readConfig({ ...given, [variable]: value })).toThrow(variable);
  });
});
