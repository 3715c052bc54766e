/** Which incidents were seen at which places of one border: whole incidents are what is dealt, or drawn, again when its clusters are tested. */
import { NOISE } from '../../../geo/dbscan.ts';
import type { Position } from '../../../geo/position.ts';
import type { CrossingColumns } from '../crossing-columns.ts';
import { type CrossingClusterParameters, groupPlaces } from '../crossing-grouping.ts';
import type { CrossingSites } from '../crossing-sites.ts';

export interface IncidentPlaces {
  /** In the order of the border's sites. */
  readonly positions: readonly Position[];
  /** One more entry than places: place p has incidents[starts[p]] … incidents[starts[p + 1] − 1], each once. */
  readonly starts: Int32Array;
  /** Numbered from 0 on this border, by where they were seen: the order in which rows came shows nowhere. */
  readonly incidents: Int32Array;
  /** By that number, the one the columns have; and the other way round. */
  readonly numbers: readonly number[];
  readonly local: ReadonlyMap<number, number>;
}

export function incidentPlaces(
  { incident }: Pick<CrossingColumns, 'incident'>,
  { positions, starts, rows }: CrossingSites,
  own: Int32Array,
): IncidentPlaces {
  // Of each incident its places, ascending, since places are gone through in their order.
  const placesOf = new Map<number, number[]>();
  for (let place = 0; place < own.length; place += 1) {
    for (let at = starts[own[place]!]!; at < starts[own[place]! + 1]!; at += 1) {
      const number = incident[rows[at]!]!;
      const places = placesOf.get(number);
      if (places === undefined) placesOf.set(number, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  }
  const ordered = [...placesOf].sort(([, a], [, b]) => comparePlaces(a, b));
  const placeStarts = new Int32Array(own.length + 1);
  for (const [, places] of ordered) for (const place of places) placeStarts[place + 1]! += 1;
  for (let place = 0; place < own.length; place += 1) placeStarts[place + 1]! += placeStarts[place]!;
  const next = placeStarts.slice();
  const incidents = new Int32Array(placeStarts[own.length]!);
  for (const [local, [, places]] of ordered.entries()) {
    for (const place of places) {
      incidents[next[place]!] = local;
      next[place]! += 1;
    }
  }
  const numbers = ordered.map(([number]) => number);
  return {
    positions: Array.from(own, (site) => positions[site]!),
    starts: placeStarts,
    incidents,
    numbers,
    local: new Map(numbers.map((number, local) => [number, local])),
  };
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

export interface GroupedIncidents {
  /** By place; NOISE where it is in no cluster, or nothing weighs there. */
  readonly labels: Int32Array;
  /** The places of each cluster, ascending. */
  readonly members: readonly (readonly number[])[];
  /** By place. */
  readonly weights: Float64Array;
}

/** Clusters as the border would have them if each incident weighed so much (0 or more; 0 is not there). */
export function groupIncidents(
  places: IncidentPlaces,
  shares: ArrayLike<number>,
  parameters: CrossingClusterParameters,
): GroupedIncidents {
  const { positions, starts, incidents } = places;
  const weights = new Float64Array(positions.length);
  const present: number[] = [];
  for (let place = 0; place < weights.length; place += 1) {
    for (let at = starts[place]!; at < starts[place + 1]!; at += 1)
      weights[place]! += shares[incidents[at]!]!;
    weights[place] = whole(weights[place]!);
    if (weights[place]! > 0) present.push(place);
  }
  const grouped = groupPlaces(
    present.map((place) => positions[place]!),
    Float64Array.from(present, (place) => weights[place]!),
    parameters,
  );
  const found = grouped.stabilities.map((): number[] => []);
  for (const [at, place] of present.entries()) found[grouped.labels[at]!]?.push(place);
  const labels = new Int32Array(weights.length).fill(NOISE);
  const members: number[][] = [];
  const counted = new Int32Array(places.numbers.length).fill(-1);
  for (const [number, group] of found.entries()) {
    // One incident seen at many places is still one case.
    if (weigh(places, shares, group, counted, number) < parameters.minIncidents) continue;
    for (const place of group) labels[place] = members.length;
    members.push(group);
  }
  return { labels, members, weights };
}

function weigh(
  { starts, incidents }: IncidentPlaces,
  shares: ArrayLike<number>,
  group: readonly number[],
  counted: Int32Array,
  mark: number,
): number {
  let size = 0;
  for (const place of group) {
    for (let at = starts[place]!; at < starts[place + 1]!; at += 1) {
      const incident = incidents[at]!;
      if (counted[incident] === mark) continue;
      counted[incident] = mark;
      size += shares[incident]!;
    }
  }
  return whole(size);
}

/** Shares of thirds, added in another order, differ in their last digits. */
function whole(weight: number): number {
  return Math.round(weight * 1e9) / 1e9;
}
