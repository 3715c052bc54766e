/** A name typed where it does not belong is found in no open column of any table, nor in what an import answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVESTIGATION_HEADER } from '../../seeds/investigation-header.ts';
import { INVESTIGATION_PROFILE } from '../../seeds/investigation-profile.ts';
import { type ImportProfile, parseProfile } from '../../src/intake/formats/profile.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import type { ImportSummary } from '../../src/intake/imports/import-types.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { FORMS } from '../support/fictional-forms.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const CANARY = 'Zita Canarywala';
const OWNER = 'canary-desk';

let hub: TestHub;
const summaries: ImportSummary[] = [];
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const csv = (columns: readonly string[], rows: readonly Row[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`))]
    .map((cells) => cells.join(','))
    .join('\n');

async function take(profile: string | ImportProfile, text: string, name: string): Promise<ImportSummary> {
  const summary = await importText(hub, OWNER, profile, text, name);
  summaries.push(summary);
  return summary;
}

const found = (): Promise<readonly string[]> => openColumnsWith(hub, 'canarywala');

/** The station and the id of a form are no free text: they name the owner's own posts, and only their owner sees them. */
const OWN_NAMES = new Set(['station_name', 'location', 'irf_number']);

describe('a name', () => {
  it('typed in any column of the border form', async () => {
    const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
    const rows = columns
      .filter((column) => !OWN_NAMES.has(column))
      .flatMap((column, index) =>
        [maya, suspect].map((person) => ({
          ...intercept,
          ...person,
          irf_number: `EXG${100 + index}`,
          [column]: CANARY,
        })),
      );
    const text = csv(columns, rows);
    const broken = [
      columns
        .map((_, at) => (at % 3 === 0 ? CANARY : 'x'))
        .slice(1)
        .join(','),
      columns.map((_, at) => (at === 9 ? `"${CANARY}` : CANARY)).join(','),
    ];
    const summary = await take('border-intercept', [text, ...broken].join('\n'), 'border.csv');
    expect(summary.rows).toBe(rows.length + broken.length);
    expect(summary.counts.accepted).toBeGreaterThan(rows.length * 0.9);
    expect(summary.counts.quarantined).toBeGreaterThan(2);
    expect(await found()).toEqual([]);
  }, 180_000);

  it('is still there for whoever may open the vault', async () => {
    const officer = await viewerFor(hub, OWNER, 'data_officer', true);
    const { reports } = await answer<{ reports: { nodes: { id: string; externalReference: string }[] } }>(
      hub,
      officer,
      '{ reports(first: 500) { nodes { id externalReference } } }',
    );
    const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS].filter((column) => !OWN_NAMES.has(column));
    for (const column of ['reason_for_intercept', 'industry', 'where_going_destination', 'case_notes']) {
      const reference = `EXG${100 + columns.indexOf(column)}`;
      const id = reports.nodes.find((report) => report.externalReference === reference)?.id ?? '';
      const opened = await answer(
        hub,
        officer,
        `{ personal(about: "${id}", purpose: SAFEGUARDING, caseReference: "test") { field value } }`,
      );
      expect(JSON.stringify(opened), column).toContain(CANARY);
    }
  });

  it("typed in any column of an organisation's own mapping, but for those of firms", async () => {
    const profile = parseProfile(INVESTIGATION_PROFILE);
    if (!profile.accepted) throw new Error(JSON.stringify(profile.reasons));
    const base: Row = {
      incident_date: '2024-03-01',
      place: 'Delhi',
      country: 'India',
      source_kind: 'victim',
      suspect: 'Ram Example',
      phone: '+977 000 000 002',
    };
    const columns: readonly string[] = INVESTIGATION_HEADER;
    const rows = columns
      .filter((column) => !['reference', 'agency', 'establishment'].includes(column))
      .map((column, index) => ({ ...base, reference: `R-${index}`, [column]: CANARY }));
    const summary = await take(profile.value, csv(columns, rows), 'own.csv');
    expect(summary.counts.accepted).toBeGreaterThan(8);
    expect(await found()).toEqual([]);
  });

  it.each(
    FORMS.filter(({ profile }) => profile !== 'border-intercept').map(
      (form) => [form.profile, form] as const,
    ),
  )(
    'typed in any column of the form %s, but for ids and the names of firms',
    async (profile, { record, id, open }) => {
      const { required, optional = [], ignored = [] } = (findProfile(profile) as ImportProfile).columns;
      const columns = [...new Set([...required, ...optional, ...ignored])];
      const [base = {}] = record(seededRandom(7), 'EX1');
      const rows = columns
        .filter((column) => !open.includes(column))
        .map((column, index) => ({ ...base, [id ?? '']: `EX${index}`, [column]: CANARY }));
      const summary = await take(profile, csv(columns, rows), `${profile}.csv`);
      expect(summary.rows).toBe(rows.length);
      expect(summary.counts.accepted).toBeGreaterThan(rows.length * 0.6);
      expect(summary.counts.quarantined).toBeGreaterThan(0);
      expect(await found()).toEqual([]);
    },
  );

  it('typed in any column of published files and of staffing', async () => {
    const deaths =
      'web_id,reported_date,number_dead,number_missing,total_dead_and_missing,cause_death,country_of_incident,location_description,migration_route,information_source,location_coodinates,source_quality,region_origin'.split(
        ',',
      );
    const base: Row = { reported_date: '2024-03-01', number_dead: '1', country_of_incident: 'Libya' };
    const rows = deaths.slice(1).map((column, index) => ({ ...base, web_id: `d${index}`, [column]: CANARY }));
    expect((await take('missing-migrants', csv(deaths, rows), 'deaths.csv')).counts.accepted).toBeGreaterThan(
      5,
    );
    const ctdc = [
      'yearOfRegistration',
      'gender',
      'citizenship',
      'CountryOfExploitation',
      'ageBroad',
      'isForcedLabour',
    ];
    const victim: Row = {
      yearOfRegistration: '2019',
      gender: 'Female',
      citizenship: 'NP',
      CountryOfExploitation: 'IN',
    };
    await take(
      'ctdc',
      csv(
        ctdc,
        ctdc.map((column) => ({ ...victim, [column]: CANARY })),
      ),
      'victims.csv',
    );
    const effort = ['station_name', 'country', 'month', 'staff', 'work_fraction', 'latitude', 'longitude'];
    const month: Row = { station_name: 'Example Gate', month: '2024-03', staff: '2', work_fraction: '1' };
    const months = effort.slice(1).map((column) => ({ ...month, [column]: CANARY }));
    await take('staffing', csv(effort, months), 'staffing.csv');
    expect(await found()).toEqual([]);
    expect(JSON.stringify(summaries)).not.toMatch(/canarywala/i);
  });
});
