/** Emerging hotspots of the demo: a flow that moved makes a hotspot that was not there before, and each says what stands behind it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

interface Told {
  readonly refusal: { reason: string } | null;
  readonly seenCells: number;
  readonly cells: readonly {
    id: string;
    category: string;
    trend: { tau: number; p: number } | null;
    steps: readonly { month: string; class: string; z: number; magnitude: number }[];
    incidents: number;
    position: { longitude: number; latitude: number };
    incidentIds: readonly string[];
    howKnown: { records: number };
  }[];
}

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const asked = async (parameters: string, organisation = 'terai-watch'): Promise<Told> => {
  const viewer = await viewerFor(hub, organisation, 'analyst');
  const { emergingHotspots } = await answer<{ emergingHotspots: Told }>(
    hub,
    viewer,
    `{ emergingHotspots(${parameters}) { refusal { reason found wanted } method version parameters counts { records incidents owners } dataWindow { first last }
      unknowns seenCells cells { id category trend { tau slope z p } steps { month class z magnitude } incidents position { longitude latitude } geometry
      incidentIds(first: 1000) howKnown { records } } } }`,
  );
  return emergingHotspots;
};

it('tells where incidents gathered, when, and that a closed crossing faded', async () => {
  const wide = await asked('resolution: 3, monthsAStep: 2');
  expect(wide.refusal).toBeNull();
  expect(wide.cells).toHaveLength(wide.seenCells);
  const hot = wide.cells.filter(({ category }) => category !== 'NONE');
  expect(hot.length).toBeGreaterThan(0);
  for (const { category, steps } of hot) {
    expect(category).toMatch(/_HOT$/);
    expect(steps).toHaveLength(12);
    expect(steps.some((step) => step.class === 'ROUTE_HOTSPOT')).toBe(true);
  }
  for (const { steps, incidents, incidentIds, howKnown } of wide.cells) {
    expect(steps.reduce((sum, { magnitude }) => sum + magnitude, 0)).toBe(incidents);
    expect(incidentIds).toHaveLength(incidents);
    expect(howKnown.records).toBe(incidents);
  }
  const fine = await asked('monthsAStep: 1, over: POINTS');
  // The cell of Belahiya, whose road was closed in the fourteenth of 24 months.
  const closed = fine.cells.find(
    ({ position, incidents }) =>
      incidents > 50 && Math.hypot(position.longitude - 83.45, position.latitude - 27.45) < 0.2,
  );
  expect(closed?.trend?.tau).toBeLessThan(-0.3);
  expect(closed?.trend?.p).toBeLessThan(0.05);
  expect(await asked('monthsAStep: 1, over: POINTS')).toEqual(fine);
});

it('asks for what it needs', async () => {
  expect((await asked('monthsAStep: 4')).refusal?.reason).toBe('not enough data');
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  const { errors } = await ask(hub, viewer, '{ emergingHotspots(monthsAStep: 0) { seenCells } }');
  expect(errors?.[0]?.message).toContain('monthsAStep: found 0, wanted 1 to 12');
});
