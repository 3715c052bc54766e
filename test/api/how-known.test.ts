/** What stands behind each figure of the demo's analyses agrees with the figure, and costs two statements. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { findHowKnown } from '../../src/records/how-known/how-known.service.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Known {
  readonly records: number;
  readonly complete: boolean;
  readonly independentOrigins: number;
  readonly observed: number;
  readonly stated: number;
  readonly inferred: number;
  readonly discount: number;
  readonly sentence: string;
}
const KNOWN = `howKnown { records complete independentOrigins observed stated inferred unverified singleSource imprecise
  oldestRecordedAt newestRecordedAt discount sentence }`;

let hub: TestHub;
let viewer: Viewer;
beforeAll(async () => {
  hub = await openTestHub('demo');
  viewer = await viewerFor(hub, 'terai-watch', 'analyst');
});
afterAll(() => hub.close());

/** The statements that `more` adds to a query. */
async function added(query: (more: string) => string): Promise<number> {
  const count = async (more: string): Promise<number> => {
    hub.statements.length = 0;
    await answer(hub, viewer, query(more));
    return hub.statements.length;
  };
  const without = await count('');
  return (await count(KNOWN)) - without;
}

function plausible(known: Known): void {
  expect(known.records).toBeGreaterThan(0);
  expect(known.complete).toBe(true);
  expect(known.observed + known.stated + known.inferred).toBeCloseTo(1, 9);
  expect(known.discount).toBeGreaterThanOrEqual(0.125);
  expect(known.discount).toBeLessThanOrEqual(1);
  expect(known.sentence).toMatch(/^Not known: .*what happened where nobody looked\.$/);
}

describe('howKnown', () => {
  it('of a corridor is of its movements and origins', async () => {
    const { corridors } = await answer<{
      corridors: { nodes: { support: { movements: number; independentOrigins: number }; howKnown: Known }[] };
    }>(hub, viewer, `{ corridors { nodes { support { movements independentOrigins } ${KNOWN} } } }`);
    expect(corridors.nodes.length).toBeGreaterThan(3);
    for (const { support, howKnown } of corridors.nodes) {
      plausible(howKnown);
      expect(howKnown.records).toBe(support.movements);
      expect(howKnown.independentOrigins).toBe(support.independentOrigins);
    }
  });

  it('of a group of flows is of its movements, whatever dimensions multiply them', async () => {
    for (const groupBy of [
      'ORIGIN_COUNTRY, MODE',
      'TRANSIT_COUNTRY',
      'SEX, YEAR',
      'CROSSING_POINT',
      'ORIGIN_CELL',
      '',
    ]) {
      const { flows } = await answer<{
        flows: { movements: number; independentOrigins: number; howKnown: Known }[];
      }>(
        hub,
        viewer,
        `{ flows(groupBy: [${groupBy}], first: 20) { movements independentOrigins ${KNOWN} } }`,
      );
      expect(flows.length).toBeGreaterThan(0);
      for (const { movements, independentOrigins, howKnown } of flows) {
        plausible(howKnown);
        expect([howKnown.records, howKnown.independentOrigins]).toEqual([movements, independentOrigins]);
      }
    }
  });

  it('of hotspots and clusters is of the incidents behind them', async () => {
    const found = await answer<{
      routeHotspots: { cells: { incidents: number; howKnown: Known }[] };
      crossingClusters: { clusters: { incidents: number; howKnown: Known }[] };
    }>(
      hub,
      viewer,
      `{ routeHotspots(simulations: 19, first: 5) { cells { incidents ${KNOWN} } } crossingClusters { clusters { incidents ${KNOWN} } } }`,
    );
    const both = [...found.routeHotspots.cells, ...found.crossingClusters.clusters];
    expect(found.crossingClusters.clusters.length).toBeGreaterThan(0);
    expect(found.routeHotspots.cells).toHaveLength(5);
    for (const { incidents, howKnown } of both) {
      plausible(howKnown);
      expect(howKnown.records).toBeGreaterThanOrEqual(incidents);
    }
  });

  it('is of the first by id, and not complete, where more stand behind a figure than are looked at', async () => {
    const { movements } = await answer<{ movements: { nodes: { id: string }[] } }>(
      hub,
      viewer,
      '{ movements(first: 5) { nodes { id } } }',
    );
    const ids = movements.nodes.map(({ id }) => id).toSorted();
    const asked = { search: {}, asKnown: { at: null } };
    const reader = readerFor(hub.database, viewer);
    const groups = [ids.slice(0, 2), ids, [], [ids[0] as string]];
    const found = await findHowKnown(reader, asked, 'movement', groups, 5);
    expect(found.map(({ records, complete }) => [records, complete])).toEqual([
      [2, true],
      [5, false],
      [0, true],
      [1, true],
    ]);
    expect(found[2]?.sentence).toBe(
      'No record stands behind this: what happened where nobody looked is not known.',
    );
  });

  it('takes two statements, however many figures there are, and none where it is not selected', async () => {
    expect(await added((more) => `{ flows(groupBy: [MONTH, OWNER]) { movements ${more} } }`)).toBe(2);
    expect(await added((more) => `{ corridors { nodes { name ${more} } } }`)).toBe(2);
    expect(await added((more) => `{ routeHotspots(simulations: 19) { cells { id ${more} } } }`)).toBe(2);
    expect(await added((more) => `{ crossingClusters { clusters { id ${more} } } }`)).toBe(2);
  });

  it('of a past moment is of what was known then', async () => {
    const at = async (moment: number): Promise<[number, number]> => {
      const { flows } = await answer<{ flows: { movements: number; howKnown: Known }[] }>(
        hub,
        viewer,
        `query ($at: DateTimeISO!) { flows(groupBy: [], filter: { asKnownAt: $at }) { movements ${KNOWN} } }`,
        { at: new Date(moment).toISOString() },
      );
      return [flows[0]?.movements ?? -1, flows[0]?.howKnown.records ?? -1];
    };
    const [movements, records] = await at(Date.now());
    expect(movements).toBeGreaterThan(100);
    expect(records).toBe(movements);
    expect(await at(Date.parse('2020-01-01T00:00:00Z'))).toEqual([0, 0]);
  });
});
