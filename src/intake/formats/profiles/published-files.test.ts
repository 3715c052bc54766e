import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FlowObservationDraft, ReportDraft } from '../../reports/report-draft.ts';
import { readRows } from '../csv.ts';
import { type Drafted, readDrafts } from '../drafts.ts';
import type { Lookups } from '../field-reader.ts';
import { readLookup, recognise } from '../lookups.ts';
import { checkHeader } from '../mapping.ts';
import type { ImportProfile } from '../profile.ts';
import { CTDC } from './ctdc.ts';
import { DTM } from './dtm.ts';
import { MISSING_MIGRANTS } from './missing-migrants.ts';
import { NAMED_PROFILES } from './named.ts';

const FOLDER = '../shared/data';
const MIGRANTS = `${FOLDER}/incidents/iom_missing_migrants_global_2014_2025-09.csv`;
const VICTIMS = `${FOLDER}/flows/ctdc_global_dataset_2020-04-14_flows.csv`;
const FLOWS = `${FOLDER}/flows/dtm_sudan_2026_flows.csv`;
const LOCATIONS = `${FOLDER}/flows/dtm_sudan_2026_locations.csv`;

const now = new Date('2026-11-01T00:00:00Z');

async function draftsOf(
  path: string,
  profile: ImportProfile,
  lookups: Lookups = new Map(),
): Promise<readonly Drafted[]> {
  const table = await readRows(path);
  expect(recognise(NAMED_PROFILES, table.columns)).toEqual({ as: 'rows', profile });
  expect(checkHeader(profile, table)).toMatchObject({ accepted: true, value: { unknown: [] } });
  const drafts: Drafted[] = [];
  for await (const draft of readDrafts(profile, table.rows, { now, lookups })) drafts.push(draft);
  return drafts;
}

const reportsOf = (drafts: readonly Drafted[]): ReportDraft[] =>
  drafts.flatMap((draft) => (draft.kind === 'draft' && draft.record.type === 'report' ? [draft.record] : []));

describe.skipIf(!existsSync(MIGRANTS))('the Missing Migrants file', () => {
  let drafts: readonly Drafted[] = [];
  let reports: ReportDraft[] = [];
  beforeAll(async () => {
    drafts = await draftsOf(MIGRANTS, MISSING_MIGRANTS);
    reports = reportsOf(drafts);
  });

  it('gives a report for each row, and knows 374 repeated ids', () => {
    expect(drafts.filter((draft) => draft.kind === 'quarantined')).toEqual([]);
    expect(reports).toHaveLength(17_846);
    const keys = new Set(drafts.map((draft) => draft.identity?.key));
    expect(keys.size).toBe(17_220);
    expect(new Set(drafts.filter((draft) => draft.part === 2).map((draft) => draft.identity?.key)).size).toBe(
      374,
    );
  });

  it('adds up to 71,237 dead and missing, corrections and "1,022" included', () => {
    const sum = reports.reduce(
      (total, { incident }) => total + (incident.counts['dead'] ?? 0) + (incident.counts['missing'] ?? 0),
      0,
    );
    expect(sum).toBe(71_237);
    expect(reports.reduce((total, { incident }) => total + incident.personsMin, 0)).toBe(71_237);
    expect(reports.every(({ incident }) => incident.population === 'deaths')).toBe(true);
  });

  it('places every incident but one and those with swapped coordinates, and knows the country of nearly all', () => {
    // "Bamako, Mali" off Angola: 84 positions of the file lie in the country it names only when swapped. Their words still place them.
    expect(reports.filter(({ incident }) => incident.place.position === null)).toHaveLength(85);
    const noted = drafts.flatMap((draft) => (draft.kind === 'draft' ? draft.notes : []));
    const unlisted = noted.filter(({ where }) => where.endsWith('cause_death'));
    expect(unlisted.length).toBeLessThan(4_000);
    const others = noted.filter((note) => !unlisted.includes(note));
    const swapped = others.filter(({ found }) =>
      /^a position that lies in [A-Z]{3} only when swapped$/.test(found),
    );
    expect(swapped).toHaveLength(84);
    const rest = others.filter((note) => !swapped.includes(note));
    expect([...new Set(rest.map((note) => note.found))]).toEqual(['"Mixed/Unknown"']);
  });
});

describe.skipIf(!existsSync(VICTIMS))('the CTDC file', () => {
  let reports: ReportDraft[] = [];
  beforeAll(async () => {
    reports = reportsOf(await draftsOf(VICTIMS, CTDC));
  });
  const ends = (report: ReportDraft) =>
    report.movement?.waypoints.map((waypoint) => waypoint.place.country) ?? [];

  it('gives a report for each row, and a movement where both ends are known', () => {
    expect(reports).toHaveLength(48_773);
    const moved = reports.filter((report) => report.movement !== null);
    expect(moved).toHaveLength(28_768);
    const pairs = new Map<string, number>();
    for (const report of moved)
      pairs.set(ends(report).join('→'), (pairs.get(ends(report).join('→')) ?? 0) + 1);
    expect(pairs.size).toBe(100);
    const crossing = [...pairs].filter(([pair]) => pair.slice(0, 3) !== pair.slice(-3));
    expect(crossing).toHaveLength(78);
    expect(crossing.reduce((sum, [, count]) => sum + count, 0)).toBe(9_577);
    expect([pairs.get('UKR→RUS'), pairs.get('MMR→IDN'), pairs.get('BLR→RUS')]).toEqual([1_676, 1_224, 751]);
  });

  it('never takes the year of registration for the time of the journey', () => {
    expect(reports.every((report) => report.incident.occurred === null && report.observed === null)).toBe(
      true,
    );
    expect(
      reports.every(
        (report) => report.movement?.waypoints.every((waypoint) => waypoint.time === null) ?? true,
      ),
    ).toBe(true);
    expect(reports[0]?.reported).toMatchObject({ granularity: 'year', basis: 'registration' });
  });

  it('knows places to the country and no finer, and one victim a row', () => {
    const places = reports.flatMap(
      (report) => report.movement?.waypoints.map((waypoint) => waypoint.place) ?? [],
    );
    expect(places.every((place) => place.level === 'country' && place.position === null)).toBe(true);
    expect(
      reports.every(
        ({ persons, incident }) =>
          persons.length === 1 && incident.personsMin === 1 && incident.personsMax === 1,
      ),
    ).toBe(true);
  });
});

describe.skipIf(!existsSync(FLOWS))('the DTM files', () => {
  it('joins 2,525 flows with 200 located places, and knows 7 repeated keys', async () => {
    const locations = await readRows(LOCATIONS);
    expect(recognise(NAMED_PROFILES, locations.columns)).toEqual({
      as: 'lookup',
      profile: DTM,
      lookup: 'locations',
    });
    const lookups = new Map([['locations', await readLookup(locations, 'id')]]);
    const drafts = await draftsOf(FLOWS, DTM, lookups);
    const flows = drafts.flatMap((draft) =>
      draft.kind === 'draft' ? [draft.record as FlowObservationDraft] : [],
    );
    expect(flows).toHaveLength(2_525);
    const places = new Set(
      flows.flatMap(({ origin, destination }) => [JSON.stringify(origin), JSON.stringify(destination)]),
    );
    expect(places.size).toBe(200);
    expect(drafts.filter((draft) => draft.part > 1)).toHaveLength(7);
    expect(
      flows.every(
        ({ measure, unit, population }) =>
          `${measure} ${unit} ${population}` === 'stock persons displacement',
      ),
    ).toBe(true);
    expect(flows[0]).toMatchObject({
      valueMin: 7610,
      valueMax: 7610,
      period: { from: '2026-01-01T00:00:00.000Z', granularity: 'year' },
    });
  });
});
