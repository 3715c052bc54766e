/** Segments that lie close together in numbers: the density clustering of TRACLUS, exact, and the same in any order of the input. */
import { DisjointSets } from './disjoint-sets.ts';
import { KdTree } from './kd-tree.ts';
import { type Segment, segmentDistanceKm } from './segment-distance.ts';
import { chordOfKm } from './sphere.ts';

export const NO_CLUSTER = -1;

export interface SegmentClusters {
  /** Cluster of each segment, or NO_CLUSTER. Clusters are numbered by their lowest core segment. */
  readonly labels: Int32Array;
  /** 1 for core segments: those within `epsKm` of segments of `minGroups` groups, their own among them. */
  readonly core: Uint8Array;
  readonly clusters: number;
}

/**
 * `groups` names whose each segment is: where the paper counts segments to find cores, and trajectories to drop clusters of few, here both count
 * distinct groups, so that what is told twice of one group changes nothing. A border segment belongs to the cluster of its nearest core one,
 * equal distances to the lowest. Segments that head 90° or more apart are no neighbours: by the paper's angle distance alone a short one would join a way with
 * the way back. The distance is none in the strict sense (a third segment can be a short cut), so clusters are those of the paper's
 * definition: cores within `epsKm` of one another, chained. Null where more than `mostNeighbours` (each pair from both its sides) have an end within
 * `epsKm` of an end of the other, whatever their order.
 */
export function clusterSegments(
  segments: readonly Segment[],
  groups: Int32Array,
  {
    epsKm,
    minGroups,
    mostNeighbours = Infinity,
  }: { readonly epsKm: number; readonly minGroups: number; readonly mostNeighbours?: number },
): SegmentClusters | null {
  if (!(epsKm > 0 && minGroups > 0))
    throw new RangeError(`clusterSegments: found ${epsKm} km and minimum ${minGroups}, wanted both above 0`);
  const near = new NearSegments(segments, epsKm, mostNeighbours);
  const core = findCores(segments, groups, epsKm, minGroups, near);
  if (core === null) return null;
  near.met = 0;
  const roots = new DisjointSets(segments.length);
  const anchors = new Int32Array(segments.length).fill(NO_CLUSTER);
  for (const [number, segment] of segments.entries()) {
    if (core[number] === 1) anchors[number] = number;
    let least = epsKm;
    near.someNear(number, (other) => {
      if (core[other] !== 1) return false;
      if (core[number] === 1) {
        // Each pair of cores is met from both its sides.
        if (other > number || roots.find(other) === roots.find(number)) return false;
        if (segmentDistanceKm(segment, segments[other]!) <= epsKm) roots.join(other, number);
        return false;
      }
      const km = segmentDistanceKm(segment, segments[other]!);
      const known = anchors[number]!;
      if (km > least || (km === least && known >= 0 && !isLower(segments[other]!, segments[known]!)))
        return false;
      least = km;
      anchors[number] = other;
      return false;
    });
    if (near.met > mostNeighbours) return null;
  }
  return numbered(segments, groups, minGroups, core, (number) =>
    anchors[number] === NO_CLUSTER ? NO_CLUSTER : roots.find(anchors[number]!),
  );
}

/** Null where more neighbours are met, of those that have to be. */
function findCores(
  segments: readonly Segment[],
  groups: Int32Array,
  epsKm: number,
  minGroups: number,
  near: NearSegments,
): Uint8Array | null {
  const core = new Uint8Array(segments.length);
  const counted = new Int32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0)).fill(-1);
  for (const [number, segment] of segments.entries()) {
    let found = 1;
    counted[groups[number]!] = number;
    near.someNear(number, (other) => {
      const group = groups[other]!;
      if (
        found < minGroups &&
        counted[group] !== number &&
        segmentDistanceKm(segment, segments[other]!) <= epsKm
      ) {
        counted[group] = number;
        found += 1;
      }
      return found >= minGroups;
    });
    if (near.met > near.most) return null;
    if (found >= minGroups) core[number] = 1;
  }
  return core;
}

/** Clusters of fewer groups than the minimum go: their border segments may have come to lie in others. */
function numbered(
  segments: readonly Segment[],
  groups: Int32Array,
  minGroups: number,
  core: Uint8Array,
  rootOf: (number: number) => number,
): SegmentClusters {
  const found = new Map<number, { lowest: Segment; readonly groups: Set<number> }>();
  const rootsOf = Int32Array.from(segments, (_, number) => rootOf(number));
  for (const [number, segment] of segments.entries()) {
    const root = rootsOf[number]!;
    if (root === NO_CLUSTER) continue;
    const cluster = found.get(root);
    if (!cluster) found.set(root, { lowest: segments[root]!, groups: new Set([groups[number]!]) });
    else {
      cluster.groups.add(groups[number]!);
      if (core[number] === 1 && isLower(segment, cluster.lowest)) cluster.lowest = segment;
    }
  }
  const kept = [...found]
    .filter(([, { groups: own }]) => own.size >= minGroups)
    .sort(([, a], [, b]) => (isLower(a.lowest, b.lowest) ? -1 : 1));
  const numberOf = new Map(kept.map(([root], number) => [root, number]));
  return {
    labels: rootsOf.map((root) => numberOf.get(root) ?? NO_CLUSTER),
    core,
    clusters: kept.length,
  };
}

/** Less than 90° apart. */
function headAlike({ frame: a }: Segment, { frame: b }: Segment): boolean {
  return a.along[0] * b.along[0] + a.along[1] * b.along[1] + a.along[2] * b.along[2] > 0;
}

/** By z, then y, then x of the start, then of the end: on the Earth, southernmost first. */
function isLower(a: Segment, b: Segment): boolean {
  for (const end of ['start', 'end'] as const) {
    for (let axis = 2; axis >= 0; axis -= 1) {
      const difference = a[end][axis]! - b[end][axis]!;
      if (difference !== 0) return difference < 0;
    }
  }
  return false;
}

/**
 * Those that can lie within the distance, and head the same way. Some end of two such segments lies within it of an end of the other: it falls upon the
 * line within the parallel distance of an end, and beside it by no more than the other two distances together (with l₁ ≥ l₂ the Lehmer mean and l₁ − l₂
 * are l₁ or more).
 */
class NearSegments {
  readonly #segments: readonly Segment[];
  readonly #tree: KdTree;
  /** By end (start, then end of each segment), its place in the tree's sequence. */
  readonly #placeOf: Int32Array;
  readonly #squaredReach: number;
  /** By segment, the one it was last met from. */
  readonly #metFrom: Int32Array;
  #visits = 0;
  /** So many neighbours were met so far. Beyond `most` of them no more are. */
  met = 0;
  readonly most: number;

  constructor(segments: readonly Segment[], epsKm: number, most: number) {
    this.#segments = segments;
    this.most = most;
    const ends = new Float64Array(6 * segments.length);
    for (const [number, { start, end }] of segments.entries()) {
      ends.set(start, 6 * number);
      ends.set(end, 6 * number + 3);
    }
    this.#tree = new KdTree(ends);
    this.#placeOf = new Int32Array(2 * segments.length);
    for (const [place, end] of this.#tree.order.entries()) this.#placeOf[end] = place;
    // A hair more, so that rounding drops no pair.
    this.#squaredReach = (chordOfKm(epsKm) * (1 + 1e-9)) ** 2;
    this.#metFrom = new Int32Array(segments.length).fill(-1);
  }

  /** Asks of each of them once, in no particular order, the segment itself left out, until one passes. */
  someNear(segment: number, test: (other: number) => boolean): void {
    const visits = this.#visits;
    this.#visits += 1;
    this.#metFrom[segment] = visits;
    const asked = (place: number): boolean => {
      const other = this.#tree.order[place]! >> 1;
      if (this.#metFrom[other] === visits) return false;
      this.#metFrom[other] = visits;
      this.met += 1;
      if (this.met > this.most) return true;
      return headAlike(this.#segments[segment]!, this.#segments[other]!) && test(other);
    };
    for (const end of [2 * segment, 2 * segment + 1])
      if (this.#tree.someWithin(this.#placeOf[end]!, this.#squaredReach, asked)) return;
  }
}
