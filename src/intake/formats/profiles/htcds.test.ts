import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { textWorkbook } from '../../../../test/support/workbook.ts';
import type { ReportDraft } from '../../reports/report-draft.ts';
import { readRows } from '../csv.ts';
import { type Drafted, readDrafts } from '../drafts.ts';
import { recognise } from '../lookups.ts';
import { checkHeader } from '../mapping.ts';
import type { RowTable } from '../source-rows.ts';
import { openTable } from '../tables.ts';
import { HTCDS } from './htcds.ts';
import { HTCDS_COLUMNS, HTCDS_UNREAD, INDUSTRIES, INDUSTRY_CODES } from './htcds-columns.ts';
import { NAMED_PROFILES } from './named.ts';

const FOLDER = '../shared/data/standards';
const SHEETS = [
  `${FOLDER}/htcds_HTCDS_Excel_Spreadsheet_v2.0.xlsx`,
  `${FOLDER}/htcds_HTCDS_Excel_Spreadsheet_single_select_with_validation_v2.0.xlsx`,
];

const now = new Date('2026-11-01T00:00:00Z');

type Row = Readonly<Record<string, string>>;

async function draftsOf(table: RowTable): Promise<readonly Drafted[]> {
  const drafts: Drafted[] = [];
  for await (const draft of readDrafts(HTCDS, table.rows, { now })) drafts.push(draft);
  return drafts;
}

async function read(rows: readonly Row[]) {
  const columns = [
    ...new Set(['vic_TraffickingStatus', 'vic_TypeOfExploitation', ...rows.flatMap(Object.keys)]),
  ];
  const cells = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const text = cells.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\n');
  const drafts = await draftsOf(await readRows(Readable.from([Buffer.from(text)])));
  // The same sheet gives the same drafts.
  expect(await draftsOf(await openTable(HTCDS, textWorkbook(cells), null))).toEqual(drafts);
  return drafts;
}

async function readReport(...rows: readonly Row[]): Promise<ReportDraft> {
  const drafts = await read(rows);
  expect(drafts.flatMap((draft) => (draft.kind === 'draft' ? [] : draft.reasons))).toEqual([]);
  expect(drafts).toHaveLength(1);
  const [draft] = drafts;
  if (draft?.kind !== 'draft' || draft.record.type !== 'report') throw new Error('no report');
  return draft.record;
}

const person: Row = {
  cas_CaseNumber: 'EX-1',
  prs_FirstName: 'Example',
  prs_SecondName: 'Person',
  prs_Gender: 'Feminine',
  prs_Citizenship: 'NP',
  prs_MobilePhone: '+000 111 2222',
  vic_TraffickingStatus: 'PossibleVictimOfTrafficking',
  vic_TypeOfExploitation: 'Forced labour',
  vic_AgeWhenTrafficked: '17',
};

const event = (type: string, country: string, date: string): Row => ({
  ...person,
  hte_Type: type,
  hte_Country: country,
  hte_Date: date,
});

describe('a case in the fields of HTCDS', () => {
  it('has its trafficking events as waypoints in the order of their dates', async () => {
    const { movement, incident, persons } = await readReport(
      event('Exploitation', 'IN', '2024-05-01'),
      event('Recruitment', 'NP', '2024-01-10'),
      event('Transit', 'BD', '2024-03-02'),
    );
    expect(
      movement?.waypoints.map(({ kind, basis, place, time }) => [
        kind,
        basis,
        place.country,
        time?.from.slice(0, 10),
      ]),
    ).toEqual([
      ['stated', 'citizenship', 'NPL', undefined],
      ['stated', 'departure', 'NPL', '2024-01-10'],
      ['stated', 'crossing', 'BGD', '2024-03-02'],
      ['stated', 'exploitation', 'IND', '2024-05-01'],
    ]);
    expect(incident.occurred).toMatchObject({
      from: '2024-01-10T00:00:00.000Z',
      to: '2024-05-02T00:00:00.000Z',
      granularity: 'year',
    });
    expect(movement?.waypoints.some((waypoint) => 'rank' in waypoint)).toBe(false);
    expect(persons).toHaveLength(1);
    expect([incident.personsMin, incident.personsMax]).toEqual([1, 1]);
  });

  it('orders events without dates by what they are', async () => {
    const { movement } = await readReport(
      event('Exploitation', 'IN', ''),
      event('Transit', 'BD', '2024-03-02'),
      event('Recruitment', 'NP', ''),
    );
    expect(movement?.waypoints.map(({ basis }) => basis)).toEqual([
      'citizenship',
      'departure',
      'crossing',
      'exploitation',
    ]);
  });

  it('without events goes from where it was recruited to where it was exploited', async () => {
    const { movement } = await readReport({
      ...person,
      vic_LocationOfRecruitment: 'Itahari',
      vic_LocationOfExploitation: 'Mumbai',
    });
    expect(movement?.waypoints.map(({ basis, place }) => [basis, place.text])).toEqual([
      ['citizenship', null],
      ['departure', 'Itahari'],
      ['exploitation', 'Mumbai'],
    ]);
  });

  it.each([
    ['PossibleVictimOfTrafficking', 'possible_victim'],
    ['Possible victim of trafficking', 'possible_victim'],
    ['Actual victim of trafficking', 'victim'],
    ['NotAVictimOfTrafficking', 'not_a_victim'],
    ['', 'possible_victim'],
  ])('keeps the status %s as %s, the name and number for the vault alone', async (written, status) => {
    const { persons, entities } = await readReport({ ...person, vic_TraffickingStatus: written });
    expect(persons).toEqual([
      {
        status,
        sex: 'female',
        ageBand: '9_17',
        personal: { fullName: 'Example Person', phone: '+000 111 2222', nationality: 'NP' },
      },
    ]);
    expect(entities).toEqual([]);
  });

  it('takes labels and codes of its lists as one', async () => {
    const { indicators, caseNotes } = await readReport({
      ...person,
      vic_MethodsOfControl: 'Debt bondage;MethodsOfControlWithholdsDocuments;ThreatsLawEnforcement',
      vic_MethodOfRecruitment: 'ThroughFriendsOrSocialEvents;in a private house',
      vic_ForcedLabourIndustry: 'E_WaterSupplySewerageWasteManagement',
    });
    expect(indicators.map(({ code, value }) => [code, value])).toEqual([
      ['vic_methodofrecruitment', 'Through friends or social events'],
      ['vic_methodsofcontrol', 'Debt bondage'],
      ['vic_methodsofcontrol', 'Withholds documents'],
      ['vic_methodsofcontrol', 'Threats of law enforcement'],
      ['vic_typeofexploitation', 'Forced labour'],
      ['vic_forcedlabourindustry', INDUSTRIES[4]],
    ]);
    expect(caseNotes).toBe('vic_methodofrecruitment: in a private house');
    expect(Object.values(INDUSTRY_CODES)).toEqual(INDUSTRIES);
  });

  it('makes a suspect of a person with a part in it, and never of one it was done to', async () => {
    const suspect = await readReport({ ...person, per_RoleInProcess: 'RecruiterOrIntermediary' });
    expect(suspect.persons).toEqual([]);
    expect(suspect.entities).toMatchObject([{ kind: 'individual', role: 'recruiter' }]);
    const sold = await readReport({ ...person, per_RoleInProcess: 'SoldIndividual' });
    expect(sold.persons).toHaveLength(1);
    expect(sold.entities).toEqual([]);
  });

  it('is refused when its rows speak of two persons, or an event is of no kind', async () => {
    const [two] = await read([
      event('Transit', 'IN', '2024-01-01'),
      { ...event('Transit', 'BD', '2024-01-02'), prs_FirstName: 'Other' },
    ]);
    expect(two).toMatchObject({
      kind: 'quarantined',
      reasons: [{ found: 'one id and two answers for the person' }],
    });
    const [odd] = await read([event('Holiday', 'IN', '2024-01-01')]);
    expect(odd).toMatchObject({
      kind: 'quarantined',
      reasons: [{ where: 'line 2, hte_Type', wanted: 'one of Recruitment, Transit, Exploitation' }],
    });
  });

  it('passes over the line that says the header in words, and lines that are only numbered', async () => {
    const table = textWorkbook([
      ['', 'vic_TraffickingStatus', 'vic_TypeOfExploitation'],
      ['', 'Trafficking Status', 'Type of Exploitation'],
      ['1', 'Possible victim of trafficking', 'Servitude'],
      ['2', '', ''],
      ['3', 'Actual victim of trafficking', 'Other'],
    ]);
    const drafts = await draftsOf(await openTable(HTCDS, table, null));
    expect(drafts.map(({ rows, kind }) => [kind, rows[0]?.rowNumber, rows[0]?.line])).toEqual([
      ['draft', 1, 3],
      ['draft', 2, 5],
    ]);
  });
});

describe.each(SHEETS)('the published workbook %s', (file) => {
  it.skipIf(!existsSync(file))(
    'is known whole: nothing of its header is unknown, and it holds no case',
    async () => {
      const table = await openTable(HTCDS, file, null);
      expect(table.columns.length + table.dropped.length).toBe(39);
      expect(recognise(NAMED_PROFILES, table.columns)).toEqual({ as: 'rows', profile: HTCDS });
      expect(checkHeader(HTCDS, table)).toMatchObject({ accepted: true, value: { unknown: [] } });
      expect(await draftsOf(table)).toEqual([]);
    },
  );
});

describe('the fields of the standard', () => {
  const FIELDS = `${FOLDER}/htcds_htcds_xlsform.xlsx`;

  it.skipIf(!existsSync(FIELDS))('of its form are all known', async () => {
    const table = await openTable({ format: 'csv' }, FIELDS, 'survey');
    const known = new Set([...HTCDS.columns.required, ...HTCDS_COLUMNS, ...HTCDS_UNREAD]);
    const names: string[] = [];
    for await (const row of table.rows)
      if (row.kind === 'row') names.push(row.cells['name'] || (row.cells['type'] ?? ''));
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });
});
