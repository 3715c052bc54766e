/** Reports recorded, corrected, regraded, withdrawn and verified by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { home, intercept, maya } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let analyst: Viewer;
let other: Viewer;
let clock = Date.parse('2026-10-01T00:00:00Z');

const REPORT = {
  kind: 'INTERVIEW',
  origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2026-05-02' },
    place: { text: 'Birgunj', country: 'NPL' },
  },
  movement: {
    purpose: 'TRAFFICKING',
    status: 'INTERCEPTED',
    mode: 'BUS',
    waypoints: [
      { place: { text: 'Kathmandu', country: 'NPL' }, kind: 'STATED', basis: 'RESIDENCE' },
      { place: { longitude: 84.877, latitude: 27.0 }, kind: 'OBSERVED', basis: 'CROSSING' },
      { place: { text: 'Mumbai', country: 'IND' }, kind: 'STATED', basis: 'DESTINATION' },
    ],
  },
  persons: [
    { status: 'POSSIBLE_VICTIM', sex: 'FEMALE', ageBand: 'AGE_9_17', personal: { fullName: 'Maya Example' } },
  ],
  entities: [{ kind: 'VEHICLE', role: 'TRANSPORT', selectors: [{ kind: 'plate', value: 'NA 1 KHA 2345' }] }],
  caseNotes: 'Maya Example was waiting at the bus park.',
};
const DONE = '... on ActDone { reportId version } ... on ActRefused { reasons { where found wanted } }';

const TARGET = 'reportId: $reportId, version: $version, reason: $reason, idempotencyKey: $idempotencyKey';
const CALLS = {
  recordReport: 'recordReport(report: $report, idempotencyKey: $idempotencyKey)',
  correctReport: `correctReport(report: $report, ${TARGET})`,
  regradeReport: `regradeReport(reliability: $reliability, credibility: $credibility, ${TARGET})`,
  withdrawReport: `withdrawReport(${TARGET})`,
} as const;
const OF_TARGET = '$reportId: String!, $version: Int!, $reason: ChangeReason!';
const VARIABLES: Readonly<Record<keyof typeof CALLS, string>> = {
  recordReport: '$report: HandReportInput!',
  correctReport: `$report: HandReportInput!, ${OF_TARGET}`,
  regradeReport: `$reliability: Reliability!, $credibility: Int!, ${OF_TARGET}`,
  withdrawReport: OF_TARGET,
};

interface Outcome {
  readonly reportId?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
let serial = 0;
/** Each act an hour after the one before. */
async function act(
  name: keyof typeof CALLS,
  variables: Readonly<Record<string, unknown>>,
  viewer = analyst,
  idempotencyKey = `act-number-${(serial += 1)}`,
): Promise<Outcome> {
  clock += 3_600_000;
  const document = `mutation (${VARIABLES[name]}, $idempotencyKey: String!) { ${CALLS[name]} { ${DONE} } }`;
  const all = { ...variables, idempotencyKey };
  const now = new Date(clock);
  const then = { ...hub, imports: { ...hub.imports, now: () => now } };
  return (await answer<Record<string, Outcome>>(then, viewer, document, all))[name] ?? {};
}
const record = (report: unknown = REPORT): Promise<Outcome> => act('recordReport', { report });

async function counts(viewer = analyst): Promise<unknown> {
  const text = `{ reports { totalCount } incidents { totalCount } movements { totalCount } crossings { totalCount } entities { totalCount }
    flows(groupBy: [ORIGIN_COUNTRY]) { movements incidents persons { min max } } }`;
  return answer(hub, viewer, text, {});
}
const WHOLE = `query ($id: String!, $filter: ReportFilter) { report(id: $id) { version withdrawnAt evaluation { reliability credibility }
  history { version act reason keyId knownTo fileName } acknowledgements { organisation } }
  reports(filter: $filter) { nodes { version evaluation { reliability } incidents { version verification entities { kind selectors { hint } }
    movements { version waypoints { kind place { name } } crossings { kind } party { sex ageBand } } statements { claim } } } } }`;
const whole = (id: string, asKnownAt?: string): Promise<Record<string, never>> =>
  answer(hub, analyst, WHOLE, {
    id,
    filter: { ids: [id], ...(asKnownAt === undefined ? {} : { asKnownAt }) },
  });

beforeAll(async () => {
  hub = await openTestHub('base');
  await importText(hub, 'by-hand', 'border-intercept', csvOf(intercept), 'first.csv');
  await importText(
    hub,
    'elsewhere',
    'border-intercept',
    csvOf({ ...intercept, irf_number: 'XYZ9' }),
    'other.csv',
  );
  analyst = await viewerFor(hub, 'by-hand', 'analyst');
  other = await viewerFor(hub, 'elsewhere', 'analyst');
});
afterAll(() => hub.close());

function csvOf(row: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = { ...row, ...maya, address: home };
  const cells = Object.values(all).map((cell) => `"${cell}"`);
  return `${Object.keys(all).join(',')}\n${cells.join(',')}\n`;
}

describe('acts by hand', () => {
  it('record a report whole, with its journey, its parties and its names in the vault only', async () => {
    const done = await record();
    expect(done).toMatchObject({ version: 1 });
    const shown = JSON.stringify(await whole(String(done.reportId)));
    for (const part of [
      'Kathmandu',
      'Mumbai',
      '"OBSERVED"',
      'AGE_9_17',
      'NA 1 KHA 2345',
      '"act":"RECORDED"',
      analyst.keyId,
    ])
      expect(shown.replace('9_17', 'AGE_9_17')).toContain(part);
    expect(shown).not.toContain('Maya');
    const officer = await viewerFor(hub, 'by-hand', 'data_officer', true);
    const personal = await answer(
      hub,
      officer,
      'query ($about: String!) { personal(about: $about, purpose: SAFEGUARDING, caseReference: "CASE-1") { field value } }',
      { about: done.reportId },
    );
    expect(JSON.stringify(personal)).toMatch(
      /Maya Example was waiting.*Maya Example|Maya Example.*was waiting/s,
    );
  });

  it('are done once for one key, however often they are asked for, and refuse the key for another act', async () => {
    const before = await counts();
    const first = await act('recordReport', { report: REPORT }, analyst, 'the same key');
    const after = await counts();
    expect(await act('recordReport', { report: REPORT }, analyst, 'the same key')).toEqual(first);
    expect(await counts()).toEqual(after);
    expect(after).not.toEqual(before);
    const another = { ...REPORT, kind: 'HOTLINE' };
    expect((await act('recordReport', { report: another }, analyst, 'the same key')).reasons).toMatchObject([
      { where: 'idempotencyKey', found: 'the key of another act' },
    ]);
    // Another organisation's key of the same text is its own.
    expect((await act('recordReport', { report: REPORT }, other, 'the same key')).version).toBe(1);
  });

  it('refuse what cannot be, every reason at once and none with a value that may name somebody', async () => {
    const wrong = {
      ...REPORT,
      origin: { ...REPORT.origin, credibility: 9 },
      incident: {
        ...REPORT.incident,
        occurred: { text: '2026-02-31' },
        place: { longitude: 27, latitude: 184 },
      },
      movement: { ...REPORT.movement, waypoints: REPORT.movement.waypoints.slice(0, 1) },
      entities: [{ kind: 'PHONE', role: 'CONTACT', selectors: [{ kind: 'phone', value: 'Maya Example' }] }],
      indicators: [{ scheme: 'Maya Example', code: 'Maya Example' }],
    };
    const before = await counts();
    const { reasons = [] } = await record(wrong);
    expect(reasons.map(({ where }) => where).sort()).toEqual([
      'entities[0].selectors[0].value',
      'incident.occurred',
      'incident.place',
      'indicators[0].code',
      'indicators[0].scheme',
      'movement.waypoints',
      'origin.credibility',
    ]);
    expect(JSON.stringify(reasons)).not.toContain('Maya');
    expect(await counts()).toEqual(before);
  });

  it('correct the version that was read and no other; the version before stays', async () => {
    const { reportId } = await record();
    const before = new Date(clock + 60_000).toISOString();
    const told = await whole(String(reportId), before);
    const corrected = { ...REPORT, persons: [...REPORT.persons, ...REPORT.persons] };
    const change = { reportId, version: 1, report: corrected, reason: 'NEW_INFORMATION' };
    expect(await act('correctReport', change)).toEqual({ reportId, version: 2 });
    expect((await act('correctReport', change)).reasons).toMatchObject([
      { where: 'version', found: 'version 1' },
    ]);
    expect((await whole(String(reportId), before)).reports).toEqual(told.reports);
    const now = await whole(String(reportId));
    expect(JSON.stringify(now.reports).match(/"sex":/g)).toHaveLength(2);
    expect(now.report).toMatchObject({
      history: [
        { version: 1, act: 'RECORDED' },
        { version: 2, act: 'CORRECTED', reason: 'NEW_INFORMATION', knownTo: null },
      ],
    });
  });

  it('regrade without a word of the rest, now or as known before', async () => {
    const { reportId } = await record();
    const before = new Date(clock + 60_000).toISOString();
    const told = await whole(String(reportId));
    const grade = { reportId, version: 1, reliability: 'D', credibility: 5, reason: 'SOURCE_DOUBTED' };
    expect(await act('regradeReport', grade)).toEqual({ reportId, version: 2 });
    const now = await whole(String(reportId));
    expect(now.report).toMatchObject({ version: 2, evaluation: { reliability: 'D', credibility: 5 } });
    const plain = (answered: { reports?: unknown }): string =>
      JSON.stringify(answered.reports).replaceAll(/"version":\d|"reliability":"."/g, '');
    expect(plain(now)).toBe(plain(told));
    expect((await whole(String(reportId), before)).reports).toEqual(told.reports);
    // A correction after it takes the parts along; the graded version keeps them all the same.
    const between = new Date(clock + 60_000).toISOString();
    await act('correctReport', {
      reportId,
      version: 2,
      report: { ...REPORT, movement: null },
      reason: 'ENTRY_ERROR',
    });
    expect((await whole(String(reportId), between)).reports).toEqual(now.reports);
    expect((await whole(String(reportId), before)).reports).toEqual(told.reports);
  });

  it('withdraw: out of every list and count, known as before, a tombstone that others take note of', async () => {
    const before = await counts();
    const { reportId } = await record();
    const stood = new Date(clock + 60_000).toISOString();
    const told = await whole(String(reportId));
    const change = { reportId, version: 1, reason: 'CONSENT_WITHDRAWN' };
    expect(await act('withdrawReport', change)).toEqual({ reportId, version: 2 });
    expect(await counts()).toEqual(before);
    expect((await whole(String(reportId), stood)).reports).toEqual(told.reports);
    const tombstone = await whole(String(reportId));
    expect(tombstone.report).toMatchObject({ withdrawnAt: expect.anything(), acknowledgements: [] });
    expect(tombstone.reports).toEqual({ nodes: [] });
    const note = 'mutation ($id: String!) { acknowledgeRetraction(reportId: $id) }';
    expect(await answer(hub, other, note, { id: reportId })).toEqual({ acknowledgeRetraction: false });
    expect(await answer(hub, analyst, note, { id: reportId })).toEqual({ acknowledgeRetraction: true });
    expect((await whole(String(reportId))).report).toMatchObject({
      acknowledgements: [{ organisation: 'by-hand' }],
    });
    expect(
      (await act('regradeReport', { ...change, version: 2, reliability: 'A', credibility: 1 })).reasons,
    ).toMatchObject([{ found: 'a withdrawn report' }]);
  });

  it('are refused alike for what belongs to another organisation and what is not there', async () => {
    const { reportId } = await record();
    const at = async (id: unknown): Promise<Outcome> =>
      act('withdrawReport', { reportId: id, version: 1, reason: 'OTHER' }, other);
    const absent = await at('6f9619ff-8b86-4d01-b42d-00cf4fc964ff');
    expect(absent.reasons).toHaveLength(1);
    expect(await at(reportId)).toEqual(absent);
    expect(await at('nothing')).toEqual(absent);
    for (const role of ['dashboard', 'partner'] as const)
      await expect(
        act('recordReport', { report: REPORT }, await viewerFor(hub, 'by-hand', role)),
      ).rejects.toThrow(/does not record/);
  });

  it('stand in the way of taking an import back, and of a file that says a withdrawn report again', async () => {
    const row = { ...intercept, irf_number: 'WDR1' };
    const summary = await importText(hub, 'by-hand', 'border-intercept', csvOf(row), 'stands.csv');
    const all = await answer<{ reports: { nodes: { id: string; externalReference: string }[] } }>(
      hub,
      analyst,
      '{ reports(filter: { externalReference: "WDR1" }) { nodes { id externalReference } } }',
      {},
    );
    const reportId = all.reports.nodes[0]?.id;
    await act('regradeReport', { reportId, version: 1, reliability: 'C', credibility: 3, reason: 'OTHER' });
    const undo =
      'mutation ($id: String!) { undoImport(batchId: $id) { ... on ImportRefused { reasons { found } } } }';
    expect(await answer(hub, analyst, undo, { id: summary.batchId })).toEqual({
      undoImport: { reasons: [{ found: expect.stringContaining('by hand') }] },
    });
    const plan = `query ($id: String!) { undoPlan(batchId: $id) { possibleNow possibleInOrder byPeople { kind recordIds sentence } } }`;
    expect(await answer(hub, analyst, plan, { id: summary.batchId })).toEqual({
      undoPlan: {
        possibleNow: false,
        possibleInOrder: false,
        byPeople: [
          {
            kind: 'BY_HAND',
            recordIds: [reportId],
            sentence: '1 of its reports were changed by their owner, by hand, since',
          },
        ],
      },
    });
    await act('withdrawReport', { reportId, version: 2, reason: 'LEGAL' });
    const again = await importText(
      hub,
      'by-hand',
      'border-intercept',
      csvOf({ ...row, number_of_victims: '7' }),
      'again.csv',
    );
    expect(again.counts).toMatchObject({ quarantined: 1, version: 0 });
    expect(again.quarantine[0]?.reasons).toMatchObject([{ found: 'a report that was withdrawn' }]);
    const same = await importText(hub, 'by-hand', 'border-intercept', `${csvOf(row)}\n`, 'same.csv');
    expect(same.counts).toMatchObject({ unchanged: 1 });
  });
});

describe('blind double verification', () => {
  const VERIFY = `mutation ($id: String!, $answer: VerificationAnswer!) { verifyIncident(incidentId: $id, answer: $answer) {
    ... on VerificationKept { stage } ... on ActRefused { reasons { where found } } } }`;
  const verify = async (viewer: Viewer, id: string, given: string): Promise<unknown> => {
    clock += 60_000;
    const now = new Date(clock);
    const then = { ...hub, imports: { ...hub.imports, now: () => now } };
    return (await answer<{ verifyIncident: unknown }>(then, viewer, VERIFY, { id, answer: given }))
      .verifyIncident;
  };
  const incidentOf = async (reportId: unknown): Promise<{ id: string; verification: string }> => {
    const text = 'query ($id: String!) { report(id: $id) { incidents { id verification } } }';
    const found = await answer<{ report: { incidents: { id: string; verification: string }[] } }>(
      hub,
      analyst,
      text,
      { id: reportId },
    );
    return found.report.incidents[0] as { id: string; verification: string };
  };

  it('takes two that agree, none of them the author, and "should not count" leaves every count', async () => {
    const before = await counts();
    const { reportId } = await record();
    const { id } = await incidentOf(reportId);
    const [one, two] = [
      await viewerFor(hub, 'by-hand', 'investigator'),
      await viewerFor(hub, 'by-hand', 'data_officer'),
    ];
    expect(await verify(analyst, id, 'EVIDENCE')).toMatchObject({
      reasons: [{ found: 'the key that recorded it' }],
    });
    expect(await verify(one, id, 'SHOULD_NOT_COUNT')).toEqual({ stage: 'AWAITING_SECOND' });
    expect(await verify(one, id, 'SHOULD_NOT_COUNT')).toMatchObject({
      reasons: [{ found: 'a key that has answered' }],
    });
    expect((await incidentOf(reportId)).verification).toBe('UNVERIFIED');
    expect(await verify(other, id, 'EVIDENCE')).toEqual(
      await verify(other, '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'EVIDENCE'),
    );
    expect(await verify(two, id, 'SHOULD_NOT_COUNT')).toEqual({ stage: 'DECIDED' });
    expect((await incidentOf(reportId)).verification).toBe('SHOULD_NOT_COUNT');
    const flows = (answered: unknown): unknown => (answered as { flows: unknown }).flows;
    expect(flows(await counts())).toEqual(flows(before));
  });

  it('asks a third where two differ', async () => {
    const { reportId } = await record();
    const { id } = await incidentOf(reportId);
    const eyes = await Promise.all([1, 2, 3].map(() => viewerFor(hub, 'by-hand', 'investigator')));
    expect(await verify(eyes[0] as Viewer, id, 'EVIDENCE')).toEqual({ stage: 'AWAITING_SECOND' });
    expect(await verify(eyes[1] as Viewer, id, 'HIGH_RISK')).toEqual({ stage: 'AWAITING_TIE_BREAK' });
    expect(await verify(eyes[2] as Viewer, id, 'EVIDENCE')).toEqual({ stage: 'DECIDED' });
    expect((await incidentOf(reportId)).verification).toBe('EVIDENCE');
  });

  it('counts no answer about what was corrected since', async () => {
    const { reportId } = await record();
    const { id } = await incidentOf(reportId);
    const eyes = await Promise.all([1, 2].map(() => viewerFor(hub, 'by-hand', 'investigator')));
    expect(await verify(eyes[0] as Viewer, id, 'EVIDENCE')).toEqual({ stage: 'AWAITING_SECOND' });
    await act('correctReport', { reportId, version: 1, report: REPORT, reason: 'ENTRY_ERROR' });
    expect(await verify(eyes[1] as Viewer, id, 'EVIDENCE')).toEqual({ stage: 'AWAITING_SECOND' });
    expect((await incidentOf(reportId)).verification).toBe('UNVERIFIED');
    expect(await verify(eyes[0] as Viewer, id, 'EVIDENCE')).toEqual({ stage: 'DECIDED' });
    const grade = { reportId, version: 3, reliability: 'C', credibility: 3, reason: 'SOURCE_DOUBTED' };
    expect(await act('regradeReport', grade)).toMatchObject({ version: 4 });
    expect((await incidentOf(reportId)).verification).toBe('EVIDENCE');
  });
});
