/** Flows that are large among flows like them, and pairs that carry more than chance. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { nullPairWorld, type Pair } from '../../../test/support/pair-worlds.ts';
import { asRows } from '../../geo/distance-band.ts';
import { giStar } from '../../geo/gi-star.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import { DealtDestinations } from './dealt-destinations.ts';
import { expectedFlows } from './expected-flows.ts';
import { flowGiStar, NearFlows } from './flow-gi-star.ts';
import { type PairScore, pairChance } from './pair-chance.ts';
import { marginsOf, type NumberedFlows, type PairFlows, PairTally, pairFlows } from './pair-flows.ts';

const SIZE = { places: 24, origins: 16, destinations: 12, incidents: 160, double: 0.2 };

function scoresOf(flows: PairFlows, reachKm: number): { readonly z: Float64Array; readonly keys: string[] } {
  const table = new PairTally(flows).tableOf(flows.to);
  const keys = [...flows.origins.keys()].flatMap((origin) =>
    [...table.destinations.subarray(table.offsets[origin], table.offsets[origin + 1])].map(
      (destination) => `${origin} ${destination}`,
    ),
  );
  const near = new NearFlows(flows, expectedFlows(flows), reachKm);
  return { z: flowGiStar(flows, table, near.around(table)), keys };
}

/** Every pair of places written down, zeros too, and Gi* over all of them. */
function denseScores(flows: PairFlows, reachKm: number): ReadonlyMap<string, number> {
  const pairs = [...flows.origins.keys()].flatMap((origin) =>
    [...flows.destinations.keys()]
      .filter((destination) => flows.samePlace[origin] !== destination)
      .map((destination) => ({ origin, destination })),
  );
  const values = pairs.map(
    ({ origin, destination }) =>
      flows.from.filter((from, flow) => from === origin && flows.to[flow] === destination).length,
  );
  const near = pairs.map((a, i) =>
    [...pairs.keys()].filter((j) => {
      const b = pairs[j]!;
      const [from, to] = [flows.origins, flows.destinations];
      return (
        j !== i &&
        greatCircleKm(from[a.origin]!, from[b.origin]!) <= reachKm &&
        greatCircleKm(to[a.destination]!, to[b.destination]!) <= reachKm
      );
    }),
  );
  const z = giStar(values, asRows(near));
  return new Map(pairs.map(({ origin, destination }, i) => [`${origin} ${destination}`, z[i]!]));
}

describe('G* of flows', () => {
  // Three origins and two destinations in a row, a degree and three degrees apart: n = 6, mean 2, variance 46/6 − 4 = 11/3.
  const places: Position[] = [
    [0, 0],
    [1, 0],
    [2, 0],
    [40, 0],
    [43, 0],
  ];
  const times = (pair: Pair, count: number): Pair[][] => Array.from({ length: count }, () => [pair]);
  const small = pairFlows(places, [
    ...times([0, 3], 4),
    ...times([0, 4], 1),
    ...times([1, 3], 2),
    ...times([2, 4], 5),
  ]);

  it('meets values worked out by hand', () => {
    const alone = scoresOf(small, 50);
    expect(alone.keys).toEqual(['0 0', '0 1', '1 0', '2 1']);
    const deviation = Math.sqrt(11 / 3);
    for (const [i, value] of [4, 1, 2, 5].entries())
      expect(alone.z[i]).toBeCloseTo((value - 2) / deviation, 12);
    // With the next origin: 2, 2, 3 and 2 pairs, which have 6, 1, 6 and 5 flows.
    const scale = Math.sqrt((11 / 3) * 2 * (4 / 5));
    const near = scoresOf(small, 120);
    for (const [i, z] of [2 / scale, -3 / scale, 0, 1 / scale].entries())
      expect(near.z[i]).toBeCloseTo(z, 12);
    // All six pairs are near the second origin’s: of those nothing can be said.
    expect(scoresOf(small, 400).z[2]).toBeNaN();
  });

  it('is what writing down every pair of places gives, where some are origins and destinations', () => {
    const random = seededRandom(31);
    for (let run = 0; run < 12; run += 1) {
      const world = nullPairWorld(random, SIZE);
      const flows = pairFlows(world.places, world.incidents);
      expect(flows.samePlace.some((same) => same >= 0)).toBe(true);
      const reachKm = 40 + 30 * run;
      const dense = denseScores(flows, reachKm);
      const { z, keys } = scoresOf(flows, reachKm);
      for (const [i, key] of keys.entries()) {
        if (Number.isNaN(dense.get(key))) expect(z[i]).toBeNaN();
        else expect(z[i]).toBeCloseTo(dense.get(key)!, 9);
      }
    }
  });

  it('does not see the unit of flows, whole turns, or where the antimeridian is', () => {
    const world = nullPairWorld(seededRandom(33), SIZE);
    const straight = scoresOf(pairFlows(world.places, world.incidents), 130);
    const thrice = [...world.incidents, ...world.incidents, ...world.incidents];
    for (const [i, z] of scoresOf(pairFlows(world.places, thrice), 130).z.entries())
      expect(z).toBeCloseTo(straight.z[i]!, 9);
    for (const shift of [360, -720, 94]) {
      const moved = world.places.map(([longitude, latitude]): Position => {
        const turned = longitude + shift;
        return [shift === 94 && turned > 180 ? turned - 360 : turned, latitude];
      });
      const found = scoresOf(pairFlows(moved, world.incidents), 130);
      expect(found.keys).toEqual(straight.keys);
      for (const [i, z] of found.z.entries()) expect(z).toBeCloseTo(straight.z[i]!, 9);
    }
  });
});

describe('what two ends alone would give a pair', () => {
  it('is O · D ÷ N where no place is both, and keeps all sums where some are', () => {
    const apart = pairFlows(
      [0, 1, 2, 3].map((longitude): Position => [longitude, 0]),
      [[[0, 2]], [[0, 2]], [[0, 3]], [[1, 3]]],
    );
    const free = expectedFlows(apart);
    expect(free.out[0]! * free.in[1]!).toBeCloseTo((3 * 2) / 4, 12);
    const world = nullPairWorld(seededRandom(35), SIZE);
    const flows = pairFlows(world.places, world.incidents);
    const fitted = expectedFlows(flows);
    const margins = marginsOf(flows);
    const expected = (origin: number, destination: number): number =>
      flows.samePlace[origin] === destination ? 0 : fitted.out[origin]! * fitted.in[destination]!;
    for (const [origin, wanted] of margins.out.entries()) {
      const sum = [...flows.destinations.keys()].reduce((all, to) => all + expected(origin, to), 0);
      expect(sum).toBeCloseTo(wanted, 6);
    }
    for (const [destination, wanted] of margins.in.entries()) {
      const sum = [...flows.origins.keys()].reduce((all, from) => all + expected(from, destination), 0);
      expect(sum).toBeCloseTo(wanted, 6);
    }
  });
});

describe('destinations dealt again', () => {
  const world = nullPairWorld(seededRandom(37), SIZE);
  const flows = pairFlows(world.places, world.incidents);

  it('leave every place what it sends and gets, every incident its shape, and nobody where they began', () => {
    const dealt = new DealtDestinations(flows, seededRandom(1));
    for (let world_ = 0; world_ < 20; world_ += 1) {
      const to = dealt.deal();
      expect(marginsOf({ ...flows, to })).toEqual(marginsOf(flows));
      expect([...to].some((destination, flow) => flows.samePlace[flows.from[flow]!] === destination)).toBe(
        false,
      );
      for (let incident = 0; incident + 1 < flows.starts.length; incident += 1) {
        const [first, second] = [flows.starts[incident]!, flows.starts[incident]! + 1];
        if (flows.starts[incident + 1]! - first < 2) continue;
        expect(to[first] === to[second]).toBe(flows.to[first] === flows.to[second]);
      }
    }
  });

  it('come out in every allowed way as often as in any other', () => {
    // Three incidents, one of which would stay where it began with one of the destinations: 4 of 6 ways are allowed.
    const few = pairFlows(
      [0, 1, 2, 3, 4].map((longitude): Position => [longitude, 0]),
      [[[0, 3]], [[1, 4]], [[2, 0]]],
    );
    const ways = new Map<string, number>();
    for (let seed = 0; seed < 4_000; seed += 1) {
      const way = new DealtDestinations(few, seededRandom(seed)).deal().join();
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
    expect(ways.size).toBe(4);
    for (const count of ways.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('pairs that carry more than chance', () => {
  const OPTIONS = { reachKm: 90, replications: 199 };
  const told = (flows: NumberedFlows, seed = 1): readonly PairScore[] => {
    const found = pairChance(flows, { ...OPTIONS, random: seededRandom(seed) });
    if (found.refused) throw new Error(found.found);
    return found.pairs;
  };
  const world = nullPairWorld(seededRandom(41), SIZE);
  /** From a quiet origin to a quiet destination, as often as some of the busiest. */
  const planted: Pair[][] = Array.from({ length: 12 }, () => [[7, 14]]);

  it('are found where they were planted, in any order, and where records are told twice', () => {
    const pairs = told(pairFlows(world.places, [...world.incidents, ...planted]));
    const flows = pairFlows(world.places, [...world.incidents, ...planted]);
    const placesOf = ({ origin, destination }: PairScore): Pair => [
      flows.originPlaces[origin]!,
      flows.destinationPlaces[destination]!,
    ];
    const own = pairs.find((pair) => placesOf(pair).join() === '7,14')!;
    expect(own.flow).toBeGreaterThanOrEqual(12);
    expect(own.flow).toBeGreaterThan(4 * own.expected);
    expect(own.q).toBeLessThan(0.01);
    // Others that carry more are near it at both ends: its flow is in theirs.
    for (const [from, to] of pairs.filter(({ q }) => q <= 0.05).map(placesOf)) {
      expect(greatCircleKm(world.places[from]!, world.places[7]!)).toBeLessThanOrEqual(OPTIONS.reachKm);
      expect(greatCircleKm(world.places[to]!, world.places[14]!)).toBeLessThanOrEqual(OPTIONS.reachKm);
    }
    const mixed = [...planted, ...world.incidents.map((one) => [...one, ...one].toReversed())].toReversed();
    expect(told(pairFlows(world.places, mixed))).toEqual(pairs);
  });

  it('are none where a busy origin meets a busy destination, whatever the normal p says', () => {
    const pairs = told(pairFlows(world.places, world.incidents));
    const busiest = pairs.toSorted((a, b) => b.flow - a.flow)[0]!;
    expect(busiest.normalP).toBeLessThan(0.001);
    expect(busiest.q).toBeGreaterThan(0.2);
  });

  it('are there by chance alone in at most 5 of 100 worlds', () => {
    const random = seededRandom(43);
    let worlds = 0;
    for (let run = 0; run < 1_000; run += 1) {
      const { places, incidents } = nullPairWorld(random, { ...SIZE, incidents: 60 + random.int(90) });
      const found = pairChance(pairFlows(places, incidents), {
        reachKm: 90,
        replications: 39,
        random: seededRandom(run),
      });
      if (!found.refused && found.pairs.some(({ q }) => q <= 0.05)) worlds += 1;
      expect(found.refused).toBe(false);
    }
    tellFigure('pair clusters, flow Gi*, any pair', `${worlds} of 1,000 null worlds`);
    // 43 of a thousand are found.
    expect(worlds).toBeLessThanOrEqual(50);
    expect(worlds).toBeGreaterThan(10);
  });

  it('are not told of too few', () => {
    const random = { reachKm: 90, replications: 19, random: seededRandom(1) };
    expect(pairChance(pairFlows(world.places, world.incidents.slice(0, 9)), random)).toMatchObject({
      refused: true,
      found: '9 incidents',
    });
    const twenty = Array.from({ length: 20 }, (_, i): Pair[] => [[i % 5, 12 + (i % 4)]]);
    expect(pairChance(pairFlows(world.places, twenty), random)).toMatchObject({
      refused: true,
      found: '20 pairs with incidents',
      wanted: '30 or more',
    });
  });

  it('are not looked for where too many cells are near each other, at either end', () => {
    const many = Array.from(
      { length: 2_300 },
      (_, i): Position => [80 + 0.01 * (i % 50), 20 + 0.01 * (i / 50)],
    );
    const places: Position[] = [...many, [100, 0]];
    for (const pairs of [many.map((_, i): Pair[] => [[i, 2_300]]), many.map((_, i): Pair[] => [[2_300, i]])])
      expect(
        pairChance(pairFlows(places, pairs), { reachKm: 300, replications: 19, random: seededRandom(1) }),
      ).toMatchObject({
        refused: true,
        reason: 'too much to hold',
        found: expect.stringMatching(
          /^2300 (origins|destinations) with more than 5000000 others within reachKm$/,
        ),
        wanted: expect.stringContaining('5000000 or fewer'),
      });
  });
});
