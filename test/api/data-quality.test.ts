/** How good records are, counted over a few forms whose every figure can be told by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { RecordClass } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { intercept, maya, type Row } from '../support/border-intercept-rows.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface OutOf {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
}
interface Lag {
  readonly median: number | null;
  readonly p90: number | null;
  readonly known: number;
  readonly unknown: number;
}
interface Group {
  readonly owner: string | null;
  readonly station: { readonly name: string } | null;
  readonly kind: string | null;
  readonly period: string | null;
  readonly reports: number;
  readonly incidents: number;
  readonly occurredToRecorded: Lag;
  readonly observedToReported: Lag;
  readonly reportedToRecorded: Lag;
  readonly ungraded: OutOf;
  readonly unverified: OutOf;
  readonly singleSource: OutOf;
  readonly verifiedInvalid: OutOf;
  readonly imprecise: OutOf;
  readonly countryOnly: OutOf;
  readonly unresolved: OutOf;
  readonly quarantined: OutOf | null;
}
interface Known {
  readonly records: number;
  readonly independentOrigins: number;
  readonly observed: number;
  readonly unverified: number;
  readonly singleSource: number;
  readonly imprecise: number;
  readonly discount: number;
  readonly sentence: string;
  readonly oldestRecordedAt: string;
  readonly newestRecordedAt: string;
}

const LAG = '{ median p90 known unknown }';
const OUT_OF = '{ count of share }';
const FIGURES = `owner station { name } kind period reports incidents
  occurredToRecorded ${LAG} observedToReported ${LAG} reportedToRecorded ${LAG} ungraded ${OUT_OF} unverified ${OUT_OF}
  singleSource ${OUT_OF} verifiedInvalid ${OUT_OF} imprecise ${OUT_OF} countryOnly ${OUT_OF} unresolved ${OUT_OF} quarantined ${OUT_OF}`;
const QUESTION = `query ($groupBy: [QualityDimension!]!, $filter: QualityFilter, $having: [QualityHaving!]! = [], $orderBy: [QualityOrder!]! = [], $first: Int! = 500) {
  dataQuality(groupBy: $groupBy, filter: $filter, having: $having, orderBy: $orderBy, first: $first) { ${FIGURES} } }`;
const KNOWN = `howKnown { records complete independentOrigins observed stated inferred unverified singleSource imprecise
  oldestRecordedAt newestRecordedAt discount sentence }`;

let hub: TestHub;
let officer: Viewer;
let other: Viewer;
/** Sees the first organisation's records coarsely. */
let coarse: Viewer;

const csv = (...rows: readonly Row[]): string => {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => header.map((name) => `"${row[name] ?? ''}"`).join(','));
  return `${header.join(',')}\n${lines.join('\n')}\n`;
};
/** A form of one moved person, known to the day; `maya`'s home is placed to a district. */
const form = (reference: string, day: string, over: Row = {}): Row => ({
  ...intercept,
  irf_number: reference,
  station_name: 'Birgunj',
  location: '',
  date_of_interception: day,
  time_of_interception: '',
  where_going_destination: 'Delhi',
  ...maya,
  ...over,
});

async function take(slug: string, name: string, ...rows: readonly Row[]): Promise<void> {
  await importText(hub, slug, 'border-intercept', csv(...rows), `${name}.csv`);
}

async function quality(
  viewer: Viewer,
  groupBy: readonly string[],
  variables: Record<string, unknown> = {},
): Promise<readonly Group[]> {
  const found = await answer<{ dataQuality: Group[] }>(hub, viewer, QUESTION, { groupBy, ...variables });
  return found.dataQuality;
}
const whole = async (viewer: Viewer, owners?: readonly string[]): Promise<Group> =>
  (await quality(viewer, [], owners === undefined ? {} : { filter: { owners } }))[0] as Group;

async function incidentOf(slug: string, reference: string): Promise<string> {
  const { reports } = await answer<{
    reports: { nodes: { externalReference: string; incidents: { id: string }[] }[] };
  }>(
    hub,
    await viewerFor(hub, slug, 'analyst'),
    '{ reports(first: 500) { nodes { externalReference incidents { id } } } }',
  );
  const report = reports.nodes.find(({ externalReference }) => externalReference === reference);
  return report?.incidents[0]?.id as string;
}

async function confirm(viewer: Viewer, one: string, two: string): Promise<void> {
  const { confirmSameIncident: said } = await answer<{ confirmSameIncident: { state?: string } }>(
    hub,
    viewer,
    `mutation ($one: String!, $two: String!) { confirmSameIncident(one: $one, other: $two, expected: UNDECIDED) {
       ... on SameIncidentDecided { state } } }`,
    { one, two },
  );
  expect(said.state).toBe('CONFIRMED');
}

async function grant(
  from: string,
  to: string,
  projection: 'full' | 'coarse',
  classes: readonly Exclude<RecordClass, 'effort' | 'personal'>[],
): Promise<void> {
  const [owner, grantee] = [await organisationFor(hub, from), await organisationFor(hub, to)];
  await hub.database.unrestricted('grant for a test', async (connection) => {
    for (const recordClass of classes)
      await addGrant(connection, randomIds, {
        ownerId: owner.id,
        granteeId: grantee.id,
        recordClass,
        handlingCeiling: 'amber_strict',
        projection,
        validFrom: new Date('2020-01-01'),
        validTo: null,
      });
  });
}

beforeAll(async () => {
  hub = await openTestHub('base');
  const classes = ['report', 'incident', 'movement', 'statement', 'entity'] as const;
  await grant('gate-one', 'gate-other', 'full', classes);
  await grant('gate-other', 'gate-one', 'full', classes);
  await grant('gate-one', 'gate-far', 'coarse', classes);
  await take(
    'gate-one',
    'forms',
    form('ONE1', '2024-03-01'),
    form('ONE2', '2024-03-10', { verified_evidence_categorization: 'Should not count as an Intercept' }),
    form('ONE3', '2024-04-02', {
      verified_evidence_categorization: '',
      who_noticed: '',
      staff_who_noticed: '',
      evidence_categorization: '',
      how_sure_was_trafficking: '',
      where_going_destination: 'Qwxyzabad',
    }),
    form('ONE4', '2024-04-03', { station_name: 'Belahiya', verified_evidence_categorization: '' }),
    form('ONE5', 'not a day'),
  );
  await take('gate-other', 'forms', form('OTH1', '2024-03-01', { verified_evidence_categorization: '' }));
  officer = await viewerFor(hub, 'gate-one', 'data_officer');
  other = await viewerFor(hub, 'gate-other', 'analyst');
  coarse = await viewerFor(hub, 'gate-far', 'analyst');
});
afterAll(() => hub.close());

/** From noon of a day in Nepal to the moment of recording, 2026-11-01T00:00Z. */
const days = (since: string): number =>
  (Date.parse('2026-11-01T00:00:00Z') - Date.parse(`${since}T12:00:00+05:45`)) / 86_400_000;
const outOf = (count: number, of: number): OutOf => ({ count, of, share: of === 0 ? null : count / of });
const unknown = (count: number): Lag => ({ median: null, p90: null, known: 0, unknown: count });

describe('the quality of four forms that were read and one that was not', () => {
  it('is counted as by hand', async () => {
    expect(await whole(officer, ['gate-one'])).toEqual({
      owner: null,
      station: null,
      kind: null,
      period: null,
      reports: 4,
      incidents: 4,
      // 974.7…, 965.7…, 942.7… and 941.7… days: the second smallest of four, and the largest.
      occurredToRecorded: { median: days('2024-04-02'), p90: days('2024-03-01'), known: 4, unknown: 0 },
      observedToReported: unknown(4),
      reportedToRecorded: unknown(4),
      ungraded: outOf(1, 4),
      unverified: outOf(2, 4),
      singleSource: outOf(4, 4),
      verifiedInvalid: outOf(1, 2),
      // Of each form: the station and the same place on the journey, the district of a home, and the destination: three times a city whose
      // footprint is wide, once a name that nobody knows.
      imprecise: outOf(4, 16),
      countryOnly: outOf(0, 16),
      unresolved: outOf(1, 16),
      quarantined: outOf(1, 5),
    });
  });

  it('is told apart by station and month, without the row that has neither', async () => {
    const groups = await quality(officer, ['STATION', 'MONTH'], { filter: { owners: ['gate-one'] } });
    expect(
      groups.map(({ station, period, reports, ungraded, verifiedInvalid, quarantined }) => [
        station?.name,
        period,
        reports,
        ungraded.count,
        verifiedInvalid.of,
        quarantined,
      ]),
    ).toEqual([
      ['Birgunj', '2024-03-01', 2, 0, 2, null],
      ...groups
        .slice(1)
        .map(({ station }) => [station?.name, '2024-04-01', 1, Number(station?.name === 'Birgunj'), 0, null]),
    ]);
    expect(groups.map(({ station }) => station?.name).toSorted()).toEqual(['Belahiya', 'Birgunj', 'Birgunj']);
  });

  it('is bounded and ordered by counts, lags and dimensions', async () => {
    const bounded = await quality(officer, ['STATION', 'MONTH'], {
      having: [
        { figure: 'UNGRADED', atMost: 0 },
        { figure: 'OCCURRED_TO_RECORDED', atLeast: 942 },
      ],
    });
    expect(bounded.map(({ station, reports }) => [station?.name ?? null, reports])).toEqual([
      ['Birgunj', 2],
      [null, 1],
    ]);
    const ordered = await quality(officer, ['YEAR', 'OWNER'], {
      orderBy: [{ figure: 'UNVERIFIED', direction: 'ASCENDING' }],
    });
    expect(ordered.map(({ owner, unverified }) => [owner, unverified.count])).toEqual([
      ['gate-other', 1],
      ['gate-one', 2],
    ]);
    expect(
      await quality(officer, ['OWNER'], { orderBy: [{ figure: 'QUARANTINED' }], first: 1 }),
    ).toMatchObject([{ owner: 'gate-one' }]);
    expect(await quality(officer, ['KIND'], { filter: { kinds: ['HOTLINE'] } })).toEqual([]);
    const april = { filter: { dated: { from: '2024-04-01T18:15:00Z', to: '2024-04-02T18:15:00Z' } } };
    expect((await quality(officer, [], april))[0]?.reports).toBe(1);
  });

  it.each([
    [
      { groupBy: ['MONTH', 'YEAR'] },
      'groupBy: found more than one of MONTH, QUARTER and YEAR, wanted one time bucket',
    ],
    [{ groupBy: ['KIND', 'KIND'] }, 'groupBy: found a dimension twice, wanted each at most once'],
    [{ groupBy: [], first: 0 }, 'first: found 0, wanted 1 to 5000'],
    [
      { groupBy: [], orderBy: [{ dimension: 'KIND' }] },
      'orderBy: found KIND, wanted a dimension that is in groupBy',
    ],
    [{ groupBy: [], orderBy: [{}] }, 'orderBy: wanted a figure or a dimension, exactly one of them'],
    [
      { groupBy: ['MONTH'], having: [{ figure: 'QUARANTINED', atLeast: 1 }] },
      'QUARANTINED: found in a bound or an order of groups that rows in quarantine have no place in, wanted groups by OWNER or none, and no filter of kinds or dates',
    ],
  ])('refuses %j', async (variables, message) => {
    const { errors } = await ask(hub, officer, QUESTION, variables);
    expect(errors?.map((error) => error.message)).toEqual([message]);
  });

  it('looks at what was asked for and no more', async () => {
    hub.statements.length = 0;
    await answer(hub, officer, '{ dataQuality(groupBy: [OWNER]) { reports ungraded { share } } }');
    expect(hub.statements.join(' ')).not.toMatch(
      / from (incident|waypoint|place_reference|import_row|statement|same_incident_link) t /,
    );
    hub.statements.length = 0;
    await answer(hub, officer, `{ dataQuality(groupBy: [OWNER, STATION]) { ${FIGURES} } }`);
    // Of events with several reports, of the groups, and of the names of stations.
    expect(
      hub.statements.filter((text) => / from report t | from station t | from statement t /.test(text)),
    ).toHaveLength(3);
  });
});

describe('what another organisation sees of it', () => {
  it('has no station, no staffing and no quarantine but its own', async () => {
    const groups = await quality(other, ['OWNER', 'STATION']);
    expect(groups.map(({ owner, station, reports }) => [owner, station?.name ?? null, reports])).toEqual([
      ['gate-one', null, 4],
      ['gate-other', 'Birgunj', 1],
    ]);
    const owners = await quality(other, ['OWNER']);
    expect(owners.map(({ owner, quarantined }) => [owner, quarantined])).toEqual([
      ['gate-one', null],
      ['gate-other', outOf(0, 1)],
    ]);
    expect((await whole(other)).quarantined).toEqual(outOf(0, 1));
    expect((await whole(other, ['gate-one'])).quarantined).toBeNull();
  });

  it('is in its own coarseness where it is shared coarsely', async () => {
    expect(await quality(coarse, ['OWNER', 'STATION', 'MONTH'])).toEqual([
      expect.objectContaining({
        owner: 'gate-one',
        station: null,
        period: null,
        reports: 4,
        occurredToRecorded: unknown(4),
        imprecise: outOf(16, 16),
        unresolved: outOf(0, 0),
        quarantined: null,
      }),
    ]);
  });

  it.each([
    [null, 'operator'],
    ['gate-one', 'dashboard'],
    ['gate-other', 'dashboard'],
    ['gate-other', 'partner'],
  ] as const)('is nothing for a key of %s with the role %s', async (slug, role) => {
    const { data, errors } = await ask(hub, await viewerFor(hub, slug, role), QUESTION, { groupBy: [] });
    expect(data).toBeNull();
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is its own alone for field staff', async () => {
    const field = await viewerFor(hub, 'gate-other', 'field');
    expect((await quality(field, ['OWNER'])).map(({ owner }) => owner)).toEqual(['gate-other']);
  });
});

describe('days between', () => {
  it('observing, reporting and recording are counted from the middle of each day', async () => {
    const desk = await viewerFor(hub, 'gate-desk', 'analyst');
    const record = (observed: string, reported: string, key: string) =>
      answer(
        hub,
        desk,
        `mutation ($report: HandReportInput!) { recordReport(report: $report, idempotencyKey: "${key}-of-a-test") { ... on ActDone { version } ... on ActRefused { reasons { where found wanted } } } }`,
        {
          report: {
            kind: 'HOTLINE',
            observed: { text: observed, zone: 'Asia/Kathmandu' },
            reported: { text: reported, zone: 'Asia/Kathmandu' },
            origin: { kind: 'CONTACT', reliability: 'F', credibility: 6 },
            incident: { kind: 'INTERCEPTION', place: { country: 'NPL' } },
          },
        },
      );
    for (const [observed, reported] of [
      ['2026-05-02', '2026-05-05'],
      ['2026-05-02', '2026-05-12'],
      // Written down the wrong way round.
      ['2026-05-09', '2026-05-08'],
      ['2026', '2026-05-08'],
    ] as const)
      expect(await record(observed, reported, `${observed}-${reported}`)).toEqual({
        recordReport: { version: 1 },
      });
    // A key learns of its organisation's first records when it is read anew.
    const [group] = await quality(await viewerFor(hub, 'gate-desk', 'analyst'), ['MONTH']);
    expect(group).toMatchObject({
      period: '2026-05-01',
      reports: 4,
      ungraded: outOf(4, 4),
      observedToReported: { median: 3, p90: 10, known: 3, unknown: 1 },
      reportedToRecorded: { median: days('2026-05-08'), p90: days('2026-05-05'), known: 4, unknown: 0 },
      occurredToRecorded: unknown(4),
      imprecise: outOf(4, 4),
      countryOnly: outOf(4, 4),
    });
  });
});

describe('what was taken back', () => {
  it('is in no count: a withdrawn report, and the rows of a file that was undone', async () => {
    await take('gate-back', 'forms', form('BCK1', '2024-05-01'), form('BCK2', '2024-05-02'));
    const { batchId } = await importText(
      hub,
      'gate-back',
      'border-intercept',
      csv(form('BCK3', '2024-05-03'), form('BCK4', 'no day')),
      'more.csv',
    );
    const desk = await viewerFor(hub, 'gate-back', 'analyst');
    expect(await whole(desk)).toMatchObject({ reports: 3, incidents: 3, quarantined: outOf(1, 4) });
    await undoImport(hub.imports, (await organisationFor(hub, 'gate-back')).id, null, batchId);
    expect(await whole(desk)).toMatchObject({ reports: 2, incidents: 2, quarantined: outOf(0, 2) });
    const { reports } = await answer<{ reports: { nodes: { id: string }[] } }>(
      hub,
      desk,
      '{ reports { nodes { id } } }',
    );
    const { withdrawReport } = await answer<{ withdrawReport: { version?: number } }>(
      hub,
      desk,
      `mutation ($id: String!) { withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: "withdrawn-in-a-test") {
         ... on ActDone { version } ... on ActRefused { reasons { where found wanted } } } }`,
      { id: reports.nodes[0]?.id },
    );
    expect(withdrawReport).toEqual({ version: 2 });
    expect(await whole(desk)).toMatchObject({
      reports: 1,
      incidents: 1,
      ungraded: { of: 1 },
      imprecise: { of: 4 },
    });
  });
});

describe('one more report', () => {
  const known = async (viewer: Viewer, owner: string): Promise<Known> => {
    const { flows } = await answer<{ flows: { owner: string; howKnown: Known }[] }>(
      hub,
      viewer,
      `{ flows(groupBy: [OWNER]) { owner ${KNOWN} } }`,
    );
    return flows.find((group) => group.owner === owner)?.howKnown as Known;
  };

  it('of another organisation makes an event known from two origins, for who sees both', async () => {
    const before = await known(officer, 'gate-one');
    expect(before).toEqual({
      records: 3,
      complete: true,
      independentOrigins: 3,
      observed: 3 / 9,
      stated: 6 / 9,
      inferred: 0,
      unverified: 2 / 3,
      singleSource: 1,
      imprecise: 3 / 9,
      oldestRecordedAt: '2026-11-01T00:00:00.000Z',
      newestRecordedAt: '2026-11-01T00:00:00.000Z',
      // (1 − 1/3) × (1 − 1/2) × (1 − 1/6)
      discount: 0.278,
      sentence:
        'Not known: the truth of 2 of 3 records, verified by nobody; a second independent origin of 3 of 3; ' +
        'the place of 3 of 9 stops, finer than a wide area; whether 6 of 9 stops, said or inferred, were made; what happened where nobody looked.',
    });
    await confirm(officer, await incidentOf('gate-one', 'ONE1'), await incidentOf('gate-other', 'OTH1'));
    expect((await whole(officer, ['gate-one'])).singleSource).toEqual(outOf(3, 4));
    expect((await whole(officer, ['gate-other'])).singleSource).toEqual(outOf(0, 1));
    expect((await whole(coarse)).singleSource).toEqual(outOf(4, 4));
    const after = await known(officer, 'gate-one');
    expect(after.singleSource).toBe(2 / 3);
    expect(after.discount).toBeGreaterThan(before.discount);
  });

  it('that was made from another corroborates nothing; one that was not does', async () => {
    const record = async (reference: string, madeFrom: string | null): Promise<string> => {
      const { recordReport } = await answer<{ recordReport: { reportId: string } }>(
        hub,
        await viewerFor(hub, 'gate-made', 'analyst'),
        `mutation ($report: HandReportInput!) { recordReport(report: $report, idempotencyKey: "made-by-${reference}-in-a-test") { ... on ActDone { reportId } ... on ActRefused { reasons { where found wanted } } } }`,
        {
          report: {
            kind: 'INTERVIEW',
            externalReference: reference,
            origin: {
              kind: 'CONTACT',
              reliability: 'B',
              credibility: 2,
              ...(madeFrom === null ? { reference } : { derivedFrom: madeFrom }),
            },
            incident: { kind: 'INTERCEPTION', place: { country: 'NPL' } },
          },
        },
      );
      expect(recordReport).toEqual({ reportId: expect.any(String) });
      return recordReport.reportId;
    };
    const first = await record('first', null);
    await record('second', first);
    await record('third', null);
    const reader = await viewerFor(hub, 'gate-made', 'analyst');
    const event = (reference: string) => incidentOf('gate-made', reference);
    await confirm(reader, await event('first'), await event('second'));
    expect((await whole(reader)).singleSource).toEqual(outOf(3, 3));
    await confirm(reader, await event('second'), await event('third'));
    expect((await whole(reader)).singleSource).toEqual(outOf(0, 3));
  });

  it('that depends on one already there never lowers what is single-source, and a verified one never raises what is unverified', async () => {
    // Which earlier incident it is said to be one event with: never one that another organisation told of too.
    for (const [number, earlier] of ['ONE2', 'ONE2', 'ONE4', 'ONE3', 'DEP1'].entries()) {
      const before = await whole(officer, ['gate-one']);
      const beforeKnown = await known(officer, 'gate-one');
      const over = earlier === 'ONE4' ? { station_name: 'Belahiya' } : {};
      await take('gate-one', `dependent-${number}`, form(`DEP${number}`, `2024-06-0${number + 1}`, over));
      if (earlier !== 'ONE3')
        await confirm(
          officer,
          await incidentOf('gate-one', `DEP${number}`),
          await incidentOf('gate-one', earlier),
        );
      const after = await whole(officer, ['gate-one']);
      expect(after.reports).toBe(before.reports + 1);
      expect(after.singleSource.count).toBeGreaterThanOrEqual(before.singleSource.count);
      expect(after.unverified.count).toBeLessThanOrEqual(before.unverified.count);
      expect(after.unverified.share).toBeLessThanOrEqual(before.unverified.share as number);
      const afterKnown = await known(officer, 'gate-one');
      expect(afterKnown.singleSource).toBeGreaterThanOrEqual(beforeKnown.singleSource);
      expect(afterKnown.unverified).toBeLessThanOrEqual(beforeKnown.unverified);
    }
  });
});
