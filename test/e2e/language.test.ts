/** The dashboard in Nepali, in a browser: chosen at the door, whole on every page, from this machine alone, and fetched by nobody who reads English. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGLISH } from '../../src/dashboard/words/english.ts';
import { NEPALI } from '../../src/dashboard/words/nepali.ts';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
let officer = '';

/** Places of the dashboard, and what is there once they are answered. */
const PLACES: readonly (readonly [address: string, there: string])[] = [
  ['map/corridors', '[data-figure=headline]:not(:empty)'],
  ['map/roles', '[data-figure=headline]:not(:empty)'],
  ['map/hotspots', '[data-figure=headline]:not(:empty)'],
  ['map/clusters', '[data-figure=headline]:not(:empty)'],
  ['map/closings', '.chooser [type=submit]'],
  ['countries?country=SAU', '.data-table'],
  ['changes', '[data-figure=headline]:not(:empty)'],
  ['recoveries', '[data-figure=headline]:not(:empty)'],
  ['stations', '.data-table'],
  ['cases', '.block .notice'],
  ['targets', '.section[data-answered=true] .table-scroll'],
  ['quality', '.data-table'],
  ['imports', '.data-table'],
  ['query', '.query-main'],
  ['officer/agreements', '.section[data-answered=true]'],
  ['officer/reviews', '.section[data-answered=true]'],
  ['officer/sharing', '.section[data-answered=true]'],
  ['officer/audit', '.section[data-answered=true]'],
  ['officer/accounts', '.section[data-answered=true]'],
  ['officer/keys', '.section[data-answered=true]'],
  ['officer/keeping', '.section[data-answered=true]'],
  ['officer/places', '.section[data-answered=true]'],
  ['map/corridors?a=2025-06,2025-11&b=2025-12,2026-05', '.swipe-card [data-figure]'],
];

/** Every text that is shown or read out, but what the hub says: marked as English, or in lists of its examples and descriptions. */
const TEXTS = `(() => {
  const texts = [];
  const look = (element) => {
    if (element.matches('[lang=en]:not(html), .docs, [data-list], pre, code, textarea')) return;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'])
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    for (const child of element.childNodes)
      if (child.nodeType === Node.TEXT_NODE) texts.push(child.data);
      else if (child.nodeType === Node.ELEMENT_NODE) look(child);
  };
  look(document.body);
  return [document.title, ...new Set(texts)].map((text) => text.trim()).filter((text) => text !== '');
})()`;

const lettersOf = (text: string): number => (text.replaceAll(/\{\w+\}/g, '').match(/[A-Za-z]/g) ?? []).length;

/**
 * English sentences as patterns: a count is a number, what stands in other slots may be anything. Those that are
 * little but slots, like “{shown} of {total}”, would be found in names that the hub gives.
 */
const SPOKEN = Object.entries(ENGLISH as Readonly<Record<string, string | Readonly<Record<string, string>>>>)
  .filter(
    ([key]) =>
      JSON.stringify(NEPALI[key as keyof typeof NEPALI]) !==
      JSON.stringify(ENGLISH[key as keyof typeof ENGLISH]),
  )
  .flatMap(([, entry]) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
  .filter((text) => lettersOf(text) >= (text.includes('{') ? 8 : 2))
  .map((text) => {
    const plain = text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
    return new RegExp(`^${plain.replaceAll('{count}', '[\\d.,]+').replaceAll(/\{\w+\}/g, '.+')}$`);
  });

/** Of a sentence in Nepali the hub's own words may be a part. */
const isEnglish = (text: string): boolean =>
  !/\p{Script=Devanagari}/u.test(text) && SPOKEN.some((one) => one.test(text));

async function open(page: Page, [address, there]: (typeof PLACES)[number]): Promise<void> {
  await page.goto(`${desk.base}/#/${address}`);
  await page.locator(there).first().waitFor({ state: 'attached', timeout: 60_000 });
  await page.waitForTimeout(400);
  await page
    .locator('.at-work, [aria-busy=true], .section[data-answered=false]')
    .first()
    .waitFor({ state: 'detached', timeout: 60_000 });
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
}

describe.skipIf(!HAS_BROWSER)('the dashboard in Nepali, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    officer = await desk.key('terai-watch', 'data_officer');
  });
  afterAll(() => desk?.close());

  it('is chosen at the door, kept on the device, and taken back', async () => {
    const { page } = await desk.visit('/', { locale: 'en-GB' });
    const fetched: string[] = [];
    page.on('request', (request) => void fetched.push(request.url()));
    await page.reload();
    await page.locator('#key').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    // Whoever reads English fetches neither its words nor its letters.
    expect(fetched.filter((url) => /nepali|devanagari/.test(url))).toEqual([]);
    await page.selectOption('select[name=language]', 'ne');
    await page.locator('label', { hasText: NEPALI['signIn.key'] }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('ne');
    expect(await page.evaluate('document.activeElement.name')).toBe('language');
    expect(await page.title()).toBe(`${NEPALI['signIn.title']} · Headwater`);
    await expect
      .poll(() => fetched.filter((url) => /devanagari.*woff2/.test(url)).length, { timeout: 60_000 })
      .toBe(1);
    expect(await page.evaluate('JSON.stringify(localStorage)')).toContain('"headwater.language":"ne"');
    await page.reload();
    await page.locator('label', { hasText: NEPALI['signIn.key'] }).waitFor();
    await page.selectOption('select[name=language]', 'en');
    await page.locator('label', { hasText: ENGLISH['signIn.key'] }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.context().close();
  });

  it.each([1280, 390])(
    'is what a browser that asks for it gets: every page, in its digits, nothing cut off, at a width of %i',
    async (width) => {
      const { page, elsewhere, violations, broken } = await desk.enter('/', officer, {
        locale: 'ne-NP',
        viewport: { width, height: 800 },
      });
      expect(await page.evaluate('document.documentElement.lang')).toBe('ne');
      expect(await page.locator('[data-figure=headline]').textContent()).toMatch(/^[०-९]+ वटा कोरिडोर$/);
      await page.evaluate('document.fonts.ready');
      expect(await page.evaluate(`document.fonts.check('16px "Devanagari of the hub"', 'नेपाल')`)).toBe(true);
      for (const place of PLACES) {
        await open(page, place);
        const texts = await page.evaluate<string[]>(TEXTS);
        expect({ place, english: texts.filter((text) => isEnglish(text)) }).toEqual({
          place,
          english: [],
        });
        // A number by itself, a share, a month: none of them in other digits. Grades, ids and codes are no numbers.
        expect({ place, latin: texts.filter((text) => /^[\d.,%×–\s]*\d[\d.,%×–\s]*$/.test(text)) }).toEqual({
          place,
          latin: [],
        });
        expect({ place, found: await seriousFindings(page) }).toEqual({ place, found: [] });
        expect({
          place,
          fits: await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        }).toEqual({
          place,
          fits: true,
        });
      }
      expect([elsewhere, violations, broken]).toEqual([[], [], []]);
      await page.context().close();
    },
  );

  it('says a corridor, its evidence and a movement, and stays where the reader is when it is chosen', async () => {
    const { page } = await desk.enter('/#/map/corridors?destination=IND', officer, { locale: 'en-GB' });
    await page.click('text=Table');
    await page.locator('.table-view tbody button').first().click();
    const english = await page.locator('.sheet [data-figure=incidents]').textContent();
    await page.selectOption('select[name=language]', 'ne');
    const nepali = page.locator('.sheet [data-figure=incidents]', { hasText: /[०-९]/ });
    await nepali.waitFor({ timeout: 60_000 });
    expect(await nepali.textContent()).toBe(
      (english ?? '').replaceAll(/\d/g, (digit) => String.fromCharCode(0x0966 + Number(digit))),
    );
    expect(page.url()).toContain('destination=IND');
    // The sentence has its own order: from when, before from where.
    const asked = (await page.locator('.sentence p').textContent()) ?? '';
    expect(asked.indexOf(NEPALI['filter.now'])).toBeLessThan(asked.indexOf('भारत'));
    await page.locator('.sheet .list-item .grade').first().click();
    await page.locator('.sheet h2', { hasText: NEPALI['movement.title'] }).waitFor();
    await page.locator('.sheet dt', { hasText: NEPALI['movement.reliability'] }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('goes on to the pages of the hub beside it', async () => {
    for (const [address, heading] of [
      ['/auth/', 'h1'],
      ['/graphiql', '#examples summary'],
    ] as const) {
      const { page, elsewhere, violations } = await desk.visit(address, {
        locale: 'ne-NP',
        viewport: { width: 390, height: 800 },
      });
      await page.locator(heading, { hasText: /\p{Script=Devanagari}/u }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe('ne');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect([elsewhere, violations]).toEqual([[], []]);
      await page.context().close();
    }
  });
});
