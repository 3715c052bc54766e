/** What followed a closing, in a browser: chosen, decided with its numbers, drawn, listed, and refused where it must be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
let analyst = '';

describe.skipIf(!HAS_BROWSER)('after a closing, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    analyst = await desk.key('terai-watch', 'analyst');
  });
  afterAll(() => desk?.close());

  it('decides with the numbers of the answer that the copied query gives', async () => {
    const { page, elsewhere, violations, broken } = await desk.enter('/#/map/closings', analyst, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('.time-mark[aria-label*="crossing closed: Belahiya"]').waitFor();
    await page.selectOption('select[name=closing]', { index: 1 });
    await page.click('.chooser [type=submit]');
    await page.locator('[data-figure=finding]', { hasText: 'Displacement' }).waitFor({ timeout: 60_000 });
    expect(page.url()).toMatch(/closing=[\w-]{36}/);
    await page.click('.sheet >> text=Copy as GraphQL query');
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    const { displacement } = (await desk.ask(analyst, copied)) as {
      displacement: {
        finding: string;
        zones: { zone: string; before: number; after: number }[];
        crossings: unknown[];
      };
    };
    expect(displacement.finding).toBe('DISPLACEMENT');
    const listed = await page.locator('.sheet .data-table').first().locator('tbody tr').allTextContents();
    for (const { before, after } of displacement.zones)
      expect(listed.some((row) => row.includes(`${before}${after}`))).toBe(true);
    expect(await page.locator('.sheet .list-item').count()).toBe(displacement.crossings.length);
    expect(await seriousFindings(page)).toEqual([]);
    // Every row that is drawn is listed too.
    await page.click('.ask-card >> text=Table');
    expect(await page.locator('.table-view tbody tr').count()).toBe(displacement.crossings.length);
    await page.reload();
    await page.locator('[data-figure=finding]', { hasText: 'Displacement' }).waitFor({ timeout: 60_000 });
    expect([elsewhere, violations, broken]).toEqual([[], [], []]);
    await page.context().close();
  });

  it('says why it decides nothing where watching changed', async () => {
    const other = await desk.key('lantern-line', 'analyst');
    const { page } = await desk.enter('/#/map/closings', other);
    // What another organisation recorded is not offered.
    expect(await page.locator('.time-mark[aria-label*=Belahiya]').count()).toBe(0);
    const jaleshwar = page.locator('select[name=closing] option', { hasText: 'Jaleshwar' });
    await page.selectOption('select[name=closing]', (await jaleshwar.getAttribute('value')) ?? '');
    await page.fill('input[name=on]', '2026-04-01');
    await page.click('.chooser [type=submit]');
    await page.locator('.sheet .notice', { hasText: 'effort changed' }).waitFor({ timeout: 60_000 });
    expect(await page.locator('[data-figure=finding]').count()).toBe(0);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('shuts nobody out on a phone, in %s', async (colorScheme) => {
    const { page } = await desk.enter('/#/map/closings', analyst, {
      colorScheme,
      viewport: { width: 390, height: 800 },
    });
    await page.selectOption('select[name=closing]', { index: 1 });
    await page.click('.chooser [type=submit]');
    await page.locator('[data-figure=finding]').waitFor({ timeout: 60_000 });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });
});
