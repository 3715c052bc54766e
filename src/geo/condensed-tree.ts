/** A tree of points, cut at every length at once: which clusters appear, how long each lasts, and who leaves when (Campello, Moulavi & Sander, 2013). */
import { DisjointSets } from './disjoint-sets.ts';

/** Edges of a spanning tree over points 0 … n − 1, in any order. */
export interface TreeEdges {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly lengths: ArrayLike<number>;
}

/** Cluster 0 holds everything; every other cluster comes after its parent. λ is 1 / length. */
export interface CondensedTree {
  /** −1 for cluster 0. */
  readonly parents: readonly number[];
  /** The λ at which a cluster split off its parent. */
  readonly births: readonly number[];
  /** Weight of a cluster's points at its birth. */
  readonly sizes: readonly number[];
  /** Σ over its points of weight × (λ at which the point, or the split it went with, left − λ of birth). */
  readonly stabilities: readonly number[];
  /** By point: the last cluster it was in, and the λ at which it left that. */
  readonly lastCluster: Int32Array;
  readonly leftAt: Float64Array;
}

/** When the points of a part too small to be a cluster leave: with the part, or each when it is alone (or the cluster splits). */
export type SmallParts = 'leave' | 'linger';

/**
 * As the length falls, edges longer than it go, equal ones together, so the order of the input does not show. Where two or more parts weigh at
 * least `minSize`, each is a new cluster; other parts are points that leave, when `smallParts` says. A single point may weigh enough to be a cluster,
 * until its own core distance (`cores`, in the unit of the lengths, above 0) is reached.
 */
export function condense(
  edges: TreeEdges,
  weights: ArrayLike<number>,
  cores: ArrayLike<number>,
  minSize: number,
  smallParts: SmallParts,
): CondensedTree {
  const count = weights.length;
  const { root, length, weight, firstChild, next } = mergeTree(edges, weights, cores);
  const parents = [-1];
  const births = [0];
  const sizes = [root < 0 ? 0 : weight[root]!];
  const splits = [Infinity];
  const lastCluster = new Int32Array(count);
  const leftAt = new Float64Array(count);
  const leave = (part: number, cluster: number, lambda: number): void => {
    const stack = [part];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (at < count) {
        lastCluster[at] = cluster;
        leftAt[at] = smallParts === 'leave' ? lambda : 1 / length[at]!;
      } else for (let child = firstChild[at]!; child >= 0; child = next[child]!) stack.push(child);
    }
  };
  const open: [node: number, cluster: number][] = root < 0 ? [] : [[root, 0]];
  while (open.length > 0) {
    const [node, cluster] = open.pop()!;
    const lambda = 1 / length[node]!;
    const staying: number[] = [];
    if (node < count) leave(node, cluster, lambda);
    for (let child = firstChild[node]!; child >= 0; child = next[child]!) {
      // A point whose own length is no shorter has come apart already, whatever it weighs.
      if (weight[child]! >= minSize && length[child]! < length[node]!) staying.push(child);
      else leave(child, cluster, lambda);
    }
    if (staying.length === 1) open.push([staying[0]!, cluster]);
    else if (staying.length > 1) {
      splits[cluster] = lambda;
      for (const child of staying) {
        open.push([child, parents.length]);
        parents.push(cluster);
        births.push(lambda);
        sizes.push(weight[child]!);
        splits.push(Infinity);
      }
    }
  }
  for (let at = 0; at < count; at += 1) leftAt[at] = Math.min(leftAt[at]!, splits[lastCluster[at]!]!);
  const stabilities = parents.map(() => 0);
  for (let at = 0; at < count; at += 1)
    stabilities[lastCluster[at]!]! += weights[at]! * (leftAt[at]! - births[lastCluster[at]!]!);
  for (let cluster = 1; cluster < parents.length; cluster += 1) {
    const parent = parents[cluster]!;
    stabilities[parent]! += sizes[cluster]! * (births[cluster]! - births[parent]!);
  }
  return { parents, births, sizes, stabilities, lastCluster, leftAt };
}

/**
 * By excess of mass: of all ways to pick clusters of which none lies in another, the one with the most stability; 1 for those picked. A parent
 * that is as stable as the best of its parts together is taken before them. Cluster 0 only if `mayBeAll`.
 */
export function mostStable({ parents, stabilities }: CondensedTree, mayBeAll: boolean): Uint8Array {
  const picked = new Uint8Array(parents.length);
  const below = new Float64Array(parents.length);
  const lowest = mayBeAll ? 0 : 1;
  for (let cluster = parents.length - 1; cluster >= lowest; cluster -= 1) {
    if (stabilities[cluster]! >= below[cluster]!) picked[cluster] = 1;
    const best = Math.max(stabilities[cluster]!, below[cluster]!);
    if (cluster > 0) below[parents[cluster]!]! += best;
  }
  // What lies in a picked cluster is part of it.
  const covered = new Uint8Array(parents.length);
  for (let cluster = 1; cluster < parents.length; cluster += 1) {
    const parent = parents[cluster]!;
    covered[cluster] = covered[parent]! | picked[parent]!;
    if (covered[cluster]) picked[cluster] = 0;
  }
  return picked;
}

/** Nodes 0 … n − 1 are the points; a later node is made of two or more earlier ones that join at one length. */
interface MergeTree {
  readonly root: number;
  /** At which a node comes apart. A point that stands for two or more does so at its core distance, any other where it leaves its parent. */
  readonly length: Float64Array;
  readonly weight: Float64Array;
  readonly firstChild: Int32Array;
  /** The next child of the same parent; −1 ends a list. */
  readonly next: Int32Array;
}

function mergeTree(
  { from, to, lengths }: TreeEdges,
  weights: ArrayLike<number>,
  cores: ArrayLike<number>,
): MergeTree {
  const count = weights.length;
  const most = Math.max(0, 2 * count - 1);
  const length = new Float64Array(most);
  const weight = new Float64Array(most);
  for (let point = 0; point < count; point += 1) weight[point] = weights[point]!;
  const firstChild = new Int32Array(most).fill(-1);
  const lastChild = new Int32Array(most).fill(-1);
  const next = new Int32Array(most).fill(-1);
  const append = (parent: number, first: number, last: number): void => {
    if (firstChild[parent]! < 0) firstChild[parent] = first;
    else next[lastChild[parent]!] = first;
    lastChild[parent] = last;
  };
  const sets = new DisjointSets(count);
  const nodeOf = Int32Array.from({ length: count }, (_, i) => i);
  let nodes = count;
  const byLength = Uint32Array.from({ length: lengths.length }, (_, i) => i).sort(
    (a, b) => lengths[a]! - lengths[b]!,
  );
  for (const edge of byLength) {
    const a = nodeOf[sets.find(from[edge]!)]!;
    const b = nodeOf[sets.find(to[edge]!)]!;
    // A node of this same length is still being filled: equal edges are one merge.
    const isOpen = (node: number): boolean => node >= count && length[node] === lengths[edge]!;
    const parent = isOpen(a) ? a : isOpen(b) ? b : nodes;
    if (parent === nodes) {
      nodes += 1;
      length[parent] = lengths[edge]!;
    }
    for (const part of [a, b]) {
      if (part === parent) continue;
      if (isOpen(part)) append(parent, firstChild[part]!, lastChild[part]!);
      else append(parent, part, part);
    }
    weight[parent] = weight[a]! + weight[b]!;
    nodeOf[sets.join(from[edge]!, to[edge]!)] = parent;
  }
  for (let node = count; node < nodes; node += 1) {
    for (let child = firstChild[node]!; child >= 0; child = next[child]!)
      if (child < count) length[child] = weight[child]! >= 2 ? cores[child]! : length[node]!;
  }
  if (count === 1) length[0] = cores[0]!;
  return { root: count === 0 ? -1 : nodeOf[sets.find(0)]!, length, weight, firstChild, next };
}
