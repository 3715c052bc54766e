import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { anchorOf } from './crossing-anchor.ts';
import { deriveCrossingClusters } from './crossing-clusters.ts';
import type { ObservedCrossing } from './crossing-columns.ts';
import { obstacleToDiscovery } from './crossing-grouping.ts';

const DISCOVERY = { epsKm: null, minIncidents: 8 };
let serial = 0;

/** Incidents of their own somewhere within `spreadKm` of a place; coordinates are multiples of 1/4096°. */
function around(
  random: Random,
  [x, y]: Position,
  spreadKm: number,
  count: number,
  shift = 0,
): ObservedCrossing[] {
  const near = (): number => Math.round(((random.next() + random.next() - 1) * spreadKm * 4096) / 111) / 4096;
  return Array.from({ length: count }, () => {
    serial += 1;
    return {
      position: [x + near() + shift, y + near()],
      weight: 1,
      incident: `i${serial}`,
      border: ['IND', 'NPL'] as const,
      month: `2025-${String(1 + random.int(12)).padStart(2, '0')}`,
      origin: null,
    };
  });
}

/** Two gates of one town 4 km apart, a thin stretch of hills 40 km wide, and a few crossings far from all. */
function border(random: Random, shift = 0): ObservedCrossing[] {
  return [
    ...around(random, [85, 26.5], 0.8, 60, shift),
    ...around(random, [85.0361328125, 26.5], 0.8, 60, shift),
    ...around(random, [87, 27], 40, 40, shift),
    ...[80, 82, 90].flatMap((x) => around(random, [x, 28], 0.1, 1, shift)),
  ];
}

function found(crossings: readonly ObservedCrossing[], parameters = DISCOVERY) {
  const { clusters, noise } = deriveCrossingClusters(crossings, parameters);
  return {
    clusters: clusters.map(({ incidents, places }) => [incidents, places.length]),
    noise: noise.map(({ incidents }) => incidents),
  };
}

describe('clusters discovered without a distance', () => {
  it('tell two gates of one town apart and keep a thin stretch, where no one distance does both', () => {
    const crossings = border(seededRandom(1));
    const { clusters, noise, method } = deriveCrossingClusters(crossings, DISCOVERY);
    expect(method).toBe('hdbscan-star-sphere/per-border');
    const near = (longitude: number, km: number) =>
      clusters.filter(({ centre }) => Math.abs(centre[0] - longitude) < km / 100);
    expect(near(85, 1)).toHaveLength(1);
    expect(near(85.036, 1)).toHaveLength(1);
    expect(near(87, 30).length).toBeGreaterThan(0);
    expect(noise[0]!.incidents).toBeGreaterThanOrEqual(3);
    for (const epsKm of [2, 5]) {
      const fixed = deriveCrossingClusters(crossings, { epsKm, minIncidents: 8 }).clusters;
      const town = fixed.filter(({ centre }) => Math.abs(centre[0] - 85) < 0.1).length;
      const hills = fixed.filter(({ centre }) => Math.abs(centre[0] - 87) < 0.6).length;
      expect(town === 2 && hills > 0).toBe(false);
    }
  });

  it('say how stable they are: a dense gate more than a thin stretch, and DBSCAN’s nothing', () => {
    const crossings = border(seededRandom(2));
    const { clusters } = deriveCrossingClusters(crossings, DISCOVERY);
    const gates = clusters.filter(({ centre }) => centre[0] < 85.5).map(({ stability }) => stability ?? 0);
    const hills = clusters.filter(({ centre }) => centre[0] > 85.5).map(({ stability }) => stability ?? 0);
    expect(gates).toHaveLength(2);
    expect(hills.length).toBeGreaterThan(0);
    expect(Math.min(...gates)).toBeGreaterThan(Math.max(...hills));
    expect(Math.min(...hills)).toBeGreaterThan(0);
    const fixed = deriveCrossingClusters(crossings).clusters;
    expect(fixed.every(({ stability }) => stability === null)).toBe(true);
  });

  it('weigh a place by its incidents: repeated reports change nothing, and repeated places are not infinitely dense', () => {
    const crossings = border(seededRandom(3));
    expect(found([...crossings, ...crossings])).toEqual(found(crossings));
    const gate = Array.from({ length: 50 }, (_, i) => ({
      ...crossings[0]!,
      incident: `gate ${i}`,
      position: [83, 27] as const,
    }));
    const both = deriveCrossingClusters([...crossings, ...gate], DISCOVERY);
    const atGate = both.clusters.find(({ centre }) => Math.abs(centre[0] - 83) < 1e-6);
    expect(atGate).toMatchObject({ incidents: 50, places: [{ incidents: 50, role: 'core' }] });
    expect(Number.isFinite(atGate?.stability)).toBe(true);
    // The same as fifty places within a metre of each other.
    const apart = gate.map((one, i) => ({ ...one, position: [83 + i / 1e7, 27] as const }));
    const jittered = deriveCrossingClusters([...crossings, ...apart], DISCOVERY).clusters;
    const stabilities = (clusters: typeof jittered): number[] =>
      clusters.map(({ stability }) => Number((stability ?? 0).toFixed(3))).sort();
    expect(stabilities(jittered)).toEqual(stabilities(both.clusters));
  });

  it('are one where a border has one gate, without its stragglers', () => {
    const random = seededRandom(4);
    const crossings = [
      ...around(random, [85, 26.5], 0.1, 40),
      ...[80, 82, 90].flatMap((x) => around(random, [x, 28], 0.1, 1)),
    ];
    expect(found(crossings)).toMatchObject({ clusters: [[40, expect.any(Number)]], noise: [3] });
    expect(found(crossings.slice(0, 5))).toEqual({ clusters: [], noise: [5] });
  });

  it('do not depend on the order of the crossings, on whole turns, or on where the map is torn', () => {
    const crossings = border(seededRandom(5));
    const straight = deriveCrossingClusters(crossings, DISCOVERY);
    expect(deriveCrossingClusters(crossings.toReversed(), DISCOVERY)).toEqual(straight);
    expect(found(border(seededRandom(5), 720))).toEqual(found(crossings));
    for (const shift of [95, 93, -265])
      expect(found(border(seededRandom(5), shift))).toEqual(found(crossings));
  });

  it('keep marks of their own, which later crossings leave as they are', () => {
    const random = seededRandom(6);
    const crossings = border(random);
    const marks = (all: readonly ObservedCrossing[]): string[] =>
      deriveCrossingClusters(all, DISCOVERY).clusters.map(({ places }) => anchorOf(places, [], null).mark);
    const before = marks(crossings);
    expect(before.length).toBeGreaterThan(2);
    expect(new Set(before).size).toBe(before.length);
    const later = around(random, [85, 26.5], 0.8, 10).map((one) => ({ ...one, month: '2026-01' }));
    expect(marks([...crossings, ...later])).toEqual(expect.arrayContaining(before.slice(0, 2)));
  });

  it('are refused where a border has more places than can be joined in time', () => {
    expect(obstacleToDiscovery(DISCOVERY, 100_000)).toBeNull();
    expect(obstacleToDiscovery({ epsKm: 5, minIncidents: 8 }, 1_000_000)).toBeNull();
    expect(obstacleToDiscovery(DISCOVERY, 100_001)).toMatchObject({
      refused: true,
      found: '100001 places on one border',
    });
  });
});
