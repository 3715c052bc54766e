/** The cylinders of a space-time scan: circles of cells around each cell, over the last few steps before an end. */
import type { Position } from '../../geo/position.ts';
import { chordOfKm, EARTH_RADIUS_KM, toUnitVector } from '../../geo/sphere.ts';

/** Circles around each cell, the smaller in the larger. */
export interface Circles {
  /** Around cell c, cells by distance: order[starts[c]] (itself) … order[starts[c + 1] − 1]. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
  /** 1 where a circle may end: the next cell is farther. Cells equally far come in together, so their order does not show. */
  readonly closes: Uint8Array;
  /** Distance of each cell of `order` from its centre. */
  readonly radiiKm: Float32Array;
}

export interface Cylinders extends Circles {
  readonly cells: number;
  readonly steps: number;
  /** The longest window, in steps. */
  readonly longest: number;
  /** Windows end before these steps. */
  readonly ends: Int32Array;
}

/** More windows than this are not held in memory: 2 bytes each. */
const MOST_WINDOWS = 4e8;

/** Nearer than this part of their distance, two cells are equally far. */
const SAME_DISTANCE = 1e-9;

/**
 * Circles are as wide as `maxRadiusKm` and as `maxShare` of all expected events (`weights`: by cell) let them be, and always hold the centre. `ends`: windows that
 * end with the last step only, or anywhere. Too many windows are a RangeError that says so.
 */
export function cylinders(
  positions: readonly Position[],
  weights: Float64Array,
  steps: number,
  options: { longest: number; maxShare: number; maxRadiusKm: number; ends: 'last' | 'any' },
): Cylinders {
  const { longest } = options;
  const ends = options.ends === 'last' ? [steps] : Array.from({ length: steps }, (_, step) => step + 1);
  const circles = circlesAround(positions, weights, options, MOST_WINDOWS / (longest * ends.length));
  if (circles === null) {
    throw new RangeError(
      `cylinders: found more than ${MOST_WINDOWS} windows, wanted at most ${MOST_WINDOWS}: smaller circles, shorter windows, or only those that end last`,
    );
  }
  return { ...circles, cells: positions.length, steps, longest, ends: Int32Array.from(ends) };
}

/** Null where the circles hold more than `mostHeld` cells, each centre's widest one counted: found out before more are held. */
export function circlesAround(
  positions: readonly Position[],
  weights: Float64Array,
  { maxShare, maxRadiusKm }: { readonly maxShare: number; readonly maxRadiusKm: number },
  mostHeld: number,
): Circles | null {
  const cells = positions.length;
  const vectors = positions.map(toUnitVector);
  const most = weights.reduce((sum, weight) => sum + weight, 0) * maxShare;
  // More than a hair more: what is as far as the last within the radius comes in with it, and is judged below.
  const squaredReach = (chordOfKm(maxRadiusKm) * (1 + 1e-6)) ** 2;
  const starts = new Int32Array(cells + 1);
  const order: number[] = [];
  const closes: number[] = [];
  const radii: number[] = [];
  const chords = new Float64Array(cells);
  const reached = new Uint32Array(cells);
  for (let centre = 0; centre < cells; centre += 1) {
    const [x, y, z] = vectors[centre]!;
    let count = 0;
    for (const [cell, other] of vectors.entries()) {
      const [dx, dy, dz] = [other[0] - x, other[1] - y, other[2] - z];
      if (dx * dx + dy * dy + dz * dz > squaredReach) continue;
      chords[cell] = Math.hypot(dx, dy, dz);
      reached[count] = cell;
      count += 1;
    }
    const near = reached.slice(0, count).sort((a, b) => chords[a]! - chords[b]!);
    let inside = 0;
    for (let from = 0; from < count; ) {
      // Places that repeat are at distance 0 of each other, and come in with the centre.
      let to = from + 1;
      while (to < count && chords[near[to]!]! <= chords[near[from]!]! * (1 + SAME_DISTANCE)) to += 1;
      const radiusKm = 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, chords[near[from]!]! / 2));
      for (let at = from; at < to; at += 1) inside += weights[near[at]!]!;
      if (from > 0 && (radiusKm > maxRadiusKm || inside > most * (1 + SAME_DISTANCE))) break;
      if (order.length + to - from > mostHeld) return null;
      for (let at = from; at < to; at += 1) {
        order.push(near[at]!);
        closes.push(at === to - 1 ? 1 : 0);
        radii.push(radiusKm);
      }
      from = to;
    }
    starts[centre + 1] = order.length;
  }
  return {
    starts,
    order: Int32Array.from(order),
    closes: Uint8Array.from(closes),
    radiiKm: Float32Array.from(radii),
  };
}

/** Sums over the last 1 … longest steps before an end, cell by cell; steps before the first count as none. `values`: cell by cell, step by step. */
export function sumsBack<Sums extends Float64Array | Int32Array>(
  values: Float64Array,
  { cells, steps, longest }: Cylinders,
  end: number,
  sums: Sums,
): Sums {
  for (let cell = 0; cell < cells; cell += 1) {
    let sum = 0;
    for (let length = 0; length < longest; length += 1) {
      const step = end - 1 - length;
      if (step >= 0) sum += values[cell * steps + step]!;
      sums[cell * longest + length] = sum;
    }
  }
  return sums;
}

/**
 * Where blocks of circles begin: each holds a part of the root of how many cells lie before it, as what stands out does, and begins where a circle may. The
 * end of the last is there too.
 */
export function blocksOf({ cells, starts, closes }: Cylinders): {
  blocks: Int32Array;
  firstBlock: Int32Array;
} {
  const blocks: number[] = [];
  const firstBlock = new Int32Array(cells + 1);
  for (let centre = 0; centre < cells; centre += 1) {
    let begun = -Infinity;
    for (let at = starts[centre]!; at < starts[centre + 1]!; at += 1) {
      const mayBegin = at === starts[centre] || closes[at - 1] === 1;
      if (!mayBegin || at - begun < BLOCK_ROOT * Math.sqrt(at - starts[centre]!)) continue;
      blocks.push(at);
      begun = at;
    }
    firstBlock[centre + 1] = blocks.length;
  }
  blocks.push(starts[cells]!);
  return { blocks: Int32Array.from(blocks), firstBlock };
}

/** Wider blocks are fewer, and pass over less; this was the fastest of those tried. */
const BLOCK_ROOT = 0.4;
