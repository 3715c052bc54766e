/** Changes of the demo: the corridor that opened, the road that closed and the station that closed are told apart; and one event told twice is one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { intercept, maya, type Row, sita } from '../support/border-intercept-rows.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Series {
  readonly kind: string;
  readonly key: string;
  readonly name: string;
}
interface Alert {
  readonly id: string;
  readonly series: Series;
  readonly direction: string;
  readonly observed: number;
  readonly expected: number;
  readonly bound: number | null;
  readonly score: number;
  readonly p: number;
  readonly q: number;
  readonly since: string;
  readonly changePoint: { month: string; before: number; after: number } | null;
  readonly watching: string;
  readonly effort: {
    before: { status: string; rate: number | null };
    after: { status: string; rate: number | null };
    ratio: number | null;
  } | null;
  readonly months: readonly { month: string; incidents: number }[];
  readonly alsoSeenAs: readonly Series[];
  readonly geometry: { type: string } | null;
  readonly incidentIds: readonly string[];
  readonly howKnown: { records: number };
}
interface Told {
  readonly refusal: { reason: string; found: string } | null;
  readonly alerts: readonly Alert[];
  readonly explainedByWatching: readonly Alert[];
  readonly tested: number;
  readonly notEnoughData: number;
  readonly parameters: { method: string; month: string };
  readonly unknowns: readonly string[];
  readonly dataWindow: { first: string } | null;
  readonly falseAlarmRate: { share: number; high: number; worlds: number; how: string } | null;
}

interface Clusters {
  readonly refusal: { reason: string } | null;
  readonly clusters: readonly {
    isAlarm: boolean;
    watching: string;
    centre: { longitude: number; latitude: number };
    since: string;
    month: string;
    observed: number;
    expected: number;
    p: number;
    recurrenceMonths: number;
    incidentIds: readonly string[];
    howKnown: { records: number };
  }[];
}

const ALERT = `id series { kind key name } month direction observed expected bound score p q since changePoint { month before after } watching
  effort { before { status rate low high } after { status rate } ratio } months { month incidents } alsoSeenAs { kind key name } geometry
  incidentIds(first: 1000) howKnown { records }`;
const TOLD = `refusal { reason found wanted } method version parameters counts { records incidents owners } dataWindow { first last } unknowns tested notEnoughData
  falseAlarmRate { share low high expectedAlarms worlds how } alerts { ${ALERT} } explainedByWatching { ${ALERT} }`;

async function changes(hub: TestHub, organisation: string, asked: string): Promise<Told> {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const told = await answer<{ changeAlerts: Told }>(hub, viewer, `{ changeAlerts(${asked}) { ${TOLD} } }`);
  return told.changeAlerts;
}
const everyName = ({ series, alsoSeenAs }: Alert): string =>
  [series, ...alsoSeenAs].map(({ name }) => name).join();

describe('the demo', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub('demo');
  });
  afterAll(() => hub.close());

  it('tells the corridor that opened, and not the station that closed', async () => {
    const told = await changes(
      hub,
      'lantern-line',
      'over: [ORIGIN_DESTINATION, CROSSING_POINTS], worlds: 20',
    );
    expect(told.refusal).toBeNull();
    expect(told.parameters).toMatchObject({ method: 'cusum', month: '2026-10' });
    const [opened, ...others] = told.alerts;
    expect(others).toEqual([]);
    expect(opened).toMatchObject({
      direction: 'UP',
      expected: 0,
      series: { kind: 'ORIGIN_DESTINATION' },
      changePoint: { month: '2026-06', before: 0 },
      watching: 'STEADY',
      geometry: { type: 'LineString' },
    });
    expect(opened!.score).toBeGreaterThan(1);
    expect(opened!.q).toBeLessThanOrEqual(0.05);
    expect(opened!.effort?.after.status).toBe('RATE');
    const since = opened!.months.filter(({ month }) => month >= opened!.since);
    expect(opened!.incidentIds).toHaveLength(since.reduce((sum, { incidents }) => sum + incidents, 0));
    expect(opened!.howKnown.records).toBe(opened!.incidentIds.length);
    const [closed] = told.explainedByWatching;
    expect(closed).toMatchObject({ direction: 'DOWN', observed: 0, watching: 'POSSIBLY_WATCHING' });
    expect(closed!.series.name).toContain('Jaleshwar');
    expect(closed!.effort).toMatchObject({ ratio: 0, after: { status: 'NOT_MONITORED' } });
    // False alarms are measured, and the same question has the same answer.
    expect(told.falseAlarmRate).toMatchObject({ worlds: 20, how: expect.stringContaining('thrown again') });
    expect(
      await changes(hub, 'lantern-line', 'over: [ORIGIN_DESTINATION, CROSSING_POINTS], worlds: 20'),
    ).toEqual(told);
  });

  it('tells the road that closed under a steady watch, once for its crossing and its cell', async () => {
    const told = await changes(hub, 'terai-watch', 'over: [CELLS, CROSSING_POINTS], worlds: 20');
    const fall = told.alerts.find((alert) => everyName(alert).includes('Belahiya'));
    expect(fall).toMatchObject({
      direction: 'DOWN',
      observed: 0,
      watching: 'STEADY',
      changePoint: { after: 0 },
    });
    expect([fall!.series, ...fall!.alsoSeenAs].map(({ kind }) => kind).sort()).toEqual([
      'CELLS',
      'CROSSING_POINTS',
    ]);
    expect(fall!.effort?.before.rate).toBeGreaterThan(0.5);
    // What is missing now is shown: the incidents of the year before.
    expect(fall!.incidentIds.length).toBeGreaterThan(20);
  });

  it('asks about an earlier month as if it were then, by the method that is asked for', async () => {
    const told = await changes(
      hub,
      'terai-watch',
      'over: [CROSSING_POINTS, CELLS], month: "2025-12", method: EARS_C1, worlds: 20',
    );
    expect(told.falseAlarmRate?.how).toContain('drawn again');
    const names = told.alerts.map(everyName).join('; ');
    expect(names).toContain('Krishnanagar');
    for (const { score, p, q, months, bound, observed, direction } of told.alerts) {
      expect(months.at(-1)?.month).toBe('2025-12');
      expect(Math.abs(score)).toBeGreaterThan(1);
      expect(q).toBeGreaterThanOrEqual(p);
      expect(direction === 'UP' ? observed - bound! : bound! - observed).toBeGreaterThan(0);
    }
  });

  it('tells clusters in space and time, with where, since when, and whether it may be the watching', async () => {
    const clusters = async (organisation: string, asked: string): Promise<Clusters> => {
      const viewer = await viewerFor(hub, organisation, 'analyst');
      const text = `{ clusterAlarms(${asked}) { refusal { reason found wanted } method version parameters counts { records } dataWindow { first last } unknowns
        scannedCells drawn clusters { id isAlarm name centre { longitude latitude } radiusKm cells since month observed expected logLikelihoodRatio p recurrenceMonths
        independentOrigins watching geometry incidentIds(first: 1000) howKnown { records } } } }`;
      return (await answer<{ clusterAlarms: Clusters }>(hub, viewer, text)).clusterAlarms;
    };
    // The road at Belahiya closed with December 2025; its journeys went by Krishnanagar and Birgunj.
    const asked = 'month: "2026-03", months: 17, maxRadiusKm: 100';
    const told = await clusters('terai-watch', asked);
    expect(told.refusal).toBeNull();
    const [cluster] = told.clusters;
    expect(cluster).toMatchObject({ isAlarm: true, watching: 'STEADY', since: '2025-12', month: '2026-03' });
    expect(cluster!.observed).toBeGreaterThan(1.5 * cluster!.expected);
    expect(cluster!.p).toBeLessThanOrEqual(0.01);
    expect(cluster!.recurrenceMonths).toBeCloseTo(1 / cluster!.p, 9);
    expect(cluster!.incidentIds).toHaveLength(cluster!.observed);
    expect(cluster!.howKnown.records).toBe(cluster!.observed);
    expect(Math.hypot(cluster!.centre.longitude - 82.8, cluster!.centre.latitude - 27.5)).toBeLessThan(0.7);
    expect(await clusters('terai-watch', asked)).toEqual(told);
    const against = await clusters('terai-watch', `${asked}, model: POISSON`);
    expect(against.refusal).toBeNull();
    for (const { observed, incidentIds } of against.clusters) expect(incidentIds).toHaveLength(observed);
    // Detections that a filter narrows are not held against all staff-time.
    for (const filter of ['modes: [BUS]', 'countries: [{ country: "NPL", role: SOURCE }]'])
      expect(
        (await clusters('terai-watch', `${asked}, model: POISSON, filter: { ${filter} }`)).refusal,
      ).toMatchObject({
        reason: 'no rate under this filter',
        found: expect.stringContaining('narrows detections and not staff-time'),
      });
    expect((await clusters('newcomer', asked)).refusal?.reason).toBe('not enough data');
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { errors } = await ask(hub, viewer, '{ clusterAlarms(months: 6, longestMonths: 4) { drawn } }');
    expect(errors?.[0]?.message).toContain('longestMonths: found 4, wanted 1 to 3');
  });

  it('refuses what it cannot answer, and says so to whom sees no staff-time', async () => {
    const early = await changes(hub, 'terai-watch', 'month: "2025-03"');
    expect(early.refusal).toMatchObject({ reason: 'not enough data', found: '4 months before 2025-03' });
    const long = await changes(hub, 'terai-watch', 'method: FARRINGTON');
    expect(long.refusal).toMatchObject({ reason: 'not enough data', found: '23 months before 2026-10' });
    expect((await changes(hub, 'newcomer', 'worlds: 20')).refusal?.reason).toBe('not enough data');
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    for (const [asked, message] of [
      ['month: "2026-11"', 'wanted one that is over: 2026-10'],
      ['month: "soon"', 'found "soon"'],
      ['over: []', 'over: found 0 kinds'],
      ['worlds: 1', 'worlds: found 1, wanted 20 to 1000'],
      ['filter: { occurred: { from: "2026-01-01T00:00:00Z" } }', 'found "occurred"'],
    ] as const) {
      const { errors } = await ask(hub, viewer, `{ changeAlerts(${asked}) { tested } }`);
      expect(errors?.[0]?.message).toContain(message);
    }
  });
});

describe('a hub of two organisations', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub('base');
  });
  afterAll(() => hub.close());

  /** Noticed by one of four of the staff: each is an origin of its own. */
  const rows = (reference: string, day: string, flags: Row = {}): Row[] =>
    [maya, sita].map((person) => ({
      ...intercept,
      ...flags,
      irf_number: reference,
      station_name: 'Birgunj',
      location: '',
      staff_who_noticed: `Staff ${Number(day.slice(-2)) % 4}`,
      date_of_interception: day,
      ...person,
    }));
  const csv = (all: readonly Row[]): string => {
    const header = [...new Set(all.flatMap((row) => Object.keys(row)))];
    return `${[header, ...all.map((row) => header.map((name) => row[name] ?? ''))]
      .map((line) => line.map((cell) => `"${cell}"`).join(','))
      .join('\n')}\n`;
  };
  const day = (month: number, date: number): string =>
    `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

  it('tells a new way of working, of which one event told twice is one, and says that no staff-time is seen', async () => {
    const past = [3, 4, 5, 6, 7, 8, 9].flatMap((month) =>
      [5, 18].flatMap((date) =>
        rows(`BRG${month}${date}`, day(month, date), { evade_caught_in_lie: 'False' }),
      ),
    );
    const now = Array.from({ length: 12 }, (_, i) => rows(`BRG10${i + 10}`, day(10, i + 1))).flat();
    await importText(hub, 'one', 'border-intercept', csv([...past, ...now]));
    const asked = 'over: [INDICATORS, MODES], worlds: 20';
    const before = await changes(hub, 'one', asked);
    expect(before.parameters.method).toBe('C1');
    const lie = (told: Told): Alert | undefined =>
      told.alerts.find((alert) => everyName(alert).includes('caught in lie'));
    expect(lie(before)).toMatchObject({
      direction: 'UP',
      observed: 12,
      watching: 'NOT_KNOWN',
      effort: null,
      since: '2026-10',
    });
    expect(before.unknowns.join()).toContain('No staff-time is seen');
    expect(before.unknowns.join()).not.toContain('start of reporting');
    expect(before.falseAlarmRate?.how).toContain('no season, and no start of reporting');

    await importText(hub, 'other', 'border-intercept', csv(rows('BRG1', day(10, 1))));
    const [owner, grantee] = [await organisationFor(hub, 'other'), await organisationFor(hub, 'one')];
    await hub.database.unrestricted('grant for a test', async (connection) => {
      for (const recordClass of ['report', 'incident', 'movement', 'statement', 'entity', 'flow'] as const)
        await addGrant(connection, randomIds, {
          ownerId: owner.id,
          granteeId: grantee.id,
          recordClass,
          handlingCeiling: 'amber_strict',
          projection: 'full',
          validFrom: new Date('2020-01-01'),
          validTo: null,
        });
    });
    const joined = await changes(hub, 'one', asked);
    expect(lie(joined)?.observed).toBe(13);
    expect(joined.unknowns).toContainEqual(expect.stringMatching(/^1 organisations .* start of reporting/));
    const viewer = await viewerFor(hub, 'one', 'analyst');
    const { incidents } = await answer<{
      incidents: { nodes: { id: string; owner: string; occurred: { from: string } }[] };
    }>(hub, viewer, '{ incidents(first: 100) { nodes { id owner occurred { from } } } }');
    const twin = incidents.nodes.find((node) => node.owner === 'other')!;
    const same = incidents.nodes.find(
      (node) => node.owner === 'one' && node.occurred.from === twin.occurred.from,
    )!;
    await answer(
      hub,
      viewer,
      'mutation ($one: String!, $other: String!) { confirmSameIncident(one: $one, other: $other, expected: UNDECIDED) { __typename } }',
      { one: same.id, other: twin.id },
    );
    const after = lie(await changes(hub, 'one', asked))!;
    const { id, expected, bound, score, p, since } = lie(before)!;
    expect(after).toMatchObject({ id: expect.any(String), observed: 12, expected, bound, score, p, since });
    expect(after.incidentIds).toContain(twin.id);
    expect(after.incidentIds).toHaveLength(13);
    // An id is of what its viewer sees: with more of it, another.
    expect(after.id).not.toBe(id);
  });
  it('begins its baseline with a real share of the incidents, and not with a stray record of years ago', async () => {
    const row = (reference: string, date: string): Row[] => rows(reference, date).slice(0, 1);
    const lately = Array.from({ length: 120 }, (_, i) =>
      row(`LAT${i}`, day(1 + Math.floor(i / 12), 1 + 2 * (i % 12))),
    );
    await importText(hub, 'third', 'border-intercept', csv([...row('OLD1', '2020-02-03'), ...lately.flat()]));
    const told = await changes(hub, 'third', 'over: [MODES], worlds: 20');
    // 9 months lie before October, not 80.
    expect(told.parameters.method).toBe('C2');
    expect(told.dataWindow?.first).toBe('2020-02');
  });
});
