/** Bundles of dense tracks through the API: found with their evidence, never finer than a viewer sees, refused where tracks are few. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sightOf } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Told {
  readonly refusal: { reason: string; found: string; wanted: string } | null;
  readonly counts: { records: number; incidents: number; owners: number };
  readonly dataWindow: { first: string; last: string } | null;
  readonly parameters: Readonly<Record<string, number>>;
  readonly unknowns: readonly string[];
  readonly totalCount: number;
  readonly bundles: readonly {
    id: string;
    name: string;
    geometry: { type: string; coordinates: [number, number][][] };
    lengthKm: number;
    widthKm: number;
    incidents: number;
    independentOrigins: number;
    movements: number;
    owners: number;
    persons: { min: number; max: number | null };
    movementIds: readonly string[];
    incidentIds: readonly string[];
    howKnown: { records: number; observed: number };
  }[];
}

const TRACKS = 14;
const STOPS = 10;
/** Across 180°: Fiji's sea, where the hub draws what it must cut. */
const AT_180 = [179.2, -17] as const;
const IN_NEPAL = [83, 27.6] as const;

let hub: TestHub;
let viewer: Viewer;
beforeAll(async () => {
  hub = await openTestHub('base');
  viewer = await viewerFor(hub, 'track-keepers', 'analyst');
  const random = seededRandom(1);
  for (const [from, country, origin] of [
    [IN_NEPAL, 'NPL', 'staff'],
    [AT_180, 'FJI', 'one and the same'],
  ] as const) {
    for (let track = 0; track < TRACKS; track += 1)
      await record(journey(random, from), country, origin === 'staff' ? `staff ${track}` : origin, track);
  }
  // Three stops are a journey, and no track.
  await record(journey(random, IN_NEPAL).slice(0, 3), 'NPL', 'staff 99', 0);
  // Whoever asks is read anew with each request: now there are rows to see.
  viewer = await viewerFor(hub, 'track-keepers', 'analyst');
});
afterAll(() => hub.close());

it('tells where tracks run side by side, with what stands behind each', async () => {
  const told = await asked('epsKm: 15');
  expect(told.refusal).toBeNull();
  expect(told.counts).toEqual({ records: 2 * TRACKS, incidents: 2 * TRACKS, owners: 1 });
  expect(told.dataWindow).toEqual({ first: '2026-03', last: '2026-04' });
  expect(told.parameters).toMatchObject({ epsKm: 15, minIncidents: 5, leastStops: 8, resolution: 6 });
  expect(told.unknowns.join(' ')).toContain('1 of 29 movements have fewer than 8 observed stops');
  expect(told.totalCount).toBe(2);
  for (const bundle of told.bundles) {
    expect(bundle).toMatchObject({ incidents: TRACKS, movements: TRACKS, owners: 1 });
    expect(bundle.persons).toEqual({ min: TRACKS, max: TRACKS });
    expect(bundle.incidentIds).toHaveLength(TRACKS);
    expect(bundle.movementIds).toHaveLength(TRACKS);
    expect(bundle.howKnown).toMatchObject({ records: TRACKS, observed: 1 });
    expect(bundle.lengthKm).toBeGreaterThan(120);
    expect(bundle.widthKm).toBeGreaterThan(0);
    expect(bundle.widthKm).toBeLessThan(15);
    const opened = await answer<{ incident: { id: string } }>(
      hub,
      viewer,
      'query ($id: String!) { incident(id: $id) { id } }',
      { id: bundle.incidentIds[0] },
    );
    expect(opened.incident.id).toBe(bundle.incidentIds[0]);
  }
  const [here, there] = bundlesBySide(told);
  expect(here?.independentOrigins).toBe(TRACKS);
  expect(here?.geometry.coordinates).toHaveLength(1);
  expect(here?.name).toMatch(/^near .+ → near .+$/);
  // One origin told all of them.
  expect(there?.independentOrigins).toBe(1);
  expect(there?.geometry).toMatchObject({ type: 'MultiLineString' });
  expect(there?.geometry.coordinates).toHaveLength(2);
  expect(there?.geometry.coordinates[0]?.at(-1)?.[0]).toBe(180);
  expect(there?.geometry.coordinates[1]?.[0]?.[0]).toBe(-180);
  expect((await asked('epsKm: 15')).bundles).toEqual(told.bundles);
  expect((await asked('epsKm: 15, originsAtLeast: 3')).bundles).toEqual([here]);
});

it('is made of what a viewer sees: whole cells where places are shared so, nothing where they are wider, and nobody else’s', async () => {
  const inPart = (place: 'district' | 'area'): Viewer => ({
    ...viewer,
    fullClasses: [],
    partial: [{ sight: sightOf(place, 'month', []), classes: viewer.fullClasses }],
  });
  const districts = await asked('epsKm: 30', inPart('district'));
  expect(districts.refusal).toBeNull();
  expect(districts.bundles.length).toBeGreaterThan(0);
  const exact = await asked('epsKm: 30');
  expect(districts.bundles.map(({ id }) => id)).not.toEqual(exact.bundles.map(({ id }) => id));
  // Cells that wide are known no better than by their own radius.
  for (const { widthKm } of districts.bundles) expect(widthKm).toBeGreaterThan(2 * 8);
  for (const [parameters, who] of [
    ['epsKm: 15', inPart('district')],
    ['epsKm: 30', inPart('area')],
    ['epsKm: 30', await viewerFor(hub, 'somebody-else', 'analyst')],
  ] as const) {
    const told = await asked(parameters, who);
    expect(told.refusal).toMatchObject({
      reason: 'not enough data',
      found: '0 incidents with a dense track',
    });
    expect(told.bundles).toEqual([]);
  }
});

it('asks for what it needs', async () => {
  const few = await asked(
    'filter: { countries: [{ country: "NPL" }], occurred: { to: "2026-04-01T00:00:00Z" } }',
  );
  expect(few.refusal?.found).toBe('7 incidents with a dense track');
  expect(few.refusal?.wanted).toContain('10 or more');
  const { errors } = await ask(hub, viewer, '{ trackBundles(epsKm: 1) { totalCount } }');
  expect(errors?.[0]?.message).toContain('epsKm: found 1, wanted 2 to 100');
});

function bundlesBySide(told: Told): readonly (Told['bundles'][number] | undefined)[] {
  return [1, 2].map((pieces) => told.bundles.find(({ geometry }) => geometry.coordinates.length === pieces));
}

async function asked(parameters: string, who = viewer): Promise<Told> {
  const { trackBundles } = await answer<{ trackBundles: Told }>(
    hub,
    who,
    `{ trackBundles(${parameters}) { method version parameters counts { records incidents owners } dataWindow { first last } unknowns
      refusal { reason found wanted } totalCount bundles { id name geometry lengthKm widthKm incidents independentOrigins movements owners
      persons { min max } movementIds incidentIds howKnown { records observed } } } }`,
  );
  return trackBundles;
}

/** Eastwards, a stop about every 20 km, each within some 4 km of the way. */
function journey(
  random: { next(): number },
  [east, north]: readonly [number, number],
): readonly (readonly [number, number])[] {
  return Array.from({ length: STOPS }, (_, stop) => {
    const longitude = east + 0.2 * stop + 0.04 * random.next();
    return [longitude >= 180 ? longitude - 360 : longitude, north + 0.07 * (random.next() - 0.5)] as const;
  });
}

let serial = 0;
async function record(
  places: readonly (readonly [number, number])[],
  country: string,
  reference: string,
  track: number,
): Promise<void> {
  serial += 1;
  const report = {
    kind: 'INVESTIGATION',
    origin: { kind: 'STAFF', reference, reliability: 'B', credibility: 2 },
    incident: {
      kind: 'INTERCEPTION',
      occurred: { text: track % 2 === 0 ? '2026-03-10' : '2026-04-10' },
      place: { country },
    },
    movement: {
      purpose: 'TRAFFICKING',
      status: 'INTERCEPTED',
      mode: 'BUS',
      waypoints: places.map(([longitude, latitude], stop) => ({
        place: { longitude, latitude },
        kind: 'OBSERVED',
        basis: stop === places.length - 1 ? 'DESTINATION' : 'CROSSING',
      })),
    },
    persons: [{ status: 'POSSIBLE_VICTIM', sex: 'FEMALE', ageBand: 'AGE_18_20' }],
    entities: [],
  };
  const { act } = await answer<{ act: { reportId?: string; reasons?: object } }>(
    hub,
    viewer,
    `mutation ($report: HandReportInput!, $key: String!) { act: recordReport(report: $report, idempotencyKey: $key) {
      ... on ActDone { reportId } ... on ActRefused { reasons { where found wanted } } } }`,
    { report, key: `track-${serial}-of-a-test` },
  );
  if (act.reportId === undefined) throw new Error(JSON.stringify(act.reasons));
}
