/** Corridors of the demo that run beside each other: by their own stages, and counted together by their own incidents. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Flow, flowDissimilarity } from '../../src/geo/flow-distance.ts';
import type { Position } from '../../src/geo/position.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly geometry: unknown;
  readonly support: { readonly incidents: number; readonly independentOrigins: number };
  readonly stages: readonly { readonly position: { longitude: number; latitude: number } | null }[];
  readonly parallelIds: readonly string[];
  readonly incidentIds: readonly string[];
}
interface Bundle {
  readonly ids: readonly string[];
  readonly name: string;
  readonly incidents: number;
  readonly independentOrigins: number;
  readonly incidentIds: readonly string[];
  readonly geometry: unknown;
}
interface Told {
  readonly parameters: { readonly parallelWithin: number };
  readonly nodes: readonly Shown[];
  readonly bundles: readonly Bundle[];
}

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

async function asked(parameters: string): Promise<Told> {
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  const { corridors } = await answer<{ corridors: Told }>(
    hub,
    viewer,
    `{ corridors(${parameters}) { parameters nodes { id name geometry support { incidents independentOrigins } stages { position { longitude latitude } }
      parallelIds incidentIds(first: 1000) }
      bundles { ids name incidents independentOrigins incidentIds(first: 1000) geometry } } }`,
  );
  return corridors;
}

function flowOf({ stages }: Shown): Flow | null {
  const onMap = stages.flatMap(({ position }): Position[] =>
    position === null ? [] : [[position.longitude, position.latitude]],
  );
  return onMap.length < 2 ? null : { from: onMap[0]!, to: onMap.at(-1)! };
}

it('name those beside them, and are bundled and counted together once', async () => {
  const { nodes, bundles, parameters } = await asked('first: 500');
  expect(nodes.length).toBeGreaterThan(20);
  const within = parameters.parallelWithin;
  for (const corridor of nodes) {
    const own = flowOf(corridor);
    const beside = nodes.filter((other) => {
      const flow = flowOf(other);
      return other !== corridor && own && flow && flowDissimilarity(own, flow) <= within;
    });
    expect([...corridor.parallelIds].sort()).toEqual(beside.map(({ id }) => id).sort());
  }
  expect(bundles.flatMap(({ ids }) => ids).sort()).toEqual(nodes.map(({ id }) => id).sort());
  const byId = new Map(nodes.map((corridor) => [corridor.id, corridor]));
  let together = 0;
  for (const bundle of bundles) {
    const [leader, ...others] = bundle.ids.map((id) => byId.get(id)!);
    expect([bundle.name, bundle.geometry]).toEqual([leader!.name, leader!.geometry]);
    for (const { id, support } of others) {
      expect(leader!.parallelIds).toContain(id);
      expect(support.incidents).toBeLessThanOrEqual(leader!.support.incidents);
    }
    const union = new Set([leader!, ...others].flatMap(({ incidentIds }) => incidentIds));
    expect([...union].sort()).toEqual(bundle.incidentIds);
    expect(bundle.incidents).toBe(union.size);
    expect(bundle.independentOrigins).toBeGreaterThanOrEqual(leader!.support.independentOrigins);
    together += others.length;
  }
  expect(together).toBeGreaterThan(5);
});

it('stand alone where nothing counts as beside, and a distance out of range is told', async () => {
  const { nodes, bundles } = await asked('first: 500, parallelWithin: 0');
  const beside = nodes.filter(({ parallelIds }) => parallelIds.length > 0);
  // Only other ways between the very same two places.
  expect(beside.length).toBeLessThan(nodes.length / 2);
  expect(bundles.length).toBeGreaterThan(nodes.length / 2);
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  const { errors } = await ask(hub, viewer, '{ corridors(parallelWithin: 3) { totalCount } }');
  expect(errors?.[0]?.message).toContain('parallelWithin: found 3, wanted 0 to 2');
});
