/** Who goes from where to where: whole incidents as flows between places of origin and of destination. */
import type { Position } from '../../geo/position.ts';

export interface PairFlows {
  readonly origins: readonly Position[];
  readonly destinations: readonly Position[];
  /** By origin: the destination that is the same place, or -1. No flow joins the two. */
  readonly samePlace: Int32Array;
  /** One more entry than incidents: the flows of incident i are starts[i] … starts[i + 1] − 1. An incident has a pair once. */
  readonly starts: Int32Array;
  /** The number of each flow's origin, and of its destination. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A table of pairs without its zeros: the pairs of origin o are offsets[o] … offsets[o + 1] − 1. */
export interface PairTable {
  readonly offsets: Int32Array;
  readonly destinations: Int32Array;
  readonly counts: Float64Array;
}

export interface NumberedFlows extends PairFlows {
  /** The place each origin is, and each destination: numbers of the places given. */
  readonly originPlaces: Int32Array;
  readonly destinationPlaces: Int32Array;
  /** Incidents that had no pair, or only pairs of a place with itself. */
  readonly left: number;
}

/**
 * `incidents`: pairs of places, by number. Pairs of a place with itself are left out, and with them incidents that have no other; a pair given twice of one incident
 * counts once. Incidents are put in order of their pairs, so that the order in which they are given never shows.
 */
export function pairFlows(
  places: readonly Position[],
  incidents: readonly (readonly (readonly [origin: number, destination: number])[])[],
): NumberedFlows {
  const kept = incidents
    .map((pairs) => distinctPairs(pairs))
    .filter((pairs) => pairs.length > 0)
    .sort(byPairs);
  const all = kept.flat();
  const originPlaces = distinctNumbers(all.map(([origin]) => origin));
  const destinationPlaces = distinctNumbers(all.map(([, destination]) => destination));
  const originOf = new Map(Array.from(originPlaces, (place, origin) => [place, origin]));
  const destinationOf = new Map(Array.from(destinationPlaces, (place, number) => [place, number]));
  const starts = new Int32Array(kept.length + 1);
  for (const [incident, pairs] of kept.entries()) starts[incident + 1] = starts[incident]! + pairs.length;
  return {
    origins: Array.from(originPlaces, (place) => places[place]!),
    destinations: Array.from(destinationPlaces, (place) => places[place]!),
    samePlace: originPlaces.map((place) => destinationOf.get(place) ?? -1),
    starts,
    from: Int32Array.from(all, ([origin]) => originOf.get(origin)!),
    to: Int32Array.from(all, ([, destination]) => destinationOf.get(destination)!),
    originPlaces,
    destinationPlaces,
    left: incidents.length - kept.length,
  };
}

/** Counts one world after another that differ in destinations only; each table is good until the next is asked for. */
export class PairTally {
  readonly #flows: PairFlows;
  /** Flows in order of their origins: those of origin o are #byOrigin[#rows[o]] … #byOrigin[#rows[o + 1] − 1]. */
  readonly #byOrigin: Int32Array;
  readonly #rows: Int32Array;
  readonly #offsets: Int32Array;
  readonly #destinations: Int32Array;
  readonly #counts: Float64Array;
  readonly #slots: Int32Array;

  constructor(flows: PairFlows) {
    const { origins, destinations, from } = flows;
    this.#flows = flows;
    this.#rows = new Int32Array(origins.length + 1);
    for (const origin of from) this.#rows[origin + 1]! += 1;
    for (let origin = 0; origin < origins.length; origin += 1) this.#rows[origin + 1]! += this.#rows[origin]!;
    const next = this.#rows.slice();
    this.#byOrigin = new Int32Array(from.length);
    for (const [flow, origin] of from.entries()) {
      this.#byOrigin[next[origin]!] = flow;
      next[origin]! += 1;
    }
    this.#offsets = new Int32Array(origins.length + 1);
    this.#destinations = new Int32Array(from.length);
    this.#counts = new Float64Array(from.length);
    this.#slots = new Int32Array(destinations.length).fill(-1);
  }

  /** `to`: the destination of each flow. */
  tableOf(to: Int32Array): PairTable {
    let filled = 0;
    for (let origin = 0; origin < this.#flows.origins.length; origin += 1) {
      const begins = filled;
      for (let at = this.#rows[origin]!; at < this.#rows[origin + 1]!; at += 1) {
        const destination = to[this.#byOrigin[at]!]!;
        let slot = this.#slots[destination]!;
        if (slot < begins) {
          slot = filled;
          filled += 1;
          this.#slots[destination] = slot;
          this.#destinations[slot] = destination;
          this.#counts[slot] = 0;
        }
        this.#counts[slot]! += 1;
      }
      this.#offsets[origin + 1] = filled;
    }
    // Of the next world no slot is known: numbers of this one would be taken for its own.
    this.#slots.fill(-1);
    return {
      offsets: this.#offsets,
      destinations: this.#destinations.subarray(0, filled),
      counts: this.#counts.subarray(0, filled),
    };
  }
}

/** How many flows begin at each origin, and end at each destination. */
export function marginsOf({ origins, destinations, from, to }: PairFlows): {
  readonly out: Float64Array;
  readonly in: Float64Array;
} {
  const leaving = new Float64Array(origins.length);
  const arriving = new Float64Array(destinations.length);
  for (const origin of from) leaving[origin]! += 1;
  for (const destination of to) arriving[destination]! += 1;
  return { out: leaving, in: arriving };
}

type Pair = readonly [origin: number, destination: number];

function distinctPairs(pairs: readonly Pair[]): Pair[] {
  return pairs
    .filter(([origin, destination]) => origin !== destination)
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
    .filter((pair, i, all) => i === 0 || pair[0] !== all[i - 1]![0] || pair[1] !== all[i - 1]![1]);
}

function byPairs(a: readonly Pair[], b: readonly Pair[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const gap = a[i]![0] - b[i]![0] || a[i]![1] - b[i]![1];
    if (gap !== 0) return gap;
  }
  return a.length - b.length;
}

function distinctNumbers(numbers: readonly number[]): Int32Array {
  return Int32Array.from(new Set(numbers)).sort();
}
