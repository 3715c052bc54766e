/** What the dashboard looks like, as pictures that docs/dashboard.md shows. `BLESS=1 npx vitest run test/e2e/pictures.test.ts` takes them anew. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER } from '../support/browser.ts';
import { differenceOf, packed } from '../support/picture.ts';
import { TEST_NOW } from '../support/test-hub.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const BLESS = process.env.BLESS === '1';
/** Pictures were taken with these letters: with others everything stands elsewhere. Debian: fonts-dejavu-core. */
const HAS_FONT = /DejaVu Sans/.test(String(spawnSync('fc-match', ['system-ui']).stdout ?? ''));

/** What differs by nobody's doing: ids are drawn anew with each demo. */
const MOVES = '.as-id, .detail code, [data-moves], .maplibregl-ctrl-attrib';

const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  map: (page) => go(page, 'map/corridors?at=82.000,24.000,4.20', '.bars'),
  corridor: async (page) => {
    await go(page, 'map/corridors?at=82.000,24.000,4.20', '.bars');
    await page.click('text=Table');
    await page.locator('.table-view tbody button').first().click();
    await page.locator('.sheet .list-item').first().waitFor();
  },
  countries: (page) => go(page, 'countries', '.flow-node'),
  stations: (page) => go(page, 'stations', '.block tbody tr'),
  targets: (page) => go(page, 'targets', '.section[data-answered=true] .table-scroll'),
  agreement: async (page) => {
    await go(page, 'officer/agreements', '.table-scroll .link');
    await page.click('.table-scroll >> text=Terai corridor');
    await page.locator('.preview details').first().waitFor();
    await page
      .locator('.preview')
      .first()
      .evaluate('(preview) => preview.scrollIntoView({ block: "center" })');
  },
};

let desk: BrowserDesk;
let officer = '';

describe.skipIf(!HAS_BROWSER || !HAS_FONT)('the dashboard looks as in its document', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    officer = await desk.key('terai-watch', 'data_officer');
  });
  afterAll(() => desk?.close());

  for (const [colorScheme, light] of [
    ['light', 'day'],
    ['dark', 'night'],
  ] as const)
    for (const width of [1280, 390])
      it.each(Object.entries(STATES))(`%s, by ${light}, at a width of ${width}`, async (state, reach) => {
        const { page } = await desk.enter('/', officer, {
          viewport: { width, height: 800 },
          colorScheme,
          reducedMotion: 'reduce',
        });
        await page.clock.setFixedTime(TEST_NOW);
        await reach(page);
        const now = await still(page);
        await page.context().close();
        compare(`${state}-${light}-${width}`, now);
      });
});

async function go(page: Page, to: string, until: string): Promise<void> {
  await page.goto(`${desk.base}/#/${to}`);
  await page.locator(until).first().waitFor();
}

/** Once nothing asks and nothing moves any more. */
async function still(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  // A request that was ended while a page was left may be counted as going on for ever: then stillness alone decides, and the picture is compared all the same.
  await page.waitForLoadState('networkidle').catch(() => undefined);
  let last: Buffer | null = null;
  for (;;) {
    await page.waitForTimeout(700);
    const taken = await page.screenshot({
      animations: 'disabled',
      caret: 'hide',
      mask: [page.locator(MOVES)],
      maskColor: '#808080',
      timeout: 0,
    });
    const isBusy = (await page.locator('.at-work, [aria-busy=true]').count()) > 0;
    if (!isBusy && last?.equals(taken)) return taken;
    last = taken;
  }
}

/** At most so many of a thousand squares may differ: between what letters without hinting make (0.8) and three buttons that are missing (1.9). ADR 62. */
const MOST_PER_MILLE = 1.5;

function compare(name: string, now: Buffer): void {
  const file = new URL(`${name}.png`, FOLDER);
  if (BLESS) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, packed(now));
  }
  const perMille = differenceOf(readFileSync(file), now) * 1_000;
  if (perMille <= MOST_PER_MILLE) return;
  const seen = path.join(mkdtempSync(path.join(tmpdir(), 'headwater-picture-')), `${name}.png`);
  writeFileSync(seen, now);
  expect.fail(
    `${name}: ${perMille.toFixed(1)} of 1,000 squares differ, wanted ${MOST_PER_MILLE} at most; what is seen now: ${seen}; if it is meant: npm run bless:pictures`,
  );
}

describe('a comparison of pictures', () => {
  const drawn = (paint: (x: number, y: number) => readonly [number, number, number]): Buffer => {
    const png = new PNG({ width: 400, height: 200 });
    for (let y = 0; y < 200; y += 1)
      for (let x = 0; x < 400; x += 1) png.data.set([...paint(x, y), 255], (y * 400 + x) * 4);
    return PNG.sync.write(png);
  };
  /** Lines as letters are: dark strokes of a pixel on paper. */
  const strokes = (shift: number, smooth: number) =>
    drawn((x, y) => {
      if (x < 40 || x > 340 || y % 20 < 4 || y % 20 > 13) return [250, 250, 248];
      const ink = (x + shift) % 5 < 1 ? 30 : (x + shift) % 5 < 2 ? 30 + smooth : 250;
      return [ink, ink, ink];
    });

  it('takes no other smoothing of letters for a difference', () => {
    expect(differenceOf(strokes(0, 180), strokes(0, 210))).toBeLessThan(MOST_PER_MILLE / 1_000);
  });

  it('sees a panel that is missing, a colour that is another, and letters that are gone', () => {
    const page = (panel: readonly [number, number, number]): Buffer =>
      drawn((x, y) => (x > 300 && y > 150 ? panel : [250, 250, 248]));
    const paper = page([250, 250, 248]);
    for (const panel of [
      [20, 60, 90],
      [225, 220, 205],
    ] as const)
      expect(differenceOf(paper, page(panel))).toBeGreaterThan(MOST_PER_MILLE / 1_000);
    expect(differenceOf(strokes(0, 180), paper)).toBeGreaterThan(0.1);
    expect(differenceOf(paper, drawn(() => [0, 0, 0]).subarray(0))).toBe(1);
  });

  it('is of the picture and not of its file: a packed one is the same', () => {
    const picture = strokes(0, 180);
    expect(packed(picture).length).toBeLessThan(picture.length);
    expect(differenceOf(packed(picture), picture)).toBe(0);
  });
});
