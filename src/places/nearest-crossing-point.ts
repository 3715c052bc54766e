/**
 * Which crossing point a crossing or a cluster is named for: the nearest on its own border, known ones before
 * derived ones.
 */
import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import type { PlaceRow } from './place-rows.ts';

/** Crossing points by pair ("IND NPL"). */
export type CrossingPointIndex = ReadonlyMap<string, readonly PlaceRow[]>;

export interface NearestCrossingPoint {
  readonly place: PlaceRow;
  readonly distanceKm: number;
}

export function indexCrossingPoints(places: readonly PlaceRow[]): CrossingPointIndex {
  const index = new Map<string, PlaceRow[]>();
  for (const place of places) {
    if (place.kind !== 'crossing_point' || place.borderCountries === undefined) continue;
    const key = pairKey(place.borderCountries);
    index.set(key, [...(index.get(key) ?? []), place]);
  }
  return index;
}

/**
 * The nearest crossing point of a border within `withinKm`, or null. A known one is taken before a derived
 * one that is nearer, because a derived one is only a town at the border. `countries` in any order.
 */
export function nearestCrossingPoint(
  index: CrossingPointIndex,
  position: Position,
  countries: readonly [string, string],
  withinKm: number,
): NearestCrossingPoint | null {
  const ranked = (index.get(pairKey(countries)) ?? [])
    .map((place) => ({ place, distanceKm: greatCircleKm(place.position, position) }))
    .filter(({ distanceKm }) => distanceKm <= withinKm)
    .sort((a, b) => Number(a.place.derived) - Number(b.place.derived) || a.distanceKm - b.distanceKm);
  return ranked[0] ?? null;
}

function pairKey(countries: readonly [string, string]): string {
  return [...countries].sort().join(' ');
}
