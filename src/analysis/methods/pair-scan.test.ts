/** Circles of origins and circles of destinations between which there is more than both ends explain. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { nullPairWorld, type Pair } from '../../../test/support/pair-worlds.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import { expectedFlows } from './expected-flows.ts';
import { marginsOf, type NumberedFlows, type PairFlows, pairFlows } from './pair-flows.ts';
import { type PairScanOptions, type PairScanResult, pairScan } from './pair-scan.ts';
import { PairWindows } from './pair-windows.ts';
import { scanLogLikelihood } from './scan-likelihood.ts';

const SIZE = { places: 20, origins: 14, destinations: 10, incidents: 120, double: 0.2 };

function scanned(flows: PairFlows, options: Partial<PairScanOptions> = {}): PairScanResult {
  const found = pairScan(flows, { random: seededRandom(1), maxRadiusKm: 200, ...options });
  if (found.refused) throw new Error(found.found);
  return found;
}

/** Every circle of origins times every circle of destinations around every pair with flow, counted flow by flow. */
function bestByTrial(flows: PairFlows, maxRadiusKm: number): number {
  const expected = expectedFlows(flows);
  const margins = marginsOf(flows);
  const all = flows.from.length;
  const circles = (places: readonly Position[], weights: Float64Array, centre: number): Set<number>[] =>
    places.flatMap((edge) => {
      const radius = greatCircleKm(places[centre]!, edge) * (1 + 1e-9);
      const inside = [...places.keys()].filter((at) => greatCircleKm(places[centre]!, places[at]!) <= radius);
      const weight = inside.reduce((sum, at) => sum + weights[at]!, 0);
      return inside.length > 1 && (radius > maxRadiusKm || weight > all / 2) ? [] : [new Set(inside)];
    });
  let best = 0;
  for (const [flow, origin] of flows.from.entries()) {
    for (const from of circles(flows.origins, margins.out, origin)) {
      for (const to of circles(flows.destinations, margins.in, flows.to[flow]!)) {
        const observed = flows.from.filter((o, i) => from.has(o) && to.has(flows.to[i]!)).length;
        let mean = 0;
        for (const o of from)
          for (const d of to) if (flows.samePlace[o] !== d) mean += expected.out[o]! * expected.in[d]!;
        if (observed >= 2) best = Math.max(best, scanLogLikelihood(observed, mean, all));
      }
    }
  }
  return best;
}

const named = (flows: NumberedFlows, { clusters }: PairScanResult) =>
  clusters.map(({ origins, destinations, ...figures }) => ({
    ...figures,
    origins: origins.map((origin) => flows.originPlaces[origin]),
    destinations: destinations.map((destination) => flows.destinationPlaces[destination]),
  }));

describe('the scan over pairs', () => {
  it('finds the best of all pairs of circles, as trying each does', () => {
    const random = seededRandom(51);
    for (let run = 0; run < 10; run += 1) {
      const world = nullPairWorld(random, {
        ...SIZE,
        places: 12,
        origins: 8,
        destinations: 6,
        incidents: 40,
      });
      const flows = pairFlows(world.places, world.incidents);
      const { clusters } = scanned(flows, { replications: 1, maxRadiusKm: 150 + 100 * (run % 4) });
      expect(clusters[0]?.logLikelihood ?? 0).toBeCloseTo(bestByTrial(flows, 150 + 100 * (run % 4)), 9);
      expect(clusters.length).toBeGreaterThan(0);
    }
  });

  it('meets a ratio worked out by hand', () => {
    // 6 of 8 that leave the first go to the third, 6 of 8 that leave the second to the fourth: 4 were expected of each.
    const times = (pair: Pair, count: number): Pair[][] => Array.from({ length: count }, () => [pair]);
    const flows = pairFlows(
      [0, 20, 40, 60].map((longitude): Position => [longitude, 0]),
      [...times([0, 2], 6), ...times([0, 3], 2), ...times([1, 2], 2), ...times([1, 3], 6)],
    );
    const { clusters } = scanned(flows, { replications: 99 });
    expect(named(flows, { refused: false, clusters, replications: 99 })).toMatchObject([
      { origins: [0], destinations: [2], observed: 6, expected: 4 },
      { origins: [1], destinations: [3], observed: 6, expected: 4 },
    ]);
    expect(clusters[0]!.logLikelihood).toBeCloseTo(6 * Math.log(6 / 4) + 10 * Math.log(10 / 12), 12);
  });

  it('has clusters that share no pair of places', () => {
    const world = nullPairWorld(seededRandom(53), SIZE);
    const { clusters } = scanned(pairFlows(world.places, world.incidents), {
      replications: 1,
      mostClusters: 20,
    });
    const pairs = clusters.flatMap(({ origins, destinations }) =>
      origins.flatMap((origin) => destinations.map((destination) => `${origin} ${destination}`)),
    );
    expect(clusters.length).toBeGreaterThan(4);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});

describe('a planted cluster', () => {
  const world = nullPairWorld(seededRandom(57), SIZE);
  /** Two quiet places near each other, and two others: what lies at both ends is moved there. */
  const places = world.places.map((position, place): Position => {
    if (place === 8 || place === 9) return [78, 20 + 0.3 * (place - 8)];
    return place === 14 || place === 15 ? [96, 20 + 0.3 * (place - 14)] : position;
  });
  const planted = Array.from({ length: 20 }, (_, i): Pair[] => [[8 + (i % 2), 14 + ((i >> 1) % 2)]]);
  const flows = pairFlows(places, [...world.incidents, ...planted]);

  it('is found, with both its ends, and nowhere else', () => {
    const [best, next] = named(flows, scanned(flows, { replications: 499 }));
    expect([...best!.origins].sort()).toEqual([8, 9]);
    expect([...best!.destinations].sort()).toEqual([14, 15]);
    expect(best!.p).toBe(0.002);
    expect(best!.originRadiusKm).toBeCloseTo(33.4, 0);
    expect(best!.observed).toBeGreaterThan(2 * best!.expected);
    expect(next!.p).toBeGreaterThan(0.05);
  });

  it('is the same in any order, when records are told twice, after whole turns and across the antimeridian', () => {
    const told = named(flows, scanned(flows, { replications: 99 }));
    const mixed = [...planted, ...world.incidents].map((one) => [...one, ...one].toReversed()).toReversed();
    const again = pairFlows(places, mixed);
    expect(named(again, scanned(again, { replications: 99 }))).toEqual(told);
    for (const shift of [360, -360, 95]) {
      const moved = places.map(([longitude, latitude]): Position => {
        const turned = longitude + shift;
        return [shift === 95 && turned > 180 ? turned - 360 : turned, latitude];
      });
      const turned = pairFlows(moved, [...world.incidents, ...planted]);
      const found = named(turned, scanned(turned, { replications: 99 }));
      for (const [i, { originRadiusKm: _o, destinationRadiusKm: _d, ...cluster }] of told.entries())
        expect(found[i]).toMatchObject({
          ...cluster,
          expected: expect.closeTo(cluster.expected, 9),
          logLikelihood: expect.closeTo(cluster.logLikelihood, 9),
        });
    }
  });
});

it('noise has a cluster at the level of 5 % no oftener than the level says', () => {
  const random = seededRandom(61);
  let called = 0;
  for (let run = 0; run < 1_000; run += 1) {
    const { places, incidents } = nullPairWorld(random, { ...SIZE, incidents: 40 + random.int(60) });
    const { clusters } = scanned(pairFlows(places, incidents), {
      random: seededRandom(run),
      replications: 99,
      stopAfter: 8,
    });
    if ((clusters[0]?.p ?? 1) <= 0.05) called += 1;
  }
  tellFigure('pair scan', `${called} of 1,000 null worlds`);
  // The test is exact, so 50 of a thousand are expected, give or take 7: 58 are found (with three other seeds 43, 44 and 50), and 64 are two deviations more.
  expect(called).toBeLessThanOrEqual(64);
  expect(called).toBeGreaterThan(20);
});

it('is refused before so many circles are held that no memory has room for them', () => {
  // 4,000 origins around each other, each with half of the others in its widest circle: 8 million, if all were held.
  const places = Array.from(
    { length: 4_000 },
    (_, i): Position => [70 + 0.1 * (i % 80), 20 + 0.1 * Math.floor(i / 80)],
  );
  const away = [-60, -50].map((longitude): Position => [longitude, 0]);
  const flows = pairFlows(
    [...places, ...away],
    places.map((_, i): Pair[] => [[i, 4_000 + (i % 2)]]),
  );
  expect(pairScan(flows, { random: seededRandom(1), maxRadiusKm: 20_000 })).toMatchObject({
    refused: true,
    reason: 'too much to hold',
    found: 'more than 5000000 circles of origins, or of destinations',
    wanted: expect.stringContaining('5000000 pairs of circles or fewer'),
  });
});

it('holds circles up to a number, of origins as of destinations', () => {
  const world = nullPairWorld(seededRandom(63), SIZE);
  const flows = pairFlows(world.places, world.incidents);
  const options = { maxShare: 0.5, maxRadiusKm: 300 };
  const all = PairWindows.within(flows, options, Infinity)!;
  const most = Math.max(all.origins.order.length, all.destinations.order.length);
  expect(most).toBeGreaterThan(Math.min(all.origins.order.length, all.destinations.order.length));
  expect(PairWindows.within(flows, options, most)?.origins).toEqual(all.origins);
  expect(PairWindows.within(flows, options, most - 1)).toBeNull();
});

it('is refused where there is too little', () => {
  const flows = pairFlows(
    [0, 20, 40].map((longitude): Position => [longitude, 0]),
    [[[0, 1]], [[0, 2]], [[1, 2]]],
  );
  expect(pairScan(flows, { random: seededRandom(1), maxRadiusKm: 100 })).toMatchObject({
    refused: true,
    found: '3 incidents',
    wanted: '10 or more',
  });
});
