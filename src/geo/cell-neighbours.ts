/** Who lies next to whom, for whole tables of cells: H3's digits are added by arithmetic, and only the edges of its 122 base cells ask the library. */
import { getPentagons, gridDisk } from 'h3-js';
import { CellIndex } from './cell-index.ts';
import { centreOf, fromIndex, toIndex } from './cells.ts';
import type { Neighbours } from './gi-star.ts';

/** The six sides in counter-clockwise order, as H3's digits I, IJ, J, JK, K, IK; opposite sides are three apart. */
const SIDE_DIGITS = [4, 6, 2, 3, 1, 5] as const;
export const SIDES = SIDE_DIGITS.length;

/** Steps of the digits 0–6 on two axes 120° apart. */
const DIGIT_STEPS = [
  [0, 0],
  [-1, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
  [0, -1],
  [1, 1],
] as const;

/** Where one step of a parent's two axes lands on its children's: an aperture 7 grid turns one way at odd and back at even resolutions. */
const ODD_AXES = [
  [2, -1],
  [1, 3],
] as const;
const EVEN_AXES = [
  [3, 1],
  [-1, 2],
] as const;

const ODD_SUMS = digitSums(ODD_AXES);
const EVEN_SUMS = digitSums(EVEN_AXES);
const PENTAGON_BASES = new Set(getPentagons(0).map((index) => Number((fromIndex(index) >> 45n) & 127n)));

/**
 * The numbers of each cell's neighbours in the index, six a cell in the order of SIDES, -1 where the neighbour is not in the index (or is
 * the missing side of a pentagon). Side s of a cell and side s of its neighbour point the same way, except across base cells,
 * where H3's own axes turn.
 */
export function neighbourTable(index: CellIndex): Int32Array {
  const table = new Int32Array(index.size * SIDES).fill(-1);
  const around = new Uint32Array(SIDES * 2);
  for (let number = 0; number < index.size; number += 1) {
    const present = sidesOf(index.high[number]!, index.low[number]!, around);
    for (let side = 0; side < SIDES; side += 1) {
      if (present & (1 << side))
        table[number * SIDES + side] = index.find(around[2 * side]!, around[2 * side + 1]!);
    }
  }
  return table;
}

/** Adds every cell within `rings` steps of those in the index. Numbers already given stay. */
export function growByRings(index: CellIndex, rings: number): void {
  const around = new Uint32Array(SIDES * 2);
  let from = 0;
  for (let ring = 0; ring < rings; ring += 1) {
    const to = index.size;
    for (let number = from; number < to; number += 1) {
      const present = sidesOf(index.high[number]!, index.low[number]!, around);
      for (let side = 0; side < SIDES; side += 1) {
        if (present & (1 << side)) index.add(around[2 * side]!, around[2 * side + 1]!);
      }
    }
    from = to;
  }
}

/** For each cell of the index, the others of the index within `rings` steps (through cells of the index or not), itself left out. */
export function neighboursWithin(index: CellIndex, rings: number): Neighbours {
  const inside = index.size;
  const wider = new CellIndex(inside * 2);
  for (let number = 0; number < inside; number += 1) wider.add(index.high[number]!, index.low[number]!);
  // A path of `rings` steps between two inside cells leaves them by at most half of that.
  growByRings(wider, rings >> 1);
  const table = neighbourTable(wider);
  const offsets = new Int32Array(inside + 1);
  const seen = new Int32Array(wider.size).fill(-1);
  const queue = new Int32Array(1 + 3 * rings * (rings + 1));
  let flat = new Int32Array(inside * 6);
  let filled = 0;
  for (let number = 0; number < inside; number += 1) {
    if (filled + queue.length > flat.length) flat = lengthened(flat, queue.length);
    let from = 0;
    let to = 1;
    queue[0] = number;
    seen[number] = number;
    for (let ring = 0; ring < rings; ring += 1) {
      const end = to;
      for (; from < end; from += 1) {
        for (let side = queue[from]! * SIDES; side < queue[from]! * SIDES + SIDES; side += 1) {
          const next = table[side]!;
          if (next < 0 || seen[next] === number) continue;
          seen[next] = number;
          queue[to] = next;
          to += 1;
          if (next < inside) flat[filled++] = next;
        }
      }
    }
    offsets[number + 1] = filled;
  }
  return { offsets, neighbours: flat.subarray(0, filled) };
}

/** Writes high and low halves of the six neighbours into `around`; the result has a bit for each side that exists. */
function sidesOf(high: number, low: number, around: Uint32Array): number {
  if (PENTAGON_BASES.has((high >>> 13) & 127)) return sidesByLibrary(high, low, around, -1);
  for (let side = 0; side < SIDES; side += 1) {
    if (!step(high, low, SIDE_DIGITS[side]!, around, 2 * side)) {
      for (let known = 0; known < SIDES; known += 1) {
        if (step(high, low, SIDE_DIGITS[known]!, around, 2 * known))
          return sidesByLibrary(high, low, around, known);
      }
      return sidesByLibrary(high, low, around, -1);
    }
  }
  return 63;
}

/** One step in the direction of a digit; false when it leaves the base cell. */
function step(high: number, low: number, direction: number, around: Uint32Array, at: number): boolean {
  let carry = direction;
  for (let resolution = (high >>> 20) & 15; resolution > 0; resolution -= 1) {
    const offset = 3 * (15 - resolution);
    const digit =
      offset >= 32
        ? (high >>> (offset - 32)) & 7
        : offset === 30
          ? ((low >>> 30) | (high << 2)) & 7
          : (low >>> offset) & 7;
    const sum = (resolution % 2 === 1 ? ODD_SUMS : EVEN_SUMS)[digit * 7 + carry]!;
    const changed = digit ^ (sum >> 3);
    if (offset >= 32) high ^= changed << (offset - 32);
    else {
      low ^= changed << offset;
      if (offset === 30) high ^= changed >> 2;
    }
    carry = sum & 7;
    if (carry === 0) {
      around[at] = high;
      around[at + 1] = low;
      return true;
    }
  }
  return false;
}

/** The library's neighbours, put counter-clockwise, and turned so that a side already known keeps its place. */
function sidesByLibrary(high: number, low: number, around: Uint32Array, known: number): number {
  const cell = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  const [longitude, latitude] = centreOf(cell);
  const anchor = known < 0 ? 0n : (BigInt(around[2 * known]!) << 32n) | BigInt(around[2 * known + 1]!);
  const ring = gridDisk(toIndex(cell), 1)
    .map(fromIndex)
    .filter((other) => other !== cell)
    .map((other) => {
      const [otherLongitude, otherLatitude] = centreOf(other);
      const east = ((otherLongitude - longitude) * Math.PI) / 180;
      const from = (latitude * Math.PI) / 180;
      const to = (otherLatitude * Math.PI) / 180;
      const northward = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(east);
      return { other, angle: Math.atan2(northward, Math.sin(east) * Math.cos(to)) };
    })
    .sort((a, b) => a.angle - b.angle);
  const place = Math.max(
    0,
    ring.findIndex(({ other }) => other === anchor),
  );
  let present = 0;
  for (const [i, { other }] of ring.entries()) {
    const side = (i - place + Math.max(known, 0) + 2 * SIDES) % SIDES;
    around[2 * side] = Number(other >> 32n);
    around[2 * side + 1] = Number(other & 0xffffffffn);
    present |= 1 << side;
  }
  return present;
}

/** For digit × direction: the digit a step ends on (times 8) and the direction the parent must be stepped in (0: it stays). */
function digitSums(axes: readonly (readonly [number, number])[]): Uint8Array {
  const sums = new Uint8Array(49);
  const [[ax, ay], [bx, by]] = axes as readonly [readonly [number, number], readonly [number, number]];
  for (let digit = 0; digit < 7; digit += 1) {
    for (let direction = 0; direction < 7; direction += 1) {
      const x = DIGIT_STEPS[digit]![0] + DIGIT_STEPS[direction]![0];
      const y = DIGIT_STEPS[digit]![1] + DIGIT_STEPS[direction]![1];
      for (const [carry, [u, v]] of DIGIT_STEPS.entries()) {
        const left = [x - u * ax - v * bx, y - u * ay - v * by];
        const end = DIGIT_STEPS.findIndex(([du, dv]) => du === left[0] && dv === left[1]);
        if (end >= 0) sums[digit * 7 + direction] = end * 8 + carry;
      }
    }
  }
  return sums;
}

function lengthened(flat: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(flat.length * 2 + needed);
  longer.set(flat);
  return longer;
}
