import { existsSync, readFileSync } from 'node:fs';
import { clustersDbscan, featureCollection, point } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../kernel/random.ts';
import { adjustedRandIndex } from './adjusted-rand-index.ts';
import { clusterPoints, clusterPositions, NOISE } from './dbscan.ts';
import type { Position } from './position.ts';
import { chord, chordOfKm } from './sphere.ts';

const MOONS = '../shared/data/golden/dbscan/moons_golden.csv';

/** Clumps of 20 km around random middles, and a fifth of stragglers; coordinates are multiples of 1/1024°, so shifts are exact. */
function scatter(random: Random, count: number, middle: Position): Position[] {
  const grid = (degrees: number): number => Math.round(degrees * 1024) / 1024;
  const clumps = Array.from(
    { length: 6 },
    () => [3 * (random.next() - 0.5), 3 * (random.next() - 0.5)] as const,
  );
  return Array.from({ length: count }, (): Position => {
    const [x, y] =
      random.next() < 0.8 ? clumps[random.int(6)]! : [4 * (random.next() - 0.5), 4 * (random.next() - 0.5)];
    return [
      grid(middle[0] + x + 0.2 * (random.next() - 0.5)),
      grid(middle[1] + y + 0.2 * (random.next() - 0.5)),
    ];
  });
}

/** DBSCAN as it is defined, with all pairs compared. */
function byDefinition(
  positions: readonly Position[],
  radiusKm: number,
  minWeight: number,
  weights: readonly number[],
) {
  const reach = chordOfKm(radiusKm);
  const near = positions.map((a) =>
    positions.map((_, j) => j).filter((j) => chord(a, positions[j]!) <= reach),
  );
  const core = near.map((list) => list.reduce((sum, j) => sum + weights[j]!, 0) >= minWeight);
  const labels = positions.map(() => NOISE);
  let cluster = 0;
  for (const start of positions.keys()) {
    if (!core[start] || labels[start] !== NOISE) continue;
    const stack = [start];
    while (stack.length > 0) {
      const i = stack.pop()!;
      if (labels[i] !== NOISE) continue;
      labels[i] = cluster;
      if (core[i]) stack.push(...near[i]!.filter((j) => core[j]));
    }
    cluster += 1;
  }
  for (const i of positions.keys()) {
    if (core[i]) continue;
    const cores = near[i]!.filter((j) => core[j]).sort(
      (a, b) => chord(positions[i]!, positions[a]!) - chord(positions[i]!, positions[b]!),
    );
    if (cores.length > 0) labels[i] = labels[cores[0]!]!;
  }
  return { labels, core };
}

describe('exact DBSCAN', () => {
  it.each([
    [85, 27],
    [0, 0],
    [180, 0],
    [179, -40],
    [20, 88.5],
  ] as Position[])('is what the definition says, around (%d, %d)', (longitude, latitude) => {
    const random = seededRandom(longitude * 1000 + latitude);
    for (let run = 0; run < 12; run += 1) {
      const positions = scatter(random, 150, [longitude, latitude]);
      const weights = positions.map(() => 1 + random.int(3));
      const radiusKm = 3 + 10 * random.next();
      const minWeight = 3 + random.int(10);
      const expected = byDefinition(positions, radiusKm, minWeight, weights);
      const found = clusterPositions(positions, radiusKm, minWeight, weights);
      expect([...found.core].map(Boolean)).toEqual(expected.core);
      expect([...found.labels].map((label) => label === NOISE)).toEqual(
        expected.labels.map((label) => label === NOISE),
      );
      expect(adjustedRandIndex(found.labels, expected.labels)).toBe(1);
    }
  });

  it.skipIf(!existsSync(MOONS))('labels the two moons as R does (eps 0.3, minPts 5)', () => {
    const rows = readFileSync(MOONS, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    expect(rows).toHaveLength(100);
    const found = clusterPoints(Float64Array.from(rows.flatMap(([x, y]) => [x!, y!, 0])), 0.3, 5);
    expect(
      adjustedRandIndex(
        found.labels,
        rows.map((row) => row[2]!),
      ),
    ).toBe(1);
    expect([...found.labels].filter((label) => label === NOISE)).toHaveLength(
      rows.filter((row) => row[2] === 0).length,
    );
  });

  it('gives the same numbers to the same points in any order', () => {
    const random = seededRandom(41);
    const positions = scatter(random, 400, [85, 27]);
    const order = shuffled(positions.length, random);
    const straight = clusterPositions(positions, 6, 8);
    const permuted = clusterPositions(
      order.map((i) => positions[i]!),
      6,
      8,
    );
    expect(straight.clusters).toBeGreaterThan(3);
    expect(order.map((i) => straight.labels[i])).toEqual([...permuted.labels]);
    expect(order.map((i) => straight.core[i])).toEqual([...permuted.core]);
  });

  it('does not see whole turns, nor where the antimeridian is', () => {
    const positions = scatter(seededRandom(43), 400, [85, 27]);
    const straight = clusterPositions(positions, 6, 8);
    for (const shift of [360, -720, 95, -265, 94.5]) {
      const moved = clusterPositions(
        positions.map(([x, y]) => [x + shift, y]),
        6,
        8,
      );
      expect([...moved.core]).toEqual([...straight.core]);
      expect(adjustedRandIndex(moved.labels, straight.labels)).toBe(1);
    }
  });

  it('takes a weight as that many points, and twice the points as twice the minimum', () => {
    const random = seededRandom(47);
    const positions = scatter(random, 200, [85, 27]);
    const weights = positions.map(() => 1 + random.int(4));
    const weighted = clusterPositions(positions, 6, 12, weights);
    const repeated = positions.flatMap((position, i) => Array<Position>(weights[i]!).fill(position));
    const spelled = clusterPositions(repeated, 6, 12);
    expect(positions.flatMap((_, i) => Array<number>(weights[i]!).fill(weighted.labels[i]!))).toEqual([
      ...spelled.labels,
    ]);
    const doubled = clusterPositions([...positions, ...positions], 6, 24, [...weights, ...weights]);
    expect([...doubled.labels]).toEqual([...weighted.labels, ...weighted.labels]);
  });

  it('answers an empty input, and refuses radii that mean nothing or take too many boxes', () => {
    expect(clusterPositions([], 5, 5)).toEqual({
      labels: new Int32Array(0),
      core: new Uint8Array(0),
      clusters: 0,
    });
    expect(() => clusterPositions([[0, 0]], 0, 5)).toThrow('wanted both above 0');
    expect(() =>
      clusterPositions(
        [
          [0, 0],
          [120, 50],
          [-120, -50],
        ],
        0.01,
        5,
      ),
    ).toThrow('a larger radius');
    expect(
      clusterPositions(
        [
          [0, 0],
          [1e-7, 0],
          [0.1, 0.1],
        ],
        0.0001,
        2,
      ).clusters,
    ).toBe(1);
  });
});

describe('where Turf is not used: clustersDbscan', () => {
  const turfLabels = (positions: readonly Position[], radiusKm: number, minPoints: number): number[] =>
    clustersDbscan(featureCollection(positions.map((at) => point([...at]))), radiusKm, {
      minPoints,
    }).features.map(({ properties }) => properties.cluster ?? NOISE);
  const row = (longitude: number, latitude: number): Position[] =>
    Array.from({ length: 12 }, (_, i) => [((longitude + 0.01 * i + 540) % 360) - 180, latitude]);

  it('agrees with it on plain clumps with nothing at their border', () => {
    const positions = [...row(85, 27), ...row(86, 27), ...row(85, 28), [80, 20] as Position];
    expect(adjustedRandIndex(turfLabels(positions, 3, 3), clusterPositions(positions, 3, 3).labels)).toBe(1);
  });

  it('differs across the antimeridian, where Turf splits one clump', () => {
    const positions = row(179.95, 10);
    expect(clusterPositions(positions, 3, 3).clusters).toBe(1);
    expect(new Set(turfLabels(positions, 3, 3)).size).toBeGreaterThan(1);
  });

  it('differs at borders, which Turf calls core or edge as the order of the input has it', () => {
    // Five at one place, and a chain of single places 2 km apart that leads away: the first has seven near it, the second three.
    const positions: Position[] = [
      ...Array<Position>(5).fill([85, 27]),
      [85, 27.018],
      [85, 27.036],
      [85, 27.054],
    ];
    const turfRoles = (given: readonly Position[]): (string | undefined)[] =>
      clustersDbscan(featureCollection(given.map((at) => point([...at]))), 2.5, {
        minPoints: 5,
      }).features.map(({ properties }) => properties.dbscan);
    expect(turfRoles(positions)[6]).toBe('core');
    expect(turfRoles([...positions].reverse())[1]).toBe('edge');
    const exact = clusterPositions(positions, 2.5, 5);
    expect([...exact.labels]).toEqual([0, 0, 0, 0, 0, 0, 0, NOISE]);
    expect([...exact.core]).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
  });
});

function shuffled(length: number, random: Random): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
