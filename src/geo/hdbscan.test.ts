import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../kernel/random.ts';
import { adjustedRandIndex } from './adjusted-rand-index.ts';
import type { SmallParts } from './condensed-tree.ts';
import { NOISE } from './dbscan.ts';
import { type DiscoveryOptions, discoverPoints, discoverPositions } from './hdbscan.ts';
import { KdTree } from './kd-tree.ts';
import type { Position } from './position.ts';

const MOONS = '../shared/data/golden/dbscan/moons_golden.csv';

/** Clumps of different density and stragglers, in space; coordinates on a grid, so that many distances are equal. */
function scatter(random: Random, count: number, step = 1 / 64): Float64Array {
  const grid = (value: number): number => Math.round(value / step) * step;
  const clumps = Array.from({ length: 4 }, () => [8 * random.next(), 8 * random.next(), 0.2 + random.next()]);
  return Float64Array.from(
    Array.from({ length: count }, () => {
      const [x, y, wide] = random.next() < 0.8 ? clumps[random.int(4)]! : [4, 4, 8];
      return [x!, y!, 0].map((at, axis) =>
        axis === 2 ? 0 : grid(at + wide! * (random.next() + random.next() - 1)),
      );
    }).flat(),
  );
}

interface Found {
  readonly members: readonly number[];
  readonly stability: number;
}

/** HDBSCAN* as it is defined: every length is tried, and the parts that hang together below it are looked at. */
function byDefinition(
  points: Float64Array,
  minWeight: number,
  minSize: number,
  smallParts: SmallParts,
): readonly Found[] {
  const all = Array.from({ length: points.length / 3 }, (_, i) => i);
  const distance = (a: number, b: number): number =>
    Math.sqrt([0, 1, 2].reduce((sum, axis) => sum + (points[3 * a + axis]! - points[3 * b + axis]!) ** 2, 0));
  const cores = all.map(
    (a) => all.map((b) => distance(a, b)).sort((x, y) => x - y)[minWeight - 1] ?? Infinity,
  );
  const reach = all.map((a) => all.map((b) => Math.max(cores[a]!, cores[b]!, distance(a, b))));
  const alone = all.map((a) => Math.min(...all.filter((b) => b !== a).map((b) => reach[a]![b]!)));
  const partsBelow = (members: readonly number[], length: number): number[][] => {
    const left = new Set(members);
    const parts: number[][] = [];
    for (const start of members) {
      if (!left.delete(start)) continue;
      const part = [start];
      for (const a of part) {
        for (const b of left) if (reach[a]![b]! < length && left.delete(b)) part.push(b);
      }
      parts.push(part);
    }
    return parts;
  };
  const best = (born: readonly number[], birth: number): { own: number; picked: readonly Found[] } => {
    let own = 0;
    let members = born;
    const lengths = [...new Set(born.flatMap((a) => born.map((b) => (a === b ? 0 : reach[a]![b]!))))]
      .filter((length) => length > 0)
      .sort((a, b) => b - a);
    const waiting: number[] = [];
    for (const length of lengths) {
      const parts = partsBelow(members, length);
      const large = parts.filter((part) => part.length >= minSize);
      const small = parts.filter((part) => part.length < minSize).flat();
      if (smallParts === 'linger' && large.length < 2) waiting.push(...small);
      else own += small.length * (1 / length - birth);
      if (large.length === 1) members = large[0]!;
      if (large.length === 0) break;
      if (large.length < 2) continue;
      for (const a of waiting) own += Math.min(1 / alone[a]!, 1 / length) - birth;
      own += large.flat().length * (1 / length - birth);
      const below = large.flatMap((part) => best(part, 1 / length).picked);
      const sum = below.reduce((total, { stability }) => total + stability, 0);
      return { own, picked: own >= sum && birth > 0 ? [{ members: born, stability: own }] : below };
    }
    for (const a of waiting) own += 1 / alone[a]! - birth;
    return { own, picked: birth > 0 ? [{ members: born, stability: own }] : [] };
  };
  return all.length < minWeight ? [] : best(all, 0).picked;
}

describe('HDBSCAN*', () => {
  it.skipIf(!existsSync(MOONS))('finds the moons, their stabilities and outlier scores as R does', () => {
    const rows = readFileSync(MOONS, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    expect(rows).toHaveLength(100);
    const points = Float64Array.from(rows.flatMap(([x, y]) => [x!, y!, 0]));
    const found = discoverPoints(points, { minWeight: 5, smallParts: 'linger' });
    const bySize = found.clusters.toSorted((a, b) => a.weight - b.weight || b.stability - a.stability);
    expect(bySize.map(({ weight }) => weight)).toEqual([25, 25, 50]);
    for (const [i, stability] of [110.7061, 90.8656, 45.6276].entries())
      expect(bySize[i]!.stability).toBeCloseTo(stability, 4);
    const theirs = rows.map((row) => row[3]!);
    expect(adjustedRandIndex(found.labels, theirs)).toBe(1);
    for (const [i, row] of rows.entries()) {
      expect(found.outlierScores[i]).toBeCloseTo(row[5]!, 12);
      // R's own membership: how much denser a point is than the sparsest of its cluster.
      const sparsest = Math.max(...found.coreDistances.filter((_, j) => theirs[j] === row[3]));
      expect(1 - found.coreDistances[i]! / sparsest).toBeCloseTo(row[4]!, 12);
    }
    const asWritten = discoverPoints(points, { minWeight: 5 });
    expect([...asWritten.labels]).toEqual([...found.labels]);
    expect(asWritten.clusters.every(({ stability }, i) => stability <= found.clusters[i]!.stability)).toBe(
      true,
    );
  });

  it.each(['leave', 'linger'] as const)('is what the definition says, ties and all (%s)', (smallParts) => {
    const random = seededRandom(71);
    let clusters = 0;
    for (let run = 0; run < 40; run += 1) {
      const points = scatter(random, 40 + random.int(30), run % 2 === 0 ? 1 / 64 : 1 / 1024);
      const minWeight = 2 + random.int(5);
      const minSize = 2 + random.int(6);
      const found = discoverPoints(points, { minWeight, minSize, smallParts, finest: 1e-3 });
      const labels = Array<number>(points.length / 3).fill(NOISE);
      const expected = byDefinition(points, minWeight, minSize, smallParts);
      if (found.coreDistances.some((core) => core <= 1e-3)) continue;
      for (const [number, { members }] of expected.entries()) for (const i of members) labels[i] = number;
      clusters += expected.length;
      expect([...found.labels].map((label) => label === NOISE)).toEqual(
        labels.map((label) => label === NOISE),
      );
      expect(adjustedRandIndex(found.labels, labels)).toBe(1);
      const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
      const wanted = sorted(expected.map(({ stability }) => stability));
      for (const [i, stability] of sorted(found.clusters.map((cluster) => cluster.stability)).entries())
        expect(stability).toBeCloseTo(wanted[i]!, 9);
    }
    expect(clusters).toBeGreaterThan(80);
  });

  it('gives the same answer to the same points in any order', () => {
    const random = seededRandom(73);
    const points = scatter(random, 300);
    const order = shuffled(300, random);
    const moved = Float64Array.from(order.flatMap((i) => [...points.subarray(3 * i, 3 * i + 3)]));
    const options: DiscoveryOptions = { minWeight: 6, finest: 0.01 };
    const [straight, permuted] = [discoverPoints(points, options), discoverPoints(moved, options)];
    expect(straight.clusters.length).toBeGreaterThan(2);
    expect(order.map((i) => straight.labels[i])).toEqual([...permuted.labels]);
    expect(order.map((i) => straight.memberships[i])).toEqual([...permuted.memberships]);
    for (const [i, { stability, ...rest }] of straight.clusters.entries()) {
      expect(permuted.clusters[i]).toMatchObject(rest);
      expect(permuted.clusters[i]!.stability).toBeCloseTo(stability, 8);
    }
  });

  it('takes a weight as that many points, and twice the points as twice the minimum', () => {
    const random = seededRandom(79);
    for (let run = 0; run < 20; run += 1) {
      const points = scatter(random, 120);
      const weights = Array.from({ length: 120 }, () => (random.next() < 0.1 ? 9 : 1 + random.int(4)));
      const smallParts = run % 2 === 0 ? 'leave' : 'linger';
      const options = { minWeight: 8, finest: 0.02, smallParts } as const;
      const weighted = discoverPoints(points, { ...options, weights });
      const copies = weights.flatMap((weight, i) => Array<number>(weight).fill(i));
      const spelled = discoverPoints(
        Float64Array.from(copies.flatMap((i) => [...points.subarray(3 * i, 3 * i + 3)])),
        options,
      );
      expect(copies.map((i) => weighted.labels[i])).toEqual([...spelled.labels]);
      expect(copies.map((i) => weighted.memberships[i])).toEqual([...spelled.memberships]);
      expect(spelled.clusters.map(({ weight }) => weight)).toEqual(
        weighted.clusters.map(({ weight }) => weight),
      );
      const doubled = discoverPoints(points, {
        ...options,
        minWeight: 16,
        weights: weights.map((weight) => 2 * weight),
      });
      expect([...doubled.labels]).toEqual([...weighted.labels]);
    }
  });

  it('does not see the unit, whole turns, nor where the antimeridian is', () => {
    const points = scatter(seededRandom(83), 300);
    const options = { minWeight: 6, finest: 0.01 };
    const straight = discoverPoints(points, options);
    const scaled = discoverPoints(
      points.map((at) => 8 * at),
      { minWeight: 6, finest: 0.08 },
    );
    expect([...scaled.labels]).toEqual([...straight.labels]);
    expect(scaled.clusters[0]!.stability).toBeCloseTo(straight.clusters[0]!.stability / 8, 9);
    const places = Array.from(
      { length: 300 },
      (_, i): Position => [85 + points[3 * i]! / 8, 27 + points[3 * i + 1]! / 8],
    );
    const near = discoverPositions(places, { minWeight: 6, finest: 1 });
    expect(near.clusters.length).toBeGreaterThan(2);
    for (const shift of [360, -720, 95, 94.5]) {
      const moved = discoverPositions(
        places.map(([x, y]) => [x + shift, y]),
        { minWeight: 6, finest: 1 },
      );
      expect(adjustedRandIndex(moved.labels, near.labels)).toBe(1);
      expect(moved.clusters[0]!.stability).toBeCloseTo(near.clusters[0]!.stability, 6);
    }
  });

  it('measures positions in km: two clumps 100 km apart split at the last step between them', () => {
    const places = [0, 0.9].flatMap((east) =>
      Array.from({ length: 10 }, (_, i): Position => [east + 0.001 * i, 0]),
    );
    const { clusters } = discoverPositions(places, { minWeight: 3 });
    expect(clusters.map(({ weight }) => weight)).toEqual([10, 10]);
    expect(clusters[0]!.splitAt).toBeCloseTo((6371.0088 * Math.PI * 0.891) / 180, 6);
  });

  it('answers few and repeated points, or says what it wants', () => {
    expect(discoverPoints(new Float64Array(0), { minWeight: 5 }).clusters).toEqual([]);
    expect([...discoverPoints(new Float64Array(9), { minWeight: 5 }).labels]).toEqual([NOISE, NOISE, NOISE]);
    expect(() => discoverPoints(new Float64Array(15), { minWeight: 5 })).toThrow('a finest length above 0');
    const one = { minWeight: 5, finest: 0.1, mayBeAll: true };
    expect(discoverPoints(new Float64Array(15), one).clusters).toEqual([
      { weight: 5, stability: 50, splitAt: Infinity },
    ]);
    expect(discoverPoints(new Float64Array(3), { ...one, weights: [7] }).clusters).toEqual([
      { weight: 7, stability: expect.closeTo(70, 9), splitAt: Infinity },
    ]);
    expect(() => discoverPoints(new Float64Array(3), { minWeight: 1 })).toThrow('wanted 2, 2 and 0');
    expect(() => discoverPoints(Float64Array.of(0, Number.NaN, 0), { minWeight: 2 })).toThrow('no number');
  });
});

describe('the k-d tree', () => {
  it('reaches as far for a weight as a look at all points does', () => {
    const random = seededRandom(89);
    for (const count of [1, 5, 12, 13, 200]) {
      const points = scatter(random, count);
      const weights = Float64Array.from({ length: count }, () => 1 + random.int(3));
      const tree = new KdTree(points);
      const reaches = tree.squaredReaches(
        Float64Array.from(tree.order, (i) => weights[i]!),
        7,
      );
      for (let at = 0; at < count; at += 1) {
        const near = Array.from({ length: count }, (_, other) => ({
          squared: tree.squaredDistance(at, other),
          weight: weights[tree.order[other]!]!,
        })).sort((a, b) => a.squared - b.squared);
        let sum = 0;
        const last = near.find(({ weight }) => {
          sum += weight;
          return sum >= 7;
        });
        expect(reaches[at]).toBe(last?.squared ?? Infinity);
      }
    }
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
