/** Exact, weighted, order-independent DBSCAN (Ester et al., 1996): on the Earth by chords, or on any points in space. */
import { DisjointSets } from './disjoint-sets.ts';
import type { Position } from './position.ts';
import { SpaceGrid } from './space-grid.ts';
import { chordOfKm, toUnitVector } from './sphere.ts';

export const NOISE = -1;

export interface DensityClusters {
  /** Cluster of each point, or NOISE. Clusters are numbered by their lowest core point, so the order of the input does not show. */
  readonly labels: Int32Array;
  /** 1 for core points: those with at least `minWeight` within the radius, themselves included. */
  readonly core: Uint8Array;
  readonly clusters: number;
}

/**
 * Clusters positions whose great circles are at most `radiusKm`. A border point belongs to the cluster of its nearest core point, equal
 * distances to the lowest one. `weights` (1 each if left out) make repeated places cheap: give each coordinate once.
 */
export function clusterPositions(
  positions: readonly Position[],
  radiusKm: number,
  minWeight: number,
  weights?: ArrayLike<number>,
): DensityClusters {
  const points = new Float64Array(positions.length * 3);
  for (let i = 0; i < positions.length; i += 1) {
    const vector = toUnitVector(positions[i]!);
    for (let axis = 0; axis < 3; axis += 1) points[3 * i + axis] = vector[axis]!;
  }
  return clusterPoints(points, chordOfKm(radiusKm), minWeight, weights);
}

/** The same for points in space, x, y, z after one another, with the radius in their own unit. Plane data have z = 0. */
export function clusterPoints(
  points: Float64Array,
  radius: number,
  minWeight: number,
  weights?: ArrayLike<number>,
): DensityClusters {
  if (!(radius > 0 && minWeight > 0)) {
    throw new RangeError(
      `clusterPoints: found radius ${radius} and minimum ${minWeight}, wanted both above 0`,
    );
  }
  // Inside, points go by the grid's own sequence; only the answer is in the caller's.
  const grid = new SpaceGrid(points, radius);
  const core = findCores(
    grid,
    minWeight,
    Float64Array.from(grid.order, (given) => (weights ? weights[given]! : 1)),
  );
  const roots = joinCores(grid, core);
  const { numberOf, clusters } = numberClusters(grid, roots, core);
  const labels = new Int32Array(core.length).fill(NOISE);
  const coreAsGiven = new Uint8Array(core.length);
  const walk = grid.walk();
  for (let box = 0; box < grid.boxes; box += 1) {
    const near = walk(box);
    for (let at = grid.starts[box]!; at < grid.starts[box + 1]!; at += 1) {
      const anchor = core[at] ? at : nearestCore(grid, core, at, [box, ...near]);
      if (anchor >= 0) labels[grid.order[at]!] = numberOf[roots.find(anchor)]!;
      coreAsGiven[grid.order[at]!] = core[at]!;
    }
  }
  return { labels, core: coreAsGiven, clusters };
}

function findCores(grid: SpaceGrid, minWeight: number, weights: Float64Array): Uint8Array {
  const core = new Uint8Array(weights.length);
  const walk = grid.walk();
  for (let box = 0; box < grid.boxes; box += 1) {
    const near = walk(box);
    const from = grid.starts[box]!;
    const to = grid.starts[box + 1]!;
    let own = 0;
    for (let at = from; at < to; at += 1) own += weights[at]!;
    // All points of one box are within the radius of each other.
    if (own >= minWeight) {
      core.fill(1, from, to);
      continue;
    }
    for (let at = from; at < to; at += 1) {
      let sum = own;
      for (let i = 0; i < near.length && sum < minWeight; i += 1) {
        const end = grid.starts[near[i]! + 1]!;
        for (let other = grid.starts[near[i]!]!; other < end && sum < minWeight; other += 1) {
          if (grid.squaredDistance(at, other) <= grid.squaredRadius) sum += weights[other]!;
        }
      }
      if (sum >= minWeight) core[at] = 1;
    }
  }
  return core;
}

/** Core points of one box are one cluster; two boxes join when some pair of their core points is within the radius. */
function joinCores(grid: SpaceGrid, core: Uint8Array): DisjointSets {
  const roots = new DisjointSets(core.length);
  const walk = grid.walk();
  const cores: number[][] = [];
  for (let box = 0; box < grid.boxes; box += 1) {
    const own: number[] = [];
    for (let at = grid.starts[box]!; at < grid.starts[box + 1]!; at += 1) {
      if (core[at] !== 1) continue;
      if (own.length > 0) roots.join(own[0]!, at);
      own.push(at);
    }
    cores.push(own);
    // Boxes after this one are met again from their own side.
    for (const other of walk(box)) {
      const theirs = other < box ? cores[other]! : [];
      if (own.length === 0 || theirs.length === 0 || roots.find(own[0]!) === roots.find(theirs[0]!)) continue;
      if (grid.haveClosePair(own, theirs)) roots.join(own[0]!, theirs[0]!);
    }
  }
  return roots;
}

function nearestCore(grid: SpaceGrid, core: Uint8Array, at: number, boxes: readonly number[]): number {
  let nearest = -1;
  let least = grid.squaredRadius;
  for (const box of boxes) {
    for (let candidate = grid.starts[box]!; candidate < grid.starts[box + 1]!; candidate += 1) {
      if (core[candidate] !== 1) continue;
      const squared = grid.squaredDistance(at, candidate);
      if (squared > least || (squared === least && nearest >= 0 && !grid.isLower(candidate, nearest)))
        continue;
      least = squared;
      nearest = candidate;
    }
  }
  return nearest;
}

function numberClusters(
  grid: SpaceGrid,
  roots: DisjointSets,
  core: Uint8Array,
): { numberOf: Int32Array; clusters: number } {
  const lowest = new Int32Array(core.length).fill(-1);
  const found: number[] = [];
  for (let at = 0; at < core.length; at += 1) {
    if (core[at] !== 1) continue;
    const root = roots.find(at);
    if (lowest[root]! < 0) found.push(root);
    if (lowest[root]! < 0 || grid.isLower(at, lowest[root]!)) lowest[root] = at;
  }
  found.sort((a, b) => (grid.isLower(lowest[a]!, lowest[b]!) ? -1 : 1));
  const numberOf = new Int32Array(core.length).fill(NOISE);
  for (const [number, root] of found.entries()) numberOf[root] = number;
  return { numberOf, clusters: found.length };
}
