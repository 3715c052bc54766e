/** How much a transition is more than chance makes of the same incidents, in one figure; which p it has, relabelled worlds say. */
import { overlapUpperTail } from '../../../geo/hypergeometric.ts';
import { EARTH_RADIUS_KM, toUnitVector } from '../../../geo/sphere.ts';
import type { Transition } from './cluster-transitions.ts';
import type { GroupedIncidents, IncidentPlaces } from './incident-places.ts';
import type { NearbyPlaces } from './nearby-places.ts';

/** One border in two periods. */
export interface TwoPeriods {
  readonly places: IncidentPlaces;
  readonly nearby: NearbyPlaces;
  /** By incident: 0 before, 1 after, −1 neither. */
  readonly periods: Int8Array;
  readonly before: GroupedIncidents;
  readonly after: GroupedIncidents;
}

export interface PeriodTotals {
  readonly before: number;
  readonly after: number;
}

/** A place is known to half a kilometre: what moved by less has not moved. */
const KNOWN_TO_KM = 0.5;

/** Distinct incidents of these places in each period. */
export class PeriodTally {
  readonly #marks: Int32Array;
  #mark = 0;

  constructor(incidents: number) {
    this.#marks = new Int32Array(incidents);
  }

  at(
    { places, periods }: Pick<TwoPeriods, 'places' | 'periods'>,
    group: Iterable<number>,
  ): { before: number; after: number } {
    this.#mark += 1;
    const found = { before: 0, after: 0 };
    for (const place of group) {
      for (let at = places.starts[place]!; at < places.starts[place + 1]!; at += 1) {
        const incident = places.incidents[at]!;
        if (this.#marks[incident] === this.#mark || periods[incident]! < 0) continue;
        this.#marks[incident] = this.#mark;
        if (periods[incident] === 0) found.before += 1;
        else found.after += 1;
      }
    }
    return found;
  }
}

/** All places within reach of those of the transition's clusters, ascending. */
export function regionOf({ nearby, before, after }: TwoPeriods, transition: Transition): number[] {
  const region = new Set<number>();
  for (const place of [...placesOf(before, transition.before), ...placesOf(after, transition.after)]) {
    for (let at = nearby.starts[place]!; at < nearby.starts[place + 1]!; at += 1)
      region.add(nearby.places[at]!);
  }
  return [...region].sort((a, b) => a - b);
}

export function placesOf({ members }: GroupedIncidents, clusters: readonly number[]): number[] {
  return clusters.flatMap((cluster) => members[cluster]!);
}

/** −ln of the chance of as many incidents in that period there, of those of both periods, were periods dealt at random among the incidents of the border (`all`). */
export function countStrength(
  two: TwoPeriods,
  transition: Transition,
  all: PeriodTotals,
  tally: PeriodTally,
): number {
  const { before, after } = two;
  const { kind } = transition;
  if (kind === 'kept') return 0;
  if (kind === 'opened') return surplus(tally.at(two, regionOf(two, transition)), all, 'after');
  if (kind === 'closed') return surplus(tally.at(two, regionOf(two, transition)), all, 'before');
  // One where there were several: the gap between them was filled, or several where there was one: a gap opened.
  const own = {
    before: placesOf(before, transition.before),
    after: placesOf(after, transition.after),
  };
  const within = tally.at(two, new Set([...own.before, ...own.after]));
  const filled = own.after.filter((place) => before.labels[place]! < 0);
  const emptied = own.before.filter((place) => after.labels[place]! < 0);
  return Math.max(
    kind === 'split' ? 0 : surplus(tally.at(two, filled), within, 'after'),
    kind === 'merged' ? 0 : surplus(tally.at(two, emptied), within, 'before'),
  );
}

function surplus(there: PeriodTotals, all: PeriodTotals, period: 'before' | 'after'): number {
  const tail = overlapUpperTail(
    there[period],
    there.before + there.after,
    all[period],
    all.before + all.after,
  );
  return tail === 1 ? 0 : -Math.log(tail);
}

/** Of a cluster that was kept: how far its middle moved, in km, and that distance squared over twice its own variance. */
export function shiftOf(
  { places, before, after }: TwoPeriods,
  transition: Transition,
): { readonly km: number; readonly strength: number } {
  const one = middleOf(places, placesOf(before, transition.before), before.weights);
  const other = middleOf(places, placesOf(after, transition.after), after.weights);
  const km = Math.hypot(...one.middle.map((along, axis) => along - other.middle[axis]!));
  return {
    km,
    strength: km ** 2 / (2 * (one.variance / one.weight + other.variance / other.weight + KNOWN_TO_KM ** 2)),
  };
}

/** In km from the centre of the Earth: over the few km of a cluster the chord is the distance. */
function middleOf({ positions }: IncidentPlaces, group: readonly number[], weights: Float64Array) {
  const middle = [0, 0, 0];
  const vectors = group.map((place) =>
    toUnitVector(positions[place]!).map((along) => along * EARTH_RADIUS_KM),
  );
  let weight = 0;
  for (const [at, place] of group.entries()) {
    weight += weights[place]!;
    for (const axis of [0, 1, 2]) middle[axis]! += weights[place]! * vectors[at]![axis]!;
  }
  for (const axis of [0, 1, 2]) middle[axis]! /= weight;
  let squares = 0;
  for (const [at, place] of group.entries())
    for (const axis of [0, 1, 2]) squares += weights[place]! * (vectors[at]![axis]! - middle[axis]!) ** 2;
  return { middle, weight, variance: weight > 1 ? squares / (weight - 1) : 0 };
}
