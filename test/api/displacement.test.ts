/** Where the flow went: the closing that was planted in the demo is told with its numbers, and a closed station is no displacement. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Zone {
  readonly zone: string;
  readonly before: number;
  readonly after: number;
  readonly months: readonly { month: string; incidents: number }[];
  readonly effort: { before: number; after: number } | null;
  readonly howKnown: { records: number; observed: number } | null;
  readonly incidentIds: readonly string[];
}
interface Told {
  readonly refusal: { reason: string; found: string; wanted: string } | null;
  readonly closed: readonly { name: string }[];
  readonly before: { first: string; last: string } | null;
  readonly after: { first: string; last: string } | null;
  readonly finding: string | null;
  readonly difference: { estimate: number; low: number; high: number } | null;
  readonly displaced: { estimate: number; low: number; high: number } | null;
  readonly quotient: { estimate: number; low: number | null; high: number | null } | null;
  readonly p: number | null;
  readonly pLocal: number | null;
  readonly pDisplaced: number | null;
  readonly lagMonths: number | null;
  readonly zones: readonly Zone[];
  readonly crossings: readonly {
    crossingPoint: { name: string };
    zone: string;
    reason: string;
    before: number;
    after: number;
    distanceKm: number;
    unlikeness: number | null;
  }[];
  readonly features: {
    features: { geometry: { type: string }; properties: { name?: string; change: number } }[];
  };
  readonly unknowns: readonly string[];
}

const TOLD = `refusal { reason found wanted } closed { name } before { first last } after { first last } finding
  difference { estimate low high } local displaced { estimate low high } quotient { estimate low high } p pLocal pDisplaced lagMonths
  zones { zone before after months { month incidents } effort { before after } howKnown { records observed } incidentIds(first: 1000) }
  crossings { crossingPoint { name } zone reason before after distanceKm unlikeness } features unknowns method version parameters
  counts { records incidents owners } dataWindow { first last } interdiction { id }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

async function crossingPoint(name: string): Promise<string> {
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  const { places } = await answer<{ places: { nodes: { id: string; name: string }[] } }>(
    hub,
    viewer,
    `{ places(filter: { kinds: [CROSSING_POINT], name: "${name}" }) { nodes { id name } } }`,
  );
  const found = places.nodes.find((place) => place.name.includes(name));
  if (!found) throw new RangeError(`found no crossing point "${name}"`);
  return found.id;
}

async function displacement(organisation: string, asked: string): Promise<Told> {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const told = await answer<{ displacement: Told }>(hub, viewer, `{ displacement(${asked}) { ${TOLD} } }`);
  return told.displacement;
}

const zone = (told: Told, name: string): Zone => told.zones.find((one) => one.zone === name)!;

describe('a road that is closed while its station stays', () => {
  it('is told as displacement to the other crossings of the same journeys', async () => {
    const belahiya = await crossingPoint('Belahiya');
    const asked = `crossingPoints: ["${belahiya}"], on: "2025-12-01"`;
    const told = await displacement('terai-watch', asked);
    expect(told.refusal).toBeNull();
    expect(told.before).toEqual({ first: '2025-06', last: '2025-11' });
    expect(told.after).toEqual({ first: '2025-12', last: '2026-05' });
    expect(zone(told, 'CLOSED').after).toBeLessThan(3);
    expect(zone(told, 'CLOSED').before).toBeGreaterThan(25);
    expect(zone(told, 'ALTERNATIVES').after).toBeGreaterThan(3 * zone(told, 'ALTERNATIVES').before);
    expect(told.finding).toBe('DISPLACEMENT');
    expect(told.pLocal).toBeLessThan(0.01);
    expect(told.pDisplaced).toBeLessThan(0.01);
    expect(told.quotient?.estimate).toBeLessThan(-0.4);
    expect(told.displaced?.low).toBeGreaterThan(0);
    expect(told.lagMonths).toBe(0);
    const named = told.crossings.filter((one) => one.zone === 'ALTERNATIVES' && one.after > 5);
    expect(named.map(({ crossingPoint: { name } }) => name.split(' ')[0]).sort()).toEqual([
      expect.stringMatching(/Birgunj|Raxaul/),
      expect.stringMatching(/Krishnanagar/),
    ]);
    for (const one of told.zones) {
      expect(one.months).toHaveLength(12);
      expect(one.months.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(one.before + one.after);
      expect(one.incidentIds).toHaveLength(one.before + one.after);
    }
    const lines = told.features.features.filter(({ geometry }) => geometry.type === 'LineString');
    expect(lines.some(({ properties }) => properties.change > 5)).toBe(true);
    // Asked again, chance falls the same way.
    expect(await displacement('terai-watch', asked)).toEqual(told);
  });

  it('is not told by who sees too few of its journeys', async () => {
    const belahiya = await crossingPoint('Belahiya');
    const told = await displacement('lantern-line', `crossingPoints: ["${belahiya}"], on: "2025-12-01"`);
    expect(told.refusal?.reason).toBe('not enough data');
    expect([told.finding, told.difference, told.p]).toEqual([null, null, null]);
  });
});

describe('an interdiction', () => {
  it('stands for its crossing and its day, and is not there for who does not see it', async () => {
    const owner = await viewerFor(hub, 'terai-watch', 'analyst');
    const { done } = await answer<{ done: { id: string } }>(
      hub,
      owner,
      `mutation { done: recordInterdiction(interdiction: { kind: CROSSING_CLOSED, basis: OBSERVED, occurredOn: "2025-12-01",
        place: { text: "Belahiya", country: "NPL" } }, idempotencyKey: "the road was closed") {
        ... on RecordDone { id } ... on ActRefused { reasons { where found wanted } } } }`,
    );
    const told = await displacement('terai-watch', `interdiction: "${done.id}"`);
    expect(told.closed.map(({ name }) => name).join()).toContain('Belahiya');
    expect(told.finding).toBe('DISPLACEMENT');
    const hidden = await displacement('rain-gate', `interdiction: "${done.id}"`);
    const missing = await displacement('rain-gate', 'interdiction: "00000000-0000-4000-8000-000000000000"');
    expect(hidden).toEqual(missing);
  });
});

describe('a station that is closed', () => {
  it('is refused: what is not watched is not seen to move', async () => {
    const jaleshwar = await crossingPoint('Jaleshwar');
    const told = await displacement('lantern-line', `crossingPoints: ["${jaleshwar}"], on: "2026-04-01"`);
    expect(told.refusal?.reason).toBe('effort changed');
    expect(zone(told, 'CLOSED').effort?.after).toBe(0);
    expect(told.finding).toBeNull();
  });
});

it('refuses what it cannot begin with, in the same words whether it is hidden or not there', async () => {
  const nowhere = '00000000-0000-4000-8000-000000000000';
  expect((await displacement('terai-watch', `interdiction: "${nowhere}"`)).refusal?.reason).toBe(
    'no such interdiction',
  );
  expect((await displacement('terai-watch', 'interdiction: "no id at all"')).refusal?.reason).toBe(
    'no such interdiction',
  );
  expect(
    (await displacement('terai-watch', `crossingPoints: ["${nowhere}"], on: "2025-12-01"`)).refusal?.reason,
  ).toBe('no such crossing point');
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  for (const [asked, message] of [
    ['on: "2025-12-01"', 'both or neither'],
    [`crossingPoints: ["${nowhere}"]`, 'on: wanted the day'],
    [`crossingPoints: ["${nowhere}"], on: "2025-02-30"`, 'found "2025-02-30"'],
    [`interdiction: "${nowhere}", months: 1`, 'months: found 1, wanted 3 to 60'],
    [`crossingPoints: [], on: "2025-12-01"`, 'found 0, wanted 1 to 20'],
  ] as const) {
    const { errors } = await ask(hub, viewer, `{ displacement(${asked}) { p } }`);
    expect(errors?.[0]?.message).toContain(message);
  }
});
