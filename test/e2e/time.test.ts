/** Time on the map, in a browser: a window that steps, two periods under one divider, what was done on the way, and what is new. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
let analyst = '';

const SWIPED = '/#/map/corridors?a=2025-06,2025-11&b=2025-12,2026-05';

describe.skipIf(!HAS_BROWSER)('time on the map, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    analyst = await desk.key('terai-watch', 'analyst');
  });
  afterAll(() => desk?.close());

  it('steps month by month, and shows the answer of the window, which was asked a step ahead', async () => {
    const { page, broken, violations } = await desk.visit(
      '/#/map/corridors?play=fast&from=2025-06&to=2025-11',
    );
    const asked = askedCorridors(page);
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    await expectCorridorsOf(page, '2025-06', '2025-11');
    await expect
      .poll(() => asked.filter((one) => one.includes('2025-07-01')).length, { timeout: 60_000 })
      .toBe(1);
    await page.click('[aria-label="A month on"]');
    expect(page.url()).toContain('from=2025-07&to=2025-12');
    await expectCorridorsOf(page, '2025-07', '2025-12');
    expect(asked.filter((one) => one.includes('2025-07-01'))).toHaveLength(1);
    await page.locator('.play-run', { hasText: 'Play' }).click();
    await page.waitForURL(/to=2026-0[3-9]/, { timeout: 60_000 });
    await page.locator('.play-run', { hasText: 'Pause' }).click();
    const [, from = '', to = ''] = /from=([\d-]+)&to=([\d-]+)/.exec(page.url()) ?? [];
    await expectCorridorsOf(page, from, to);
    expect(page.url()).toContain(`from=${from}&to=${to}`);
    // All of it is in the address, and nothing runs by itself where it is read again.
    await page.reload();
    await expectCorridorsOf(page, from, to);
    expect(await page.locator('.play-run').textContent()).toBe('Play');
    await page.selectOption('.play-bar label:has-text("Window") select', '12');
    await page.focus('.play-run');
    await page.keyboard.press('End');
    await page.waitForURL(/from=2025-11&to=2026-10/);
    await page.locator('.play-run').click();
    // From the end it begins anew.
    await page.waitForURL(/from=2024-11&to=2025-10/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.hash.includes('play='));
    expect([broken, violations]).toEqual([[], []]);
    await page.context().close();
  });

  it('ends at the hub what was asked ahead and is overtaken', async () => {
    const { page } = await desk.visit('/#/map/corridors?play=even&from=2025-06&to=2025-11');
    await page.route('**/graphql', async (route) => {
      // Never answered: whoever asked has to give up.
      if (!isCorridorsOf(route.request().postData(), '2025-07-01')) await route.continue();
    });
    const ended = page.waitForEvent('requestfailed', {
      predicate: (request) => isCorridorsOf(request.postData(), '2025-07-01'),
    });
    const asked = page.waitForRequest((request) => isCorridorsOf(request.postData(), '2025-07-01'));
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    await asked;
    await page.focus('.play-run');
    await page.keyboard.press('Home');
    expect((await ended).failure()?.errorText).toContain('ABORTED');
    await expectCorridorsOf(page, '2024-11', '2025-04');
    await page.context().close();
  });

  it('asks for the tiles of the next window too, and keeps those that are drawn until they come', async () => {
    const { page } = await desk.visit('/#/map/density?play=even&from=2025-06&to=2025-11&at=83,25,5');
    const next = page.waitForRequest(
      (request) => request.url().includes('/tiles/') && /2025-07-01/.test(request.url()),
    );
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    await next;
    await page.click('text=Table');
    await page.locator('.table-view tbody tr').first().waitFor();
    const empty = page.evaluate(`new Promise((resolve) => {
      let frames = 400; let seen = 0;
      const look = () => { if (document.querySelectorAll('.table-view tbody tr').length === 0) seen += 1;
        frames -= 1; frames === 0 ? resolve(seen) : requestAnimationFrame(look); };
      look(); })`);
    for (let step = 0; step < 3; step += 1) {
      await page.click('[aria-label="A month on"]');
      await page.waitForTimeout(700);
    }
    expect(page.url()).toContain('from=2025-09&to=2026-02');
    expect(await empty).toBe(0);
    await page.context().close();
  });

  it('steps on demand alone where the device asks for less motion', async () => {
    const { page } = await desk.enter('/#/map/corridors?play=fast&from=2025-06&to=2025-08', analyst, {
      reducedMotion: 'reduce',
    });
    await page.locator('.play-bar', { hasText: 'less motion' }).waitFor();
    expect(await page.locator('.play-run').count()).toBe(0);
    await page.focus('[aria-label="A month on"]');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/from=2025-07&to=2025-09/);
    await expectCorridorsOf(page, '2025-07', '2025-09');
    await page.context().close();
  });

  it('shows two periods that are what two questions answer, with what both were in all', async () => {
    const { page, broken, violations, elsewhere } = await desk.enter(SWIPED, analyst);
    const expectPeriods = async (): Promise<void> => {
      const [a, b] = [await corridorsOf('2025-06', '2025-11'), await corridorsOf('2025-12', '2026-05')];
      await page
        .locator('[data-figure=headline]', { hasText: `${a.length} corridors | ${b.length} corridors` })
        .waitFor();
      const { compareFlows } = (await desk.ask(
        analyst,
        `{ compareFlows(a: ${movements('2025-06', '2025-11')}, b: ${movements('2025-12', '2026-05')}) { total { per a { incidents } b { incidents } ratio { value low high } } } }`,
      )) as {
        compareFlows: {
          total: { a: { incidents: number }; b: { incidents: number }; ratio: { low: number } };
        };
      };
      const { total } = compareFlows;
      await page.locator('[data-figure=total-a]', { hasText: `${total.a.incidents} incidents` }).waitFor();
      await page.locator('[data-figure=total-b]', { hasText: `${total.b.incidents} incidents` }).waitFor();
      expect(await page.locator('[data-figure=ratio]').textContent()).toContain(
        new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(total.ratio.low),
      );
      await page.click('.ask-card >> text=Table');
      const names = (index: number): Promise<string[]> =>
        page.locator('.table-view').nth(index).locator('tbody th').allTextContents();
      await expect.poll(() => names(0), { timeout: 60_000 }).toEqual(a);
      await expect.poll(() => names(1), { timeout: 60_000 }).toEqual(b);
      await page.locator('.ask-card button[aria-pressed=true]').click();
    };
    await expectPeriods();
    // What is opened on the right is of the right period.
    await page.click('.ask-card >> text=Table');
    await page.locator('.table-view').nth(1).locator('tbody button').first().click();
    await page.locator('.sheet [data-figure=incidents]').waitFor();
    expect(page.url()).toContain('side=b');
    const opened = await page.locator('.sheet h2').textContent();
    await page.reload();
    await page.locator('.sheet h2', { hasText: opened ?? '' }).waitFor();
    await page.keyboard.press('Escape');
    await expectPeriods();
    await page.selectOption('.swipe-side.is-b label:has-text("to") select', '2026-08');
    expect(page.url()).toContain('b=2025-12,2026-08');
    expect([broken, violations, elsewhere]).toEqual([[], [], []]);
    await page.click('text=One map again');
    await page.locator('.bars').waitFor();
    await page.context().close();
  });

  it('moves both maps where one is moved', async () => {
    const { page } = await desk.enter(
      '/#/map/corridors?a=2025-06,2025-11&b=2025-06,2025-11&at=83,25,5&split=60',
      analyst,
      { reducedMotion: 'reduce' },
    );
    await page.waitForTimeout(2_000);
    const before = page.url();
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, -400);
    await page.waitForURL((url) => url.href !== before);
    await page.waitForTimeout(2_500);
    // Of the same months they are the same picture, whichever of the two is seen.
    const clip = { x: 500, y: 480, width: 600, height: 130 };
    const picture = async (key: string): Promise<string> => {
      await page.locator('.divider').focus();
      await page.keyboard.press(key);
      await page.waitForTimeout(500);
      return (await page.screenshot({ clip })).toString('base64');
    };
    const left = await picture('End');
    expect(left).toBe(await picture('Home'));
    await page.keyboard.press('End');
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 800);
    await page.waitForTimeout(2_500);
    expect(await picture('End')).not.toBe(left);
    await page.context().close();
  });

  it('has a divider for keys, pointers and the address', async () => {
    const { page } = await desk.enter(`${SWIPED}&at=83,25,5`, analyst);
    const divider = page.getByRole('slider', { name: 'Divider between the two periods' });
    await divider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await divider.getAttribute('aria-valuenow')).toBe('48');
    await page.keyboard.press('PageUp');
    expect(page.url()).toContain('split=58');
    expect(await clip(page)).toContain('58%');
    await page.keyboard.press('End');
    expect(await divider.getAttribute('aria-valuenow')).toBe('100');
    await page.keyboard.press('Home');
    await page.keyboard.press('PageUp');
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('PageUp');
    const box = await divider.boundingBox();
    if (box === null) throw new Error('there is no divider');
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(1280 * 0.7, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/split=70/);
    expect(await clip(page)).toContain('70%');
    await page.reload();
    await page.locator('.divider[aria-valuenow="70"]').waitFor();
    await page.context().close();
  });

  it('takes one of the periods out as a file, and both as one picture', async () => {
    const { page } = await desk.enter(`${SWIPED}&destination=IND`, analyst);
    await page.locator('[data-figure=total-b]').waitFor({ timeout: 60_000 });
    await page.click('summary:has-text("Export")');
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=Picture of the map'),
    ]);
    const png = readFileSync(await picture.path());
    expect(png.length).toBeGreaterThan(20_000);
    expect(png.readUInt32BE(16)).toBe(1280);
    await page.selectOption('select[name=selection]', { index: 1 });
    await page.selectOption('select[name=purpose]', 'investigation');
    await page.fill('input[name=case]', '2026-118');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Take the file')]);
    const csv = readFileSync(await file.path(), 'utf8');
    const filter = movements('2025-12', '2026-05').replace(
      '{',
      '{ countries: [{ country: "IND", role: DESTINATION }], ',
    );
    const told = (await desk.ask(analyst, `{ movements(filter: ${filter}) { totalCount } }`)) as {
      movements: { totalCount: number };
    };
    expect(told.movements.totalCount).toBeGreaterThan(20);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(told.movements.totalCount + 1);
    await page.context().close();
  });

  it('opens what was done on the way from the time line, and its story with a second click', async () => {
    const { page } = await desk.enter('/#/map/corridors', analyst);
    await page.click('.time-mark[aria-label*="crossing closed: Belahiya"]');
    await page.locator('.sheet h2', { hasText: 'crossing closed: Belahiya' }).waitFor();
    expect(page.url()).toMatch(/mark=[\w-]{36}/);
    expect(await seriousFindings(page)).toEqual([]);
    await page.reload();
    await page.click('.sheet >> text=Show what followed');
    await page.locator('[data-figure=finding]', { hasText: 'Displacement' }).waitFor({ timeout: 60_000 });
    expect(page.url()).toMatch(/closing=[\w-]{36}/);
    await page.goBack();
    await page.locator('.sheet h2', { hasText: 'crossing closed: Belahiya' }).waitFor();
    // One stop of the keyboard leads to all of them; a month with more than one lists them.
    await page.locator('.time-mark[aria-pressed=true]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.sheet h2', { hasText: 'On the way in Feb 2026' }).waitFor();
    expect(page.url()).toContain('mark=2026-02');
    await page.locator('.mark-told .link', { hasText: 'recovery' }).first().click();
    await page.locator('.sheet h2', { hasText: 'recovery' }).waitFor();
    await page.locator('.sheet .list-item').first().click();
    await page.locator('.sheet .part', { hasText: 'Report' }).waitFor();
    await page.click('.sheet >> text=Close');
    await page.click('.ask-card >> text=Table');
    await page.click('.marks-table summary');
    const { interdictions, incidents } = (await desk.ask(
      analyst,
      '{ interdictions { totalCount } incidents(filter: { kinds: ["recovery"] }) { totalCount } }',
    )) as Record<'interdictions' | 'incidents', { totalCount: number }>;
    expect(await page.locator('.marks-table tbody tr').count()).toBe(
      interdictions.totalCount + incidents.totalCount,
    );
    await page.uncheck('.time-check input');
    expect(page.url()).toContain('marks=no');
    expect(await page.locator('.time-mark').count()).toBe(0);
    await page.context().close();
  });

  it('lists what came in page by page, and opens each with what stands behind it', async () => {
    const { page, broken } = await desk.visit('/#/changes?since=2026-10-01');
    await page.fill('#key', analyst);
    await page.press('#key', 'Enter');
    const rows = page.locator('.block:has([data-figure=new]) tbody tr');
    await rows.nth(24).waitFor();
    expect(await rows.count()).toBe(25);
    await page.click('text=Show more');
    await rows.nth(49).waitFor();
    const { reports } = (await desk.ask(
      analyst,
      '{ reports(filter: { recorded: { from: "2026-10-01T00:00:00Z" } }, first: 50) { nodes { id incidents { verification movements { id } } } } }',
    )) as {
      reports: {
        nodes: { id: string; incidents: { verification: string; movements: { id: string }[] }[] }[];
      };
    };
    // Of the second page, and one that tells of a movement that counts.
    const at = reports.nodes.findIndex(
      ({ incidents }, index) =>
        index >= 30 &&
        incidents.some(
          ({ verification, movements }) => verification !== 'SHOULD_NOT_COUNT' && movements.length > 0,
        ),
    );
    await rows.nth(at).locator('button').click();
    expect(page.url()).toContain(`report=${reports.nodes[at]?.id}`);
    await page.locator('.sheet .part', { hasText: 'Incidents' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('.sheet .list-item').first().click();
    await page.locator('.sheet .part', { hasText: 'On the way' }).waitFor();
    await page.reload();
    await page.locator('.sheet .part', { hasText: 'On the way' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.sheet .part', { hasText: 'Incidents' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
    expect(broken).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'shuts nobody out and is cut off nowhere, in %s',
    async (colorScheme) => {
      for (const width of [390, 1280]) {
        for (const path of ['/#/map/corridors?play=even&from=2025-06&to=2025-11', SWIPED]) {
          const { page } = await desk.enter(path, analyst, { colorScheme, viewport: { width, height: 800 } });
          await page.locator('.time-mark, [data-figure=total-b]').first().waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          await page.context().close();
        }
      }
    },
  );

  it('is swiped with a finger on a phone', async () => {
    const { page } = await desk.enter(SWIPED, analyst, {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const box = await page.locator('.divider').boundingBox();
    if (box === null) throw new Error('there is no divider');
    const finger = await page.context().newCDPSession(page);
    const y = box.y + box.height / 2;
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number): Promise<unknown> =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
    await touch('touchStart', 195);
    for (const x of [180, 150, 117]) await touch('touchMove', x);
    await touch('touchEnd');
    await page.waitForURL(/split=30/);
    expect(await clip(page)).toContain('30%');
    await page.context().close();
  });
});

const movements = (from: string, to: string): string => {
  const [year = 0, month = 1] = to.split('-').map(Number);
  const end = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return `{ occurred: { from: "${from}-01T00:00:00Z", to: "${end}T00:00:00Z" } }`;
};

async function corridorsOf(from: string, to: string): Promise<string[]> {
  const { corridors } = (await desk.ask(
    analyst,
    `{ corridors(filter: ${movements(from, to)}, first: 150) { nodes { name } } }`,
  )) as { corridors: { nodes: { name: string }[] } };
  return corridors.nodes.map(({ name }) => name);
}

/** The headline and every row of the table are what the hub answers of that window. */
async function expectCorridorsOf(page: Page, from: string, to: string): Promise<void> {
  const wanted = await corridorsOf(from, to);
  await page.locator('[data-figure=headline]', { hasText: `${wanted.length} corridors` }).waitFor();
  await page.click('.ask-card >> text=Table');
  await expect
    .poll(() => page.locator('.table-view tbody th').allTextContents(), { timeout: 60_000 })
    .toEqual(wanted);
  await page.locator('.ask-card button[aria-pressed=true]').click();
}

const isCorridorsOf = (posted: string | null, from: string): boolean =>
  (posted ?? '').includes('query Corridors') && (posted ?? '').includes(from);

function askedCorridors(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const posted = request.postData() ?? '';
    if (request.url().endsWith('/graphql') && posted.includes('query Corridors')) asked.push(posted);
  });
  return asked;
}

const clip = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.querySelector('.swipe-over').style.clipPath`);
