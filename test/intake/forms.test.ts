/** A whole practice moves in: every form, every row accounted for, every planted fault found, nothing personal in the open. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import { openTable } from '../../src/intake/formats/tables.ts';
import { importFile } from '../../src/intake/imports/import.service.ts';
import type { ImportSummary } from '../../src/intake/imports/import-types.ts';
import { type Form, NOBODY, type Row } from '../support/fictional-answers.ts';
import { cellsOf, FORMS, type FormFile, formFile } from '../support/fictional-forms.ts';
import { organisationFor, recordLines } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { textWorkbook } from '../support/workbook.ts';

const RECORDS = 6;
const SEED = 20_261_123;

let hub: TestHub;
const summaries: ImportSummary[] = [];
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const csv = (file: Pick<FormFile, 'columns' | 'rows'>): Buffer =>
  Buffer.from(
    cellsOf(file)
      .map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
      .join('\n'),
  );

async function take(slug: string, form: Form, content: Buffer): Promise<ImportSummary> {
  const profile = findProfile(form.profile) as ImportProfile;
  const summary = await importFile(hub.imports, {
    organisation: await organisationFor(hub, slug),
    keyId: null,
    profile,
    fileName: `${form.profile}.file`,
    fileSha256: createHash('sha256').update(content).digest(),
    open: () => openTable(profile, content, null),
    dates: { zone: 'Asia/Kathmandu' },
  });
  summaries.push(summary);
  const { accepted, part, version, unchanged, quarantined } = summary.counts;
  expect(accepted + part + version + unchanged + quarantined).toBe(summary.rows);
  return summary;
}

/** The rows of the good records, the last of them corrected, in another order. */
function corrected(form: Form, file: FormFile): { readonly rows: readonly Row[]; readonly changed: number } {
  const refused = new Set(file.planted.flatMap(({ rows }) => rows));
  const good = file.rows.filter((_, at) => !refused.has(at + 1));
  const last = good.at(-1)?.[form.id ?? ''];
  const rows = good.map((row) => (row[form.id ?? ''] === last ? { ...row, ...form.correction } : row));
  return { rows: rows.toReversed(), changed: rows.filter((row) => row[form.id ?? ''] === last).length };
}

describe.each(FORMS.map((form) => [form.profile, form] as const))('%s', (profile, form) => {
  const file = formFile(form, SEED, RECORDS);
  const refused = file.planted.flatMap(({ rows }) => rows);

  it('takes in every record, and holds every planted fault with its column and reason', async () => {
    const summary = await take('moving-in', form, csv(file));
    expect(summary).toMatchObject({ rows: file.rows.length, unknownColumns: [], repeated: false });
    expect(summary.counts).toMatchObject({
      accepted: file.rows.length - refused.length,
      quarantined: refused.length,
    });
    expect(summary.quarantine.map(({ line }) => line - 1).sort((a, b) => a - b)).toEqual(
      refused.toSorted((a, b) => a - b),
    );
    for (const { rows, fault } of file.planted) {
      for (const row of rows) {
        const reasons = summary.quarantine.find(({ line }) => line === row + 1)?.reasons ?? [];
        // A column that is read for two things is refused for both.
        expect([...new Set(reasons.map(({ where }) => where))]).toEqual([`line ${row + 1}, ${fault.column}`]);
        expect(reasons.map(({ wanted }) => wanted).join('; ')).toContain(fault.wanted);
      }
    }
  });

  it('changes nothing when it is imported again, or as a workbook', async () => {
    const before = await recordLines(hub, 'moving-in');
    expect(await take('moving-in', form, csv(file))).toMatchObject({ repeated: true });
    const again = await take('moving-in', form, textWorkbook(cellsOf(file)));
    expect(again.repeated).toBe(false);
    expect(again.counts).toEqual({
      accepted: 0,
      part: 0,
      version: 0,
      unchanged: file.rows.length - refused.length,
      quarantined: refused.length,
    });
    expect(again.quarantine.map(({ line }) => line)).toEqual(
      summaries.at(-3)?.quarantine.map(({ line }) => line),
    );
    expect(await recordLines(hub, 'moving-in')).toEqual(before);
  });

  it('makes one version of one correction, whatever the order of rows', async () => {
    const { rows, changed } = corrected(form, file);
    const summary = await take('moving-in', form, csv({ columns: file.columns.toReversed(), rows }));
    expect(summary.counts).toEqual({
      accepted: 0,
      part: 0,
      version: changed,
      unchanged: rows.length - changed,
      quarantined: 0,
    });
    expect((await take('moving-in', form, csv({ columns: file.columns, rows }))).counts).toMatchObject({
      unchanged: rows.length,
      version: 0,
    });
  });

  it(`keeps whoever is named in ${profile} in the vault alone`, async () => {
    expect(await openColumnsWith(hub, NOBODY)).toEqual([]);
    expect(JSON.stringify(summaries)).not.toContain(NOBODY);
  });
});

describe('what moved in', () => {
  it('keeps the legs of a case in their order, each with its means of transport', async () => {
    const viewer = await viewerFor(hub, 'moving-in', 'analyst');
    const { movements } = await answer<{
      movements: {
        nodes: {
          mode: string;
          report: { externalReference: string };
          waypoints: { ordinal: number; basis: string; mode: string | null; occurredFrom: string | null }[];
        }[];
      };
    }>(
      hub,
      viewer,
      `{ movements(first: 200) { nodes { mode report { externalReference } waypoints { ordinal basis mode occurredFrom } } } }`,
    );
    const told = movements.nodes.map(({ mode, waypoints }) => ({
      mode,
      legs: waypoints.map((waypoint) => [
        waypoint.basis,
        waypoint.mode,
        waypoint.occurredFrom?.slice(0, 10) ?? null,
      ]),
    }));
    const legs = told.filter(({ mode }) => mode === 'MIXED');
    expect(legs).toHaveLength(RECORDS);
    for (const each of legs)
      expect(each.legs).toEqual([
        ['RESIDENCE', null, null],
        ['CROSSING', 'BUS', '2024-02-29'],
        ['CROSSING', 'FOOT', '2024-03-01'],
        ['EXPLOITATION', 'TRAIN', '2024-03-02'],
      ]);
    const events = told.filter(({ legs: its }) => its[0]?.[0] === 'CITIZENSHIP');
    expect(events).toHaveLength(RECORDS);
    for (const each of events)
      expect(each.legs.map(([basis]) => basis)).toEqual([
        'CITIZENSHIP',
        'DEPARTURE',
        'CROSSING',
        'EXPLOITATION',
      ]);
  });

  it('opens to whoever may read the vault, and to nobody else', async () => {
    const officer = await viewerFor(hub, 'moving-in', 'data_officer', true);
    const { reports } = await answer<{ reports: { nodes: { id: string; kind: string }[] } }>(
      hub,
      officer,
      '{ reports(first: 200) { nodes { id kind } } }',
    );
    const kinds = new Set(reports.nodes.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['BORDER_INTERCEPT', 'INTERVIEW', 'OPEN_SOURCE', 'PARTNER']);
    let opened = 0;
    for (const { id } of reports.nodes.slice(0, 10)) {
      const text = JSON.stringify(
        await answer(
          hub,
          officer,
          `{ personal(about: "${id}", purpose: SAFEGUARDING, caseReference: "test") { field value } }`,
        ),
      );
      if (text.includes(NOBODY)) opened += 1;
    }
    expect(opened).toBeGreaterThan(5);
  });
});
