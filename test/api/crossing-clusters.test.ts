/** Crossing clusters of the demo: by a stated distance, and discovered without one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Told {
  readonly method: string;
  readonly parameters: Record<string, unknown>;
  readonly refusal: { reason: string } | null;
  readonly unknowns: readonly string[];
  readonly clusters: readonly {
    readonly id: string;
    readonly name: string;
    readonly border: readonly string[];
    readonly incidents: number;
    readonly stability: number | null;
    readonly members: readonly { role: string; incidents: number }[];
    readonly incidentIds: readonly string[];
  }[];
  readonly noise: readonly { incidents: number }[];
}

const FIELDS = `method parameters refusal { reason found wanted } unknowns noise { incidents }
  clusters { id name border incidents stability members { role incidents } incidentIds(first: 1000) }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

async function told(parameters: string, organisation = 'terai-watch'): Promise<Told> {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const text = `{ crossingClusters${parameters} { ${FIELDS} } }`;
  return (await answer<{ crossingClusters: Told }>(hub, viewer, text)).crossingClusters;
}

describe('clusters by a stated distance', () => {
  it('are what is answered unless another method is asked for', async () => {
    const usual = await told('');
    expect(usual.parameters).toMatchObject({ epsKm: 5, minIncidents: 5 });
    expect(usual.method).toBe('dbscan-sphere/per-border');
    expect(await told('(method: DBSCAN, epsKm: 5)')).toEqual(usual);
    expect(usual.clusters.length).toBeGreaterThan(3);
    expect(usual.clusters.every(({ stability }) => stability === null)).toBe(true);
  });
});

describe('clusters discovered without a distance', () => {
  it('are the same gates in the demo, each with a stability and its evidence', async () => {
    const found = await told('(method: HDBSCAN, minIncidents: 5)');
    expect(found.method).toBe('hdbscan-star-sphere/per-border');
    expect(found.parameters).toEqual({ minIncidents: 5, finestKm: 0.5 });
    expect(found.unknowns.join()).toContain('No distance was given');
    const usual = await told('');
    for (const { name, incidents } of usual.clusters) {
      const same = found.clusters.filter((cluster) => cluster.name.startsWith(name));
      expect(same.reduce((sum, cluster) => sum + cluster.incidents, 0)).toBeGreaterThan(incidents / 2);
    }
    for (const { stability, members, incidents, incidentIds } of found.clusters) {
      expect(stability).toBeGreaterThan(0);
      expect(new Set(members.map(({ role }) => role))).toEqual(new Set(['CORE']));
      expect(incidentIds.length).toBeGreaterThanOrEqual(incidents);
    }
    const ids = [...found.clusters, ...usual.clusters].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('take no distance, and refuse where there is too little', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { errors } = await ask(hub, viewer, '{ crossingClusters(method: HDBSCAN, epsKm: 5) { method } }');
    expect(errors?.[0]?.message).toContain('epsKm: found 5 with HDBSCAN');
    expect((await told('(method: HDBSCAN, minIncidents: 10000)')).refusal?.reason).toBe('not enough data');
  });
});

interface Density {
  readonly border: readonly string[];
  readonly line: number;
  readonly lineLengthKm: number;
  readonly incidents: number;
  readonly persons: number;
  readonly offLineIncidents: number;
  readonly steps: readonly {
    fromKm: number;
    toKm: number;
    middle: { longitude: number; latitude: number };
    incidentsPerKm: number;
    personsPerKm: number;
  }[];
}
interface Along {
  readonly unknowns: readonly string[];
  readonly counts: { incidents: number };
  readonly clusters: readonly {
    name: string;
    centre: { longitude: number; latitude: number };
    chainageKm: { line: number; from: number; to: number; lineLengthKm: number } | null;
  }[];
  readonly density: readonly Density[];
}

describe('clusters along the line of their border', () => {
  const alongLine = async (density: string): Promise<Along> => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const text = `{ crossingClusters(border: ["NPL", "IND"]) { unknowns counts { incidents }
      clusters { name centre { longitude latitude } chainageKm { line from to lineLengthKm } }
      density${density} { border line lineLengthKm closed incidents persons offLineIncidents
        steps { fromKm toKm middle { longitude latitude } incidentsPerKm personsPerKm } } } }`;
    return (await answer<{ crossingClusters: Along }>(hub, viewer, text)).crossingClusters;
  };

  it('say from which km to which they reach, from the western end', async () => {
    const { clusters, unknowns } = await alongLine('');
    expect(unknowns.join()).not.toContain('holds no border line');
    for (const { chainageKm } of clusters) {
      expect(chainageKm?.line).toBe(1);
      expect(chainageKm?.to ?? 0).toBeGreaterThanOrEqual(chainageKm?.from ?? 0);
      expect(chainageKm?.lineLengthKm).toBeCloseTo(1485.02, 1);
    }
    // The border of Nepal with India runs east from its west, then north again: further east is further along.
    const eastward = clusters.toSorted((a, b) => a.centre.longitude - b.centre.longitude);
    const km = eastward.map(({ chainageKm }) => chainageKm?.from ?? 0);
    expect(km).toEqual(km.toSorted((a, b) => a - b));
  });

  it('lie where the density is, which sums to every incident of the border', async () => {
    for (const asked of ['', '(stepKm: 20, bandwidthKm: 60)']) {
      const { density, counts, clusters } = await alongLine(asked);
      const [one] = density as readonly [Density];
      expect(density).toHaveLength(1);
      const sum = one.steps.reduce(
        (total, { incidentsPerKm, fromKm, toKm }) => total + incidentsPerKm * (toKm - fromKm),
        0,
      );
      expect(sum + one.offLineIncidents).toBeCloseTo(counts.incidents, 6);
      const persons = one.steps.reduce(
        (total, { personsPerKm, fromKm, toKm }) => total + personsPerKm * (toKm - fromKm),
        0,
      );
      expect(persons).toBeCloseTo(one.persons, 6);
      for (const { chainageKm } of clusters) {
        const step = one.steps.find(({ toKm }) => toKm >= (chainageKm?.from ?? 0));
        expect(step?.incidentsPerKm).toBeGreaterThan(0);
      }
    }
  });

  it('take steps that can be answered', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const { errors } = await ask(hub, viewer, '{ crossingClusters { density(stepKm: 0) { line } } }');
    expect(errors?.[0]?.message).toContain('stepKm: found 0, wanted 0.5 to 500');
  });
});

interface Changes {
  readonly refusal: { reason: string } | null;
  readonly unknowns: readonly string[];
  readonly kept: number;
  readonly totalCount: number;
  readonly periods: readonly {
    months: { first: string; last: string };
    incidents: number;
    clusters: number;
  }[];
  readonly changes: readonly {
    id: string;
    kind: string;
    p: number;
    isSignificant: boolean;
    name: string;
    independentOrigins: number;
    before: readonly { incidents: number }[];
    after: readonly { incidents: number }[];
    incidentsBefore: number;
    incidentsAfter: number;
    watching: string;
    incidentIds: readonly string[];
    howKnown: { sentence: string } | null;
  }[];
}

describe('clusters over their sources', () => {
  it('say how steady they are, the same each time, and only of who is seen', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const text =
      '{ crossingClusters { clusters { id independentOrigins sourceStability { status sources resamples meanJaccard recovered dissolved } } } }';
    const stable = async () =>
      (
        await answer<{
          crossingClusters: { clusters: { sourceStability: Record<string, number | string> }[] };
        }>(hub, viewer, text)
      ).crossingClusters.clusters;
    const found = await stable();
    expect(await stable()).toEqual(found);
    const tested = found.filter(({ sourceStability }) => sourceStability.status === 'TESTED');
    expect(tested.length).toBeGreaterThan(0);
    for (const { sourceStability } of tested) {
      expect(sourceStability.sources).toBeGreaterThanOrEqual(3);
      expect(Number(sourceStability.recovered) + Number(sourceStability.dissolved)).toBeLessThanOrEqual(1);
      expect(Number(sourceStability.meanJaccard)).toBeGreaterThan(0);
    }
  });
});

describe('changes of clusters', () => {
  const asked = async (parameters: string): Promise<Changes> => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const text = `{ crossingChanges${parameters} { refusal { reason found wanted } unknowns kept totalCount
      periods { months { first last } incidents clusters }
      changes { id kind p isSignificant name independentOrigins before { incidents } after { incidents } incidentsBefore incidentsAfter watching
        incidentIds(first: 1000) howKnown { sentence } } } }`;
    return (await answer<{ crossingChanges: Changes }>(hub, viewer, text)).crossingChanges;
  };

  it('are transitions between whole periods, with their evidence, the same each time', async () => {
    const found = await asked('(month: "2026-06", months: 12, minIncidents: 4)');
    expect(found.refusal).toBeNull();
    expect(found.periods.map(({ months }) => months)).toEqual([
      { first: '2024-07', last: '2025-06' },
      { first: '2025-07', last: '2026-06' },
    ]);
    expect(found.periods.every(({ incidents, clusters }) => incidents > 10 && clusters > 0)).toBe(true);
    // Every cluster of each period is in one transition, shown or kept.
    const shown = (which: 'before' | 'after') =>
      found.changes.reduce((sum, change) => sum + change[which].length, 0);
    expect(shown('before') + found.kept).toBe(found.periods[0]!.clusters);
    expect(shown('after') + found.kept).toBe(found.periods[1]!.clusters);
    for (const change of found.changes) {
      expect(change.incidentIds.length).toBeGreaterThanOrEqual(
        change.incidentsBefore + change.incidentsAfter,
      );
      expect(change.howKnown?.sentence).toMatch(/\w/);
      expect(change.isSignificant).toBe(change.p <= 0.05 && change.independentOrigins >= 3);
    }
    expect(await asked('(month: "2026-06", months: 12, minIncidents: 4)')).toEqual(found);
  });

  it('name what was found and what was wanted, and refuse where there is too little', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const wrong = async (parameters: string) =>
      (await ask(hub, viewer, `{ crossingChanges(${parameters}) { kept } }`)).errors?.[0]?.message;
    expect(await wrong('periods: 1')).toContain('periods: found 1, wanted 2 to 10');
    expect(await wrong('month: "June"')).toContain('month: found "June", wanted one like 2026-04');
    expect(await wrong('epsKm: 0')).toContain('epsKm: found 0, wanted 0.5 to 50');
    expect((await asked('(month: "1999-12")')).refusal?.reason).toBe('not enough data');
  });
});
