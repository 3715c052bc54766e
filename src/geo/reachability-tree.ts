/** The cheapest tree over all points when a step costs their mutual reachability: Borůvka's rounds over a k-d tree (March, Ram & Gray, KDD 2010). */
import { DisjointSets } from './disjoint-sets.ts';
import type { KdTree } from './kd-tree.ts';

/** One edge fewer than there are points, from[e]–to[e] in the k-d tree's sequence; in no order. */
export interface SpanningTree {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The squared mutual reachability of the two ends. */
  readonly squared: Float64Array;
}

/**
 * `squaredCores`: each point's squared core distance, in the tree's sequence. The mutual reachability of a and b is the largest of both
 * core distances and of the distance between them (Campello, Moulavi & Sander, PAKDD 2013). Of equal edges any may be taken: the
 * groups that hang together below any length are the same for every such tree. A core distance without end is a RangeError.
 */
export function reachabilityTree(tree: KdTree, squaredCores: Float64Array): SpanningTree {
  if (!squaredCores.every(Number.isFinite))
    throw new RangeError('reachabilityTree: found a core distance without end, wanted enough points');
  const edges = Math.max(0, tree.count - 1);
  const found = { from: new Int32Array(edges), to: new Int32Array(edges), squared: new Float64Array(edges) };
  const sets = new DisjointSets(tree.count);
  const search = new NearestStranger(tree, squaredCores);
  for (let filled = 0; filled < edges; ) {
    search.round(sets);
    for (let root = 0; root < tree.count; root += 1) {
      const from = search.insider[root]!;
      // Two sets that chose the same edge, or a ring of equal edges, join once.
      if (from < 0 || sets.find(from) === sets.find(search.stranger[root]!)) continue;
      sets.join(from, search.stranger[root]!);
      found.from[filled] = from;
      found.to[filled] = search.stranger[root]!;
      found.squared[filled] = search.best[root]!;
      filled += 1;
    }
  }
  return found;
}

/** For each set, its cheapest edge to a point outside. */
class NearestStranger {
  /** By root: the edge's end inside (−1: none), its end outside, and its squared cost. */
  readonly insider: Int32Array;
  readonly stranger: Int32Array;
  readonly best: Float64Array;
  readonly #tree: KdTree;
  readonly #cores: Float64Array;
  /** No edge of this point to another set can be cheaper; sets only grow, so what one round learnt holds in the next. */
  readonly #atLeast: Float64Array;
  readonly #lowestCore: Float64Array;
  /** The one set all points of a node are in, or −1. */
  readonly #setOfNode: Int32Array;
  readonly #setOf: Int32Array;
  readonly #stack: number[] = [];

  constructor(tree: KdTree, cores: Float64Array) {
    this.#tree = tree;
    this.#cores = cores;
    this.insider = new Int32Array(tree.count);
    this.stranger = new Int32Array(tree.count);
    this.best = new Float64Array(tree.count);
    this.#atLeast = cores.slice();
    this.#setOf = new Int32Array(tree.count);
    this.#setOfNode = new Int32Array(tree.nodes);
    this.#lowestCore = new Float64Array(tree.nodes);
    for (let node = tree.nodes - 1; node >= 0; node -= 1) {
      const first = tree.left[node]!;
      this.#lowestCore[node] =
        first === 0
          ? cores.subarray(tree.from[node], tree.to[node]).reduce((a, b) => Math.min(a, b), Infinity)
          : Math.min(this.#lowestCore[first]!, this.#lowestCore[first + 1]!);
    }
  }

  round(sets: DisjointSets): void {
    this.insider.fill(-1);
    this.best.fill(Infinity);
    for (let point = 0; point < this.#tree.count; point += 1) this.#setOf[point] = sets.find(point);
    this.#markNodes();
    for (let point = 0; point < this.#tree.count; point += 1) {
      const own = this.#setOf[point]!;
      if (this.#atLeast[point]! >= this.best[own]!) continue;
      this.#search(point, own);
      this.#atLeast[point] = this.best[own]!;
    }
  }

  #search(point: number, own: number): void {
    const tree = this.#tree;
    const stack = this.#stack;
    const core = this.#cores[point]!;
    stack.push(0);
    while (stack.length > 0) {
      const node = stack.pop()!;
      const best = this.best[own]!;
      if (this.#setOfNode[node] === own || this.#lowestCore[node]! >= best) continue;
      if (tree.squaredDistanceToNode(point, node) >= best) continue;
      if (tree.left[node] !== 0) {
        tree.pushNearerLast(point, node, stack);
        continue;
      }
      for (let other = tree.from[node]!; other < tree.to[node]!; other += 1) {
        if (this.#setOf[other] === own || this.#cores[other]! >= this.best[own]!) continue;
        const cost = Math.max(tree.squaredDistance(point, other), core, this.#cores[other]!);
        if (cost >= this.best[own]!) continue;
        this.best[own] = cost;
        this.insider[own] = point;
        this.stranger[own] = other;
        // Nothing from this point is cheaper than its own core distance.
        if (cost <= core) {
          stack.length = 0;
          return;
        }
      }
    }
  }

  #markNodes(): void {
    const tree = this.#tree;
    for (let node = tree.nodes - 1; node >= 0; node -= 1) {
      const first = tree.left[node]!;
      if (first !== 0) {
        const set = this.#setOfNode[first]!;
        this.#setOfNode[node] = set === this.#setOfNode[first + 1] ? set : -1;
        continue;
      }
      let set = this.#setOf[tree.from[node]!]!;
      for (let at = tree.from[node]! + 1; at < tree.to[node]! && set >= 0; at += 1)
        if (this.#setOf[at] !== set) set = -1;
      this.#setOfNode[node] = set;
    }
  }
}
