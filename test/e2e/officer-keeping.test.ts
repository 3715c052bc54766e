/** A data officer makes a key, says how long records are kept, holds one for a case, tells places apart, and drafts terms of their own. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserDesk, HAS_BROWSER, seriousFindings, type Visit } from '../support/browser.ts';
import { secretOf } from '../support/key-text.ts';

let desk: BrowserDesk;
let officer = '';

describe.skipIf(!HAS_BROWSER)('what else a data officer does, in a browser', () => {
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    officer = await desk.key('terai-watch', 'data_officer');
  });
  afterAll(() => desk?.close());

  it('makes a key that is shown once and works, and revokes it', async () => {
    const visit = await enter('keys');
    const { page } = visit;
    await act(page, 'Make a key', async () => {
      await page.fill('dialog [name=label]', 'Wall screen');
      await page.selectOption('dialog [name=role]', 'DASHBOARD');
      await page.fill('dialog [name=days]', '30');
    });
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    expect(secret).toMatch(/^hw_/);
    expect(await desk.ask(secret, '{ me { organisation role } }')).toEqual({
      me: { organisation: 'terai-watch', role: 'DASHBOARD' },
    });
    await page.click('text=I have put it away');
    expect(await page.content()).not.toContain(secretOf(secret));
    const row = page.locator('tr', { hasText: 'Wall screen' });
    await row.locator('text=changes nothing').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await row.locator('button', { hasText: 'Revoke' }).click();
    await page.click('dialog [data-act=confirm]');
    await row.locator('text=/revoked on/').waitFor();
    await expect(desk.ask(secret, '{ me { role } }')).rejects.toThrow('UNAUTHENTICATED');
    // The key that asks is not there to be revoked.
    expect(await page.locator('tr', { hasText: 'you are here with it' }).locator('button').count()).toBe(0);
    await clean(visit);
  });

  it('says how long records are kept and sees what will fall due', async () => {
    const visit = await enter('keeping');
    const { page } = visit;
    const row = page.locator('tr', { hasText: 'border intercept' }).first();
    await row.locator('text=nobody said otherwise').waitFor();
    await row.locator('button').click();
    await page.fill('dialog [name=months]', '12');
    await page.selectOption('dialog [name=action]', 'REVIEW');
    await page.click('dialog [data-act=confirm]');
    await row.locator('text=/since/').waitFor();
    const due = page.locator('.section', { hasText: 'What will fall due' });
    await due.locator('select').selectOption('365');
    await due.locator('tbody tr').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await clean(visit);
  });

  it('holds a report for a case, and lifts the hold by its reference alone', async () => {
    const { reports } = (await desk.ask(officer, '{ reports(first: 1) { nodes { id } } }')) as {
      reports: { nodes: { id: string }[] };
    };
    const id = reports.nodes[0]?.id ?? '';
    const visit = await enter('keeping');
    const { page } = visit;
    await page.click('text=Hold for a case');
    await page.fill('dialog [name=caseReference]', 'CASE-77');
    await page.fill('dialog [name=ids]', `${id} 00000000-0000-4000-8000-000000000000`);
    await page.click('dialog [data-act=confirm]');
    await page.locator('dialog .said', { hasText: 'nothing of that id' }).waitFor();
    await page.fill('dialog [name=ids]', id);
    await page.click('dialog [data-act=confirm]');
    const holds = page.locator('.section', { hasText: 'Legal holds' });
    await holds.locator('tr', { hasText: id }).waitFor();
    expect(await page.locator('main').textContent()).not.toContain('CASE-77');
    await act(page, 'Lift the holds of a case', () => page.fill('dialog [name=caseReference]', 'CASE-77'));
    await holds.locator('text=Nothing is held').waitFor();
    await holds.locator('select').selectOption('LIFTED');
    await holds.locator('tr', { hasText: id }).locator('text=/lifted on/').waitFor();
    await clean(visit);
  });

  it('decides what written words mean by finding the place as it is typed, and takes it back', async () => {
    const visit = await enter('places');
    const { page } = visit;
    await page.locator('.table-scroll tbody tr').first().waitFor();
    const before = await figure(page);
    const first = page.locator('.table-scroll tbody tr').first();
    await first.locator('button').click();
    await page.fill('dialog input[type=search]', 'kath');
    const found = page.locator('[data-list=found] label').first();
    await found.waitFor({ timeout: 30_000 }).catch(async () => {
      // The words stand in another country than that.
      await page.fill('dialog input[type=search]', 'de');
      await found.waitFor();
    });
    await found.locator('input').check();
    expect(await seriousFindings(page)).toEqual([]);
    await page.click('dialog [data-act=confirm]');
    await page
      .locator('[role=status]', { hasText: /Decided: \d+ records? follow/ })
      .waitFor({ timeout: 60_000 });
    await expect.poll(() => figure(page), { timeout: 60_000 }).toBeLessThan(before);
    await page.click('text=Take it back');
    await page.click('dialog [data-act=confirm]');
    await page.locator('[role=status]', { hasText: 'Taken back' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => figure(page), { timeout: 60_000 }).toBe(before);
    await clean(visit);
  });

  it('drafts an agreement of terms that no template has', async () => {
    const visit = await enter('agreements');
    const { page } = visit;
    await act(page, 'Draft an agreement', async () => {
      await page.fill('dialog [name=name]', 'Movements one way');
      await page.fill('dialog [name=parties]', 'delta-lights');
      await page.click('dialog >> text=Terms of your own');
      await page.selectOption('dialog [name="we MOVEMENT"]', 'COARSE');
      await page.selectOption('dialog [name=termPlace]', 'REGION');
      await page.selectOption('dialog [name=termTime]', 'YEAR');
    });
    await page.locator('.detail .facts', { hasText: 'delta-lights, not signed' }).waitFor();
    const { agreements } = (await desk.ask(
      officer,
      '{ agreements { name terms { giver receiver recordClass sight place time handlingCeiling } } }',
    )) as { agreements: { name: string; terms: object[] }[] };
    expect(agreements.find(({ name }) => name === 'Movements one way')?.terms).toEqual([
      {
        giver: 'terai-watch',
        receiver: 'delta-lights',
        recordClass: 'MOVEMENT',
        sight: 'COARSE',
        place: 'REGION',
        time: 'YEAR',
        handlingCeiling: 'AMBER',
      },
    ]);
    await clean(visit);
  });
});

async function enter(part: string): Promise<Visit> {
  const visit = await desk.enter('/', officer);
  await visit.page.goto(`${desk.base}/#/officer/${part}`);
  await visit.page.locator('[data-answered=true]').first().waitFor({ timeout: 60_000 });
  return visit;
}

async function act(page: Page, word: string, fill: () => Promise<unknown>): Promise<void> {
  await page.click(`text="${word}"`);
  await fill();
  await page.click('dialog [data-act=confirm]');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

async function figure(page: Page): Promise<number> {
  return Number((await page.locator('[data-figure=count]').first().textContent())?.replaceAll(',', ''));
}

async function clean({ page, violations, broken, elsewhere }: Visit): Promise<void> {
  expect({ violations, broken, elsewhere }).toEqual({ violations: [], broken: [], elsewhere: [] });
  await page.context().close();
}
