/** The hub's pages as somebody meets them: in a browser, wide and narrow, with a key and without one. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import { createApp } from '../../src/http/app.ts';
import { exampleQueries } from '../../src/http/pages.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const EXAMPLES = exampleQueries();

let hub: TestHub;
let server: Server;
let browser: Browser;
let base = '';
const keys: Record<string, string> = {};

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  beforeAll(async () => {
    hub = await openTestHub('demo');
    const log = pino({ level: 'silent' });
    const app = await createApp({ hub, corsOrigins: [], trustProxy: false, log, now: () => TEST_NOW });
    server = createServer(app.handler).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const slug of ['terai-watch', 'lantern-line']) keys[slug] = await keyOf(slug);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
    await hub.close();
  });

  it.each([1280, 420])(
    'nothing is cut off at a width of %i, and nothing comes from elsewhere',
    async (width) => {
      const { page, elsewhere, broken } = await openPage('/graphiql', width);
      await expectNoOverflow(page, ['header', '#key', '.hint']);
      await page.click('#examples summary');
      await expectNoOverflow(page, ['#examples li', '#examples ul']);
      expect(await page.locator('#examples li').count()).toBe(EXAMPLES.length);
      expect(elsewhere).toEqual([]);
      expect(broken).toEqual([]);
      await page.context().close();
    },
  );

  it('opens with the first example and a hint, not with an error', async () => {
    const { page } = await openPage('/graphiql');
    expect(await page.textContent('.hint')).toContain('Paste a key above');
    expect(await question(page)).toBe(EXAMPLES[0]?.query);
    expect(await result(page)).toBe('');
    await giveKey(page, 'terai-watch');
    expect(await page.textContent('.hint')).toContain('The answer appears here');
    await page.click('.graphiql-execute-button');
    await page.waitForSelector('.hint', { state: 'detached' });
    expect(await result(page)).toContain('"corridors"');
    await page.context().close();
  });

  it('says so when a key is not accepted', async () => {
    const { page } = await openPage('/graphiql');
    await page.fill('#key', 'hw_nonsense');
    await page.press('#key', 'Enter');
    await page.waitForSelector('#status.wrong');
    expect(await page.textContent('#status')).toBe('This key is not accepted.');
    await page.context().close();
  });

  it('keeps the question when the key changes and when the page is read again', async () => {
    const { page } = await openPage('/graphiql');
    const own = 'query Mine { movements { totalCount } }';
    await giveKey(page, 'terai-watch');
    await write(page, own);
    await giveKey(page, 'lantern-line');
    expect(await question(page)).toBe(own);
    for (let time = 0; time < 3; time += 1) {
      await page.reload();
      await page.waitForSelector('.graphiql-footer .hint');
      expect(await question(page)).toBe(own);
      expect(await page.locator('.graphiql-tab-button').count()).toBe(0);
    }
    await page.context().close();
  });

  it('opens an example as often as it is chosen, and never over what somebody wrote', async () => {
    const { page } = await openPage('/graphiql');
    await choose(page, 4);
    expect(await question(page)).toBe(EXAMPLES[3]?.query);
    await choose(page, 4);
    expect(await page.textContent('#status')).toContain('This example is open');
    await write(page, `${EXAMPLES[3]?.query}# mine`);
    await choose(page, 4);
    expect(await question(page)).toBe(EXAMPLES[3]?.query);
    expect(await page.locator('.graphiql-tab-button').count()).toBe(2);
    await page.locator('.graphiql-tab-button').first().click();
    expect(await question(page)).toBe(`${EXAMPLES[3]?.query}# mine`);
    await choose(page, 4);
    expect(await page.locator('.graphiql-tab-button').count()).toBe(2);
    expect(await question(page)).toBe(EXAMPLES[3]?.query);
    await page.context().close();
  });
});

async function keyOf(slug: string): Promise<string> {
  return hub.database.unrestricted('make a key for a test', async (connection) => {
    const { id } = await readOrganisation(connection, slug);
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const key = {
      organisationId: id,
      role: 'analyst',
      label: 'test',
      vaultPermission: false,
      expiresAt,
    } as const;
    return (await addKey(connection, randomIds, key)).text;
  });
}

async function openPage(
  path: string,
  width = 1280,
): Promise<{ page: Page; elsewhere: string[]; broken: string[] }> {
  const page = await (await browser.newContext({ viewport: { width, height: 860 } })).newPage();
  const elsewhere: string[] = [];
  const broken: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => void broken.push(error.message));
  page.on('console', (message) => {
    // Nobody is signed in: the answer says so, and the page goes on with a key.
    if (message.type() === 'error' && !message.text().includes('401')) broken.push(message.text());
  });
  await page.goto(base + path);
  if (path === '/graphiql') await page.waitForSelector('.graphiql-footer .hint');
  return { page, elsewhere, broken };
}

/** Neither the page nor what is named reaches past the window's sides, and no text past its own box. */
async function expectNoOverflow(page: Page, selectors: readonly string[]): Promise<void> {
  const past: unknown =
    await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(['html', ...selectors].join())})]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const isCut = element instanceof HTMLElement && element.scrollWidth > element.clientWidth + 1;
      return left < -1 || right > innerWidth + 1 || isCut;
    })
    .map((element) => element.outerHTML.slice(0, 80))`);
  expect(past).toEqual([]);
}

async function giveKey(page: Page, slug: string): Promise<void> {
  await page.fill('#key', keys[slug] ?? '');
  await page.press('#key', 'Enter');
  await page.locator('#status', { hasText: 'Key accepted.' }).waitFor();
}

async function choose(page: Page, number: number): Promise<void> {
  await page.click('#examples summary');
  await page.click(`#examples li:nth-child(${number}) button`);
  await page.waitForTimeout(300);
}

interface WithEditor {
  readonly CodeMirror: { getValue(): string; setValue(text: string): void };
}

function question(page: Page): Promise<string> {
  return page
    .locator('.graphiql-query-editor .CodeMirror')
    .evaluate((element) => (element as unknown as WithEditor).CodeMirror.getValue());
}

function result(page: Page): Promise<string> {
  return page
    .locator('.result-window .CodeMirror, .result-window.CodeMirror')
    .evaluate((element) => (element as unknown as WithEditor).CodeMirror.getValue());
}

/** GraphiQL takes over what is typed after a moment's pause. */
async function write(page: Page, text: string): Promise<void> {
  await page
    .locator('.graphiql-query-editor .CodeMirror')
    .evaluate((element, value) => (element as unknown as WithEditor).CodeMirror.setValue(value), text);
  await page.waitForTimeout(600);
}
