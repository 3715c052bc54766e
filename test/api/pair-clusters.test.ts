/** Pairs of origin and destination of the demo: counted once more from each other, with what stands behind them, and refused where there is little. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Finding {
  readonly id: string;
  readonly name: string;
  readonly isSignificant: boolean;
  readonly incidents: number;
  readonly expected: number;
  readonly p: number;
  readonly independentOrigins: number;
  readonly destinationNotObservedShare: number;
  readonly incidentIds: readonly string[];
  readonly howKnown: { readonly records: number };
  readonly geometry: { readonly type: string; readonly coordinates: readonly (readonly unknown[])[] };
}
interface Pair extends Finding {
  readonly origin: { readonly cell: string; readonly name: string };
  readonly destination: { readonly cell: string; readonly name: string };
  readonly incidentsAround: number;
  readonly expectedAround: number;
  readonly z: number;
  readonly q: number;
  readonly around: readonly string[];
}
interface Circle {
  readonly cells: readonly string[];
  readonly names: readonly string[];
  readonly radiusKm: number;
}
interface Cluster extends Finding {
  readonly origin: Circle;
  readonly destination: Circle;
  readonly ratio: number;
}
interface Told {
  readonly refusal: { readonly reason: string; readonly found: string } | null;
  readonly pairRefusal: { readonly found: string; readonly wanted: string } | null;
  readonly clusterRefusal: { readonly found: string } | null;
  readonly counts: { readonly incidents: number };
  readonly unknowns: readonly string[];
  readonly testedPairs: number;
  readonly drawn: number;
  readonly pairs: readonly Pair[];
  readonly clusters: readonly Cluster[];
}

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const FINDING = `id name isSignificant incidents expected p independentOrigins destinationNotObservedShare geometry
  incidentIds(first: 1000) howKnown { records }`;
const CIRCLE = '{ centre { longitude latitude } radiusKm cells names }';

async function asked(parameters: string, organisation = 'terai-watch'): Promise<Told> {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const { pairClusters } = await answer<{ pairClusters: Told }>(
    hub,
    viewer,
    `{ pairClusters(${parameters}) { refusal { reason found wanted } pairRefusal { found wanted } clusterRefusal { found } method version parameters
      counts { records incidents owners } dataWindow { first last } unknowns testedPairs drawn
      pairs { ${FINDING} origin { cell name position { longitude latitude } } destination { cell name } incidentsAround expectedAround z normalP q
        around: incidentIds(around: true, first: 1000) }
      clusters { ${FINDING} ratio logLikelihoodRatio origin ${CIRCLE} destination ${CIRCLE} } } }`,
  );
  return pairClusters;
}

describe('pairClusters', () => {
  let told: Told;
  beforeAll(async () => {
    told = await asked('first: 500');
  });

  it('expects of each pair what its ends give, and of each cluster what its pairs do', () => {
    expect(told.refusal).toBeNull();
    expect(told.pairs).toHaveLength(told.testedPairs);
    expect(told.testedPairs).toBeGreaterThan(30);
    const all = sum(told.pairs, ({ incidents }) => incidents);
    const ends = new Set(told.pairs.map(({ origin }) => origin.cell));
    // No place of the demo is both, so that expected is O · D ÷ N.
    expect(told.pairs.some(({ destination }) => ends.has(destination.cell))).toBe(false);
    const leaving = (cell: string) =>
      sum(
        told.pairs.filter(({ origin }) => origin.cell === cell),
        ({ incidents }) => incidents,
      );
    const arriving = (cell: string) =>
      sum(
        told.pairs.filter(({ destination }) => destination.cell === cell),
        ({ incidents }) => incidents,
      );
    for (const { origin, destination, expected } of told.pairs)
      expect(expected).toBeCloseTo((leaving(origin.cell) * arriving(destination.cell)) / all, 9);
    for (const { origin, destination, incidents, expected, ratio } of told.clusters) {
      const inside = told.pairs.filter(
        (pair) =>
          origin.cells.includes(pair.origin.cell) && destination.cells.includes(pair.destination.cell),
      );
      expect(sum(inside, (pair) => pair.incidents)).toBe(incidents);
      const out = origin.cells.reduce((total, cell) => total + leaving(cell), 0);
      const into = destination.cells.reduce((total, cell) => total + arriving(cell), 0);
      expect(expected).toBeCloseTo((out * into) / all, 9);
      expect(ratio).toBeCloseTo(incidents / expected, 9);
    }
  });

  it('finds what stands out, and says what stands behind it', () => {
    const significant = told.pairs.filter(({ isSignificant }) => isSignificant);
    expect(significant.length).toBeGreaterThan(3);
    expect(significant.length).toBeLessThan(told.testedPairs / 2);
    for (const { q, incidents, expected, incidentsAround } of significant) {
      expect(q).toBeLessThanOrEqual(0.05);
      expect(incidents).toBeGreaterThan(expected);
      expect(incidentsAround).toBeGreaterThanOrEqual(incidents);
    }
    expect(told.clusters[0]!.isSignificant).toBe(true);
    expect(told.clusters[0]!.ratio).toBeGreaterThan(2);
    for (const { name, incidents, incidentIds, howKnown, geometry } of [...told.pairs, ...told.clusters]) {
      expect(name).toMatch(/^near .+ → near .+$/);
      expect(incidentIds).toHaveLength(incidents);
      expect(howKnown.records).toBe(incidents);
      expect(geometry.type).toBe('MultiLineString');
    }
    for (const { incidentIds, around, incidentsAround } of told.pairs) {
      expect(around).toHaveLength(incidentsAround);
      expect(around).toEqual(expect.arrayContaining([...incidentIds]));
    }
    expect(told.unknowns.join()).toContain('nobody was seen at the destination');
    expect(told.pairs.some(({ destinationNotObservedShare }) => destinationNotObservedShare === 1)).toBe(
      true,
    );
  });

  it('says the same again, and to another organisation of its own records', async () => {
    expect(await asked('first: 500')).toEqual(told);
    const other = await asked('first: 500', 'lantern-line');
    expect(other.counts.incidents).toBeGreaterThan(10);
    expect(other.counts.incidents).not.toBe(told.counts.incidents);
    const own = new Set([...told.pairs, ...told.clusters].map(({ id }) => id));
    expect([...other.pairs, ...other.clusters].some(({ id }) => own.has(id))).toBe(false);
  });

  it('has the same p whatever is called significant, and however much is shown', async () => {
    const strict = await asked('first: 12, alpha: 0.001');
    expect(strict.pairs).toHaveLength(12);
    const figures = ({ pairs, clusters }: Told, of: Told) => [
      pairs.slice(0, of.pairs.length).map(({ id, p, q }) => [id, p, q]),
      clusters.slice(0, of.clusters.length).map(({ id, p }) => [id, p]),
    ];
    expect(figures(strict, strict)).toEqual(figures(told, strict));
    expect(strict.clusters.length).toBeGreaterThan(0);
  });

  it('names those around a pair by a variable, an alias and in a fragment as well', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { pairClusters } = await answer<{
      pairClusters: { readonly pairs: readonly Record<string, string[]>[] };
    }>(
      hub,
      viewer,
      `query ($near: Boolean!) { pairClusters { pairs { ...Named } } }
       fragment Named on OriginDestinationPair { all: incidentIds(around: $near, first: 1000) own: incidentIds(around: false, first: 1000) }`,
      { near: true },
    );
    expect(pairClusters.pairs.map(({ all }) => all)).toEqual(
      told.pairs.slice(0, 50).map(({ around }) => around),
    );
    expect(pairClusters.pairs.map(({ own }) => own)).toEqual(
      told.pairs.slice(0, 50).map(({ incidentIds }) => incidentIds),
    );
  });

  it('refuses pairs where few have an incident, and everything where incidents are few', async () => {
    const coarse = await asked('resolution: 1');
    expect(coarse.pairRefusal?.wanted).toBe('30 or more');
    expect(coarse.pairs).toEqual([]);
    expect(coarse.clusterRefusal).toBeNull();
    expect(coarse.refusal).toBeNull();
    const few = await asked(
      'filter: { occurred: { from: "2025-01-01T00:00:00Z", to: "2025-01-04T00:00:00Z" } }',
    );
    expect(few.refusal?.reason).toBe('not enough data');
    expect([few.pairs, few.clusters]).toEqual([[], []]);
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { errors } = await ask(hub, viewer, '{ pairClusters(reachKm: -1) { drawn } }');
    expect(errors?.[0]?.message).toContain('reachKm: found -1, wanted 0 to 1000');
  });
});

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
