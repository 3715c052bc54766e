/** Two data officers agree in their browsers, and what the other side sees changes; queues, the log and accounts as an officer meets them. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

const PARTS = ['agreements', 'reviews', 'sharing', 'audit', 'accounts'] as const;

/** Neither the window nor the page in it scrolls sideways. */
const FITS = `document.documentElement.scrollWidth <= innerWidth &&
  document.querySelector('.page').scrollWidth <= document.querySelector('.page').clientWidth`;

let desk: BrowserDesk;
const officers: Record<string, string> = {};

describe.skipIf(!HAS_BROWSER)('the page of a data officer, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const slug of ['rain-gate', 'delta-lights', 'terai-watch', 'harbour-lamp'])
      officers[slug] = await desk.key(slug, 'data_officer');
  });
  afterAll(() => desk?.close());

  it('shows beforehand what another would see, and it is seen when both have signed, and not a request longer than it runs', async () => {
    const receiver = await desk.key('delta-lights', 'analyst');
    const before = await movements(receiver);
    const ours = await desk.enter('/', key('rain-gate'));
    await open(ours.page, 'agreements');
    await draft(ours.page);
    const foreseen = Number(
      (
        await ours.page.locator('[data-receiver=delta-lights] [data-figure=preview-movement]').textContent()
      )?.replaceAll(',', ''),
    );
    expect(foreseen).toBeGreaterThan(0);
    await act(ours.page, 'Sign', 'Nothing is shared before every party has signed');
    await ours.page.locator('.detail .facts', { hasText: 'delta-lights, not signed' }).waitFor();
    expect(await movements(receiver)).toBe(before);

    const theirs = await desk.enter('/', key('delta-lights'));
    await open(theirs.page, 'agreements');
    await theirs.page.click('.table-scroll >> text=Eastern rivers');
    await theirs.page.locator('[data-receiver=rain-gate]').waitFor();
    await act(theirs.page, 'Sign', 'This is the last signature');
    await theirs.page.locator('[data-agreement=ACTIVE]').waitFor();
    const shared = await movements(receiver);
    expect(shared).toBeGreaterThan(before);
    // What two verifiers judged not to count is in the preview and in no list.
    expect(shared - before).toBeLessThanOrEqual(foreseen);

    await ours.page.click('.detail >> text=Close');
    await ours.page.click('.table-scroll >> text=Eastern rivers');
    await act(
      ours.page,
      'Suspend',
      'From the next request on nobody sees anything under it: not delta-lights',
    );
    await ours.page.locator('[data-agreement=SUSPENDED]').waitFor();
    expect(await movements(receiver)).toBe(before);
    await act(ours.page, 'Revoke', 'ends for good');
    await ours.page.locator('[data-agreement=REVOKED]').waitFor();
    expect(await ours.page.locator('.acts button').count()).toBe(0);
    for (const { violations, broken, elsewhere } of [ours, theirs])
      expect({ violations, broken, elsewhere }).toEqual({ violations: [], broken: [], elsewhere: [] });
    await ours.page.context().close();
    await theirs.page.context().close();
  });

  it('says what the hub refuses in its words, and changes nothing', async () => {
    const { page } = await desk.enter('/', key('rain-gate'));
    await open(page, 'agreements');
    const rows = await page.locator('.table-scroll tbody tr').count();
    await page.click('text=Draft an agreement');
    await page.fill('dialog [name=name]', 'With nobody');
    await page.fill('dialog [name=parties]', 'no-such-desk');
    await page.click('dialog [data-act=confirm]');
    await page.locator('dialog .said', { hasText: /found .*no-such-desk.*, wanted/ }).waitFor();
    // Escape leaves it, and the reader is where they were.
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Draft an agreement');
    expect(await page.locator('.table-scroll tbody tr').count()).toBe(rows);
    await page.context().close();
  });

  it('is not there for anybody else, by no link and no address', async () => {
    for (const role of ['analyst', 'investigator', 'field'] as const) {
      const { page } = await desk.enter('/', await desk.key('terai-watch', role));
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.postData() ?? ''));
      for (const part of PARTS) await page.goto(`${desk.base}/#/officer/${part}`);
      await page.reload();
      await page.locator('[data-figure=headline]:not(:empty)').waitFor({ timeout: 60_000 });
      expect(await page.locator('body').textContent()).not.toMatch(/officer|agreement|audit/i);
      expect(asked.filter((text) => /agreements|auditEvents|accounts/.test(text))).toEqual([]);
      await page.context().close();
    }
  });

  it('shows who was told of a withdrawn report, until they take note of it', async () => {
    const { reports } = (await desk.ask(
      key('terai-watch'),
      '{ reports(first: 1, filter: { kinds: [BORDER_INTERCEPT] }) { nodes { id version } } }',
    )) as { reports: { nodes: { id: string; version: number }[] } };
    const [report] = reports.nodes;
    await desk.ask(
      key('terai-watch'),
      `mutation { withdrawReport(reportId: "${report?.id}", version: ${report?.version}, reason: ENTRY_ERROR, idempotencyKey: "officer-1") { __typename } }`,
    );
    const giver = await desk.enter('/', key('terai-watch'));
    await open(giver.page, 'sharing');
    const unnoted = giver.page.locator('.section', { hasText: 'nobody took note of' });
    await unnoted.locator('tr', { hasText: 'harbour-lamp' }).waitFor();
    const taker = await desk.enter('/', key('harbour-lamp'));
    await open(taker.page, 'reviews');
    const notices = taker.page.locator('.section', { hasText: 'to take note of' });
    await notices
      .locator('tr', { hasText: report?.id ?? '' })
      .first()
      .locator('button')
      .click();
    await taker.page
      .locator('dialog', { hasText: 'terai-watch sees that your organisation took note' })
      .waitFor();
    await taker.page.click('dialog [data-act=confirm]');
    await notices.locator('text=Nothing waits').waitFor();
    await giver.page.reload();
    await answered(giver.page);
    expect(await unnoted.locator('tr', { hasText: 'harbour-lamp' }).count()).toBe(0);
    await giver.page.context().close();
    await taker.page.context().close();
  });

  it('answers who did something about one record, and keeps the question in the address', async () => {
    const { page } = await desk.enter('/', key('terai-watch'));
    await open(page, 'audit');
    const count = page.locator('[data-figure=count]');
    const all = (await count.textContent()) ?? '';
    const row = page.locator('tr', { hasText: 'import batch' }).first();
    const id = (await row.locator('.as-id').first().textContent()) ?? '';
    await row.locator('.as-id').first().click();
    await page.locator(`[data-figure=count]:not(:text-is("${all}"))`).waitFor();
    expect(page.url()).toContain(`record=${id}`);
    expect(await page.inputValue('[name=record]')).toBe(id);
    const { auditEvents } = (await desk.ask(
      key('terai-watch'),
      `{ auditEvents(filter: { objectId: "${id}" }) { totalCount } }`,
    )) as { auditEvents: { totalCount: number } };
    // That it was asked is in the log too: this last question is its own latest event.
    expect(await page.locator('.section tbody tr').count()).toBe(auditEvents.totalCount - 1);
    await page.context().close();
  });

  it('makes one account, however often it was asked for, and disables it', async () => {
    const { page } = await desk.enter('/', key('rain-gate'));
    await open(page, 'accounts');
    await page.click('text=Invite somebody');
    await page.fill('dialog [name=name]', 'Desk four');
    await page.selectOption('dialog [name=role]', 'ANALYST');
    // The hub does it, and its answer is lost.
    await page.route('**/graphql', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.click('dialog [data-act=confirm]');
    await page.locator('dialog .said', { hasText: 'does not answer' }).waitFor();
    await page.unroute('**/graphql');
    await page.click('dialog [data-act=confirm]');
    await page.locator('.notice', { hasText: 'invite again' }).waitFor();
    await page.locator('tr', { hasText: 'Desk four' }).waitFor();
    expect(await page.locator('tr', { hasText: 'Desk four' }).count()).toBe(1);
    await page.locator('tr', { hasText: 'Desk four' }).locator('text=Invite again').click();
    await page.click('dialog [data-act=confirm]');
    const invitation = (await page.locator('[data-secret]').textContent()) ?? '';
    expect(invitation.length).toBeGreaterThan(20);
    const kept: string = await page.evaluate(
      'location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
    );
    expect(kept).not.toContain(invitation);
    await page.click('[aria-label="Disable Desk four"]');
    await page.locator('dialog', { hasText: 'cannot sign in any more' }).waitFor();
    await page.click('dialog [data-act=confirm]');
    await page.locator('tr', { hasText: 'Desk four' }).locator('text=disabled').waitFor();
    await page.context().close();
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)(
    'holds nothing that shuts somebody out or is cut off, at a width of %i, in %s',
    async (width, colorScheme) => {
      const { page, violations } = await desk.enter('/', key('terai-watch'), {
        viewport: { width, height: 800 },
        colorScheme,
      });
      for (const part of PARTS) {
        await open(page, part);
        if (part === 'agreements') {
          await page.click('.table-scroll .link >> nth=0');
          await page.locator('.preview details').first().waitFor();
        }
        expect({ part, found: await seriousFindings(page) }).toEqual({ part, found: [] });
        expect(await page.evaluate(FITS)).toBe(true);
      }
      await open(page, 'agreements');
      await page.click('text=Draft an agreement');
      expect(await seriousFindings(page)).toEqual([]);
      expect(violations).toEqual([]);
      await page.context().close();
    },
  );
});

function key(slug: string): string {
  return officers[slug] ?? '';
}

async function open(page: Page, part: (typeof PARTS)[number]): Promise<void> {
  await page.evaluate(`location.hash = '#/officer/${part}'`);
  await page.locator(`.parts [aria-current][href$=${part}]`).waitFor();
  await answered(page);
}

async function answered(page: Page): Promise<void> {
  await page.locator('.section[data-answered=true]').first().waitFor();
  await expect.poll(() => page.locator('.section[data-answered=false]').count(), { timeout: 30_000 }).toBe(0);
}

async function draft(page: Page): Promise<void> {
  await page.click('text=Draft an agreement');
  await page.fill('dialog [name=name]', 'Eastern rivers');
  await page.fill('dialog [name=parties]', 'delta-lights');
  await page.selectOption('dialog [name=template]', 'FULL_RECORD');
  await page.fill('dialog [name=startsAt]', '2026-10-01');
  await page.fill('dialog [name=reviewOn]', '2027-04-01');
  await page.fill('dialog [name=endsAt]', '2027-10-01');
  await page.click('dialog [data-act=confirm]');
  await page.locator('[data-agreement=DRAFTED] [data-figure=preview-movement]').waitFor();
}

/** A button of the open agreement, what it says will happen, and yes. */
async function act(page: Page, name: string, willHappen: string): Promise<void> {
  await page.locator('.acts button', { hasText: name }).click();
  await page.locator('dialog p', { hasText: willHappen }).waitFor();
  await page.click('dialog [data-act=confirm]');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

async function movements(analyst: string): Promise<number> {
  const { movements: found } = (await desk.ask(analyst, '{ movements { totalCount } }')) as {
    movements: { totalCount: number };
  };
  return found.totalCount;
}
