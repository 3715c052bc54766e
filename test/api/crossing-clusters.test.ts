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
