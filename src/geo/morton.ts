/** Boxes as a few ranges of integers (Z-order), so that a plain btree finds them: row-level security cannot switch such an index off. */
import { normaliseLongitude } from './antimeridian.ts';
import type { BoundingBox, Position } from './position.ts';

/** Inclusive at both ends, for `code between low and high`. A range may hold codes outside the box: test the coordinates too. */
export interface MortonRange {
  readonly low: bigint;
  readonly high: bigint;
}

/** 31 bits an axis: 62 in all, positive as a PostgreSQL bigint; one step is 1.7e-7° of longitude, under 2 cm. */
const BITS = 31;
const STEPS = 2 ** BITS;

/** The code of a position: bits of longitude (even) and latitude (odd) interleaved. Longitude 180 is the last column, not -180. */
export function mortonCode([longitude, latitude]: Position): bigint {
  return interleave(columnOf(longitude), rowOf(latitude));
}

/** The same code as halves, `high` bits 32–61 and `low` bits 0–31, unsigned, for loops where a bigint a row is too slow. */
export function mortonHalves(
  longitude: number,
  latitude: number,
): { readonly high: number; readonly low: number } {
  const x = columnOf(longitude);
  const y = rowOf(latitude);
  return {
    high: (spread(x >>> 16) | (spread(y >>> 16) << 1)) >>> 0,
    low: (spread(x & 0xffff) | (spread(y & 0xffff) << 1)) >>> 0,
  };
}

/**
 * At most `maxRanges` ascending, disjoint ranges that together hold the code of every position in the box. West > east crosses the
 * antimeridian. More ranges mean fewer rows read in vain.
 */
export function mortonRanges(box: BoundingBox, maxRanges: number): MortonRange[] {
  if (!Number.isInteger(maxRanges) || maxRanges < 1) {
    throw new RangeError(`mortonRanges: found at most ${maxRanges} ranges, wanted a whole number from 1`);
  }
  if (box.south > box.north) return [];
  const south = rowOf(box.south);
  const north = rowOf(box.north);
  const windows =
    box.west > box.east
      ? [
          { west: columnOf(box.west), east: STEPS - 1, south, north },
          { west: 0, east: columnOf(box.east), south, north },
        ]
      : [{ west: columnOf(box.west), east: columnOf(box.east), south, north }];
  return merged(
    windows.flatMap((window) => coverage(window, maxRanges * 4)),
    maxRanges,
  );
}

/** Bits of a code that are left off where the world is `2 ** levels` columns and as many rows: `code >> gridShift(levels)` names a square of them. */
export function gridShift(levels: number): number {
  return 2 * (BITS - levels);
}

/** The middle of a square of such a grid, of at most 26 levels: what is left of a code is then a whole number in a double. */
export function gridCentre(square: number, levels: number): Position {
  const [high, low] = [Math.floor(square / HALF), square % HALF];
  const column = gathered(high) * 2 ** 13 + gathered(low);
  const row = gathered(Math.floor(high / 2)) * 2 ** 13 + gathered(Math.floor(low / 2));
  const squares = 2 ** levels;
  return [((column + 0.5) / squares) * 360 - 180, ((row + 0.5) / squares) * 180 - 90];
}

const HALF = 2 ** 26;

/** Every second of 26 bits, moved together. */
function gathered(bits: number): number {
  let close = 0;
  for (let bit = 0; bit < 13; bit += 1) close |= ((bits >>> (2 * bit)) & 1) << bit;
  return close;
}

interface Window {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Quarters the world, level by level, where the window's edge runs, until there are `budget` pieces; each piece is trimmed to the window. */
function coverage(window: Window, budget: number): MortonRange[] {
  let edge = [{ x: 0, y: 0 }];
  const whole: MortonRange[] = [];
  let size = STEPS;
  while (size > 1 && edge.length > 0 && edge.length + whole.length < budget) {
    size /= 2;
    const quarters = edge
      .flatMap(({ x, y }) => [
        { x, y },
        { x: x + size, y },
        { x, y: y + size },
        { x: x + size, y: y + size },
      ])
      .filter(
        ({ x, y }) =>
          x <= window.east && y <= window.north && x + size > window.west && y + size > window.south,
      );
    edge = [];
    for (const quarter of quarters) {
      const { x, y } = quarter;
      const isInside =
        x >= window.west && y >= window.south && x + size - 1 <= window.east && y + size - 1 <= window.north;
      if (isInside) whole.push({ low: interleave(x, y), high: interleave(x + size - 1, y + size - 1) });
      else edge.push(quarter);
    }
  }
  const trimmed = edge.map(({ x, y }) => ({
    low: interleave(Math.max(x, window.west), Math.max(y, window.south)),
    high: interleave(Math.min(x + size - 1, window.east), Math.min(y + size - 1, window.north)),
  }));
  return [...whole, ...trimmed];
}

/** Sorted, touching ranges joined, then the narrowest gaps closed until few enough are left. */
function merged(ranges: readonly MortonRange[], maxRanges: number): MortonRange[] {
  const sorted = [...ranges].sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const gaps = sorted
    .slice(1)
    .map((range, i) => ({ at: i + 1, width: range.low - sorted[i]!.high }))
    .sort((a, b) => (a.width > b.width ? -1 : a.width < b.width ? 1 : a.at - b.at));
  const kept = gaps.filter(({ width }, rank) => width > 1n && rank < maxRanges - 1);
  const starts = [0, ...kept.map(({ at }) => at).sort((a, b) => a - b)];
  return starts.map((start, i) => ({
    low: sorted[start]!.low,
    high: sorted[(starts[i + 1] ?? sorted.length) - 1]!.high,
  }));
}

function columnOf(longitude: number): number {
  const inside = longitude === 180 ? 180 : normaliseLongitude(longitude);
  return Math.min(Math.floor(((inside + 180) / 360) * STEPS), STEPS - 1);
}

function rowOf(latitude: number): number {
  return Math.min(Math.max(Math.floor(((latitude + 90) / 180) * STEPS), 0), STEPS - 1);
}

function interleave(x: number, y: number): bigint {
  const high = (spread(x >>> 16) | (spread(y >>> 16) << 1)) >>> 0;
  const low = (spread(x & 0xffff) | (spread(y & 0xffff) << 1)) >>> 0;
  return (BigInt(high) << 32n) | BigInt(low);
}

/** 16 bits moved apart, a zero after each. */
function spread(bits: number): number {
  let apart = bits & 0xffff;
  apart = (apart | (apart << 8)) & 0x00ff00ff;
  apart = (apart | (apart << 4)) & 0x0f0f0f0f;
  apart = (apart | (apart << 2)) & 0x33333333;
  return (apart | (apart << 1)) & 0x55555555;
}
