/** Clusters of whatever density there is, without a radius to choose: HDBSCAN* (Campello, Moulavi & Sander, PAKDD 2013; TKDD 10, 2015). */
import { type CondensedTree, condense, mostStable, type SmallParts } from './condensed-tree.ts';
import { NOISE } from './dbscan.ts';
import { KdTree } from './kd-tree.ts';
import type { Position } from './position.ts';
import { reachabilityTree } from './reachability-tree.ts';
import { EARTH_RADIUS_KM, toUnitVector } from './sphere.ts';

export interface DiscoveryOptions {
  /** A point is dense at the distance within which this much weight lies, its own counted (as R's dbscan counts minPts). At least 2. */
  readonly minWeight: number;
  /** The least weight of a cluster, at least 2; `minWeight` if left out. */
  readonly minSize?: number;
  /** 1 each if left out. They make repeated places cheap: give each coordinate once. */
  readonly weights?: ArrayLike<number>;
  /**
   * Nothing is told apart below this distance, in the unit of the answer's lengths. Places that repeat `minWeight` times lie at distance 0, where
   * density has no bound, so it must be above 0 for them; 0 if left out.
   */
  readonly finest?: number;
  /**
   * When points of a part too small to be a cluster leave: with the part ('leave', as the paper has it and if left out), or each when it is alone
   * ('linger', as R's dbscan counts). It changes stabilities, memberships and outlier scores.
   */
  readonly smallParts?: SmallParts;
  /** Whether everything may be one cluster; false if left out, as in R. */
  readonly mayBeAll?: boolean;
}

export interface DiscoveredCluster {
  /** Weight of the points that are in it at its birth: all those labelled with it. */
  readonly weight: number;
  /** In 1 / length. A cluster is worth more the longer its points stay in it while the length falls. */
  readonly stability: number;
  /** The length at which it split off what it was part of; Infinity for everything. */
  readonly splitAt: number;
}

export interface DiscoveredClusters {
  /** Cluster of each point, or NOISE. Numbered by the lowest point of each, so the order of the input does not show. */
  readonly labels: Int32Array;
  readonly clusters: readonly DiscoveredCluster[];
  /** 0–1: how deep in its cluster a point is, as the λ it left at over the greatest λ of the cluster; 0 for noise. */
  readonly memberships: Float64Array;
  /** 0–1: how much less dense a point's place is than the densest place of the last cluster it was in (GLOSH, TKDD 2015). */
  readonly outlierScores: Float64Array;
  /** By point, in the unit of the lengths; Infinity where all weights together are less than `minWeight`. */
  readonly coreDistances: Float64Array;
}

/** Clusters positions by great-circle distance; lengths are km. */
export function discoverPositions(
  positions: readonly Position[],
  options: DiscoveryOptions,
): DiscoveredClusters {
  const points = new Float64Array(positions.length * 3);
  for (let i = 0; i < positions.length; i += 1) points.set(toUnitVector(positions[i]!), 3 * i);
  // The arc grows with the chord, so the tree by chords is the tree by arcs.
  return discover(
    points,
    options,
    (squaredChord) => 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(squaredChord) / 2)),
  );
}

/** The same for points in space, x, y, z after one another; lengths are in their own unit. Plane data have z = 0. */
export function discoverPoints(points: Float64Array, options: DiscoveryOptions): DiscoveredClusters {
  return discover(points, options, Math.sqrt);
}

function discover(
  points: Float64Array,
  {
    minWeight,
    minSize = minWeight,
    weights,
    finest = 0,
    smallParts = 'leave',
    mayBeAll = false,
  }: DiscoveryOptions,
  lengthOf: (squared: number) => number,
): DiscoveredClusters {
  if (!(minWeight >= 2 && minSize >= 2 && finest >= 0)) {
    throw new RangeError(
      `HDBSCAN*: found a minimum of ${minWeight}, a least size of ${minSize} and a finest length of ${finest}, wanted 2, 2 and 0 or more`,
    );
  }
  const tree = new KdTree(points);
  const weightOf = Float64Array.from(tree.order, (given) => (weights ? weights[given]! : 1));
  const squaredCores = tree.squaredReaches(weightOf, minWeight);
  const cores = squaredCores.map((squared) => Math.max(finest, lengthOf(squared)));
  const isEnough = tree.count > 0 && squaredCores[0]! < Infinity;
  if (!isEnough) return nothingFound(tree.count);
  if (!cores.every((core) => core > 0)) {
    throw new RangeError(
      'HDBSCAN*: found places that repeat up to the minimum, wanted a finest length above 0 for them',
    );
  }
  const edges = reachabilityTree(tree, squaredCores);
  const lengths = edges.squared.map((squared) => Math.max(finest, lengthOf(squared)));
  const condensed = condense({ ...edges, lengths }, weightOf, cores, minSize, smallParts);
  const picked = mostStable(condensed, mayBeAll);
  return describe(tree, condensed, picked, cores);
}

function describe(
  tree: KdTree,
  { parents, births, sizes, stabilities, lastCluster, leftAt }: CondensedTree,
  picked: Uint8Array,
  cores: Float64Array,
): DiscoveredClusters {
  // Every cluster comes after its parent, so one pass down carries picks and one pass up carries the greatest λ.
  const pickedAbove = new Int32Array(parents.length).fill(NOISE);
  const greatest = new Float64Array(parents.length);
  for (let cluster = 0; cluster < parents.length; cluster += 1) {
    if (picked[cluster]) pickedAbove[cluster] = cluster;
    else if (cluster > 0) pickedAbove[cluster] = pickedAbove[parents[cluster]!]!;
  }
  for (let at = 0; at < tree.count; at += 1)
    greatest[lastCluster[at]!] = Math.max(greatest[lastCluster[at]!]!, leftAt[at]!);
  for (let cluster = parents.length - 1; cluster > 0; cluster -= 1)
    greatest[parents[cluster]!] = Math.max(greatest[parents[cluster]!]!, greatest[cluster]!);

  const order = numberByLowest(tree, lastCluster, pickedAbove);
  const numberOf = new Int32Array(parents.length).fill(NOISE);
  for (const [number, cluster] of order.entries()) numberOf[cluster] = number;
  const labels = new Int32Array(tree.count);
  const memberships = new Float64Array(tree.count);
  const outlierScores = new Float64Array(tree.count);
  const coreDistances = new Float64Array(tree.count);
  for (let at = 0; at < tree.count; at += 1) {
    const given = tree.order[at]!;
    const cluster = pickedAbove[lastCluster[at]!]!;
    labels[given] = cluster < 0 ? NOISE : numberOf[cluster]!;
    memberships[given] = cluster < 0 ? 0 : leftAt[at]! / greatest[cluster]!;
    outlierScores[given] = 1 - leftAt[at]! / greatest[lastCluster[at]!]!;
    coreDistances[given] = cores[at]!;
  }
  const clusters = order.map((cluster) => ({
    weight: sizes[cluster]!,
    stability: stabilities[cluster]!,
    splitAt: 1 / births[cluster]!,
  }));
  return { labels, clusters, memberships, outlierScores, coreDistances };
}

/** The picked clusters in the order of their lowest points, by z, then y, then x: on the Earth, southernmost first. */
function numberByLowest(tree: KdTree, lastCluster: Int32Array, pickedAbove: Int32Array): number[] {
  const lowest = new Map<number, number>();
  for (let at = 0; at < tree.count; at += 1) {
    const cluster = pickedAbove[lastCluster[at]!]!;
    if (cluster < 0) continue;
    const known = lowest.get(cluster);
    if (known === undefined || compare(tree, at, known) < 0) lowest.set(cluster, at);
  }
  return [...lowest.keys()].sort((a, b) => compare(tree, lowest.get(a)!, lowest.get(b)!));
}

function compare({ points }: KdTree, a: number, b: number): number {
  for (let axis = 2; axis >= 0; axis -= 1) {
    const difference = points[3 * a + axis]! - points[3 * b + axis]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function nothingFound(count: number): DiscoveredClusters {
  return {
    labels: new Int32Array(count).fill(NOISE),
    clusters: [],
    memberships: new Float64Array(count),
    outlierScores: new Float64Array(count),
    coreDistances: new Float64Array(count).fill(Infinity),
  };
}
