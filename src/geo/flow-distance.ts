/** How far apart two flows are, by where both begin and where both end (Tao & Thill, Geographical Analysis 48, 2016). */
import { asRows } from './distance-band.ts';
import type { Neighbours } from './gi-star.ts';
import { KdTree } from './kd-tree.ts';
import type { Position } from './position.ts';
import { chordOfKm, greatCircleKm, toUnitVector } from './sphere.ts';

export interface Flow {
  readonly from: Position;
  readonly to: Position;
}

/** FD = √(α · origins² + β · destinations²) with α + β = 2, in the unit of the two distances. `alpha` 0–2: above 1, origins count for more. */
export function flowDistance(betweenOrigins: number, betweenDestinations: number, alpha = 1): number {
  if (!(alpha >= 0 && alpha <= 2))
    throw new RangeError(`flowDistance: found an α of ${alpha}, wanted 0 to 2`);
  return Math.sqrt(alpha * betweenOrigins ** 2 + (2 - alpha) * betweenDestinations ** 2);
}

/** FD of two flows on the Earth, in km. */
export function flowDistanceKm(a: Flow, b: Flow, alpha = 1): number {
  return flowDistance(greatCircleKm(a.from, b.from), greatCircleKm(a.to, b.to), alpha);
}

/**
 * FDS = FD / √(Li · Lj), without unit: long flows may differ by more. 0 for the same flow; Infinity where one of two different ones has no length.
 */
export function flowDissimilarity(a: Flow, b: Flow, alpha = 1): number {
  const distance = flowDistanceKm(a, b, alpha);
  return distance === 0 ? 0 : distance / Math.sqrt(greatCircleKm(a.from, a.to) * greatCircleKm(b.from, b.to));
}

/**
 * For each flow, the others within `bandKm` by FD, for giStar: with it, z scores of flows among flows like them. Found by a tree over the origins (over the
 * destinations, where those count for more); the direction of a flow matters, so there and back are far apart.
 */
export function flowsWithin(flows: readonly Flow[], bandKm: number, alpha = 1): Neighbours {
  // FD ≥ √α · origins and ≥ √β · destinations: farther than this apart at that end, two flows are no neighbours.
  const [end, share] = alpha >= 1 ? (['from', alpha] as const) : (['to', 2 - alpha] as const);
  const points = new Float64Array(flows.length * 3);
  for (const [i, flow] of flows.entries()) points.set(toUnitVector(flow[end]), 3 * i);
  const tree = new KdTree(points);
  const reach = (chordOfKm(bandKm / Math.sqrt(share)) * (1 + 1e-9)) ** 2;
  const near: number[][] = flows.map(() => []);
  for (let point = 0; point < tree.count; point += 1) {
    const own = tree.order[point]!;
    tree.visitWithin(point, reach, (at) => {
      const other = tree.order[at]!;
      if (other !== own && flowDistanceKm(flows[own]!, flows[other]!, alpha) <= bandKm)
        near[own]!.push(other);
    });
  }
  return asRows(near);
}
