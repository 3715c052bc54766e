/** What the document for partner developers says, done as it says: a map on another site, QGIS, and programs, each against a hub. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishEpoch } from '../../src/serving/views/publish-epoch.service.ts';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';
import { HAS_QGIS } from '../support/features.ts';
import { examplesFor, type PartnerSite, servePartnerSite } from '../support/partner-site.ts';
import { answer, viewerFor } from '../support/test-hub.ts';

const run = promisify(execFile);
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
const VIEW = 'corridors-of-the-year';

interface Told {
  readonly at: { readonly epoch: number };
  readonly notice: string;
  readonly features: readonly {
    readonly id: string;
    readonly persons: { readonly least: number };
    readonly geometry: { readonly coordinates: readonly (readonly [number, number])[] };
  }[];
}

let desk: BrowserDesk;
let site: PartnerSite;
let stranger: PartnerSite;
let partner = '';
let folder = '';

const told = async (view = VIEW): Promise<Told> => {
  const response = await fetch(`${desk.base}/views/${view}`, {
    headers: { authorization: `Bearer ${partner}` },
  });
  return (await response.json()) as Told;
};

describe.skipIf(!HAS_BROWSER)('a partner developer', () => {
  beforeAll(async () => {
    site = await servePartnerSite(() => desk.base);
    stranger = await servePartnerSite(() => desk.base);
    desk = await BrowserDesk.open([site.origin]);
    partner = await desk.key('harbour-lamp', 'partner');
    folder = mkdtempSync(path.join(tmpdir(), 'headwater-partner-'));
  });
  afterAll(async () => {
    await desk?.close();
    await site?.close();
    await stranger?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function shown(origin: string): Promise<Awaited<ReturnType<BrowserDesk['visit']>>> {
    const visit = await desk.visit(`${origin}/`, { viewport: { width: 1_100, height: 760 } });
    await visit.page.fill('#key', partner);
    await visit.page.press('#key', 'Enter');
    await visit.page.locator('#state:not(:empty)').waitFor();
    return visit;
  }

  it('draws the corridors of a view in a page of another site, with what has to stay beside them', async () => {
    const { page, elsewhere, violations, broken } = await shown(site.origin);
    const { features, notice, at } = await told();
    expect(features.length).toBeGreaterThan(1);
    const listed = await page.locator('#list li').allTextContents();
    expect(listed).toHaveLength(features.length);
    for (const [index, { persons }] of features.entries())
      expect(listed[index]).toContain(`${persons.least} `);
    expect(await page.textContent('#notice')).toBe(notice);
    expect(await page.textContent('#state')).toContain(`epoch ${at.epoch}`);
    expect(await page.locator('#legend li').count()).toBe(4);
    await page.locator('.maplibregl-ctrl-attrib', { hasText: 'GeoNames' }).waitFor();
    expect(await page.textContent('.maplibregl-ctrl-attrib')).toContain('Natural Earth');
    expect(await openDrawn(page, features[1]!)).toBe(listed[1]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(violations).toEqual([]);
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it('asks with the tag of what is shown, and takes off the map what is not available any more', async () => {
    const { page } = await shown(site.origin);
    const asked: number[] = [];
    page.on('response', (response) => {
      if (response.url().includes('.geojson') && response.request().method() === 'GET')
        asked.push(response.status());
    });
    await page.clock.install();
    await page.reload();
    await page.fill('#key', partner);
    await page.press('#key', 'Enter');
    await page.locator('#state:not(:empty)').waitFor();
    await page.clock.runFor(86_400_000);
    await expect.poll(() => asked, { timeout: 60_000 }).toEqual([200, 304]);
    await page.route('**/views/*.geojson', (route) =>
      route.fulfill({ status: 404, json: { errors: [] }, headers: { 'access-control-allow-origin': '*' } }),
    );
    await page.clock.runFor(86_400_000);
    await page.locator('#state', { hasText: 'not available' }).waitFor();
    expect(await page.locator('#list li').count()).toBe(0);
    expect(await page.textContent('#notice')).toBe('');
    await page.context().close();
  });

  it('is told nothing on a site that the hub does not name, nor with a key that is none', async () => {
    const { page } = await shown(stranger.origin);
    expect(await page.textContent('#state')).toContain('HEADWATER_CORS_ORIGINS');
    expect(await page.locator('#list li').count()).toBe(0);
    await page.context().close();
    const visit = await desk.visit(`${site.origin}/`);
    await visit.page.fill('#key', 'hw_nonsense');
    await visit.page.press('#key', 'Enter');
    await visit.page.locator('#state', { hasText: 'a valid key' }).waitFor();
    expect(await visit.page.locator('canvas').count()).toBe(0);
    await visit.page.context().close();
  });

  it.skipIf(!HAS_QGIS)('reads the same in QGIS, over the ground of the hub', async () => {
    const [program, picture] = [path.join(folder, 'corridors.py'), path.join(folder, 'corridors.png')];
    writeFileSync(program, examplesFor(desk.base).get('corridors.py') ?? '');
    const env = {
      ...process.env,
      HEADWATER_KEY: partner,
      QT_QPA_PLATFORM: 'offscreen',
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
    };
    const { stdout } = await run('/usr/bin/python3', [program, picture], { env });
    const { features, notice } = await told();
    const lines = stdout.split('\n').filter((line) => line.includes('\t'));
    expect(lines.map((line) => line.split('\t')[0]).toSorted()).toEqual(
      features.map(({ id }) => id).toSorted(),
    );
    expect(stdout).toContain(notice);
    const inks = inksOf(readFileSync(picture));
    // Water is what is left out, land what the tiles bring, and the lines are drawn in the colour of their trend.
    expect(inks.get('#dfe8ec') ?? 0).toBeGreaterThan(10_000);
    expect([...inks.values()].filter((pixels) => pixels > 10_000).length).toBeGreaterThan(1);
    expect(inks.get('#8a6d1f') ?? 0).toBeGreaterThan(50);
  });

  it('asks in GraphQL what an app shows at its start', async () => {
    const lines = await program('ask.mjs');
    const { features, notice } = await told();
    expect(lines).toHaveLength(features.length + 1);
    expect(lines.at(-1)).toBe(notice);
  });

  const VIEWS = [VIEW, 'flows-of-the-year'] as const;
  const follow = (view: string) => program('follow.mjs', fileOf(view), view);

  it('follows a view: all of it once, then nothing while nothing new is told', async () => {
    for (const view of VIEWS) {
      const all = (await told(view)).features.length;
      expect(await follow(view)).toEqual([`epoch 1: ${all} new or other, 0 gone, ${all} in all`]);
      expect(await follow(view)).toEqual([`epoch 1: 0 new or other, 0 gone, ${all} in all`]);
      expect(await follow(view)).toEqual(['nothing new since epoch 1']);
    }
    // What nobody but its reader is to find.
    expect(statSync(fileOf(VIEW)).mode & 0o077).toBe(0);
  });

  it('follows a view over an epoch by what changed, and ends where a whole reading would', async () => {
    const { database, atlas, imports } = desk.hub;
    const now = (): Date => new Date('2027-04-05T00:00:00Z');
    expect((await publishEpoch({ database, atlas, ids: imports.ids, now }))?.epoch).toBe(2);
    const lines: string[] = [];
    for (const view of VIEWS) {
      lines.push(...(await follow(view)));
      expect(keptOf(view)).toEqual((await told(view)).features.toSorted(byId));
    }
    expect(lines.join('\n')).toMatch(/epoch 2: [1-9]\d* new or other/);
    expect(lines.join('\n')).toMatch(/[1-9]\d* gone/);
    // An epoch that is none of the view's is no reason to stop: it begins anew.
    writeFileSync(fileOf(VIEW), JSON.stringify({ epoch: 77, etag: null, features: { old: { id: 'old' } } }));
    expect((await follow(VIEW))[0]).toMatch(/^epoch 2: /);
    expect(keptOf(VIEW)).toEqual((await told()).features.toSorted(byId));
  });

  it('keeps nothing of a view that was taken back', async () => {
    await takeBack();
    expect(await follow(VIEW)).toEqual(['not available: everything of it is taken out']);
    expect(existsSync(fileOf(VIEW))).toBe(false);
  });

  const fileOf = (view: string): string => path.join(folder, `${view}.json`);

  function keptOf(view: string): readonly { readonly id: string }[] {
    const { features } = JSON.parse(readFileSync(fileOf(view), 'utf8')) as {
      features: Record<string, { id: string }>;
    };
    return Object.values(features).toSorted(byId);
  }

  /** What it says, line by line. */
  async function program(name: string, argument = '', view = VIEW): Promise<readonly string[]> {
    const file = path.join(folder, name);
    writeFileSync(file, (examplesFor(desk.base).get(name) ?? '').replaceAll(VIEW, view));
    const { stdout } = await run(process.execPath, [file, argument].filter(Boolean), {
      env: { ...process.env, HEADWATER_KEY: partner },
    });
    return stdout.trimEnd().split('\n');
  }

  /** Every officer who approved the view takes the approval back. */
  async function takeBack(): Promise<void> {
    for (const slug of ['lantern-line', 'terai-watch', 'rain-gate', 'delta-lights', 'harbour-lamp']) {
      const officer = await viewerFor(desk.hub, slug, 'data_officer');
      const { sharedViewProposals } = await answer<{
        sharedViewProposals: readonly { id: string; version: number; name: string }[];
      }>(desk.hub, officer, '{ sharedViewProposals { id version name } }');
      const { id, version } = sharedViewProposals.find(({ name }) => name === VIEW) ?? { id: '', version: 0 };
      await answer(
        desk.hub,
        officer,
        `mutation ($id: String!, $version: Int!, $key: String!) {
          revokeSharedViewApproval(id: $id, version: $version, idempotencyKey: $key) { __typename } }`,
        { id, version, key: `take-back-${slug}` },
      );
    }
  }
});

/** Clicks on a line where a map of its own centre and zoom has it, as soon as it is drawn, and gives what the popup says. */
async function openDrawn(page: Page, { geometry }: Told['features'][number]): Promise<string> {
  const box = await page.locator('#map').boundingBox();
  const [from, to] = geometry.coordinates;
  if (box === null || from === undefined || to === undefined) throw new Error('there is no map, or no line');
  const [centre, ...ends] = [START, from, to].map(inPixels);
  const x = box.x + box.width / 2 + (ends[0]!.x + ends[1]!.x) / 2 - centre!.x;
  const y = box.y + box.height / 2 + (ends[0]!.y + ends[1]!.y) / 2 - centre!.y;
  const popup = page.locator('.maplibregl-popup-content');
  await expect
    .poll(
      async () => {
        await page.mouse.click(x, y);
        return popup.count();
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
  return (await popup.textContent())?.replace(/×$/, '') ?? '';
}

/** As the page says them to MapLibre. */
const START = [80, 24] as const;
const WORLD_PX = 512 * 2 ** 3;

function inPixels([longitude, latitude]: readonly [number, number]): {
  readonly x: number;
  readonly y: number;
} {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return {
    x: (longitude / 360 + 0.5) * WORLD_PX,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD_PX,
  };
}

/** How many pixels a picture has of each colour. */
function inksOf(png: Buffer): ReadonlyMap<string, number> {
  const { data } = PNG.sync.read(png);
  const inks = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const ink = `#${data.subarray(at, at + 3).toString('hex')}`;
    inks.set(ink, (inks.get(ink) ?? 0) + 1);
  }
  return inks;
}
