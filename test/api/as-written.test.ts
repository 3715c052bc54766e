/** What was written is what is shown: figures without the noise of their storage, times with the zone they were written in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let terai: Viewer;
let lantern: Viewer;

beforeAll(async () => {
  hub = await openTestHub('demo');
  terai = await viewerFor(hub, 'terai-watch', 'analyst');
  lantern = await viewerFor(hub, 'lantern-line', 'analyst');
});
afterAll(() => hub.close());

/** Figures with more than three decimals. */
function noisy(figures: readonly (number | null)[]): readonly number[] {
  return figures.filter(
    (figure): figure is number => figure !== null && !/^\d+(\.\d{1,3})?$/.test(String(figure)),
  );
}

describe('figures', () => {
  it('of staff-time are sums of what the staffing said', async () => {
    for (const viewer of [terai, lantern]) {
      const { flows } = await answer<{
        flows: { detectionsPerStaffMonth: { staffMonths: number | null } }[];
      }>(
        hub,
        viewer,
        '{ flows(groupBy: [CROSSING_POINT, OWNER]) { detectionsPerStaffMonth { staffMonths } } }',
      );
      const months = flows.flatMap(({ detectionsPerStaffMonth: { staffMonths } }) => staffMonths ?? []);
      expect(months.length).toBeGreaterThan(2);
      expect(months.some((figure) => !Number.isInteger(figure))).toBe(true);
      expect(noisy(months)).toEqual([]);
    }
  });

  it('of distance are whole metres', async () => {
    const { crossings, places, movements } = await answer<{
      crossings: { nodes: { distanceKm: number | null }[] };
      places: { nodes: { footprintRadiusKm: number }[] };
      movements: { nodes: { waypoints: { uncertaintyKm: number | null }[] }[] };
    }>(
      hub,
      terai,
      '{ crossings(first: 500) { nodes { distanceKm } } places(first: 500, filter: { kinds: [CROSSING_POINT] }) { nodes { footprintRadiusKm } } movements(first: 300) { nodes { waypoints { uncertaintyKm } } } }',
    );
    const figures = [
      crossings.nodes.map(({ distanceKm }) => distanceKm),
      places.nodes.map(({ footprintRadiusKm }) => footprintRadiusKm),
      movements.nodes.flatMap(({ waypoints }) => waypoints.map(({ uncertaintyKm }) => uncertaintyKm)),
    ];
    for (const list of figures) {
      expect(list.filter((figure) => figure !== null && !Number.isInteger(figure)).length).toBeGreaterThan(0);
      expect(noisy(list)).toEqual([]);
    }
  });
});

describe('the zone a time was written in', () => {
  const QUERY =
    '{ reports(first: 500) { nodes { owner observed { zone } reported { zone } } } crossings(first: 500) { nodes { owner occurred { zone basis } } } }';
  interface Found {
    readonly reports: { nodes: { owner: string; observed: { zone: string | null } | null }[] };
    readonly crossings: {
      nodes: { owner: string; occurred: { zone: string | null; basis: string | null } | null }[];
    };
  }

  it('is shown beside it to who sees the row whole', async () => {
    const { reports, crossings } = await answer<Found>(hub, terai, QUERY);
    const observed = reports.nodes.flatMap(({ observed: time }) => time ?? []);
    const occurred = crossings.nodes.flatMap(({ occurred: time }) => time ?? []);
    expect(observed.length).toBeGreaterThan(300);
    expect(new Set(observed.map(({ zone }) => zone))).toEqual(new Set(['Asia/Kathmandu']));
    expect(occurred.length).toBeGreaterThan(300);
    expect(new Set(occurred.map(({ zone }) => zone))).toEqual(new Set(['Asia/Kathmandu']));
    expect(occurred.filter(({ basis }) => basis === null)).toEqual([]);
  });

  it('is not told where the row is shared coarsely', async () => {
    const { reports, crossings } = await answer<Found>(hub, lantern, QUERY);
    const shared = <Row extends { owner: string }>(rows: readonly Row[]): Row[] =>
      rows.filter(({ owner }) => owner === 'terai-watch');
    expect(shared(crossings.nodes).length).toBeGreaterThan(0);
    for (const { occurred } of shared(crossings.nodes)) expect(occurred?.zone ?? null).toBeNull();
    for (const { observed } of shared(reports.nodes)) expect(observed?.zone ?? null).toBeNull();
  });
});
