/** What one corridor stands on is asked of it alone: the same as where all are asked, and of no other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const FIELDS = `id name support { incidents movements } parallelIds alternativeIds movementIds(first: 200) incidentIds(first: 200)
  howKnown { sentence observed stated inferred } next { name probability } nextNotKnown`;

interface Asked {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string; readonly movementIds: readonly string[] }[];
  readonly bundles: readonly { readonly ids: readonly string[]; readonly incidentIds: readonly string[] }[];
}

let hub: TestHub;
let viewer: Viewer;

const corridors = async (rest = '', of = viewer): Promise<Asked> =>
  (
    await answer<{ corridors: Asked }>(
      hub,
      of,
      `{ corridors(first: 100${rest}) { totalCount nodes { ${FIELDS} } bundles { ids name incidents incidentIds } } }`,
    )
  ).corridors;

beforeAll(async () => {
  hub = await openTestHub('demo');
  viewer = await viewerFor(hub, 'terai-watch', 'analyst');
});
afterAll(() => hub.close());

describe('corridors asked by their ids', () => {
  it('are those of the whole answer, with the bundles they are in, and none beside them', async () => {
    const all = await corridors();
    expect(all.nodes.length).toBeGreaterThan(10);
    for (const chosen of [[0], [1, 7], all.nodes.map((_, number) => number)]) {
      const ids = chosen.map((number) => all.nodes[number]!.id);
      const some = await corridors(`, ids: ${JSON.stringify([...ids, ids[0], 'nobody'])}`);
      expect(some.totalCount).toBe(all.totalCount);
      expect(some.nodes).toEqual(all.nodes.filter(({ id }) => ids.includes(id)));
      expect(some.nodes.every(({ movementIds }) => movementIds.length > 0)).toBe(true);
      expect(some.bundles).toEqual(all.bundles.filter((bundle) => bundle.ids.some((id) => ids.includes(id))));
    }
  });

  it('are none where none is meant, or where the id is of another viewer', async () => {
    expect((await corridors(', ids: []')).nodes).toEqual([]);
    const other = await viewerFor(hub, 'rain-gate', 'analyst');
    const [first] = (await corridors()).nodes;
    expect((await corridors(`, ids: ["${first!.id}"]`, other)).nodes).toEqual([]);
    const many = JSON.stringify(Array.from({ length: 501 }, (_, number) => `id ${number}`));
    const { errors } = await ask(hub, viewer, `{ corridors(ids: ${many}) { totalCount } }`);
    expect(errors?.[0]?.message).toBe('ids: found 501, wanted 500 at most');
  });
});
