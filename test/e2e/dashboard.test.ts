/** The dashboard as an analyst meets it: in, a corridor, its evidence, a report; a question narrowed, kept, copied and taken out. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
let analyst = '';

const headline = (page: Page): Locator => page.locator('[data-figure=headline]');
const settled = async (page: Page): Promise<void> => {
  await page.waitForTimeout(350);
  await page.locator('.ask-card .at-work').waitFor({ state: 'detached', timeout: 60_000 });
};

describe.skipIf(!HAS_BROWSER)('the dashboard, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    analyst = await desk.key('terai-watch', 'analyst');
  });
  afterAll(() => desk?.close());

  it('goes from the map to a corridor and to a report in two clicks, and asks nobody else', async () => {
    const { page, elsewhere, violations, broken } = await desk.enter('/', analyst);
    await page.waitForTimeout(1_500);
    await clickDrawn(page);
    expect(await page.locator('.sheet h2').textContent()).toContain('→');
    expect(Number(await page.locator('.sheet [data-figure=incidents]').textContent())).toBeGreaterThan(2);
    await page.locator('.sheet .list-item .grade').first().click();
    const report = page.locator('.sheet .part', { hasText: 'Report' });
    await report.waitFor();
    expect(await report.textContent()).toMatch(/[A-F], .*[1-6], .*TLP/s);
    // The second click can be gone back from, to the same place.
    await page.goBack();
    await page.locator('.sheet [data-figure=incidents]').waitFor();
    expect(elsewhere).toEqual([]);
    expect(violations).toEqual([]);
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it('keeps the key nowhere: a cookie that no script reads, and nothing in storage or address', async () => {
    const { page } = await desk.enter('/', analyst);
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ name: 'headwater', httpOnly: true, sameSite: 'Strict' }]);
    expect(cookies[0]?.value).toMatch(/^hws_/);
    const readable: string = await page.evaluate(
      'document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.documentElement.outerHTML + location.href',
    );
    expect(readable).not.toMatch(/hws?_[0-9a-z]{12}_/);
    await page.context().close();
  });

  it('narrows by a sentence, keeps the view when it is read again, and goes back', async () => {
    const { page } = await desk.enter('/', analyst);
    const all = await headline(page).textContent();
    await page.selectOption('[aria-label="Destination country"]', 'SAU');
    await settled(page);
    await page.locator('[data-figure=headline]', { hasNotText: all ?? '' }).waitFor();
    const narrowed = await headline(page).textContent();
    expect(page.url()).toContain('destination=SAU');
    await page.reload();
    await page.locator('[data-figure=headline]', { hasText: narrowed ?? '' }).waitFor();
    expect(await page.inputValue('[aria-label="Destination country"]')).toBe('SAU');
    await page.goBack();
    await page.locator('[data-figure=headline]', { hasText: all ?? '' }).waitFor();
    await page.context().close();
  });

  it('copies a query whose answer is what is displayed', async () => {
    const { page } = await desk.enter(
      '/#/map/corridors?source=NPL&destination=IND&from=2025-11&to=2026-10',
      analyst,
      {
        permissions: ['clipboard-read', 'clipboard-write'],
      },
    );
    await page.click('text=Table');
    await page.locator('.table-view tbody button').first().click();
    const shown = Number(await page.locator('.sheet [data-figure=incidents]').textContent());
    const name = await page.locator('.sheet h2').textContent();
    await page.click('.sheet >> text=Copy as GraphQL query');
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    const { corridors } = (await desk.ask(analyst, copied)) as {
      corridors: {
        totalCount: number;
        nodes: { name: string; support: { incidents: number }; howKnown: { sentence: string } }[];
      };
    };
    expect(`${corridors.totalCount} corridors`).toBe(await headline(page).textContent());
    // Of this corridor alone, with what it stands on.
    expect(corridors.nodes.map((one) => [one.name, one.support.incidents])).toEqual([[name, shown]]);
    await page.locator('.sheet', { hasText: corridors.nodes[0]?.howKnown.sentence ?? '-' }).waitFor();
    await page.context().close();
  });

  it('draws every layer, and lists it', async () => {
    const { page, broken, violations } = await desk.enter('/', analyst);
    await page.click('text=Table');
    for (const layer of ['roles', 'hotspots', 'clusters', 'density', 'crossings', 'incidents']) {
      await page.check(`input[name=layer][value=${layer}]`, { force: true });
      await settled(page);
      await page.locator('.table-view tbody tr').first().waitFor();
    }
    await page.check('input[name=layer][value=roles]', { force: true });
    await page.check('input[name=role][value=DESTINATION]', { force: true });
    await page.locator('.table-view th', { hasText: 'India' }).waitFor();
    expect(broken).toEqual([]);
    expect(violations).toEqual([]);
    await page.context().close();
  });

  it('narrows the time by dragging and with the keyboard', async () => {
    const { page } = await desk.enter('/', analyst);
    await page.locator('.ends input').first().waitFor();
    const bars = await page.locator('.bars').boundingBox();
    if (bars === null) throw new Error('there are no bars');
    await page.mouse.move(bars.x + bars.width * 0.3, bars.y + 10);
    await page.mouse.down();
    await page.mouse.move(bars.x + bars.width * 0.6, bars.y + 10);
    await page.mouse.up();
    expect(page.url()).toMatch(/from=\d{4}-\d\d&to=\d{4}-\d\d/);
    await page.click('text=All months');
    await page.focus('[aria-label="First month shown"]');
    for (let time = 0; time < 3; time += 1) await page.keyboard.press('ArrowRight');
    expect(page.url()).toMatch(/from=\d{4}-\d\d/);
    await settled(page);
    await page.click('text=All months');
    expect(page.url()).not.toContain('from=');
    await page.context().close();
  });

  it('takes a file for a purpose and a case, as the sentence narrows it', async () => {
    const { page } = await desk.enter('/#/map/corridors?destination=SAU', analyst);
    await page.click('summary:has-text("Export")');
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=Picture of the map'),
    ]);
    expect(readFileSync(await picture.path()).length).toBeGreaterThan(20_000);
    await page.selectOption('select[name=purpose]', 'investigation');
    await page.fill('input[name=case]', '2026-117');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Take the file')]);
    const csv = readFileSync(await file.path(), 'utf8');
    const { movements } = (await desk.ask(
      analyst,
      '{ movements(filter: { countries: [{ country: "SAU", role: DESTINATION }] }) { totalCount } }',
    )) as { movements: { totalCount: number } };
    expect(csv.trimEnd().split('\r\n')).toHaveLength(movements.totalCount + 1);
    await page.context().close();
  });

  it('says that it works, can be stopped, and says what to do where the hub is busy', async () => {
    const { page } = await desk.enter('/', analyst);
    let answer: 'late' | 'busy' | 'now' = 'late';
    await page.route('**/graphql', async (route) => {
      const isAsked = (route.request().postData() ?? '').includes('query RouteHotspots');
      if (!isAsked || answer === 'now') await route.continue();
      else if (answer === 'busy')
        await route.fulfill({
          status: 200,
          json: { errors: [{ message: 'busy', extensions: { code: 'BUSY' } }] },
        });
      // Never answered: whoever asked has to give up.
    });
    await page.check('input[name=layer][value=hotspots]', { force: true });
    await page.locator('.ask-card .at-work', { hasText: 'Working it out' }).waitFor();
    expect(await page.locator('.ask-card .at-work button').count()).toBe(0);
    await page.click('.ask-card .at-work >> text=Stop', { timeout: 10_000 });
    await page.locator('.ask-card .notice', { hasText: 'Stopped' }).waitFor();
    answer = 'busy';
    await page.click('.ask-card .notice button');
    await page.locator('.ask-card .notice', { hasText: 'The hub is busy' }).waitFor();
    answer = 'now';
    await page.click('.ask-card .notice button');
    await page.locator('[data-figure=headline]', { hasText: 'hotspot' }).waitFor();
    await page.context().close();
  });

  it('counts hotspots in cells as large as is chosen', async () => {
    const { page } = await desk.enter('/#/map/hotspots', analyst, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('.layer-card', { hasText: 'Cells of another size' }).waitFor();
    await page.selectOption('select[name=cells]', '3');
    await page.locator('[data-figure=headline]', { hasText: 'about 120 km across' }).waitFor();
    expect(page.url()).toContain('cells=3');
    await page.locator('text=Copy as GraphQL query').first().click();
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    const { routeHotspots } = (await desk.ask(analyst, copied)) as { routeHotspots: { hotspots: number } };
    expect(routeHotspots.hotspots).toBeGreaterThan(0);
    expect(await headline(page).textContent()).toContain(`${routeHotspots.hotspots} route hotspots`);
    await page.reload();
    await page.locator('[data-figure=headline]', { hasText: 'about 120 km across' }).waitFor();
    await page.selectOption('select[name=cells]', 'auto');
    await page.waitForURL(/cells=auto/);
    await page.locator('[data-figure=headline]', { hasText: 'km across' }).waitFor();
    // Whoever looks somewhere stays there when another layer is chosen.
    await page.goto(`${desk.base}/#/map/corridors?at=83.400,27.500,8.00`);
    await page.locator('[data-figure=headline]', { hasText: 'corridor' }).waitFor();
    await page.check('input[name=layer][value=hotspots]', { force: true });
    await page.locator('[data-figure=headline]', { hasText: 'hotspot' }).waitFor();
    await page.waitForTimeout(500);
    expect(page.url()).toContain('at=83.400,27.500,8.00');
    await page.context().close();
  });

  it('rings what opened and closed among the clusters of crossings, and lists it', async () => {
    const { page, broken } = await desk.enter('/#/map/clusters?from=2025-12&to=2026-10', analyst, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('[data-figure=headline]', { hasText: 'cluster' }).waitFor();
    await page.check('input[name=changes]');
    await page.locator('[data-figure=headline]', { hasText: 'change' }).waitFor();
    expect(page.url()).toContain('changes=yes');
    await page.locator('text=Copy as GraphQL query').first().click();
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    const { crossingChanges } = (await desk.ask(analyst, copied)) as {
      crossingChanges: { changes: { kind: string; name: string; isSignificant: boolean }[] };
    };
    // The road at Belahiya was closed with December 2025: eleven months of it, against the eleven before.
    expect(crossingChanges.changes).toContainEqual(
      expect.objectContaining({ kind: 'CLOSED', name: expect.stringContaining('Belahiya') as string }),
    );
    await page.click('.ask-card >> text=Table');
    const rows = await page.locator('.table-view tbody th').allTextContents();
    for (const { name } of crossingChanges.changes)
      expect(rows.some((row) => row.startsWith(`${name}: `))).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it('says why nothing is shown', async () => {
    const { page } = await desk.enter('/', analyst);
    // Too few to answer of: a refusal, in the words of the answer, and no figure beside it.
    await page.goto(`${desk.base}/#/map/corridors?from=2026-09&to=2026-09&mode=SEA`);
    await page.locator('.ask-card .notice', { hasText: 'Found 0 incidents, wanted 3 or more' }).waitFor();
    expect(await headline(page).textContent()).toBe('');
    // Asked of and empty.
    await page.check('input[name=layer][value=roles]', { force: true });
    await page.locator('.ask-card .notice', { hasText: 'Nothing to show' }).waitFor();
    await page.click('text=Ask of everything');
    await page.locator('.ask-card .notice').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('offers nobody what their role has not', async () => {
    const { page } = await desk.enter('/', await desk.key('terai-watch', 'dashboard'));
    await page.click('summary:has-text("Export")');
    expect(await page.locator('input[name=case]').count()).toBe(0);
    await page.click('text=Table');
    await page.locator('.table-view tbody button').first().click();
    await page.locator('.sheet .list-item').first().click();
    await page.locator('.sheet .part', { hasText: 'On the way' }).waitFor();
    // A dashboard sees no reports: there is no word of one.
    expect(await page.locator('.sheet').textContent()).not.toContain('Report');
    await page.focus('.sheet-close');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.context().close();
    const partner = await desk.visit('/');
    await partner.page.fill('#key', await desk.key('terai-watch', 'partner'));
    await partner.page.press('#key', 'Enter');
    await partner.page.locator('.notice', { hasText: 'nothing here for your role' }).waitFor();
    await partner.page.context().close();
  });

  it('says what is wrong with a key, and comes back to the view when a session has ended', async () => {
    const { page } = await desk.visit('/#/map/clusters');
    await page.fill('#key', 'nonsense');
    await page.press('#key', 'Enter');
    await page.locator('.said', { hasText: 'no key' }).waitFor();
    await page.fill('#key', `hw_000000000000_${'a'.repeat(32)}`);
    await page.press('#key', 'Enter');
    await page.locator('.said', { hasText: 'not known' }).waitFor();
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    await headline(page).waitFor();
    const then = desk.now;
    desk.now = new Date(then.getTime() + 31 * 60_000);
    await page.check('input[name=layer][value=hotspots]', { force: true });
    await page.locator('.said', { hasText: 'has ended' }).waitFor();
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    await page.locator('[data-figure=headline]', { hasText: 'hotspot' }).waitFor();
    desk.now = then;
    await page.click('text=Sign out');
    await page.locator('#key').waitFor();
    await page.reload();
    await page.locator('#key').waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('holds nothing that shuts somebody out, in %s', async (colorScheme) => {
    const door = await desk.visit('/', { colorScheme });
    await door.page.locator('#key').waitFor();
    expect(await seriousFindings(door.page)).toEqual([]);
    await door.page.context().close();
    const { page } = await desk.enter('/', analyst, { colorScheme });
    await page.locator('.bars').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.click('text=Table');
    await page.locator('.table-view tbody tr').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('.table-view tbody button').first().click();
    await page.locator('.sheet .list-item').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it.each([390, 1280])('is cut off nowhere at a width of %i', async (width) => {
    const door = await desk.visit('/', { viewport: { width, height: 800 } });
    await door.page.locator('#key').waitFor();
    await expectNothingPast(door.page);
    await door.page.context().close();
    const { page } = await desk.enter('/', analyst, { viewport: { width, height: 800 } });
    await expectNothingPast(page);
    await page.click('text=Table');
    await page.locator('.table-view tbody button').first().click();
    await page.locator('.sheet .list-item').first().waitFor();
    await expectNothingPast(page);
    await page.context().close();
  });
});

/** Goes over the map until something answers to the pointer, and clicks it. */
async function clickDrawn(page: Page): Promise<void> {
  for (let y = 180; y < 640; y += 12) {
    for (let x = 340; x < 1240; x += 24) {
      await page.mouse.move(x, y);
      if ((await page.locator('.tip').count()) === 0) continue;
      expect(await page.locator('.tip').textContent()).toMatch(/incidents from \d+ independent origin/);
      await page.mouse.click(x, y);
      await page.locator('.sheet h2').waitFor();
      return;
    }
  }
  throw new Error('nothing on the map answered to the pointer');
}

async function expectNothingPast(page: Page): Promise<void> {
  const past: unknown =
    await page.evaluate(`[...document.querySelectorAll('.bar > *, .card, .door-card *, .sheet *, .tools > *')]
    .filter((element) => element.getClientRects().length > 0 && !element.closest('.unseen, .layers, .table-view'))
    .filter((element) => element.getBoundingClientRect().left < -1 || element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 100))`);
  expect(past).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}
