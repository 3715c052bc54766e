/** A real hub with its dashboard, and a browser that notes whatever leaves the machine, breaks, or breaks the page's policy. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import pino from 'pino';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import { createApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openTestHub, TEST_NOW, type TestHub } from './test-hub.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const HAS_BROWSER = existsSync(CHROMIUM);
const DAY_MS = 86_400_000;

export interface Visit {
  readonly page: Page;
  /** Requests to anywhere but the hub and the site that was asked for. */
  readonly elsewhere: string[];
  /** What the page's policy stopped. */
  readonly violations: string[];
  /** Errors of the page and of its console, but for the answer that nobody is signed in. */
  readonly broken: string[];
}

export class BrowserDesk {
  readonly hub: TestHub;
  readonly base: string;
  now: Date = TEST_NOW;
  readonly #server: Server;
  readonly #browser: Browser;

  /** `corsOrigins`: of other sites whose pages may ask. */
  static async open(corsOrigins: readonly string[] = []): Promise<BrowserDesk> {
    const hub = await openTestHub('demo');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    const desk = new BrowserDesk(hub, server, browser);
    const app = await createApp({
      hub: { ...hub, imports: { ...hub.imports, now: () => desk.now } },
      corsOrigins,
      trustProxy: false,
      log: pino({ level: 'silent' }),
      now: () => desk.now,
      // The clock stands still: what a limit has taken would never come back.
      requestsAMinute: 6_000,
    });
    server.on('request', app.handler);
    return desk;
  }

  private constructor(hub: TestHub, server: Server, browser: Browser) {
    this.hub = hub;
    this.#server = server;
    this.#browser = browser;
    this.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.hub.close();
  }

  async key(slug: string, role: Role): Promise<string> {
    return this.hub.database.unrestricted('make a key for a test', async (connection) => {
      const { id } = await readOrganisation(connection, slug);
      const expiresAt = new Date(TEST_NOW.getTime() + DAY_MS);
      const asked = { organisationId: id, role, label: 'test', vaultPermission: false, expiresAt };
      return (await addKey(connection, randomIds, asked)).text;
    });
  }

  /** `path`: of the hub, or a whole address of another site. */
  async visit(path = '/', options: BrowserContextOptions = {}): Promise<Visit> {
    const address = new URL(path, this.base);
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const visit: Visit = { page, elsewhere: [], violations: [], broken: [] };
    page.on('request', (request) => {
      const url = request.url();
      const isKnown = [this.base, address.origin].some((origin) => url.startsWith(`${origin}/`));
      if (!isKnown && !/^(data|blob):/.test(url)) visit.elsewhere.push(url);
    });
    page.on('pageerror', (error) => void visit.broken.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy/i.test(text)) visit.violations.push(text);
      else if (message.type() === 'error' && !text.includes('401')) visit.broken.push(text);
    });
    await page.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error('Content Security Policy: ' + violatedDirective + ' ' + blockedURI))`);
    await page.goto(address.href);
    return visit;
  }

  /** In by typing a key, and waiting for the first answer. */
  async enter(path: string, key: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const visit = await this.visit(path, options);
    await visit.page.fill('#key', key);
    await visit.page.press('#key', 'Enter');
    await visit.page.locator('[data-figure=headline]:not(:empty)').waitFor({ timeout: 60_000 });
    return visit;
  }

  async ask(key: string, query: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (data == null) throw new Error(JSON.stringify(errors));
    return data;
  }
}

/** What axe finds serious or critical, told with what it was found in. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<
    { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
  >('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
