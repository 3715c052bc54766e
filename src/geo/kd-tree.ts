/** Points in space halved again and again along their widest axis: who is nearest, without looking at everybody (Bentley, 1975). */

/** Small enough that most of a leaf matters to a query that reaches it, large enough that the tree stays shallow. */
const MOST_IN_LEAF = 12;

/**
 * Points of node t are from[t] … to[t] − 1 of the tree's own sequence. A leaf has no children; of any other node the children are left[t]
 * and left[t] + 1, and both come after it.
 */
export class KdTree {
  readonly count: number;
  /** How many nodes there are; 0 is the root. */
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The first child, 0 for a leaf. */
  readonly left: Int32Array;
  /** x, y, z after one another, in the tree's sequence: neighbours in space are neighbours in memory. */
  readonly points: Float64Array;
  /** From the tree's sequence to the number a point was given with. */
  readonly order: Int32Array;
  /** Lowest x, y, z and highest x, y, z of each node's points. */
  readonly #boxes: Float64Array;

  /** `points`: x, y, z after one another, in any unit; plane data have z = 0. Coordinates that are no number are a RangeError. */
  constructor(points: Float64Array) {
    if (!points.every(Number.isFinite)) throw new RangeError('KdTree: found a coordinate that is no number');
    this.count = points.length / 3;
    this.order = Int32Array.from({ length: this.count }, (_, i) => i);
    const most = Math.max(1, 2 * Math.ceil((4 * this.count) / MOST_IN_LEAF));
    this.from = new Int32Array(most);
    this.to = new Int32Array(most);
    this.left = new Int32Array(most);
    this.#boxes = new Float64Array(6 * most);
    this.to[0] = this.count;
    let nodes = 1;
    for (let node = 0; node < nodes; node += 1) {
      const axis = this.#measure(node, points);
      if (this.to[node]! - this.from[node]! <= MOST_IN_LEAF) continue;
      const middle = (this.from[node]! + this.to[node]!) >>> 1;
      putInPlace(this.order, points, axis, this.from[node]!, this.to[node]! - 1, middle);
      this.left[node] = nodes;
      this.from[nodes] = this.from[node]!;
      this.to[nodes] = middle;
      this.from[nodes + 1] = middle;
      this.to[nodes + 1] = this.to[node]!;
      nodes += 2;
    }
    this.nodes = nodes;
    this.points = Float64Array.from(points, (_, i) => points[3 * this.order[Math.floor(i / 3)]! + (i % 3)]!);
  }

  squaredDistance(a: number, b: number): number {
    const x = this.points[3 * a]! - this.points[3 * b]!;
    const y = this.points[3 * a + 1]! - this.points[3 * b + 1]!;
    const z = this.points[3 * a + 2]! - this.points[3 * b + 2]!;
    return x * x + y * y + z * z;
  }

  /** From a point to the nearest place where a point of this node could lie. */
  squaredDistanceToNode(point: number, node: number): number {
    let squared = 0;
    for (let axis = 0; axis < 3; axis += 1) {
      const at = this.points[3 * point + axis]!;
      const below = this.#boxes[6 * node + axis]! - at;
      const above = at - this.#boxes[6 * node + 3 + axis]!;
      const beyond = below > above ? below : above;
      if (beyond > 0) squared += beyond * beyond;
    }
    return squared;
  }

  /**
   * For each point of the tree's sequence, the squared distance within which the points' weights (in the same sequence) first sum to `minWeight`, the
   * point itself counted. Infinity where all of them are too few.
   */
  squaredReaches(weights: Float64Array, minWeight: number): Float64Array {
    const reaches = new Float64Array(this.count);
    const nearest = new NearestByWeight(minWeight);
    const stack: number[] = [];
    for (let point = 0; point < this.count; point += 1) {
      nearest.clear();
      stack.push(0);
      while (stack.length > 0) {
        const node = stack.pop()!;
        if (this.squaredDistanceToNode(point, node) >= nearest.reach) continue;
        if (this.left[node] !== 0) {
          this.pushNearerLast(point, node, stack);
          continue;
        }
        for (let other = this.from[node]!; other < this.to[node]!; other += 1)
          nearest.offer(this.squaredDistance(point, other), weights[other]!);
      }
      reaches[point] = nearest.reach;
    }
    return reaches;
  }

  /** Calls `visit` for each point within the distance, the point itself among them; points are numbers of the tree's sequence. */
  visitWithin(point: number, squaredRadius: number, visit: (other: number) => void): void {
    this.someWithin(point, squaredRadius, (other) => {
      visit(other);
      return false;
    });
  }

  /** Whether `test` holds for one of the points within the distance, the point itself among them; none is asked after the first that it holds for. */
  someWithin(point: number, squaredRadius: number, test: (other: number) => boolean): boolean {
    const stack = [0];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.squaredDistanceToNode(point, node) > squaredRadius) continue;
      const first = this.left[node]!;
      if (first !== 0) stack.push(first + 1, first);
      else {
        for (let other = this.from[node]!; other < this.to[node]!; other += 1)
          if (this.squaredDistance(point, other) <= squaredRadius && test(other)) return true;
      }
    }
    return false;
  }

  /** Both children go on the stack, the one nearer to the point on top. */
  pushNearerLast(point: number, node: number, stack: number[]): void {
    const first = this.left[node]!;
    if (this.squaredDistanceToNode(point, first) <= this.squaredDistanceToNode(point, first + 1))
      stack.push(first + 1, first);
    else stack.push(first, first + 1);
  }

  /** Writes the node's box; its widest axis is the answer. */
  #measure(node: number, points: Float64Array): number {
    let widest = 0;
    for (let axis = 0; axis < 3; axis += 1) {
      let low = Infinity;
      let high = -Infinity;
      for (let at = this.from[node]!; at < this.to[node]!; at += 1) {
        const value = points[3 * this.order[at]! + axis]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.#boxes[6 * node + axis] = low;
      this.#boxes[6 * node + 3 + axis] = high;
      if (high - low > this.#boxes[6 * node + 3 + widest]! - this.#boxes[6 * node + widest]!) widest = axis;
    }
    return widest;
  }
}

/** The nearest points so far, no more of them than it takes to reach the weight. */
class NearestByWeight {
  /** The squared distance of the last one needed; Infinity until there are enough. */
  reach = Infinity;
  readonly #minWeight: number;
  readonly #distances: number[] = [];
  readonly #weights: number[] = [];
  #sum = 0;

  constructor(minWeight: number) {
    this.#minWeight = minWeight;
  }

  clear(): void {
    this.#distances.length = 0;
    this.#weights.length = 0;
    this.#sum = 0;
    this.reach = Infinity;
  }

  offer(distance: number, weight: number): void {
    if (distance >= this.reach) return;
    let at = this.#distances.length;
    this.#distances.push(distance);
    this.#weights.push(weight);
    for (; at > 0 && this.#distances[at - 1]! > distance; at -= 1) {
      this.#distances[at] = this.#distances[at - 1]!;
      this.#weights[at] = this.#weights[at - 1]!;
    }
    this.#distances[at] = distance;
    this.#weights[at] = weight;
    this.#sum += weight;
    while (this.#sum - this.#weights.at(-1)! >= this.#minWeight) {
      this.#sum -= this.#weights.pop()!;
      this.#distances.pop();
    }
    if (this.#sum >= this.#minWeight) this.reach = this.#distances.at(-1)!;
  }
}

/** Hoare's selection: afterwards nothing before `wanted` is greater along the axis, and nothing after it is less. */
function putInPlace(
  order: Int32Array,
  points: Float64Array,
  axis: number,
  low: number,
  high: number,
  wanted: number,
): void {
  let [start, end] = [low, high];
  while (start < end) {
    const pivot = points[3 * order[(start + end) >>> 1]! + axis]!;
    let [i, j] = [start, end];
    while (i <= j) {
      while (points[3 * order[i]! + axis]! < pivot) i += 1;
      while (points[3 * order[j]! + axis]! > pivot) j -= 1;
      if (i > j) break;
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
      i += 1;
      j -= 1;
    }
    if (wanted <= j) end = j;
    else if (wanted >= i) start = i;
    else return;
  }
}
