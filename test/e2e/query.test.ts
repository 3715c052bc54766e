/** Asking in a browser: an example and its places on the map, texts that are kept, and GraphiQL with the same session. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleQueries } from '../../src/http/pages.ts';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

/** Neither the window nor the page in it scrolls sideways. */
const FITS = `document.documentElement.scrollWidth <= innerWidth &&
  document.querySelector('.page').scrollWidth <= document.querySelector('.page').clientWidth`;

let desk: BrowserDesk;
let analyst = '';

describe.skipIf(!HAS_BROWSER)('the query page, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    analyst = await desk.key('terai-watch', 'analyst');
  });
  afterAll(() => desk?.close());

  it('asks an example, and shows on the map what of the answer has a place', async () => {
    const { page, violations, broken, elsewhere } = await enter();
    const examples = exampleQueries();
    expect(await page.locator('[data-list=examples] li').count()).toBe(examples.length);
    await page.click('[data-list=examples] button >> nth=0');
    await page.press('#query-text', 'Control+Enter');
    await page.locator('[data-figure=places]').waitFor({ timeout: 60_000 });
    const { corridors } = (await desk.ask(analyst, examples[0]?.query ?? '')) as {
      corridors: { nodes: { name: string }[] };
    };
    expect(await page.locator('[data-figure=places]').textContent()).toBe(
      `${corridors.nodes.length} places in the answer`,
    );
    expect(await page.locator('.answer-places tbody th').allTextContents()).toEqual(
      corridors.nodes.map(({ name }) => name),
    );
    expect(await page.locator('.answer-text').textContent()).toContain('"totalCount"');
    await pointAtDrawn(
      page,
      corridors.nodes.map(({ name }) => name),
    );
    expect({ violations, broken, elsewhere }).toEqual({ violations: [], broken: [], elsewhere: [] });
    await page.context().close();
  });

  it('draws positions and cells under whatever name they are asked', async () => {
    const { page, violations } = await enter();
    await page.fill(
      '#query-text',
      '{ crossings(first: 4) { nodes { id at: position { longitude latitude } } } }',
    );
    await page.press('#query-text', 'Control+Enter');
    await page.locator('[data-figure=places]', { hasText: '4 places' }).waitFor();
    await page.fill(
      '#query-text',
      'query ($n: Int!) { movements(first: $n) { nodes { id waypoints { hexagon: cell } } } }',
    );
    await page.click('summary:has-text("Variables")');
    await page.fill('details textarea', '{ "n": 3 }');
    await page.press('details textarea', 'Control+Enter');
    await page.locator('.answer-places td', { hasText: 'cell' }).first().waitFor();
    await page.fill('#query-text', '{ me { role } }');
    await page.press('#query-text', 'Control+Enter');
    await page.locator('text=Nothing in this answer has a place').waitFor();
    expect(violations).toEqual([]);
    await page.context().close();
  });

  it('says what is wrong as the hub says it, and changes nothing', async () => {
    const { page } = await enter();
    await page.fill('#query-text', '{ movements { nodes { nme } } }');
    await page.press('#query-text', 'Control+Enter');
    await page.locator('.notice', { hasText: 'nme' }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.postData() ?? ''));
    await page.fill('#query-text', '# only a look\nmutation { acknowledgeNotices(ids: []) }');
    await page.press('#query-text', 'Control+Enter');
    await page.locator('.said', { hasText: 'only asks' }).waitFor();
    expect(asked.filter((text) => text.includes('acknowledgeNotices'))).toEqual([]);
    await page.context().close();
  });

  it('keeps texts of queries in this browser until they are forgotten, and never an answer', async () => {
    const { page } = await enter();
    const query = '{ crossings(first: 2) { nodes { id position { longitude latitude } } } }';
    await page.fill('#query-text', query);
    await page.press('#query-text', 'Control+Enter');
    await page.locator('[data-figure=places]').waitFor();
    const id = (await page.locator('.answer-places tbody th').first().textContent()) ?? '';
    await page.fill('#save-name', 'Two crossings');
    await page.press('#save-name', 'Enter');
    await page.locator('[data-list=saved] li', { hasText: 'Two crossings' }).waitFor();
    const kept: string = await page.evaluate('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)');
    expect(kept).toContain('crossings(first: 2)');
    expect(kept).not.toContain(id);
    await page.reload();
    await page.fill('#query-text', '');
    await page.click('[data-list=saved] .list-item');
    expect(await page.inputValue('#query-text')).toBe(query);
    await page.click('[aria-label="Forget Two crossings"]');
    expect(await page.evaluate('localStorage.getItem("headwater.queries")')).toBe('[]');
    // What was being written goes with whoever wrote it.
    await page.click('text=Sign out');
    await page.locator('#key').waitFor();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain('crossings');
    await page.context().close();
  });

  it('tells what can be asked, from the published schema', async () => {
    const { page } = await enter();
    await page.click('summary:has-text("Schema")');
    await page.fill('#docs-find', 'corridors');
    await page.locator('.docs dt', { hasText: 'corridors' }).waitFor();
    await page.click('.docs dt .link >> nth=0');
    await page.locator('.docs h3', { hasText: 'CorridorAnswer' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('asks in GraphiQL with the same session, and shows that on the map too', async () => {
    const { page } = await enter();
    await page.click('text=Open in GraphiQL');
    await page.locator('#status', { hasText: 'Signed in: terai-watch analyst' }).waitFor();
    await page.waitForSelector('.graphiql-footer .hint');
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'corridors' }).waitFor();
    await page.click('text=Show the answer on the map');
    await page.locator('[data-figure=places]').waitFor({ timeout: 60_000 });
    expect(await page.inputValue('#query-text')).toBe(exampleQueries()[0]?.query);
    expect(await page.evaluate('sessionStorage.getItem("headwater.asked")')).toBeNull();
    // A pasted key sees something else than the session: the map is not offered for it.
    await page.goto(`${desk.base}/graphiql`);
    await page.locator('#map:visible').waitFor();
    await page.fill('#key', await desk.key('lantern-line', 'analyst'));
    await page.press('#key', 'Enter');
    await page.locator('#status', { hasText: 'Key accepted.' }).waitFor();
    expect(await page.locator('#map').isVisible()).toBe(false);
    await page.context().close();
  });

  it.each([
    [1280, 'dark'],
    [390, 'light'],
  ] as const)(
    'holds nothing that shuts somebody out or is cut off, at a width of %i, in %s',
    async (width, colorScheme) => {
      const { page } = await enter({ viewport: { width, height: 800 }, colorScheme });
      await page.click('[data-list=examples] button >> nth=0');
      await page.click('.query-main .button.is-first');
      await page.locator('[data-figure=places]').waitFor({ timeout: 60_000 });
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(FITS)).toBe(true);
      await page.context().close();
    },
  );
});

async function enter(options = {}) {
  const visit = await desk.enter('/', analyst, options);
  await visit.page.click('.bar >> text=Query');
  await visit.page.locator('#query-text').waitFor();
  await visit.page.locator('[data-list=examples] li').first().waitFor();
  return visit;
}

/** Goes over the map until something answers to the pointer. */
async function pointAtDrawn(page: Page, names: readonly string[]): Promise<void> {
  await page.locator('.answer-map').scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_500);
  const box = await page.locator('.answer-map').boundingBox();
  if (box === null) throw new Error('there is no map');
  for (let y = box.y + 20; y < Math.min(box.y + box.height, 790); y += 14) {
    for (let x = box.x + 20; x < box.x + box.width - 60; x += 6) {
      await page.mouse.move(x, y);
      if ((await page.locator('.answer-map .tip').count()) === 0) continue;
      expect(names).toContain(await page.locator('.answer-map .tip').textContent());
      return;
    }
  }
  throw new Error('nothing on the map answered to the pointer');
}
