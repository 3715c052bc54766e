/** Somebody gives a file, opens the row that waits, says what it should have said, and leaves out the one that is none. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings } from '../support/browser.ts';

let desk: BrowserDesk;
const FILE = [
  'irf_number,date_of_interception,role,station_name,age,full_name',
  'EXA0901,2026-02-31,PV,Example Gate,18,Maya Invented',
  'EXA0902,2026-03-04,PV,Example Gate,19,Sita Invented',
  'EXA0903,2026-02-30,PV,Example Gate,17,Gita Invented',
].join('\n');

describe.skipIf(!HAS_BROWSER)('the quarantine, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
  });
  afterAll(() => desk?.close());

  it('is worked off row by row, without a name of anybody on the page', async () => {
    const visit = await desk.enter('/', await desk.key('rain-gate', 'field'));
    const { page } = visit;
    await page.goto(`${desk.base}/#/imports`);
    await give(page);
    await waits(page, '2 rows wait');
    await page.click('text="Line 2"');
    const row = page.locator('[data-mending="2"]');
    await row.locator('.is-wrong input').waitFor();
    expect(await row.locator('.is-wrong input').inputValue()).toBe('2026-02-31');
    await row.locator('summary').click();
    const name = row.locator('.field', { hasText: 'full_name' });
    expect(await name.textContent()).toContain('Not shown: 13 characters');
    expect(await page.locator('main').textContent()).not.toMatch(/Maya|Invented/);
    expect(await seriousFindings(page)).toEqual([]);

    await row.locator('text=Mend and try again').click();
    await row.locator('.said', { hasText: 'Nothing is different yet' }).waitFor();
    await row.locator('.is-wrong input').fill('2026-02-32');
    await row.locator('text=Mend and try again').click();
    await row.locator('.said', { hasText: 'date_of_interception' }).waitFor();
    await row.locator('.is-wrong input').fill('2026-02-28');
    await row.locator('text=Mend and try again').click();
    await page.locator('[role=status]', { hasText: 'Line 2 was taken in' }).waitFor();
    await waits(page, '1 row waits');
    // It is an import of its own among the others.
    await page.locator('td, th', { hasText: 'calls.csv, line 2, mended' }).first().waitFor();

    await page.click('text="Line 4"');
    await page.click('text=Leave it out');
    await page.selectOption('dialog [name=reason]', 'DUPLICATE');
    await page.click('dialog [data-act=confirm]');
    await page.locator('td', { hasText: 'left out: it stands elsewhere too' }).waitFor();
    await waits(page, '0 rows wait');
    await page.click('text=Let it wait again');
    await page.click('dialog [data-act=confirm]');
    await waits(page, '1 row waits');
    const { violations, broken, elsewhere } = visit;
    expect({ violations, broken, elsewhere }).toEqual({ violations: [], broken: [], elsewhere: [] });
    await page.context().close();
  });

  it('offers the profiles that the hub has, with what they are for', async () => {
    const key = await desk.key('rain-gate', 'field');
    const { page } = await desk.enter('/', key);
    await page.goto(`${desk.base}/#/imports`);
    const { importProfiles } = (await desk.ask(key, '{ importProfiles { name description joins } }')) as {
      importProfiles: { name: string; description: string; joins: boolean }[];
    };
    const here = importProfiles.filter(({ joins }) => !joins);
    await page.locator('select[name=profile] option').nth(1).waitFor({ state: 'attached' });
    expect(await page.locator('select[name=profile] option').count()).toBe(here.length + 1);
    await page.selectOption('select[name=profile]', 'staffing');
    const told = here.find(({ name }) => name === 'staffing')?.description ?? 'nothing';
    await page.locator('.upload-told', { hasText: told }).waitFor();
    await page.context().close();
  });
});

async function give(page: Page): Promise<void> {
  await page.locator('select[name=profile] option').nth(1).waitFor({ state: 'attached' });
  await page.selectOption('select[name=profile]', 'border-intercept');
  await page.setInputFiles('input[name=file]', {
    name: 'calls.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(FILE),
  });
  await page.click('text=Give the file');
}

async function waits(page: Page, words: string): Promise<void> {
  await page.locator('[data-figure=waiting]', { hasText: words }).waitFor({ timeout: 60_000 });
}
