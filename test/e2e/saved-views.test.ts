/** Somebody keeps what they look at under a name, a colleague opens it with a sight of their own, and another organisation never hears of it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
const NAME = 'Nepal to India';

describe.skipIf(!HAS_BROWSER)('saved views, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
  });
  afterAll(() => desk?.close());

  it('are saved, shared, opened by a colleague, renamed and removed', async () => {
    const ours = await desk.enter(
      '/#/map/roles?source=NPL&role=TRANSIT',
      await desk.key('terai-watch', 'analyst'),
    );
    const { page } = ours;
    await page.waitForURL(/at=/);
    const address = new URL(page.url()).hash;
    await list(page);
    await act(page, 'Save this view', async () => {
      await page.fill('dialog [name=name]', NAME);
      await page.check('dialog [name=shared]');
    });
    const mine = page.locator('[data-list=mine] li');
    await mine.locator('small', { hasText: 'shared with your organisation' }).waitFor();
    expect(await mine.locator('a').getAttribute('href')).toBe(address);
    expect(await seriousFindings(page)).toEqual([]);
    // On a page that has no view the list is there all the same.
    await page.click('dialog >> text=Close');
    await page.goto(`${desk.base}/#/imports`);
    await list(page);
    await page.locator('dialog', { hasText: 'This page has no view' }).waitFor();
    await page.click('dialog >> text=Close');

    const theirs = await desk.enter('/', await desk.key('terai-watch', 'dashboard'));
    await list(theirs.page);
    await theirs.page.locator('dialog', { hasText: 'opens views that colleagues share' }).waitFor();
    const shown = theirs.page.locator('[data-list=theirs] li');
    await shown.first().waitFor();
    expect(await shown.count()).toBe(1);
    expect(await shown.locator('button').count()).toBe(0);
    await shown.locator('a').click();
    await theirs.page.locator('dialog').waitFor({ state: 'detached' });
    expect(new URL(theirs.page.url()).hash).toBe(address);
    await theirs.page.locator('[data-figure=headline]:not(:empty)').waitFor();

    const others = await desk.enter('/', await desk.key('delta-lights', 'data_officer'));
    await list(others.page);
    await others.page.locator('dialog', { hasText: 'Nobody shares one with you' }).waitFor();
    await others.page.locator('dialog', { hasText: 'You have saved none' }).waitFor();

    await list(page);
    await act(page, 'Rename', () => page.fill('dialog dialog [name=name]', 'By transit'));
    await mine.locator('a', { hasText: 'By transit' }).waitFor();
    await act(page, 'Remove');
    await page.locator('dialog', { hasText: 'You have saved none' }).waitFor();
    for (const { violations, broken, elsewhere } of [ours, theirs, others])
      expect({ violations, broken, elsewhere }).toEqual({ violations: [], broken: [], elsewhere: [] });
    for (const visit of [ours, theirs, others]) await visit.page.context().close();
  });

  it('are refused under a name that could be a number of somebody, in the words of the hub', async () => {
    const { page } = await desk.enter('/', await desk.key('rain-gate', 'field'));
    await list(page);
    await page.click('dialog >> text=Save this view');
    await page.fill('dialog [name=name]', 'Maya 9851012345');
    await page.locator('dialog [data-act=confirm]').click();
    await page.locator('dialog .said', { hasText: 'which name nobody' }).waitFor();
    await page.context().close();
  });

  it('of every page that has them come back as they were', async () => {
    const { page } = await desk.enter('/', await desk.key('terai-watch', 'investigator'));
    const looked = [
      '#/countries?country=NPL&from=2025-01',
      '#/changes?a=2024-07,2024-12&b=2025-01,2025-06&by=MODE',
      '#/stations?from=2025-01&to=2025-06',
    ];
    for (const hash of looked) {
      await page.goto(`${desk.base}/${hash}`);
      await list(page);
      await act(page, 'Save this view', () => page.fill('dialog [name=name]', hash.slice(2, 8)));
      await page.locator(`[data-list=mine] a[href="${hash}"][aria-current=page]`).waitFor();
      await page.click('dialog >> text=Close');
    }
    for (const hash of looked) {
      await page.goto(`${desk.base}/#/map`);
      await list(page);
      await page.click(`[data-list=mine] a[href="${hash}"]`);
      await page.waitForURL(`${desk.base}/${hash}`);
    }
    await page.context().close();
  });
});

async function list(page: Page): Promise<void> {
  await page.click('.bar >> text=Views');
  await page.locator('dialog', { hasText: 'Saved views' }).waitFor();
}

async function act(
  page: Page,
  word: string,
  fill: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  await page.click(`dialog >> text="${word}"`);
  await fill();
  await page.locator('dialog [data-act=confirm]').click();
  await page.locator('dialog [data-act=confirm]').waitFor({ state: 'detached' });
}
