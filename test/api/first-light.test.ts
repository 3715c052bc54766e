/** The first questions of a newcomer, asked of the demo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let analyst: Viewer;

beforeAll(async () => {
  hub = await openTestHub('demo');
  analyst = await viewerFor(hub, 'terai-watch', 'analyst');
});
afterAll(() => hub.close());

describe('the demo through GraphQL', () => {
  it('pages movements with their waypoints, places, incidents and reports in a handful of statements', async () => {
    hub.statements.length = 0;
    const { movements } = await answer<{ movements: { nodes: unknown[]; totalCount: number } }>(
      hub,
      analyst,
      `{ movements(first: 50) { totalCount nodes { id originCountry destinationCountry countries { country role }
         waypoints { ordinal kind basis place { name } position { longitude latitude } }
         crossings { kind crossingPoint { name } } incident { id report { id externalReference } } party { ageBand sex } } } }`,
    );
    expect(movements.nodes).toHaveLength(50);
    expect(movements.totalCount).toBeGreaterThan(400);
    expect(hub.statements.length).toBeLessThanOrEqual(10);
  });

  it('groups flows by country pair', async () => {
    const { flows } = await answer<{
      flows: { originCountry: string; destinationCountry: string; incidents: number }[];
    }>(
      hub,
      analyst,
      '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { originCountry destinationCountry movements incidents persons { min max } independentOrigins } }',
    );
    expect(flows[0]?.originCountry).toBe('NPL');
  });
});
