/** The sign-in page as somebody meets it in a browser: an invitation taken up, signed out, in again, and by way of a provider. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, openProvider, type TestProvider } from '../support/identity-provider.ts';
import { appCode, PASSPHRASE, SignInDesk } from '../support/sign-in.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

let hub: TestHub;
let desk: SignInDesk;
let provider: TestProvider;
let server: Server;
let browser: Browser;
let base = '';

describe.skipIf(!existsSync(CHROMIUM))('signing in, in a browser', () => {
  beforeAll(async () => {
    hub = await openTestHub('base');
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    provider = await openProvider(`${base}/auth/callback`);
    desk = new SignInDesk(hub, new Date(), {
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      publicUrl: base,
      algorithm: 'RS256',
    });
    const { handler } = await desk.app();
    server.on('request', handler);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await provider?.close();
    await new Promise((resolve) => server.close(resolve));
    await hub.close();
  });

  it('takes up an invitation with a passphrase and an app, signs out, and in again with a recovery code', async () => {
    const officer = await viewerFor(hub, 'river-desk', 'data_officer', true);
    const { invitation } = await desk.make(officer, 'analyst');
    const { page, elsewhere, broken } = await openPage();
    await page.click('summary');
    await page.fill('#invited [name=invitation]', invitation);
    await page.click('#invited [type=submit]');
    await page.locator('#take-up').waitFor();
    await page.fill('#take-up [name=passphrase]', PASSPHRASE);
    await page.fill('#take-up [name=code]', appCode(await secretOn(page), desk.now));
    await page.click('#take-up [type=submit]');
    await page.locator('#recovery').waitFor();
    const codes = await page.locator('#codes li').allTextContents();
    expect(codes).toHaveLength(10);
    const name = (await page.textContent('#own-name')) ?? '';
    const session = await held(page);
    expect(session).toMatch(/^hws_/);
    // The explorer asks with it.
    expect((await desk.ask(session, '{ myAccount { role } }')).body.data).toEqual({
      myAccount: { role: 'ANALYST' },
    });
    await page.click('#out');
    await page.locator('#sign-in').waitFor();
    expect(await held(page)).toBe('');
    expect((await desk.ask(session, '{ __typename }')).status).toBe(401);
    await fillIn(page, name, 'not the passphrase', codes[0] ?? '');
    await page.locator('#status.wrong').waitFor();
    await fillIn(page, name, PASSPHRASE, codes[0] ?? '');
    await page.locator('#in').waitFor();
    expect(await held(page)).toMatch(/^hws_/);
    expect(page.url()).toBe(`${base}/auth/`);
    expect(elsewhere).toEqual([]);
    // A refusal is a 401 or 400, which a browser says on its console; nothing else went wrong.
    expect(broken.filter((text) => !text.includes('401'))).toEqual([]);
    await page.context().close();
  });

  it('links an account at the identity provider, and leaves nothing of its answer in the address', async () => {
    const officer = await viewerFor(hub, 'river-desk', 'data_officer', true);
    const { id, invitation } = await desk.make(officer, 'investigator');
    const { page } = await openPage();
    await page.click('summary');
    await page.fill('#invited [name=invitation]', invitation);
    await page.click('#link');
    await atProvider(page, 'fictional-person');
    await page.locator('#in').waitFor();
    expect(page.url()).toBe(`${base}/auth/`);
    expect(await desk.viewer(await held(page))).toMatchObject({ keyId: id, role: 'investigator' });
    await page.click('#out');
    await page.locator('#oidc').waitFor();
    await page.click('#oidc');
    // The provider knows the person still, and asks once more whether they want to.
    await page.waitForURL(`${provider.issuer}/interaction/**`);
    await page.click('[type=submit]');
    await page.locator('#in').waitFor();
    expect((await desk.viewer(await held(page))).keyId).toBe(id);
    await page.context().close();
  });

  it('takes no answer in a tab that did not begin', async () => {
    const { page } = await openPage('/auth/callback?code=x&state=y');
    await page.locator('#status.wrong', { hasText: 'did not begin' }).waitFor();
    expect(page.url()).toBe(`${base}/auth/`);
    await page.context().close();
  });
});

async function openPage(path = '/auth/'): Promise<{ page: Page; elsewhere: string[]; broken: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 420, height: 860 } })).newPage();
  const elsewhere: string[] = [];
  const broken: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => void broken.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await page.goto(base + path);
  return { page, elsewhere, broken };
}

/** The session of the browser: in a cookie that no script reads, and nowhere else. */
async function held(page: Page): Promise<string> {
  expect(
    await page.evaluate(`JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])`),
  ).not.toContain('hws_');
  const cookies = await page.context().cookies();
  return cookies.find(({ name, httpOnly }) => name === 'headwater' && httpOnly)?.value ?? '';
}

async function secretOn(page: Page): Promise<string> {
  return ((await page.textContent('#app-secret')) ?? '').replaceAll(' ', '');
}

async function fillIn(page: Page, name: string, passphrase: string, code: string): Promise<void> {
  await page.fill('#sign-in [name=signInName]', name);
  await page.fill('#sign-in [name=passphrase]', passphrase);
  await page.fill('#sign-in [name=code]', code);
  await page.click('#sign-in [type=submit]');
}

async function atProvider(page: Page, subject: string): Promise<void> {
  await page.fill('[name=login]', subject);
  await page.fill('[name=password]', 'x');
  await page.click('[type=submit]');
  await page.click('[type=submit]');
}
