/** Two selections side by side, and the matrix of source, transit and destination: both counted once more from the movements themselves. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Interval {
  readonly value: number | null;
  readonly low: number;
  readonly high: number | null;
}
interface Group {
  readonly a: {
    incidents: number;
    movements: number;
    crossingPoint: { name: string } | null;
    detectionsPerStaffMonth: { status: string; detections: number | null; staffMonths: number | null } | null;
  };
  readonly b: Group['a'];
  readonly per: string;
  readonly status: string;
  readonly ratio: Interval | null;
  readonly difference: Interval | null;
  readonly p: number | null;
  readonly q: number | null;
}
interface Comparison {
  readonly total: Group;
  readonly groups: readonly Group[];
  readonly sharedIncidents: number;
  readonly unknowns: readonly string[];
  readonly counts: { readonly records: number; readonly incidents: number };
}

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const SIDE = `{ movements incidents independentOrigins persons { min max } crossingPoint { name } originCountry
  detectionsPerStaffMonth { status detections staffMonths } }`;
const GROUP = `{ a ${SIDE} b ${SIDE} per status ratio { value low high } difference { value low high } p q }`;

async function compare(parameters: string, organisation = 'terai-watch'): Promise<Comparison> {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const { compareFlows } = await answer<{ compareFlows: Comparison }>(
    hub,
    viewer,
    `{ compareFlows(${parameters}) { method version parameters counts { records incidents owners } dataWindow { first last } unknowns
      refusal { reason } sharedIncidents total ${GROUP} groups ${GROUP} } }`,
  );
  return compareFlows;
}

const span = (from: string, to: string): string =>
  `{ occurred: { from: "${from}T00:00:00Z", to: "${to}T00:00:00Z" } }`;

describe('compareFlows', () => {
  it('says per staff-month what changed from one year to the next, and at which crossing', async () => {
    const found = await compare(
      `groupBy: [CROSSING_POINT], a: ${span('2024-07-01', '2025-02-01')}, b: ${span('2025-02-01', '2025-09-01')}`,
    );
    expect(found.total.status).toBe('COMPARED');
    expect(found.total.per).toBe('STAFF_MONTH');
    expect(found.sharedIncidents).toBe(0);
    expect(found.groups.length).toBeGreaterThan(3);
    for (const { a, b, ratio, difference, per, status, p, q } of found.groups) {
      if (status !== 'COMPARED') {
        expect([ratio, difference, p, q]).toEqual([null, null, null, null]);
        continue;
      }
      expect(q).toBeGreaterThanOrEqual(p ?? 1);
      if (per !== 'STAFF_MONTH' || ratio?.value == null) continue;
      const rate = ({ detectionsPerStaffMonth: rated }: Group['a']) =>
        (rated?.detections ?? Number.NaN) / (rated?.staffMonths ?? Number.NaN);
      expect(ratio.value).toBeCloseTo(rate(b) / rate(a), 9);
      expect(difference?.value).toBeCloseTo(rate(b) - rate(a), 9);
      expect(ratio.low).toBeLessThan(ratio.value);
    }
    expect(found.groups.some(({ status }) => status === 'COMPARED')).toBe(true);
  });

  it('counts per day where nobody’s staff-time is seen, as they are where a span is open, and says so', async () => {
    const rates = 'first: 5, groupBy: [ORIGIN_COUNTRY]';
    const days = await compare(
      `${rates}, a: ${span('2024-07-01', '2025-01-01')}, b: ${span('2025-01-01', '2025-07-01')}`,
    );
    expect(new Set(days.groups.map(({ per }) => per))).toEqual(new Set(['DAY']));
    expect(days.unknowns.join()).toContain('more was looked');
    const open = await compare(
      `${rates}, a: ${span('2024-07-01', '2025-01-01')}, b: { occurred: { from: "2025-01-01T00:00:00Z" } }`,
    );
    expect(new Set(open.groups.map(({ per }) => per))).toEqual(new Set(['COUNT']));
    expect(open.unknowns.join()).toContain('A span is open');
  });

  it('says nothing of chance where both selections are the same incidents, or few', async () => {
    const same = await compare('a: {}, b: {}');
    expect(same.total).toMatchObject({ status: 'SAME_INCIDENTS', ratio: null, p: null });
    expect(same.sharedIncidents).toBe(same.counts.incidents);
    const few = await compare(
      `a: ${span('2024-07-01', '2024-07-02')}, b: ${span('2024-07-02', '2024-07-03')}`,
    );
    expect(few.total).toMatchObject({ status: 'NOT_ENOUGH_DATA', ratio: null, p: null });
  });

  it('turns round when the selections change places', async () => {
    const [one, other] = [span('2024-07-01', '2025-01-01'), span('2025-01-01', '2025-07-01')];
    const there = await compare(`a: ${one}, b: ${other}`);
    const back = await compare(`a: ${other}, b: ${one}`);
    expect(back.total.a).toEqual(there.total.b);
    expect(back.total.p).toBeCloseTo(there.total.p ?? Number.NaN, 10);
    expect((back.total.ratio?.value ?? 0) * (there.total.ratio?.value ?? 0)).toBeCloseTo(1, 10);
  });

  it('wants a confidence that leaves something out', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { errors } = await ask(hub, viewer, '{ compareFlows(a: {}, b: {}, confidence: 1) { version } }');
    expect(errors?.[0]?.message).toContain('confidence: found 1, wanted 0.5 to 0.999');
  });
});

interface Listed {
  readonly id: string;
  readonly persons: { min: number; max: number | null };
  readonly countries: readonly { country: string; role: string }[];
  readonly incident: { id: string };
}

interface Page {
  readonly movements: {
    nodes: Listed[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

interface Legs {
  readonly movements: number;
  readonly nodes: { id: string; stage: number; role: string; country: string | null; movements: number }[];
  readonly links: {
    source: string;
    target: string;
    movements: number;
    incidents: number;
    persons: { min: number; max: number | null };
  }[];
}

async function legsTold(viewer: Viewer): Promise<Legs> {
  const { stageFlows } = await answer<{ stageFlows: Legs }>(
    hub,
    viewer,
    '{ stageFlows { movements nodes { id stage role country movements incidents } links { source target movements incidents persons { min max } } } }',
  );
  return stageFlows;
}

async function allListed(viewer: Viewer): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  let after: string | null = null;
  for (;;) {
    const { movements }: Page = await answer<Page>(
      hub,
      viewer,
      `query ($after: String) { movements(first: 200, after: $after, filter: { verifications: [UNVERIFIED, EVIDENCE, HIGH_RISK] }) {
        nodes { id persons { min max } countries { country role } incident { id } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    listed.push(...movements.nodes);
    if (!movements.pageInfo.hasNextPage) return listed;
    after = movements.pageInfo.endCursor;
  }
}

/** Movement by movement: how many of each incident take a leg, and how many persons they may be. */
function legsOf(listed: readonly Listed[]): Map<string, Map<string, Listed[]>> {
  const links = new Map<string, Map<string, Listed[]>>();
  for (const one of listed) {
    const { countries, incident } = one;
    const path = countries.map(({ country, role }, at) => {
      const transits = countries.slice(0, at + 1).filter((step) => step.role === 'TRANSIT').length;
      return role === 'TRANSIT' ? `transit:${transits}:${country}` : `${role.toLowerCase()}:${country}`;
    });
    if (!countries.some(({ role }) => role === 'SOURCE')) path.unshift('source:unknown');
    if (!countries.some(({ role }) => role === 'DESTINATION')) path.push('destination:unknown');
    for (const [at, target] of path.slice(1).entries()) {
      const key = `${path[at]} ${target}`;
      const byIncident = links.get(key) ?? new Map<string, Listed[]>();
      links.set(key, byIncident);
      byIncident.set(incident.id, [...(byIncident.get(incident.id) ?? []), one]);
    }
  }
  return links;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

describe('stageFlows', () => {
  const shareIncidents = (owner: string | null): Promise<void> =>
    hub.database.unrestricted('incidents of several movements, for a test', async (connection) => {
      await connection.execute(
        `update movement m set incident_id = o.incident_id
         from (select id, row_number() over (order by id) as n from movement where known_to is null and owner_id = $1) t,
           (select incident_id, row_number() over (order by id) as n from movement where known_to is null and owner_id = $1) o
         where t.id = m.id and o.n = t.n - t.n % 7 and t.n % 7 > 0 and t.n < 400`,
        [owner],
      );
      await connection.execute(
        "update movement set persons_max = null where owner_id = $1 and id::text like 'a%'",
        [owner],
      );
    });

  it.each(['each alone in its incident', 'several of an incident'])(
    'are the legs of the movements that are listed, unknown ends included: %s',
    async (which) => {
      const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
      if (which !== 'each alone in its incident') await shareIncidents(viewer.organisationId);
      const listed = await allListed(viewer);
      const links = legsOf(listed);
      const told = await legsTold(viewer);
      expect(listed.length).toBeGreaterThan(500);
      expect(told.movements).toBe(listed.length);
      expect(told.links.map(({ source, target }) => `${source} ${target}`).toSorted()).toEqual(
        [...links.keys()].toSorted(),
      );
      if (which !== 'each alone in its incident') {
        expect(told.links.some(({ incidents, movements }) => incidents < movements)).toBe(true);
        expect(told.links.some(({ persons }) => persons.max === null)).toBe(true);
      }
      const stages = new Map(told.nodes.map(({ id, stage }) => [id, stage]));
      for (const { source, target, movements, incidents, persons } of told.links) {
        expect(stages.get(source)).toBeLessThan(stages.get(target) ?? -1);
        const counted = [...links.get(`${source} ${target}`)!.values()];
        const every = counted.flat().map((one) => one.persons);
        const max = every.some((one) => one.max === null) ? null : sum(every.map((one) => one.max ?? 0));
        const min = sum(counted.map((of) => Math.max(...of.map((one) => one.persons.min))));
        expect({ movements, incidents, persons }).toEqual({
          movements: every.length,
          incidents: counted.length,
          persons: { min, max },
        });
      }
    },
  );

  it('has travel within one country as a leg from it to itself', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    await hub.database.unrestricted('travel within a country, for a test', (connection) =>
      connection.execute(
        `update movement set origin_country = 'NPL', destination_country = 'NPL', countries = '{NPL}', roles = '{domestic}'
         where id = (select id from movement where known_to is null and owner_id = $1 and verification <> 'should_not_count' order by id limit 1)`,
        [viewer.organisationId],
      ),
    );
    const { stageFlows } = await answer<{
      stageFlows: {
        nodes: { id: string; role: string }[];
        links: { source: string; target: string; movements: number }[];
      };
    }>(hub, viewer, '{ stageFlows { nodes { id role } links { source target movements } } }');
    expect(stageFlows.links).toContainEqual({
      source: 'source:NPL',
      target: 'destination:NPL',
      movements: 1,
    });
    expect(
      stageFlows.nodes
        .filter(({ id }) => id.endsWith(':NPL'))
        .map(({ role }) => role)
        .sort(),
    ).toEqual(['DESTINATION', 'SOURCE', 'TRANSIT']);
  });
});
