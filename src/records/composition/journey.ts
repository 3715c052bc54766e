/** From waypoints to the countries on the way, their roles, and the borders passed. */
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import type { WaypointBasis, WaypointKind } from '../../kernel/vocabulary.ts';
import { crossingsOfLeg, nearestBorder } from '../../places/border-crossings.ts';
import type { BorderIndex } from '../../places/border-index.ts';

export interface JourneyPoint {
  readonly kind: WaypointKind;
  readonly basis: WaypointBasis;
  /** Alpha-3; null when not even the country is known. */
  readonly country: string | null;
  /** null unless known finer than a country. */
  readonly position: Position | null;
  /** Whether the leg that ends here went overland. */
  readonly overland: boolean;
}

export interface Itinerary {
  /** In travel order, none twice in a row. */
  readonly countries: readonly string[];
  readonly roles: readonly string[];
  readonly origin: string | null;
  readonly destination: string | null;
}

const DEPARTURES: ReadonlySet<WaypointBasis> = new Set(['residence', 'departure', 'citizenship']);

/** The first country is the source only when the journey's start is known, the last the destination only when the last waypoint is one. */
export function itinerary(points: readonly JourneyPoint[]): Itinerary {
  const known = points.flatMap(({ country }) => country ?? []);
  const countries = known.filter((country, index) => country !== known[index - 1]);
  const [first] = points;
  const departs = first !== undefined && DEPARTURES.has(first.basis);
  const origin = departs ? first.country : null;
  const last = points.at(-1);
  const arrives = last !== undefined && (last.basis === 'destination' || last.basis === 'exploitation');
  const destination = arrives ? last.country : null;
  const roles = countries.map((_, index) => {
    if (countries.length === 1 && origin !== null && origin === destination) return 'domestic';
    if (index === 0 && origin !== null) return 'source';
    if (index === countries.length - 1 && destination !== null) return 'destination';
    return 'transit';
  });
  return { countries, roles, origin, destination };
}

export interface JourneyCrossing {
  readonly kind: WaypointKind;
  /** Index of the waypoint it was observed at, or at which the leg that crosses begins. */
  readonly ordinal: number;
  readonly from: string;
  readonly to: string;
  readonly position: Position;
}

/** A monitoring location this near a border watches that border; farther ones are bus parks and airports. */
const STATION_REACH_KM = 30;
/** A longer straight leg is likelier flown, or at sea, than travelled overland along the line. */
const LONGEST_INFERRED_LEG_KM = 1_000;

/** Crossings observed at stations, and those a straight leg implies. A border observed is not inferred again. */
export function journeyCrossings(
  points: readonly JourneyPoint[],
  borders: BorderIndex,
): readonly JourneyCrossing[] {
  const observed = points.flatMap((point, index) => observedCrossing(points, index, point, borders));
  const seen = new Set(observed.map(({ from, to }) => pairOf(from, to)));
  const inferred = points.slice(1).flatMap((to, index) => {
    const from = points[index] as JourneyPoint;
    if (!to.overland || from.position === null || to.position === null || from.country === to.country)
      return [];
    if (greatCircleKm(from.position, to.position) > LONGEST_INFERRED_LEG_KM) return [];
    return inferredCrossings(from, from.position, to.position, index, borders).filter((crossing) => {
      const pair = pairOf(crossing.from, crossing.to);
      if (seen.has(pair)) return false;
      seen.add(pair);
      return true;
    });
  });
  return [...observed, ...inferred];
}

function observedCrossing(
  points: readonly JourneyPoint[],
  index: number,
  point: JourneyPoint,
  borders: BorderIndex,
): JourneyCrossing[] {
  if (
    point.kind !== 'observed' ||
    point.basis !== 'crossing' ||
    point.position === null ||
    point.country === null
  )
    return [];
  const near = nearestBorder(borders, point.position, STATION_REACH_KM);
  if (near === null || !near.countries.includes(point.country)) return [];
  const other = near.countries[0] === point.country ? near.countries[1] : near.countries[0];
  const before = points.slice(0, index).flatMap(({ country }) => country ?? []);
  const after = points.slice(index + 1).flatMap(({ country }) => country ?? []);
  // Coming from the other side, the party was met after it crossed; everyone else was leaving.
  const entering = before.at(-1) === other || (before.length === 0 && after[0] === point.country);
  const [from, to] = entering ? [other, point.country] : [point.country, other];
  return [{ kind: 'observed', ordinal: index, from, to, position: point.position }];
}

function inferredCrossings(
  from: JourneyPoint,
  start: Position,
  end: Position,
  ordinal: number,
  borders: BorderIndex,
): JourneyCrossing[] {
  let here = from.country;
  return crossingsOfLeg(borders, start, end).flatMap((crossing) => {
    const [a, b] = crossing.countries;
    const left = here === b ? b : a;
    const entered = left === a ? b : a;
    here = entered;
    return [{ kind: 'inferred' as const, ordinal, from: left, to: entered, position: crossing.position }];
  });
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`;
}
