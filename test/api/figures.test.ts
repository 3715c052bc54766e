/** Figures over a border that was watched by a few people: rates, persons, months and the names of clusters. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Position } from '../../src/geo/position.ts';
import { addWorlds } from '../property/world-store.ts';
import { BorderWatch } from '../support/border-watch.ts';
import { answer, openTestHub, type TestHub } from '../support/test-hub.ts';

interface Rate {
  readonly status: string;
  readonly reason: string | null;
  readonly detections: number | null;
  readonly staffMonths: number | null;
}
interface Group {
  readonly period: string | null;
  readonly crossingPoint: { readonly id: string } | null;
  readonly movements: number;
  readonly persons: { readonly min: number; readonly max: number };
  readonly detectionsPerStaffMonth: Rate;
}
interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly incidents: number;
  readonly persons: number;
  readonly centre: { readonly longitude: number };
  readonly members: readonly { readonly persons: number }[];
  readonly detectionsPerStaffMonth: Rate;
}

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];

let hub: TestHub;
let viewer: Viewer;
/** Two posts 100 km and more apart, with two months of staffing beside four without. */
let posts: readonly { readonly id: string; readonly at: Position; readonly name: string }[];
/** Ten kilometres east of the first post. */
let beside: Position;

beforeAll(async () => {
  hub = await openTestHub('base');
  posts = await hub.database.unrestricted('take crossing points for a test', async (connection) => {
    const rows = await connection.query<{ id: string; name: string; longitude: number; latitude: number }>(
      "select id, name, longitude, latitude from place where kind = 'crossing_point' and not derived and (name like 'Belahiya%' or name like 'Birgunj%') order by name",
    );
    return rows.map(({ id, name, longitude, latitude }) => ({
      id,
      name,
      at: [longitude, latitude] as const,
    }));
  });
  const [one, other] = posts as [(typeof posts)[0], (typeof posts)[0]];
  beside = [one.at[0] + 0.11, one.at[1]];
  const watch = new BorderWatch();
  const station = watch.stand(one.at, one.id, MONTHS.slice(0, 5), 1);
  // Of June it was known first that one person stood there, and later that three did.
  watch.work(station, '2026-06', 1, { from: '2026-02-01T00:00:00Z', to: '2026-08-01T00:00:00Z' });
  watch.work(station, '2026-06', 3, { from: '2026-08-01T00:00:00Z', to: null });
  watch.stand(other.at, other.id, MONTHS, 2);
  for (const month of MONTHS) {
    for (let i = 0; i < 4; i += 1) watch.see({ when: month, at: one.at, placeId: one.id, persons: 2 });
    for (let i = 0; i < 3; i += 1)
      watch.see({ when: month, at: other.at, placeId: other.id, persons: 1, mode: 'foot' });
  }
  // When nobody was paid to stand there.
  for (let i = 0; i < 5; i += 1) watch.see({ when: '2026-09', at: one.at, placeId: one.id, persons: 1 });
  // Known to the quarter only.
  for (let i = 0; i < 2; i += 1) watch.see({ when: '2026-Q2', at: other.at, placeId: other.id, persons: 1 });
  watch.link(
    watch.see({ when: '2025-12', at: other.at, placeId: other.id, persons: 4 }),
    watch.see({ when: '2025-12', at: other.at, placeId: other.id, persons: 6 }),
  );
  // Another spot nearest to the first post, seen later, and many that are not judged yet.
  for (let i = 0; i < 6; i += 1) watch.see({ when: '2026-03', at: beside, placeId: null, persons: 1 });
  for (let i = 0; i < 40; i += 1)
    watch.see({ when: '2026-07', at: beside, placeId: null, persons: 1, verification: 'should_not_count' });
  const [viewers] = await addWorlds(hub.database, [watch.world('border-watch')]);
  viewer = viewers?.[0] as Viewer;
});
afterAll(() => hub.close());

const RATE = 'detectionsPerStaffMonth { status reason detections staffMonths rate low high }';

async function flows(
  groupBy: readonly string[],
  filter: Record<string, unknown> = {},
): Promise<readonly Group[]> {
  const query = `query ($groupBy: [FlowDimension!]!, $filter: MovementFilter) { flows(groupBy: $groupBy, filter: $filter) {
    period crossingPoint { id } movements persons { min max } ${RATE} } }`;
  return (await answer<{ flows: Group[] }>(hub, viewer, query, { groupBy, filter })).flows;
}

async function clusters(filter: Record<string, unknown> = {}): Promise<readonly Cluster[]> {
  const query = `query ($filter: CrossingClusterFilter) { crossingClusters(filter: $filter) { unknowns clusters {
    id name incidents persons centre { longitude } members { persons } ${RATE} } } }`;
  return (await answer<{ crossingClusters: { clusters: Cluster[] } }>(hub, viewer, query, { filter }))
    .crossingClusters.clusters;
}

/** The cluster at a position. */
async function clusterAt([longitude]: Position, filter: Record<string, unknown> = {}): Promise<Cluster> {
  const found = (await clusters(filter)).find(({ centre }) => Math.abs(centre.longitude - longitude) < 0.01);
  if (found === undefined) throw new Error(`found no cluster at ${longitude}`);
  return found;
}

const around = ([longitude, latitude]: Position) => ({ within: { longitude, latitude, km: 5 } });
const SPRING = { from: '2026-03-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const THREE_DAYS = { from: '2026-03-01T00:00:00Z', to: '2026-03-04T00:00:00Z' };

describe('detections per staff-month', () => {
  it('count what was found in months that were staffed, and their whole staff-time', async () => {
    const [all] = await flows([]);
    // Six months of four and three, and six beside the post in March; not those of September, of a quarter, or of December.
    expect(all?.detectionsPerStaffMonth).toMatchObject({ status: 'RATE', detections: 48, staffMonths: 20 });
  });

  it('narrow by whole months and owners on both sides', async () => {
    const [spring] = await flows([], { occurred: SPRING, owners: ['border-watch'] });
    expect(spring?.detectionsPerStaffMonth).toMatchObject({ status: 'RATE', detections: 20, staffMonths: 6 });
    const [nobody] = await flows([], { owners: ['no-such-organisation'] });
    expect(nobody?.detectionsPerStaffMonth).toMatchObject({ status: 'NOT_AVAILABLE', staffMonths: null });
  });

  it('are of each crossing point by its own station', async () => {
    const groups = await flows(['CROSSING_POINT'], {
      occurred: { from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' },
    });
    const rateAt = (id: string | null) =>
      groups.find(({ crossingPoint }) => (crossingPoint?.id ?? null) === id)?.detectionsPerStaffMonth;
    expect(rateAt(posts[0]!.id)).toMatchObject({ detections: 20, staffMonths: 5 });
    expect(rateAt(posts[1]!.id)).toMatchObject({ detections: 15, staffMonths: 10 });
    expect(rateAt(null)).toMatchObject({
      status: 'NOT_AVAILABLE',
      reason: expect.stringContaining('crossing point'),
    });
  });

  it.each([
    ['area', () => ({ area: around(posts[0]!.at) })],
    ['occurred', () => ({ occurred: THREE_DAYS })],
    ['modes', () => ({ modes: ['FOOT'] })],
    ['countries', () => ({ countries: [{ country: 'NPL' }] })],
    ['verifications', () => ({ verifications: ['UNVERIFIED'] })],
  ])('are not available under a filter that staff-time cannot share: %s', async (part, filter) => {
    const [group] = await flows([], filter());
    expect(group?.movements).toBeGreaterThan(0);
    expect(group?.detectionsPerStaffMonth).toEqual({
      status: 'NOT_AVAILABLE',
      reason: expect.stringContaining(`"${part}"`),
      detections: null,
      staffMonths: null,
      rate: null,
      low: null,
      high: null,
    });
  });

  it('say which dimension is in the way', async () => {
    for (const { detectionsPerStaffMonth } of await flows(['MODE']))
      expect(detectionsPerStaffMonth).toMatchObject({
        status: 'NOT_AVAILABLE',
        reason: expect.stringContaining('MODE'),
      });
  });

  it('of a cluster follow months, owners and the moment of knowledge, and no area', async () => {
    const { at } = posts[0]!;
    const rate = async (filter: Record<string, unknown>) =>
      (await clusterAt(at, filter)).detectionsPerStaffMonth;
    expect(await rate({})).toMatchObject({ status: 'RATE', detections: 24, staffMonths: 8 });
    expect(await rate({ asKnownAt: '2026-07-01T00:00:00Z' })).toMatchObject({
      detections: 24,
      staffMonths: 6,
    });
    expect(await rate({ occurred: SPRING })).toMatchObject({ detections: 8, staffMonths: 2 });
    expect(await rate({ occurred: { ...SPRING, to: '2026-04-15T00:00:00Z' } })).toMatchObject({
      status: 'NOT_AVAILABLE',
      reason: expect.stringContaining('"occurred"'),
    });
    expect(await rate({ area: around(at) })).toMatchObject({
      status: 'NOT_AVAILABLE',
      reason: expect.stringContaining('"area"'),
    });
  });
});

describe('persons', () => {
  it('of two reports of one event are at least those of the larger, at most those of both', async () => {
    const december = { occurred: { from: '2025-12-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } };
    for (const groupBy of [[], ['MONTH'], ['CROSSING_POINT'], ['TRANSIT_COUNTRY']]) {
      const groups = await flows(groupBy, december);
      if (groupBy[0] !== 'TRANSIT_COUNTRY') expect(groups[0]?.persons).toEqual({ min: 6, max: 10 });
      expect(groups.length).toBeLessThanOrEqual(1);
    }
    const cluster = await clusterAt(posts[1]!.at);
    expect([cluster.incidents, cluster.persons]).toEqual([21, 6 * 3 + 2 + 6]);
    expect(cluster.members.map(({ persons }) => persons)).toEqual([cluster.persons]);
  });

  it('bound and order groups by the same figure', async () => {
    const query = `query ($least: Float!) { flows(groupBy: [MONTH], having: [{ figure: PERSONS, atLeast: $least }], orderBy: [{ figure: PERSONS }]) {
      period persons { min } } }`;
    const least = async (bound: number) =>
      (await answer<{ flows: Group[] }>(hub, viewer, query, { least: bound })).flows.map(
        ({ period }) => period,
      );
    expect(await least(6)).toContain('2025-12-01');
    expect(await least(7)).not.toContain('2025-12-01');
  });
});

describe('a time known to its quarter', () => {
  it('counts in totals, in its quarter and year, and in no month', async () => {
    const at = async (bucket: string, period: string | null): Promise<number> =>
      (await flows([bucket])).find((group) => group.period === period)?.movements ?? 0;
    expect(await at('QUARTER', '2026-04-01')).toBe(3 * 7 + 2);
    expect(await at('YEAR', '2026-01-01')).toBe(6 * 7 + 6 + 5 + 2);
    expect(await at('MONTH', '2026-04-01')).toBe(7);
    expect(await at('MONTH', null)).toBe(2);
    const undated = (await flows(['MONTH'])).find(({ period }) => period === null);
    expect(undated?.detectionsPerStaffMonth).toMatchObject({
      status: 'NOT_AVAILABLE',
      reason: expect.stringContaining('month'),
    });
  });

  it('is told of in corridors and clusters', async () => {
    const { corridors, crossingClusters } = await answer<
      Record<
        'corridors' | 'crossingClusters',
        {
          unknowns: string[];
          nodes: { months: { month: string; incidents: number }[]; unknowns: string[] }[];
        }
      >
    >(
      hub,
      viewer,
      '{ corridors { unknowns nodes { months { month incidents } unknowns } } crossingClusters { unknowns } }',
    );
    expect(corridors.unknowns.join()).toMatch(/2 of \d+ movements have no month/);
    expect(crossingClusters.unknowns.join()).toMatch(/2 of \d+ crossings have no month/);
    expect(corridors.nodes.length).toBeGreaterThan(0);
    const undated = corridors.nodes.filter(({ unknowns }) =>
      unknowns.join().includes('2 incidents are not dated'),
    );
    expect(undated.length).toBeGreaterThan(0);
    for (const { months } of undated)
      expect(months.find(({ month }) => month === '2026-04')?.incidents).toBe(3);
  });
});

describe('clusters nearest to one crossing point', () => {
  it('keep their ids and names when one outgrows the other', async () => {
    const both = async () => [await clusterAt(posts[0]!.at), await clusterAt(beside)] as const;
    const [post, spot] = await both();
    expect(spot.name).toBe(`${post.name} 2`);
    expect(spot.incidents).toBeLessThan(post.incidents);
    await hub.database.asOwner((connection) =>
      connection.execute(
        "update movement set verification = 'unverified' where verification = 'should_not_count'",
      ),
    );
    const [postAfter, spotAfter] = await both();
    expect(spotAfter.incidents).toBeGreaterThan(postAfter.incidents);
    expect([postAfter, spotAfter].map(({ id, name }) => [id, name])).toEqual(
      [post, spot].map(({ id, name }) => [id, name]),
    );
  });
});
