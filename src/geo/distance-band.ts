/** Who lies within a distance of whom: neighbours for Gi and Gi* where places are no cells. (Rings of cells: neighboursWithin in cell-neighbours.) */
import type { Neighbours } from './gi-star.ts';
import { KdTree } from './kd-tree.ts';
import type { Position } from './position.ts';
import { chordOfKm, toUnitVector } from './sphere.ts';

/** A hair more than the chord, so that a distance of exactly the band is within it. */
const ROUNDING = 1 + 1e-12;

/** For each position, the others whose great circles are at most `bandKm`, ascending; itself left out, others at its own place not. */
export function positionsWithin(positions: readonly Position[], bandKm: number): Neighbours {
  const points = new Float64Array(positions.length * 3);
  for (const [i, position] of positions.entries()) points.set(toUnitVector(position), 3 * i);
  return pointsWithin(points, chordOfKm(bandKm) * ROUNDING);
}

/** The same for points in space, x, y, z after one another, in their own unit. Plane data have z = 0. */
export function pointsWithin(points: Float64Array, band: number): Neighbours {
  if (!(band >= 0)) throw new RangeError(`pointsWithin: found a band of ${band}, wanted 0 or more`);
  const tree = new KdTree(points);
  const near: number[][] = Array.from({ length: tree.count }, () => []);
  for (let point = 0; point < tree.count; point += 1) {
    const own = near[tree.order[point]!]!;
    tree.visitWithin(point, band * band, (other) => {
      if (other !== point) own.push(tree.order[other]!);
    });
  }
  return asRows(near);
}

/** Whether they have more neighbours than `most` within the band, in all, each pair from both its sides: found out without holding them. */
export function hasMoreWithin(positions: readonly Position[], bandKm: number, most: number): boolean {
  const tree = new KdTree(Float64Array.from(positions.flatMap(toUnitVector)));
  const reach = (chordOfKm(bandKm) * ROUNDING) ** 2;
  // Each point meets itself, too.
  let left = most + tree.count;
  for (let point = 0; point < tree.count; point += 1) {
    const isMore = tree.someWithin(point, reach, () => {
      left -= 1;
      return left < 0;
    });
    if (isMore) return true;
  }
  return false;
}

/** Lists of neighbours as compressed rows, each ascending. */
export function asRows(near: readonly number[][]): Neighbours {
  const offsets = new Int32Array(near.length + 1);
  for (const [i, list] of near.entries()) offsets[i + 1] = offsets[i]! + list.length;
  const neighbours = new Int32Array(offsets[near.length]!);
  for (const [i, list] of near.entries()) neighbours.set(Int32Array.from(list).sort(), offsets[i]);
  return { offsets, neighbours };
}
