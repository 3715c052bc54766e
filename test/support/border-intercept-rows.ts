/** Invented rows of the border intercept form, and a way to read them through its profile as a file. */
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { readRows } from '../../src/intake/formats/csv.ts';
import { type Drafted, readDrafts } from '../../src/intake/formats/drafts.ts';
import { recognise } from '../../src/intake/formats/lookups.ts';
import { checkHeader } from '../../src/intake/formats/mapping.ts';
import { BORDER_INTERCEPT } from '../../src/intake/formats/profiles/border-intercept.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { NAMED_PROFILES } from '../../src/intake/formats/profiles/named.ts';
import type { ReportDraft } from '../../src/intake/reports/report-draft.ts';

// Everybody and everything here is invented; phone numbers are of no network.
const HEADER = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];

export const intercept = {
  country: 'Nepal',
  station_name: 'Example Gate',
  irf_number: 'EXG12',
  date_of_interception: '2024-03-01',
  time_of_interception: '18:05',
  number_of_victims: '2',
  number_of_traffickers: '1',
  location: 'Main gate;Bus park',
  profile: 'tall, quiet',
  where_going_destination: 'Exampletown',
  vulnerability_first_time_traveling_abroad: 'True',
  vulnerability_family_unwilling: 'False',
  evade_caught_in_lie: 'True',
  evidence_categorization: 'Some Evidence',
  verified_evidence_categorization: 'High Risk of Trafficking',
  computed_total_red_flags: '31',
  who_noticed: 'staff',
  staff_who_noticed: 'Staff A',
  how_sure_was_trafficking: '4',
};
export const home =
  "{'address': '12 Temple Road, Exampleville, Sample District, Nepal', 'location': {'x': 87.2718, 'y': 26.6646}}";
export const maya = {
  role: 'PVOT',
  full_name: 'Maya Example',
  gender: 'F',
  age: '17',
  address: home,
  latitude: '0',
  longitude: '0',
  phone_contact: '+977 000 000 001',
};
export const sita = {
  role: 'PV',
  full_name: 'Sita Example',
  gender: 'F',
  age: '22',
  address: home,
  latitude: '0',
  longitude: '0',
};
export const suspect = {
  role: 'Suspect',
  full_name: 'Ram Example',
  gender: 'M',
  age: '40',
  phone_contact: '+977 000 000 002',
  address: "{'address': 'Elsewhere', 'location': {'x': 0, 'y': 0}}",
};

export type Row = Readonly<Record<string, string>>;

/** A file of one intercept, with a possible victim and a suspect; `over` says it otherwise. */
export function interceptFile(over: Row = {}): string {
  const rows: Row[] = [maya, suspect].map((person) => ({ ...intercept, ...over, ...person }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => names.map((name) => `"${row[name] ?? ''}"`).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

export async function read(rows: readonly Row[], without: ReadonlySet<string> = new Set()) {
  const header = HEADER.filter((column) => !without.has(column));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const text = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\r\n');
  const table = await readRows(Readable.from([Buffer.from(text)]));
  expect(recognise(NAMED_PROFILES, table.columns)).toEqual({ as: 'rows', profile: BORDER_INTERCEPT });
  expect(checkHeader(BORDER_INTERCEPT, table)).toMatchObject({ accepted: true, value: { unknown: [] } });
  const drafts: Drafted[] = [];
  const now = new Date('2026-11-01T00:00:00Z');
  for await (const draft of readDrafts(BORDER_INTERCEPT, table.rows, {
    now,
    dates: { zone: 'Asia/Kathmandu' },
  }))
    drafts.push(draft);
  return { table, drafts };
}

/** A file of one intercept and one suspect, told by a phone. */
export function suspectFile(location: string, name = 'Sample Suspect'): string {
  const row: Row = {
    ...intercept,
    location,
    ...maya,
    role: 'Suspect',
    full_name: name,
    phone_contact: '+977 000 000 042',
  };
  const cells = Object.values(row).map((cell) => `"${cell}"`);
  return `${Object.keys(row).join(',')}\n${cells.join(',')}\n`;
}

export async function readOne(rows: readonly Row[]): Promise<ReportDraft> {
  const { drafts } = await read(rows);
  expect(drafts.flatMap((draft) => (draft.kind === 'draft' ? [] : draft.reasons))).toEqual([]);
  expect(drafts).toHaveLength(1);
  const [draft] = drafts;
  if (draft?.kind !== 'draft' || draft.record.type !== 'report') throw new Error('no report');
  return draft.record;
}
