/** Moved persons as HTCDS records, and as counts in CTDC's shape that single nobody out. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CTDC, LEAST_INCIDENTS, LEAST_PERSONS } from '../../src/serving/exports/formats/ctdc.ts';
import type { PersonRow } from '../../src/serving/exports/persons.ts';
import { readByDuckDb } from '../support/duck.ts';
import { type Desk, exportDesk, keyOf, takeExport, viewerOfKey, wholeList } from '../support/exports.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
let key: string;

type Line = Record<string, string>;

/** Of the standard's field list (HTCDS 2.0, IOM, CC BY 4.0): those that a line may have. */
const STANDARD = [
  'prs_Gender',
  'prs_Citizenship',
  'vic_TraffickingStatus',
  'vic_TypeOfExploitation',
  'hte_Type',
  'hte_Date',
  'hte_Country',
  'hte_Longitude',
  'hte_Latitude',
  'hte_Description',
];

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  key = await keyOf(desk, 'terai-watch', 'analyst');
});
afterAll(() => hub.close());

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly party: readonly { readonly sex: string; readonly ageBand: string }[];
  readonly waypoints: readonly { readonly basis: string }[];
}

it('has a line for each known place of each person of each party', async () => {
  const movements = await wholeList<Listed>(
    hub,
    await viewerOfKey(desk, key),
    'movements',
    'MovementFilter',
    'id status party { sex ageBand } waypoints { basis }',
  );
  const { bytes, manifest } = await takeExport(desk, key, 'persons.htcds.csv');
  expect(await linesInDuckDb('persons.htcds.csv', bytes)).toBe(
    bytes.toString().trimEnd().split('\r\n').length - 1,
  );
  const lines = parse<Line>(bytes, { columns: true });
  expect(Object.keys(lines[0] ?? {}).filter((name) => /^(org|prs|vic|per|cas|hte|con)_/.test(name))).toEqual(
    STANDARD,
  );
  const persons = movements.reduce((sum, { party }) => sum + party.length, 0);
  expect(persons).toBeGreaterThan(500);
  expect(new Set(lines.map((each) => `${each.movement_id} ${each.person}`)).size).toBe(persons);
  expect(manifest.counts.rows).toBe(persons);
  const expected = movements.reduce(
    (sum, { party, waypoints }) =>
      sum + party.length * Math.max(1, waypoints.filter(({ basis }) => basis !== 'CITIZENSHIP').length),
    0,
  );
  expect(lines).toHaveLength(expected);
  const females = movements.flatMap(({ party }) => party).filter(({ sex }) => sex === 'FEMALE').length;
  expect(
    new Set(
      lines
        .filter((each) => each.prs_Gender === 'Feminine')
        .map((each) => `${each.movement_id} ${each.person}`),
    ).size,
  ).toBe(females);
  // The demo's persons are possible victims: nothing makes them actual ones.
  expect(new Set(lines.map((each) => each.vic_TraffickingStatus))).toEqual(
    new Set(['PossibleVictimOfTrafficking']),
  );
  const completed = new Set(movements.filter(({ status }) => status === 'COMPLETED').map(({ id }) => id));
  const exploited = lines.filter((each) => each.hte_Type === 'Exploitation');
  expect(exploited.length).toBeGreaterThan(0);
  // Where a journey was to lead is no exploitation before it ended there.
  for (const each of exploited)
    expect(each.hte_Description?.startsWith('exploitation') || completed.has(each.movement_id ?? '')).toBe(
      true,
    );
  expect(lines.some((each) => each.hte_Type === '' && each.hte_Description?.startsWith('destination'))).toBe(
    true,
  );
});

it('counts nobody in a cell that is too small', async () => {
  const { bytes } = await takeExport(desk, key, 'persons.ctdc.csv');
  expect(await linesInDuckDb('persons.ctdc.csv', bytes)).toBe(
    bytes.toString().trimEnd().split('\r\n').length - 1,
  );
  const lines = parse<Line>(bytes, { columns: true });
  expect(lines.length).toBeGreaterThan(3);
  for (const each of lines) expect(Number(each.persons)).toBeGreaterThanOrEqual(LEAST_PERSONS);
});

const person = (changes: Partial<PersonRow>): PersonRow => ({
  movementId: 'm',
  incidentId: 'i',
  eventId: null,
  purpose: 'trafficking',
  person: 1,
  owner: 'north-desk',
  handling: 'amber',
  pap: null,
  sex: 'female',
  ageBand: '9_17',
  status: 'possible_victim',
  exploitation: 'sexual',
  movementStatus: 'intercepted',
  destinationCountry: 'IND',
  recordedYear: 2026,
  waypoints: [],
  ...changes,
});

async function counted(rows: readonly PersonRow[]): Promise<string> {
  const pages = async function* () {
    yield rows;
  };
  let text = '';
  for await (const piece of CTDC.write(pages(), {} as never)) text += piece.toString();
  return text.split('\r\n').slice(1).join('\n').trim();
}

const many = (count: number, incidents: number, changes: Partial<PersonRow> = {}): PersonRow[] =>
  Array.from({ length: count }, (_, i) => person({ incidentId: `i${i % incidents}`, ...changes }));

it.each([
  ['enough persons and incidents', many(LEAST_PERSONS, LEAST_INCIDENTS), '2026,Female,9--17,,0.0,1.0,IN,11'],
  ['a person too few', many(LEAST_PERSONS - 1, LEAST_INCIDENTS), ''],
  ['three reports of one event', many(12, 3, { eventId: 'e' }), ''],
  ['somebody sent home', many(LEAST_PERSONS, LEAST_INCIDENTS, { purpose: 'return' }), ''],
  [
    'two reports of one of several events: the larger',
    [
      ...many(LEAST_PERSONS, LEAST_INCIDENTS),
      ...Array.from({ length: 4 }, () => person({ incidentId: 'x', eventId: 'e' })),
      ...Array.from({ length: 3 }, () => person({ incidentId: 'y', eventId: 'e' })),
    ],
    '2026,Female,9--17,,0.0,1.0,IN,15',
  ],
  ['an incident too few', many(LEAST_PERSONS, LEAST_INCIDENTS - 1), ''],
  ['who is found to be no victim', many(LEAST_PERSONS, LEAST_INCIDENTS, { status: 'not_a_victim' }), ''],
  ['one of several contributors', [...many(20, 5), person({ owner: 'south-desk', sex: 'male' })], ''],
  ['one contributor with more than 80 %', [...many(20, 5), ...many(4, 4, { owner: 'south-desk' })], ''],
  [
    'two contributors',
    [...many(20, 5), ...many(5, 5, { owner: 'south-desk' })],
    '2026,Female,9--17,,0.0,1.0,IN,25',
  ],
])('shows of %s what may be shown', async (_of, rows, shown) => {
  expect(await counted(rows)).toBe(shown);
});

async function linesInDuckDb(name: string, bytes: Uint8Array): Promise<unknown> {
  const [told] = await readByDuckDb(
    name,
    bytes,
    'select count(*)::int as lines from read_csv({file}, header = true, all_varchar = true)',
  );
  return told?.lines;
}
