/** The dashboard over many movements, as a browser meets it: time to a usable map, what is sent, how smoothly it moves, what blocks. Run: npm run bench:dashboard [movements] [prefix of the database]. */
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import axe from 'axe-core';
import { pino } from 'pino';
import { type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { createApp, type HubApp } from '../src/http/app.ts';
import { keyOf } from './fast-path-hub.ts';
import { openFilledHub } from './filled-hub.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Software rendering: no figure of frames is one that a machine with a graphics card would have. */
const ARGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--no-first-run',
];
const VIEWPORT = { width: 1280, height: 800 } as const;
const LONGEST_MS = 300_000;
const RUNS = 3;
const GOAL_KB = 900;
/** Of a task; what is longer keeps a reader waiting. */
const SHORT_TASK_MS = 50;

/** Noted in the page from its first moment on: long tasks, when a figure is there, and when the map has drawn it. */
const WATCH = `
  globalThis.bench = { tasks: [], answered: null, drawn: null };
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) bench.tasks.push([startTime, duration]); })
    .observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => { for (const { name, startTime } of list.getEntries())
    if (name === 'map-drawn' && bench.drawn === null && bench.answered !== null && startTime > bench.answered) bench.drawn = startTime; })
    .observe({ type: 'mark', buffered: true });
  new MutationObserver(() => {
    if (bench.answered === null && document.querySelector('[data-figure=headline]:not(:empty)') !== null) bench.answered = performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true });`;

interface Usable {
  readonly answered: number;
  readonly drawn: number;
  readonly blocked: number;
  readonly longest: number;
}

interface View {
  readonly name: string;
  readonly reach: (page: Page) => Promise<unknown>;
}

const VIEWS: readonly View[] = [
  { name: 'map', reach: untilDrawn },
  {
    name: 'corridor panel',
    reach: async (page) => {
      await page.click('text=Table');
      await page.locator('.table-view tbody button').first().click();
      await page.locator('.sheet .list-item').first().waitFor();
    },
  },
  ...['countries', 'changes', 'stations', 'quality'].map((path) => ({
    name: path,
    reach: async (page: Page) => {
      await page.goto(`${base}/#/${path}`);
      await page.locator('.desk h2').waitFor();
      await page.waitForTimeout(400);
      await page.locator('[aria-busy=true], .at-work').first().waitFor({ state: 'detached' });
    },
  })),
];

const COUNT_FRAMES = `
  globalThis.frames = []; globalThis.counting = true; bench.tasks.length = 0;
  const note = (now) => { frames.push(now); if (counting) requestAnimationFrame(note); };
  requestAnimationFrame(note);`;

const rows = Number(process.argv[2] ?? 1_000_000);
const prefix = process.argv[3] ?? 'headwater_bench';
const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error('DATABASE_URL: found nothing, wanted a server on which databases may be made');

const filled = await openFilledHub(server, `${prefix}_${rows}`, rows);
const key = await keyOf(filled);
let app = await freshApp();
const web = createServer((request, response) => app.handler(request, response)).listen(0, '127.0.0.1');
await new Promise((resolve) => web.once('listening', resolve));
const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
console.log(
  `${browser.version()}, headless, software rendering (SwiftShader), ${VIEWPORT.width} × ${VIEWPORT.height}; ${cpus().length} cores shared with hub and database, load ${loadavg()[0]?.toFixed(1)}`,
);

await usable();
await sent();
await movement();
await shut();

await browser.close();
web.closeAllConnections();
await new Promise((resolve) => web.close(resolve));
await filled.hub.close();

/** A hub that has just started: nothing is kept. */
function freshApp(): Promise<HubApp> {
  const log = pino({ level: 'error' });
  const settings = { corsOrigins: [], trustProxy: false, log, now: () => new Date(), requestsAMinute: 1e9 };
  return createApp({ hub: filled.hub, ...settings });
}

/** Signed in, on no page yet. */
async function reader(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(LONGEST_MS);
  await context.addInitScript(WATCH);
  await context.request.post(`${base}/auth/session`, {
    headers: { authorization: `Bearer ${key}`, origin: base },
  });
  return { context, page: await context.newPage() };
}

/** Milliseconds from the beginning of the page to its first figure, and until the map stands still with it drawn. */
async function untilDrawn(page: Page): Promise<Usable> {
  // Asked from outside: the policy of the page lets no text run that waits in it.
  const began = performance.now();
  while (!(await page.evaluate<boolean>('bench.drawn !== null'))) {
    if (performance.now() - began > LONGEST_MS) throw new Error('the map was not drawn');
    await page.waitForTimeout(50);
  }
  const found = await page.evaluate<{ answered: number; drawn: number; tasks: [number, number][] }>('bench');
  const tasks = found.tasks.filter(([start]) => start < found.drawn).map(([, duration]) => duration);
  return {
    answered: found.answered,
    drawn: found.drawn,
    blocked: tasks.reduce((sum, duration) => sum + Math.max(0, duration - SHORT_TASK_MS), 0),
    longest: Math.max(0, ...tasks),
  };
}

async function usable(): Promise<void> {
  console.log('\nmap of corridors, ms          first figure    drawn   blocked   longest task');
  for (const [name, isFresh, again] of [
    ['cold hub, cold browser', true, false],
    ['warm hub, cold browser', false, false],
    ['warm hub, warm browser', false, true],
  ] as const) {
    const found: Usable[] = [];
    for (let run = 0; run < (isFresh ? 1 : RUNS); run += 1) {
      if (isFresh) app = await freshApp();
      const { context, page } = await reader();
      const slowest = isFresh ? tellSlowest(page) : null;
      await page.goto(base);
      let one = await untilDrawn(page);
      if (again) {
        // A second visit: what the browser has kept, and nothing of the first page.
        await page.close();
        const next = await context.newPage();
        await next.goto(base);
        one = await untilDrawn(next);
      }
      found.push(one);
      slowest?.();
      await context.close();
    }
    const [answered, drawn, blocked, longest] = (['answered', 'drawn', 'blocked', 'longest'] as const).map(
      (figure) => median(found.map((one) => one[figure])),
    ) as [number, number, number, number];
    row(name, [answered, drawn, blocked, longest], [14, 9, 10, 15]);
  }
}

/** What a cold map waits for: its slowest answers, each from when it was asked. */
function tellSlowest(page: Page): () => void {
  const began = performance.now();
  const asked = new Map<Request, number>();
  const told: { name: string; from: number; took: number }[] = [];
  page.on('request', (request) => asked.set(request, performance.now()));
  page.on('requestfinished', (request) => {
    const at = asked.get(request) ?? began;
    const name = /(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1];
    const took = performance.now() - at;
    told.push({ name: name ?? new URL(request.url()).pathname, from: at - began, took });
  });
  return () => {
    for (const { name, from, took } of told.toSorted((a, b) => b.took - a.took).slice(0, 8))
      console.log(
        `    ${name.padEnd(28)} asked at ${(from / 1_000).toFixed(1)} s, took ${(took / 1_000).toFixed(1)} s`,
      );
  };
}

/** One after the other in one browser, with nothing kept at its beginning. */
async function sent(): Promise<void> {
  const { context, page } = await reader();
  const found: { url: string; bytes: Promise<number> }[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().startsWith(base)) return;
    const sizes = request.sizes().catch(() => null);
    const bytes = sizes.then((one) => (one === null ? 0 : one.responseBodySize + one.responseHeadersSize));
    found.push({ url: request.url(), bytes });
  });
  console.log('\nview, warm hub                    requests       kB       ms');
  for (const { name, reach } of VIEWS) {
    found.length = 0;
    const began = performance.now();
    if (name === 'map') await page.goto(base);
    try {
      await reach(page);
    } catch (error) {
      console.log(`  ${name}: ${(error as Error).message.split('\n')[0]}`);
      continue;
    }
    const took = performance.now() - began;
    await page.waitForLoadState('networkidle');
    const bytes = await Promise.all(found.map((one) => one.bytes));
    row(name, [found.length, sum(bytes) / 1024, took], [12, 9, 9]);
    if (name === 'map') shipped(found.map(({ url }) => url));
  }
  await context.close();
}

/** Of the scripts that the page of the map asks for, with gzip, whatever this browser took. */
function shipped(urls: readonly string[]): void {
  const scripts = [...new Set(urls.filter((url) => /\.m?js$/.test(url)))];
  const bytes = scripts.map(
    (url) => statSync(new URL(`../dashboard${new URL(url).pathname}.gz`, import.meta.url)).size,
  );
  const kilobytes = sum(bytes) / 1024;
  console.log(
    `  of it JavaScript: ${kilobytes.toFixed(0)} kB with gzip in ${scripts.length} files; goal ${GOAL_KB} kB at most${kilobytes > GOAL_KB ? ', NOT HELD' : ''}`,
  );
}

/** What a reader does with a map for some seconds, and what it drew meanwhile. */
async function movement(): Promise<void> {
  const { context, page } = await reader();
  await page.goto(base);
  await untilDrawn(page);
  console.log('\nmap in motion                     frames/s   worst ms   blocked ms');
  for (const [name, move] of [
    ['dragging', drag],
    ['zooming with the wheel', zoom],
    ['playing over months', play],
  ] as const) {
    await page.evaluate(COUNT_FRAMES);
    if (!(await move(page))) {
      console.log(`  ${name}: the dashboard has no such control`);
      continue;
    }
    const { times, tasks } = await page.evaluate<{ times: number[]; tasks: [number, number][] }>(
      '(globalThis.counting = false, { times: frames, tasks: bench.tasks })',
    );
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    const blocked = sum(tasks.map(([, duration]) => Math.max(0, duration - SHORT_TASK_MS)));
    row(name, [times.length / seconds, Math.max(...gaps), blocked], [12, 11, 13]);
  }
  await context.close();
}

async function drag(page: Page): Promise<boolean> {
  for (let stroke = 0; stroke < 2; stroke += 1) {
    await page.mouse.move(900, 420);
    await page.mouse.down();
    for (let step = 1; step <= 20; step += 1) {
      await page.mouse.move(900 - step * 16 * (stroke % 2 === 0 ? 1 : -1), 420 + step * 3);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  }
  return true;
}

async function zoom(page: Page): Promise<boolean> {
  await page.mouse.move(800, 420);
  for (const delta of [-300, -300, 300, 300, -300, 300]) {
    await page.mouse.wheel(0, delta);
    await page.waitForTimeout(500);
  }
  return true;
}

async function play(page: Page): Promise<boolean> {
  const button = page.getByRole('button', { name: /^play/i }).first();
  if ((await button.count()) === 0) return false;
  await button.click();
  await page.waitForTimeout(5_000);
  return true;
}

/** What axe finds, by page. */
async function shut(): Promise<void> {
  const { context, page } = await reader();
  await page.goto(base);
  console.log('\naxe: findings, serious or critical among them');
  for (const { name, reach } of VIEWS) {
    try {
      await reach(page);
    } catch {
      continue;
    }
    await page.evaluate(axe.source);
    const violations = await page.evaluate<{ id: string; impact: string }[]>(
      'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
    );
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    console.log(
      `  ${name.padEnd(28)} ${violations.length} ${serious.length}   ${violations.map(({ id }) => id).join(', ')}`,
    );
  }
  await context.close();
}

function row(name: string, figures: readonly number[], widths: readonly number[]): void {
  const cells = figures.map((figure, at) => figure.toFixed(figure < 100 ? 1 : 0).padStart(widths[at] ?? 10));
  console.log(`  ${name.padEnd(28)} ${cells.join('')}`);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
