/** The pages beside the map, in a browser: figures that are the answer of their query, charts with their tables, roles, keyboard, and nothing that shuts somebody out. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
let officer = '';

const PAGES = [
  'countries',
  'changes',
  'recoveries',
  'stations',
  'cases',
  'targets',
  'quality',
  'imports',
] as const;
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** In on the map, then to a page: the door waits for the first figure. */
async function open(path: string, key = officer, options = {}) {
  const visit = await desk.enter('/', key, options);
  await visit.page.goto(`${desk.base}/#/${path}`);
  await visit.page.locator('.desk-head h2').waitFor();
  return visit;
}

async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(400);
  await page.locator('.block[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 60_000 });
}

async function copiedFrom(page: Page, block: string): Promise<string> {
  await page
    .locator('.block, .section', { hasText: block })
    .first()
    .locator('text=Copy as GraphQL query')
    .click();
  return page.evaluate('navigator.clipboard.readText()');
}

describe.skipIf(!HAS_BROWSER)('the pages beside the map, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    officer = await desk.key('terai-watch', 'data_officer');
  });
  afterAll(() => desk?.close());

  it('draws what flows between countries, and follows one of them with the keyboard', async () => {
    const { page } = await open('countries', officer, CLIPBOARD);
    await page.locator('.flow-node').first().waitFor();
    const copied = await copiedFrom(page, 'From source through transit');
    const { stageFlows } = (await desk.ask(officer, copied)) as {
      stageFlows: { movements: number; nodes: unknown[]; links: unknown[] };
    };
    expect(await page.locator('[data-figure=headline]').textContent()).toBe(
      `${stageFlows.movements} movements`,
    );
    expect(await page.locator('.flow-link').count()).toBe(stageFlows.links.length);
    expect(await page.locator('.flow-node').count()).toBe(stageFlows.nodes.length);
    await page.locator('.block summary').first().click();
    expect(await page.locator('.block').first().locator('tbody tr').count()).toBe(stageFlows.links.length);
    const arabia = page.locator('.flow-node[aria-label^="Saudi Arabia, destination"]');
    await arabia.focus();
    await page.keyboard.press('Enter');
    await page.locator('.block', { hasText: 'To Saudi Arabia, from' }).waitFor();
    expect(page.url()).toContain('country=SAU');
    await settled(page);
    // It stays when read again, and is gone back from.
    await page.reload();
    await page.locator('.block', { hasText: 'To Saudi Arabia, from' }).waitFor();
    await page.goBack();
    await page.locator('.block', { hasText: 'In and out' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('sets two periods against each other, with the intervals of the answer', async () => {
    const { page } = await open(
      'changes?a=2025-06,2025-11&b=2025-12,2026-05&by=CROSSING_POINT',
      officer,
      CLIPBOARD,
    );
    await page.locator('[data-figure=headline]').waitFor();
    const copied = await copiedFrom(page, 'What changed');
    const { compareFlows } = (await desk.ask(officer, copied)) as {
      compareFlows: { total: { a: { incidents: number }; b: { incidents: number } }; groups: unknown[] };
    };
    const { a, b } = compareFlows.total;
    expect(await page.locator('[data-figure=headline]').textContent()).toContain(
      `From ${a.incidents} to ${b.incidents} incidents`,
    );
    expect(await page.locator('.plot-row:not(.plot-axis)').count()).toBe(compareFlows.groups.length);
    // The road that was closed is there as fewer.
    expect(await page.locator('.plot-row:has(.tone-fewer)', { hasText: 'Belahiya' }).count()).toBe(1);
    await page.selectOption('.desk-controls select >> nth=4', 'MODE');
    expect(page.url()).toContain('by=MODE');
    await page.context().close();
  });

  it('tells what came in since the last visit, of which it keeps the day alone', async () => {
    const { page } = await open('changes');
    await page.fill('.inline-choice input', '2020-01-01');
    await page.locator('[data-figure=new]').waitFor();
    const { reports } = (await desk.ask(
      officer,
      '{ reports(filter: { recorded: { from: "2020-01-01T00:00:00Z" } }) { totalCount } }',
    )) as { reports: { totalCount: number } };
    expect(await page.locator('[data-figure=new]').textContent()).toBe(`${reports.totalCount} reports`);
    expect(await page.evaluate('localStorage.getItem("headwater-visits")')).toMatch(/^,\d{4}-\d\d-\d\d$/);
    await page.evaluate('localStorage.setItem("headwater-visits", ",2026-10-04")');
    await page.goto(`${desk.base}/#/changes`);
    await page.reload();
    await page.locator('text=Recorded since').waitFor();
    expect(await page.inputValue('.inline-choice input')).toBe('2026-10-04');
    await page.context().close();
  });

  it('shows stations and staff-time of the own organisation alone', async () => {
    const { page } = await open('stations', officer, CLIPBOARD);
    await page.locator('.plot-row').first().waitFor();
    await settled(page);
    const copied = await copiedFrom(page, 'by crossing point');
    expect(copied).toContain('terai-watch');
    const { crossings } = (await desk.ask(officer, copied)) as {
      crossings: {
        crossingPoint: { name: string } | null;
        detectionsPerStaffMonth: { rate: number; staffMonths: number };
      }[];
    };
    const rates = page.locator('.block', { hasText: 'by crossing point' }).first();
    await rates.locator('summary').click();
    expect(await rates.locator('tbody tr').count()).toBe(crossings.length);
    const birgunj = crossings.find(({ crossingPoint }) => crossingPoint?.name.includes('Birgunj'));
    expect(await rates.locator('tbody tr', { hasText: 'Birgunj' }).textContent()).toContain(
      String(birgunj?.detectionsPerStaffMonth.staffMonths),
    );
    const stations = page.locator('.block', { hasText: 'Station by station' }).first();
    expect(await stations.textContent()).toContain('Nepalgunj');
    await page.context().close();
    // Another organisation's page knows no station of this one.
    const other = await open('stations', await desk.key('rain-gate', 'analyst'));
    await settled(other.page);
    expect(await other.page.locator('.desk').textContent()).not.toMatch(/miteri|jamunaha gate/);
    await other.page.context().close();
  });

  it('says what followed recoveries, one by one, and why there is no figure of few', async () => {
    const { page } = await open('recoveries', officer, CLIPBOARD);
    await page.locator('[data-figure=headline]').waitFor();
    const copied = await copiedFrom(page, 'Until the next arrival');
    const { resupply } = (await desk.ask(officer, copied)) as {
      resupply: {
        refusal: { found: string } | null;
        recoveryCount: number;
        endedCount: number;
        establishments: { label: string; entityIds: string[]; recoveries: unknown[] }[];
      };
    };
    expect(await page.locator('[data-figure=headline]').textContent()).toContain(
      `${resupply.recoveryCount} recoveries`,
    );
    expect(await page.locator('.notice').first().textContent()).toContain(resupply.refusal?.found);
    expect(await page.locator('.curve').count()).toBe(0);
    const each = page.locator('.block', { hasText: 'Each recovery' }).last().locator('tbody tr');
    expect(await each.count()).toBe(resupply.establishments.flatMap(({ recoveries }) => recoveries).length);
    const [one] = resupply.establishments;
    await page
      .locator('tbody button', { hasText: one?.label ?? '' })
      .first()
      .click();
    await page.locator('text=All establishments').waitFor();
    expect(page.url()).toContain(one?.entityIds[0]);
    await page.locator('[data-figure=headline]', { hasText: '1 establishment' }).waitFor();
    await page.context().close();
  });

  it('says how far cases got and in how many days, by country and organisation', async () => {
    const { page } = await open('cases', officer, CLIPBOARD);
    await page.locator('.block .notice', { hasText: 'No legal case' }).waitFor();
    const law = 'Act 2064, section 15(1)';
    for (const [at, charged] of ['2026-05-11', '2026-05-21'].entries())
      await desk.ask(
        officer,
        `mutation { done: recordLegalCase(legalCase: { court: "Kathmandu District Court", country: "NPL", status: TRIAL, openedOn: "2026-05-01",
          events: [{ kind: ARREST, occurredOn: "2026-05-01" }, { kind: CHARGE, occurredOn: "${charged}", law: "${law}" }] },
          idempotencyKey: "legal-case-${at}") { ... on RecordDone { id } ... on ActRefused { reasons { where found wanted } } } }`,
      );
    await page.reload();
    await page.locator('.data-table tbody tr', { hasText: 'Nepal' }).waitFor();
    await page.selectOption('.desk-controls select', 'terai-watch');
    await page.waitForURL(/owner=terai-watch/);
    await settled(page);
    const row = await page.locator('.data-table tbody tr').first().locator('th, td').allTextContents();
    const copied = await copiedFrom(page, 'By country');
    const { caseFunnel } = (await desk.ask(officer, copied)) as {
      caseFunnel: { country: string; cases: number; steps: { cases: number; medianDays: number | null }[] }[];
    };
    expect(caseFunnel).toMatchObject([{ country: 'NPL', cases: 2 }]);
    expect(caseFunnel[0]?.steps[3]).toMatchObject({ cases: 2, medianDays: 15 });
    expect(row).toEqual(['Nepal', '0', '0', '2', '2; 15 days (of 2)', '0']);
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('says whom to act against next, what is overdue and what it stands on; a lead becomes a target, is planned and closed', async () => {
    const { page } = await open('targets', officer, CLIPBOARD);
    const list = page.getByRole('region', { name: 'Targets', exact: true });
    await list.locator('tbody tr').first().waitFor();
    const followed = await list.locator('tbody tr').count();
    expect(await page.locator('[data-figure=overdue]').textContent()).toMatch(/overdue/);
    expect(await list.locator('tbody tr', { hasText: 'Rests on victims alone' }).count()).toBeGreaterThan(0);
    const copied = await copiedFrom(page, 'Targets');
    const told = (await desk.ask(officer, copied)) as {
      targets: { totalCount: number };
      late: { totalCount: number };
    };
    expect(told.targets.totalCount).toBe(followed);
    // To its evidence: the target, then the report behind what is said of it.
    await list.locator('.link').first().click();
    const said = page.getByRole('region', { name: 'What is said of it' });
    await said.locator('.link').first().click();
    await page.locator('.sheet .facts').waitFor();
    await page.locator('.sheet-close').click();
    const leads = page.getByRole('region', { name: 'What recurs, and is not followed or not all of it' });
    // A later report of what is followed: its record is added, and nothing of it is left to follow.
    const later = leads.locator('tbody tr', { hasText: 'Add to the target' });
    expect(await later.count()).toBe(1);
    await later.locator('button').click();
    await page.locator('dialog', { hasText: 'One more record of it' }).waitFor();
    // Nobody decides on what they have not read.
    await page.locator('dialog tbody tr').first().waitFor();
    await page.locator('dialog [data-act=confirm]').click();
    await later.waitFor({ state: 'detached' });
    // The button went with its row; the keyboard is beside it.
    await page.waitForFunction('document.activeElement !== document.body');
    expect(await leads.locator(':focus').count()).toBe(1);
    const unfollowed = leads.locator('tbody tr', { hasText: 'Make it a target' }).first();
    const name = (await unfollowed.locator('th').textContent()) ?? '';
    await unfollowed.locator('button').click();
    await page.locator('dialog [data-act=confirm]').click();
    await list.locator(`tbody tr >> nth=${followed}`).waitFor();
    const mine = list.locator('tbody tr', { has: page.getByRole('cell', { name: 'you', exact: true }) });
    expect(name).toContain(((await mine.locator('.link').textContent()) ?? '-').trim());
    await mine.locator('.tools button', { hasText: 'Plan' }).click();
    await page.selectOption('dialog select[name=stage]', 'READY');
    await page.locator('dialog [data-act=confirm]').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    // Whoever acts by keyboard goes on where they were.
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Plan /);
    await mine.filter({ hasText: 'ready' }).waitFor();
    await mine.locator('.tools button', { hasText: 'Plan' }).click();
    await page.selectOption('dialog select[name=stage]', 'REFERRED');
    await page.locator('dialog [data-act=confirm]').click();
    await page.locator('dialog .said', { hasText: 'a second person' }).waitFor();
    // The keyboard is still at the button that was pressed.
    expect(await page.evaluate('document.activeElement.dataset.act')).toBe('confirm');
    await page.keyboard.press('Escape');
    await mine.locator('.tools button', { hasText: 'Close' }).click();
    // For a reason that somebody chose.
    await page.locator('dialog [data-act=confirm]').click();
    expect(await page.locator('dialog select[name=reason]:invalid').count()).toBe(1);
    await page.selectOption('dialog select[name=reason]', 'NOT_SUPPORTED');
    await page.locator('dialog [data-act=confirm]').click();
    await mine.waitFor({ state: 'detached' });
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('tells data quality with what each share is out of', async () => {
    const { page } = await open('quality', officer, CLIPBOARD);
    await page.locator('.plot-row').first().waitFor();
    const copied = await copiedFrom(page, 'All figures');
    const { dataQuality } = (await desk.ask(officer, copied)) as {
      dataQuality: { reports: number; unverified: { count: number; of: number } }[];
    };
    const all = dataQuality.reduce((sum, { reports }) => sum + reports, 0);
    expect(await page.locator('[data-figure=headline]').textContent()).toBe(
      `${all.toLocaleString('en')} reports`,
    );
    const [first] = dataQuality.toSorted((one, other) => other.reports - one.reports);
    expect(await page.locator('.plot-row').first().textContent()).toContain(
      `(${first?.unverified.count} of ${first?.unverified.of})`,
    );
    await page.selectOption('.desk-controls select >> nth=0', 'QUARTER');
    await page.locator('.plot-row', { hasText: 'Quarter from' }).first().waitFor();
    await page.context().close();
  });

  it('works the rows that wait, takes a file and takes it back when that is confirmed', async () => {
    const { page } = await open('imports');
    await page.click('text=terai-watch-intercepts.csv');
    await page.locator('[data-figure=waiting]').waitFor();
    const { imports } = (await desk.ask(
      officer,
      '{ imports { nodes { id fileName counts { quarantined } } } }',
    )) as { imports: { nodes: { id: string; fileName: string; counts: { quarantined: number } }[] } };
    const one = imports.nodes.find(({ fileName }) => fileName === 'terai-watch-intercepts.csv');
    expect(page.url()).toContain(one?.id);
    expect(await page.locator('[data-figure=waiting]').textContent()).toBe(
      `${one?.counts.quarantined} rows wait`,
    );
    expect(await page.locator('.todo').textContent()).toContain('Wanted: ');
    // One that is no file of the kind: refused with its reasons.
    const give = async (name: string, text: string, profile: string): Promise<void> => {
      await page.setInputFiles('input[name=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.selectOption('select[name=profile]', profile);
      await page.click('text=Give the file');
    };
    await give('wrong.csv', 'a,b\n1,2\n', 'staffing');
    await page.locator('[role=status]', { hasText: 'wanted' }).first().waitFor();
    await give(
      'counts.csv',
      'station_name,country,month,intercepts\nHetauda,NPL,2026-05,4\nHetauda,NPL,never,4\n',
      'station-statistics',
    );
    await page.locator('[role=status]', { hasText: '2 rows were read, 1 wait' }).first().waitFor();
    await page.locator('[data-figure=waiting]', { hasText: '1 row waits' }).waitFor();
    await page.click('text=See what that would change');
    const undo = page.locator('.is-grave');
    await undo.waitFor();
    expect(await undo.isDisabled()).toBe(true);
    await page.check('.confirm input');
    await undo.click();
    await page.locator('tbody tr:has-text("counts.csv")', { hasText: 'taken back' }).waitFor();
    await page.locator('[role=status]', { hasText: 'counts.csv was taken back' }).first().waitFor();
    expect(await page.locator('.is-grave').count()).toBe(0);
    await page.context().close();
  });

  it('finds places, corridors, reports and entities, and opens them on the map', async () => {
    const { page } = await open('quality');
    const box = page.locator('.find input');
    await box.fill('Nepalgunj');
    await page.locator('.find-found section', { hasText: 'Corridors' }).waitFor();
    const corridor = page.locator('.find-found section', { hasText: 'Corridors' }).locator('button').first();
    const name = await corridor.locator('span').textContent();
    await corridor.click();
    await page.locator('.sheet h2', { hasText: name ?? '' }).waitFor();
    const { reports } = (await desk.ask(
      officer,
      '{ reports(filter: { kinds: [BORDER_INTERCEPT] }, first: 1) { nodes { id externalReference } } }',
    )) as { reports: { nodes: { id: string; externalReference: string }[] } };
    await box.fill(reports.nodes[0]?.externalReference ?? '');
    await page.locator('.find-found section', { hasText: 'Reports' }).locator('button').first().click();
    // The report that stands behind the movement is the one that was looked for.
    await page.locator('.sheet', { hasText: reports.nodes[0]?.id ?? '' }).waitFor();
    // So is one that a check took out of every count.
    const { movements } = (await desk.ask(
      officer,
      '{ movements(filter: { verifications: [SHOULD_NOT_COUNT] }, first: 1) { nodes { report { id externalReference } } } }',
    )) as { movements: { nodes: { report: { id: string; externalReference: string } }[] } };
    const { report } = movements.nodes[0] ?? { report: { id: '', externalReference: '' } };
    await box.fill(report.externalReference);
    await page.locator('.find-found section', { hasText: 'Reports' }).locator('button').first().click();
    await page.locator('.sheet', { hasText: report.id }).waitFor();
    await box.fill(reports.nodes[0]?.id ?? '');
    await page.locator('.find-found button').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    // Only with the keyboard: into the list and away again.
    await box.focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('.find-found') !== null")).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('.find-found').waitFor({ state: 'detached' });
    // What was typed is in no address.
    expect(page.url()).not.toContain('Nepalgunj');
    // What opens while something is written takes no word of it.
    await page.locator('.sheet-close').click();
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await box.focus();
    await page.goBack();
    await page.locator('.sheet', { hasText: report.id }).waitFor();
    expect(await page.evaluate("document.activeElement.matches('.find input')")).toBe(true);
    await page.context().close();
    const other = await open('countries', await desk.key('terai-watch', 'dashboard'));
    await other.page.fill('.find input', reports.nodes[0]?.externalReference ?? '');
    await other.page.locator('.find-found', { hasText: 'Nothing that you see' }).waitFor();
    await other.page.context().close();
  });

  it('has no page that the role may not ask', async () => {
    const titles = async (key: string): Promise<readonly string[]> => {
      const { page } = await desk.enter('/', key);
      const words = await page.locator('.bar nav a:not(.is-wide)').allTextContents();
      // Typed into the address it is not there either.
      await page.goto(`${desk.base}/#/imports`);
      await page.waitForTimeout(300);
      if (!words.includes('Imports')) expect(await page.locator('.upload').count()).toBe(0);
      await page.context().close();
      return words;
    };
    expect(await titles(officer)).toEqual(
      expect.arrayContaining([
        'Map',
        'Countries',
        'Changes',
        'Recoveries',
        'Stations',
        'Data quality',
        'Imports',
      ]),
    );
    const dashboard = await titles(await desk.key('terai-watch', 'dashboard'));
    expect(dashboard).toEqual(expect.arrayContaining(['Map', 'Countries', 'Changes']));
    for (const word of ['Recoveries', 'Stations', 'Data quality', 'Imports'])
      expect(dashboard).not.toContain(word);
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([390, 1280])('shuts nobody out at a width of %i, and keeps to the policy', async (width) => {
      const { page, elsewhere, violations, broken } = await open('countries?country=IND', officer, {
        colorScheme,
        viewport: { width, height: 800 },
      });
      for (const name of PAGES) {
        await page.goto(`${desk.base}/#/${name}${name === 'countries' ? '?country=IND' : ''}`);
        await page.locator('.desk-head h2').waitFor();
        await settled(page);
        for (const summary of await page.locator('.block summary').all()) await summary.click();
        if (name === 'imports') {
          await page.click('text=terai-watch-intercepts.csv');
          await page.locator('[data-figure=waiting]').waitFor();
        }
        expect({ name, found: await seriousFindings(page) }).toEqual({ name, found: [] });
        const past: unknown =
          await page.evaluate(`[...document.querySelectorAll('.bar > *, .block, .block > *')]
          .filter((element) => element.getClientRects().length > 0)
          .filter((element) => element.getBoundingClientRect().left < -1 || element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 100))`);
        expect({ name, past }).toEqual({ name, past: [] });
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      }
      expect([elsewhere, violations, broken]).toEqual([[], [], []]);
      await page.context().close();
    });
  });
});
