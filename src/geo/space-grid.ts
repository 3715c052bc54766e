/** Points in space sorted into boxes so small that all points of one box are within a radius of each other. */

/** Boxes of side radius/√3 reach the radius after √3 < 2 of them. */
const REACH = 2;

/** Above this a box's key would no longer be an exact integer. */
const MOST_BOXES = 2 ** 53;

export class SpaceGrid {
  readonly squaredRadius: number;
  /** How many boxes hold points. Points of box b are starts[b] … starts[b + 1] − 1, in the grid's own sequence. */
  readonly boxes: number;
  readonly starts: Int32Array;
  /** From the grid's sequence to the number a point was given with. */
  readonly order: Int32Array;
  /** x, y, z after one another, in the grid's sequence: neighbours in space are neighbours in memory. */
  readonly points: Float64Array;
  /** Ascending: boxes in x, then y, then z. */
  readonly #keys: Float64Array;
  readonly #columnStep: number;
  readonly #rowStep: number;

  /**
   * `points`: x, y, z after one another. A RangeError where the points' extent over the radius takes more than 2⁵³ boxes: on the whole Earth
   * that is a radius below 120 m, on a country's border below a metre.
   */
  constructor(points: Float64Array, radius: number) {
    const count = points.length / 3;
    this.squaredRadius = radius * radius;
    // A hair smaller than radius/√3, so that rounding cannot put two points of one box beyond the radius.
    const side = (radius / Math.sqrt(3)) * (1 - 1e-9);
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 1) {
      low[i % 3] = Math.min(low[i % 3]!, points[i]!);
      high[i % 3] = Math.max(high[i % 3]!, points[i]!);
    }
    // A margin on both sides keeps a step from the last box of one row from landing in the next.
    const extent = low.map((from, axis) => Math.floor((high[axis]! - from) / side) + 1 + 2 * REACH);
    if (count > 0 && extent[0]! * extent[1]! * extent[2]! > MOST_BOXES) {
      throw new RangeError(
        `SpaceGrid: found ${extent.join(' × ')} boxes, wanted at most 2^53: a larger radius`,
      );
    }
    this.#columnStep = extent[2]!;
    this.#rowStep = extent[1]! * extent[2]!;
    const keyOf = Float64Array.from({ length: count }, (_, i) => {
      const x = Math.floor((points[3 * i]! - low[0]!) / side);
      const y = Math.floor((points[3 * i + 1]! - low[1]!) / side);
      const z = Math.floor((points[3 * i + 2]! - low[2]!) / side);
      return (x + REACH) * this.#rowStep + (y + REACH) * this.#columnStep + z + REACH;
    });
    this.#keys = distinct(keyOf);
    this.boxes = this.#keys.length;
    const boxOf = Int32Array.from(keyOf, (key) => rankOf(this.#keys, key));
    this.starts = new Int32Array(this.boxes + 1);
    for (let i = 0; i < count; i += 1) this.starts[boxOf[i]! + 1]! += 1;
    for (let box = 0; box < this.boxes; box += 1) this.starts[box + 1]! += this.starts[box]!;
    const next = this.starts.slice();
    this.order = new Int32Array(count);
    this.points = new Float64Array(points.length);
    for (let i = 0; i < count; i += 1) {
      const at = next[boxOf[i]!]!;
      next[boxOf[i]!] = at + 1;
      this.order[at] = i;
      for (let axis = 0; axis < 3; axis += 1) this.points[3 * at + axis] = points[3 * i + axis]!;
    }
  }

  /**
   * A walk over the boxes: called with ascending box numbers, it gives the other boxes that can hold a point within the radius. One pointer for
   * each of the 25 columns around moves along with the box, so nothing is looked up. The answer is reused by the next call.
   */
  walk(): (box: number) => readonly number[] {
    const steps: number[] = [];
    for (let x = -REACH; x <= REACH; x += 1) {
      for (let y = -REACH; y <= REACH; y += 1) steps.push(x * this.#rowStep + y * this.#columnStep);
    }
    const pointers = new Int32Array(steps.length);
    const near: number[] = [];
    return (box) => {
      near.length = 0;
      for (let column = 0; column < steps.length; column += 1) {
        const middle = this.#keys[box]! + steps[column]!;
        let at = pointers[column]!;
        while (at < this.boxes && this.#keys[at]! < middle - REACH) at += 1;
        pointers[column] = at;
        for (; at < this.boxes && this.#keys[at]! <= middle + REACH; at += 1) if (at !== box) near.push(at);
      }
      return near;
    };
  }

  squaredDistance(a: number, b: number): number {
    const x = this.points[3 * a]! - this.points[3 * b]!;
    const y = this.points[3 * a + 1]! - this.points[3 * b + 1]!;
    const z = this.points[3 * a + 2]! - this.points[3 * b + 2]!;
    return x * x + y * y + z * z;
  }

  /** By z, then y, then x: on the Earth, southernmost first. */
  isLower(a: number, b: number): boolean {
    for (let axis = 2; axis >= 0; axis -= 1) {
      const difference = this.points[3 * a + axis]! - this.points[3 * b + axis]!;
      if (difference !== 0) return difference < 0;
    }
    return false;
  }

  /** Whether some point of the one list is within the radius of some point of the other. */
  haveClosePair(some: ArrayLike<number>, others: ArrayLike<number>): boolean {
    // Most points of two full boxes cannot reach the other box's points at all; without them the pairs are few.
    const candidates = this.#withinReach(some, others);
    const targets = this.#withinReach(others, candidates);
    for (let i = 0; i < candidates.length; i += 1) {
      for (let j = 0; j < targets.length; j += 1) {
        if (this.squaredDistance(candidates[i]!, targets[j]!) <= this.squaredRadius) return true;
      }
    }
    return false;
  }

  #withinReach(some: ArrayLike<number>, others: ArrayLike<number>): ArrayLike<number> {
    if (some.length * others.length < 64) return some;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < others.length; i += 1) {
      for (let axis = 0; axis < 3; axis += 1) {
        const at = this.points[3 * others[i]! + axis]!;
        low[axis] = Math.min(low[axis]!, at);
        high[axis] = Math.max(high[axis]!, at);
      }
    }
    return Array.from(some).filter((point) => {
      let squared = 0;
      for (let axis = 0; axis < 3; axis += 1) {
        const at = this.points[3 * point + axis]!;
        squared += Math.max(low[axis]! - at, at - high[axis]!, 0) ** 2;
      }
      return squared <= this.squaredRadius;
    });
  }
}

function distinct(keys: Float64Array): Float64Array {
  const sorted = keys.slice().sort();
  return sorted.filter((key, i) => i === 0 || key !== sorted[i - 1]);
}

function rankOf(sorted: Float64Array, key: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
