/** Which flows between places are large among flows like them: the local statistic G* of Getis and Ord on flows (Berglund & Karlström, J. Geographical Systems 1, 1999). */
import { positionsWithin } from '../../geo/distance-band.ts';
import type { Neighbours } from '../../geo/gi-star.ts';
import type { ExpectedFlows } from './expected-flows.ts';
import { marginsOf, type PairFlows, type PairTable } from './pair-flows.ts';

/** Of each pair of a table, and of the pairs near it: origins within reach of its origin with destinations within reach of its destination. */
export interface Surroundings {
  /** Flows of the pair and of the pairs near it. */
  readonly flows: Float64Array;
  /** How many pairs those are, with and without flow, itself among them. */
  readonly pairs: Float64Array;
  /** Flows that leave the origins near it, wherever they go, and that reach the destinations near it, wherever they come from. */
  readonly out: Float64Array;
  readonly in: Float64Array;
  readonly expected: Float64Array;
}

/** Who is near whom at either end: found once for all tables of the same places. */
export class NearFlows {
  readonly #flows: PairFlows;
  readonly #expected: ExpectedFlows;
  readonly #nearOrigins: Neighbours;
  readonly #nearDestinations: Neighbours;
  /** By origin, over those within reach: flows that leave, and factors of what is expected; so by destination. */
  readonly #out: Float64Array;
  readonly #in: Float64Array;
  readonly #outFactors: Float64Array;
  readonly #inFactors: Float64Array;
  readonly #sums: Float64Array;
  /** By destination: the factor of the origin that is the same place and within reach, or -1. */
  readonly #closed: Float64Array;

  constructor(flows: PairFlows, expected: ExpectedFlows, reachKm: number) {
    this.#flows = flows;
    this.#expected = expected;
    this.#nearOrigins = positionsWithin(flows.origins, reachKm);
    this.#nearDestinations = positionsWithin(flows.destinations, reachKm);
    const margins = marginsOf(flows);
    this.#out = sumsNear(this.#nearOrigins, margins.out);
    this.#in = sumsNear(this.#nearDestinations, margins.in);
    this.#outFactors = sumsNear(this.#nearOrigins, expected.out);
    this.#inFactors = sumsNear(this.#nearDestinations, expected.in);
    this.#sums = new Float64Array(flows.destinations.length);
    this.#closed = new Float64Array(flows.destinations.length).fill(-1);
  }

  /** In the order of the table. Takes time by pairs with flow, not by pairs. */
  around(table: PairTable): Surroundings {
    const { offsets, destinations, counts } = table;
    const size = destinations.length;
    const found = {
      flows: new Float64Array(size),
      pairs: new Float64Array(size),
      out: new Float64Array(size),
      in: new Float64Array(size),
      expected: new Float64Array(size),
    };
    for (let origin = 0; origin + 1 < offsets.length; origin += 1) {
      this.#sums.fill(0);
      this.#closed.fill(-1);
      const near = eachNear(this.#nearOrigins, origin);
      for (const other of near) {
        const same = this.#flows.samePlace[other]!;
        if (same >= 0) this.#closed[same] = this.#expected.out[other]!;
        for (let at = offsets[other]!; at < offsets[other + 1]!; at += 1)
          this.#sums[destinations[at]!]! += counts[at]!;
      }
      for (let at = offsets[origin]!; at < offsets[origin + 1]!; at += 1)
        this.#measure(found, at, origin, near.length, destinations[at]!);
    }
    return found;
  }

  #measure(found: Surroundings, at: number, origin: number, nearOrigins: number, destination: number): void {
    let [flows, closed, closedFlow] = [0, 0, 0];
    const near = eachNear(this.#nearDestinations, destination);
    for (const other of near) {
      flows += this.#sums[other]!;
      if (this.#closed[other]! < 0) continue;
      closed += 1;
      closedFlow += this.#closed[other]! * this.#expected.in[other]!;
    }
    found.flows[at] = flows;
    found.pairs[at] = nearOrigins * near.length - closed;
    found.out[at] = this.#out[origin]!;
    found.in[at] = this.#in[destination]!;
    found.expected[at] = this.#outFactors[origin]! * this.#inFactors[destination]! - closedFlow;
  }
}

/**
 * z scores of G_ij* for each pair of the table that has flow: binary weights, itself among its neighbours, over all pairs of an origin and a destination that are not one place, those
 * without flow included, with the variance with n (Ord & Getis 1995, eq. 14.2). NaN where nothing can be said: all pairs have equal flow, or all are near.
 * The zeros are never written down.
 */
export function flowGiStar(flows: PairFlows, table: PairTable, around: Surroundings): Float64Array {
  const closed = flows.samePlace.reduce((sum, same) => sum + (same >= 0 ? 1 : 0), 0);
  const n = flows.origins.length * flows.destinations.length - closed;
  const mean = table.counts.reduce((sum, count) => sum + count, 0) / n;
  const squares = table.counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  const variance = (squares + (n - table.counts.length) * mean ** 2) / n;
  return around.flows.map((sum, at) => {
    const weight = around.pairs[at]!;
    const scale = (variance * weight * (n - weight)) / (n - 1);
    return scale > 1e-24 * mean * mean ? (sum - weight * mean) / Math.sqrt(scale) : Number.NaN;
  });
}

/** Itself first. */
function eachNear({ offsets, neighbours }: Neighbours, place: number): readonly number[] {
  return [place, ...neighbours.subarray(offsets[place], offsets[place + 1])];
}

function sumsNear(near: Neighbours, values: Float64Array): Float64Array {
  return values.map((_, place) => eachNear(near, place).reduce((sum, other) => sum + values[other]!, 0));
}
