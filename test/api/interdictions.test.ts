/** Interdictions and station statistics: recorded by hand and by file, corrected, withdrawn, and seen by whom they may be seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { home, intercept, maya } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let owner: Viewer;
let partner: Viewer;
let dashboard: Viewer;
let incidentId: string;
let ownerId: string;
let clock = Date.parse('2026-10-01T00:00:00Z');
let serial = 0;

interface Outcome {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
interface Asked {
  readonly totalCount: number;
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const TARGET = 'id: $id, version: $version, reason: ENTRY_ERROR, ';
const OF_TARGET = '$id: String!, $version: Int!, ';
const DOCUMENTS = {
  recordInterdiction: `mutation ($said: InterdictionInput!, $key: String!) { done: recordInterdiction(interdiction: $said, idempotencyKey: $key) ${OUTCOME} }`,
  correctInterdiction: `mutation (${OF_TARGET}$said: InterdictionInput!, $key: String!) { done: correctInterdiction(${TARGET}interdiction: $said, idempotencyKey: $key) ${OUTCOME} }`,
  withdrawInterdiction: `mutation (${OF_TARGET}$key: String!) { done: withdrawInterdiction(${TARGET}idempotencyKey: $key) ${OUTCOME} }`,
  recordStationMonth: `mutation ($said: StationMonthInput!, $key: String!) { done: recordStationMonth(stationMonth: $said, idempotencyKey: $key) ${OUTCOME} }`,
  correctStationMonth: `mutation (${OF_TARGET}$said: StationMonthInput!, $key: String!) { done: correctStationMonth(${TARGET}stationMonth: $said, idempotencyKey: $key) ${OUTCOME} }`,
  withdrawStationMonth: `mutation (${OF_TARGET}$key: String!) { done: withdrawStationMonth(${TARGET}idempotencyKey: $key) ${OUTCOME} }`,
} as const;

/** Each act an hour after the one before. */
async function act(
  name: keyof typeof DOCUMENTS,
  variables: Readonly<Record<string, unknown>>,
  viewer = owner,
  key = `interdiction-${(serial += 1)}`,
): Promise<Outcome> {
  clock += 3_600_000;
  const now = new Date(clock);
  const then = { ...hub, imports: { ...hub.imports, now: () => now } };
  return (await answer<{ done: Outcome }>(then, viewer, DOCUMENTS[name], { ...variables, key })).done;
}

async function interdictions(viewer: Viewer, filter: Readonly<Record<string, unknown>> = {}): Promise<Asked> {
  const fields =
    'id version kind basis occurredOn country redacted reference position { longitude } station { name interdictions { kind } } incidents { id } entities { kind }';
  const document = `query ($filter: InterdictionFilter) { interdictions(filter: $filter) { totalCount nodes { ${fields} } } }`;
  return (await answer<{ interdictions: Asked }>(hub, viewer, document, { filter })).interdictions;
}

async function months(viewer: Viewer, filter: Readonly<Record<string, unknown>> = {}): Promise<Asked> {
  const fields =
    'id version month intercepts evidence highRisk invalid arrests station { name location country }';
  const document = `query ($filter: StationMonthFilter) { stationStatistics(filter: $filter) { totalCount nodes { ${fields} } } }`;
  return (await answer<{ stationStatistics: Asked }>(hub, viewer, document, { filter })).stationStatistics;
}

beforeAll(async () => {
  hub = await openTestHub('base');
  const row: Readonly<Record<string, string>> = { ...intercept, ...maya, address: home };
  const csv = `${Object.keys(row).join(',')}\n${Object.values(row)
    .map((cell) => `"${cell}"`)
    .join(',')}\n`;
  await importText(hub, 'watchers', 'border-intercept', csv, 'first.csv');
  owner = await viewerFor(hub, 'watchers', 'analyst');
  partner = await viewerFor(hub, 'neighbours', 'analyst');
  ownerId = owner.organisationId as string;
  await hub.database.unrestricted('share incidents in a test', (connection) =>
    addGrant(connection, randomIds, {
      ownerId,
      granteeId: partner.organisationId as string,
      recordClass: 'incident',
      handlingCeiling: 'amber',
      projection: 'full',
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validTo: null,
    }),
  );
  partner = await viewerFor(hub, 'neighbours', 'analyst');
  dashboard = await viewerFor(hub, 'watchers', 'dashboard');
  const found = await answer<{ incidents: { nodes: { id: string }[] } }>(
    hub,
    owner,
    '{ incidents { nodes { id } } }',
  );
  incidentId = found.incidents.nodes[0]?.id as string;
});
afterAll(() => hub.close());

describe('interdictions', () => {
  it('are recorded once, with place, basis and what they belong to, and lead back from it', async () => {
    const said = {
      kind: 'ARREST',
      basis: 'OFFICIAL',
      occurredOn: '2026-05-03',
      place: { longitude: 84.877, latitude: 27.0, country: 'NPL' },
      incidentIds: [incidentId],
    };
    const done = await act('recordInterdiction', { said }, owner, 'the-same-key');
    expect(done).toMatchObject({ version: 1 });
    expect(await act('recordInterdiction', { said }, owner, 'the-same-key')).toEqual(done);
    const [seen] = (await interdictions(owner, { ids: [done.id] })).nodes;
    expect(seen).toMatchObject({
      kind: 'ARREST',
      basis: 'OFFICIAL',
      occurredOn: '2026-05-03',
      country: 'NPL',
      position: { longitude: 84.877 },
      incidents: [{ id: incidentId }],
    });
    const back = await answer(
      hub,
      owner,
      'query ($id: String!) { incident(id: $id) { interdictions { id } } }',
      { id: incidentId },
    );
    expect(back).toEqual({ incident: { interdictions: [{ id: done.id }] } });
    expect((await interdictions(owner, { incidentIds: [incidentId] })).totalCount).toBe(1);
  });

  it('take the version that was read, keep what they said, and are gone when they are withdrawn', async () => {
    const said = { kind: 'ROAD_CLOSED', occurredOn: '2026-06-01', place: { country: 'NPL' } };
    const { id } = await act('recordInterdiction', { said });
    const before = new Date(clock + 1).toISOString();
    const later = { ...said, occurredOn: '2026-06-02' };
    expect(await act('correctInterdiction', { id, version: 1, said: later })).toEqual({ id, version: 2 });
    const stale = await act('correctInterdiction', { id, version: 1, said });
    expect(stale.reasons).toMatchObject([{ where: 'version', found: 'version 1' }]);
    expect((await interdictions(owner, { ids: [id] })).nodes[0]).toMatchObject({ occurredOn: '2026-06-02' });
    const past = await interdictions(owner, { ids: [id], asKnownAt: before });
    expect(past.nodes).toMatchObject([{ version: 1, occurredOn: '2026-06-01' }]);
    expect(await act('withdrawInterdiction', { id, version: 2 })).toEqual({ id, version: 3 });
    expect((await interdictions(owner, { ids: [id] })).totalCount).toBe(0);
    expect((await act('withdrawInterdiction', { id, version: 3 })).reasons).toMatchObject([{ where: 'id' }]);
  });

  it('answer every reason at once, and tell of nobody else’s records', async () => {
    const bad = await act('recordInterdiction', {
      said: { kind: 'STATION_OPENED', occurredOn: '2026-13-01', place: { longitude: 200, latitude: 1 } },
    });
    expect(bad.reasons?.map(({ where }) => where).toSorted()).toEqual(['occurredOn', 'place', 'station']);
    const said = { kind: 'ARREST', occurredOn: '2026-05-03', incidentIds: [incidentId] };
    const stranger = await viewerFor(hub, 'strangers', 'analyst');
    const theirs = await act('recordInterdiction', { said }, stranger);
    const absent = { ...said, incidentIds: ['00000000-0000-4000-8000-000000000000'] };
    expect(theirs).toEqual(await act('recordInterdiction', { said: absent }, stranger));
    expect(theirs.reasons).toMatchObject([{ where: 'incidentIds[0]', found: 'no such incident' }]);
    const { id } = await act('recordInterdiction', { said });
    expect((await act('withdrawInterdiction', { id, version: 1 }, partner)).reasons).toMatchObject([
      { where: 'id', found: 'no such record' },
    ]);
    const refused = await ask(hub, dashboard, DOCUMENTS.recordInterdiction, { said, key: 'a-key-of-mine' });
    expect(JSON.stringify(refused.errors)).toContain('does not record');
  });

  it('of stations are their owner’s alone; an arrest is shared without its station and number', async () => {
    const opened = {
      kind: 'STATION_OPENED',
      occurredOn: '2026-02-01',
      station: 'Birgunj',
      place: { longitude: 84.877, latitude: 27.0 },
    };
    const arrest = { kind: 'ARREST', occurredOn: '2026-02-09', station: 'Birgunj', reference: 'OWN-77' };
    const { id: openedId } = await act('recordInterdiction', { said: opened });
    const { id: arrestId } = await act('recordInterdiction', { said: arrest });
    const ids = { ids: [openedId, arrestId] };
    const own = await interdictions(owner, ids);
    expect(own.nodes).toMatchObject([
      { id: arrestId, reference: 'OWN-77', station: { name: 'Birgunj' } },
      { id: openedId, position: { longitude: 84.877 } },
    ]);
    expect(own.nodes[1]).toMatchObject({
      station: { interdictions: [{ kind: 'STATION_OPENED' }, { kind: 'ARREST' }] },
    });
    for (const viewer of [partner, dashboard])
      expect((await interdictions(viewer, ids)).nodes.map(({ id }) => id)).toEqual([arrestId]);
    expect((await interdictions(partner, ids)).nodes).toMatchObject([{ reference: null, station: null }]);
  });

  it('come by file, find the report they name whenever it comes, and go with their import', async () => {
    const number = intercept.irf_number;
    const csv = `id,kind,date,basis,place,country,station_name,report_id
A1,Arrest,2026-05-04,official,Birgunj,Nepal,,${number}
A2,Station closed,2026-06-30,,,Nepal,Birgunj,
A3,Station closed,2026-06-30,,,Nepal,,
A4,arrest,2026-05,,,,,
A5,arrest,2026-05-04,rumour,,,,
A6,raid,2026-05-04,,,,,
`;
    const summary = await importText(hub, 'watchers', 'interdictions', csv, 'acts.csv');
    expect(summary.counts).toMatchObject({ accepted: 2, quarantined: 4 });
    expect(summary.quarantine.map(({ line }) => line)).toEqual([4, 5, 6, 7]);
    const [arrest] = (await interdictions(owner, { bases: ['OFFICIAL'], occurred: day('2026-05-04') })).nodes;
    expect(arrest).toMatchObject({ reference: number, incidents: [{ id: incidentId }], country: 'NPL' });
    const again = await importText(
      hub,
      'watchers',
      'interdictions',
      csv.replace('05-04,official', '05-05,official'),
      'acts-2.csv',
    );
    expect(again.counts).toMatchObject({ version: 1, unchanged: 1 });
    await act('withdrawInterdiction', { id: arrest?.id, version: 2 });
    const third = await importText(
      hub,
      'watchers',
      'interdictions',
      csv.replace('05-04,official', '05-06,official'),
      'acts-3.csv',
    );
    expect(third.counts).toMatchObject({ version: 0, quarantined: 5 });
    const own = await importText(hub, 'neighbours', 'interdictions', csv, 'acts.csv');
    const importer = await viewerFor(hub, 'neighbours', 'analyst');
    const count = async (): Promise<number> =>
      (await interdictions(importer, { owners: ['neighbours'] })).totalCount;
    expect(await count()).toBe(2);
    await undoImport(hub.imports, partner.organisationId as string, null, own.batchId);
    expect(await count()).toBe(0);
  });
});

describe('station statistics', () => {
  it('are one a station and month, by hand and by file', async () => {
    const said = {
      station: 'Birgunj',
      monitoringLocation: 'Bus Park',
      month: '2026-03',
      intercepts: 9,
      arrests: 0,
    };
    const { id } = await act('recordStationMonth', { said });
    expect(
      (await act('recordStationMonth', { said: { ...said, station: 'BIRGUNJ' } })).reasons,
    ).toMatchObject([{ where: 'station, monitoringLocation, month' }]);
    const csv = `country,station_name,location,month,intercepts,evidence,high_risk,invalid,arrests
Nepal,BIRGUNJ,bus park,Mar 2026,10,4,5,1,1
Nepal,Birgunj,Bus Park,2026-04,7,,,,
Nepal,Birgunj,Bus Park,2026-05,,,,,
Nepal,Birgunj,Bus Park,2026-06,-1,,,,
`;
    const summary = await importText(hub, 'watchers', 'station-statistics', csv, 'counts.csv');
    expect(summary.counts).toMatchObject({ accepted: 1, version: 1, quarantined: 2 });
    const all = await months(owner, { countries: ['NPL'] });
    expect(all.nodes).toMatchObject([
      { month: '2026-04', intercepts: 7, evidence: null },
      {
        id,
        version: 2,
        month: '2026-03',
        intercepts: 10,
        evidence: 4,
        highRisk: 5,
        invalid: 1,
        arrests: 1,
        station: { location: 'bus park' },
      },
    ]);
    expect((await months(owner, { period: day('2026-04-10') })).totalCount).toBe(1);
  });

  it('are corrected and withdrawn, and told anew where they were withdrawn', async () => {
    const said = { station: 'Jogbani', month: '2026-03', intercepts: 9 };
    const { id } = await act('recordStationMonth', { said });
    expect(await act('correctStationMonth', { id, version: 1, said: { ...said, intercepts: 8 } })).toEqual({
      id,
      version: 2,
    });
    const moved = await act('correctStationMonth', { id, version: 2, said: { ...said, month: '2026-04' } });
    expect(moved.reasons).toMatchObject([{ where: 'station, monitoringLocation, month' }]);
    expect((await months(owner, { ids: [id] })).nodes).toMatchObject([{ intercepts: 8 }]);
    await act('withdrawStationMonth', { id, version: 2 });
    expect((await months(owner, { ids: [id] })).totalCount).toBe(0);
    expect(await act('recordStationMonth', { said })).toEqual({ id, version: 4 });
    expect((await months(owner, { ids: [id] })).nodes).toMatchObject([{ intercepts: 9 }]);
    expect(
      (await act('recordStationMonth', { said: { station: '***', month: '2026-3' } })).reasons,
    ).toHaveLength(3);
  });

  it('never appear for others, whatever was granted', async () => {
    expect((await months(owner)).totalCount).toBeGreaterThan(0);
    for (const viewer of [partner, dashboard]) expect((await months(viewer)).totalCount).toBe(0);
  });
});

function day(date: string): { from: string; to: string } {
  return { from: `${date}T00:00:00Z`, to: `${date}T23:59:59Z` };
}
