/** What a cluster is known by from one run to the next: a mark on the map that stays while crossings are added around it. */
import { cellAt, FINEST_RESOLUTION, inradiusKm, toIndex } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import type { CrossingPlace } from './crossing-clusters.ts';
import { siteKey } from './crossing-sites.ts';

export interface MarkPoint {
  readonly id: string;
  readonly position: Position;
  /** Worked out from a town near the border, not known as a crossing. */
  readonly derived: boolean;
}

export interface Anchor {
  /** Of no other cluster of the same border, run with the same reach. */
  readonly mark: string;
  /** Like 2026-04; null when no month is known of it. */
  readonly month: string | null;
  /** Of that month. */
  readonly incidents: number;
}

/**
 * Every core place has a mark: the crossing point within half the reach of it, or else the cell of a fixed grid, smaller than the reach, that
 * it lies in. Places with one mark are within reach of each other, hence in one cluster. Of its marks a cluster is known by the one first
 * crossed at, then the one more often crossed at in that month: crossings that come later change neither, and of two clusters that grow into
 * one the elder's mark remains. `points`: of the cluster's border alone. Without a reach (null) a place is its own mark.
 */
export function anchorOf(
  places: readonly CrossingPlace[],
  points: readonly MarkPoint[],
  epsKm: number | null,
): Anchor {
  const anchors = new Map<string, Anchor>();
  for (const { position, earliest } of firstSeen(places)) {
    const mark = epsKm === null ? siteKey(position) : markOf(points, position, epsKm);
    const own = { mark, month: earliest?.month ?? null, incidents: earliest?.incidents ?? 0 };
    const known = anchors.get(mark);
    anchors.set(mark, known === undefined ? own : { ...known, incidents: known.incidents + own.incidents });
  }
  return [...anchors.values()].reduce((eldest, anchor) => (elderFirst(anchor, eldest) < 0 ? anchor : eldest));
}

export function elderFirst(a: Anchor, b: Anchor): number {
  const month = ({ month }: Anchor): string => month ?? NEVER;
  return order(month(a), month(b)) || b.incidents - a.incidents || order(a.mark, b.mark);
}

/** Of latitude, on the sphere of geo/sphere.ts, 111.195 of them. */
const LEAST_KM_A_DEGREE = 111;
/** After every month. */
const NEVER = '~';
/** Corner to corner an average cell is 2.3 times its inner radius twice over; cells differ in size by half. */
const WIDEST_BY_INRADIUS = 3.5;

function gridFor(epsKm: number): number {
  for (let resolution = 0; resolution < FINEST_RESOLUTION; resolution += 1) {
    if (WIDEST_BY_INRADIUS * inradiusKm(resolution) <= epsKm) return resolution;
  }
  return FINEST_RESOLUTION;
}

/** The core places of the first month any of them has: no later one can decide. */
function firstSeen(places: readonly CrossingPlace[]): readonly CrossingPlace[] {
  const core = places.filter(({ role }) => role === 'core');
  const month = ({ earliest }: CrossingPlace): string => earliest?.month ?? NEVER;
  const first = core.reduce((least, place) => (month(place) < least ? month(place) : least), NEVER);
  return core.filter((place) => month(place) === first);
}

function markOf(points: readonly MarkPoint[], position: Position, epsKm: number): string {
  return pointNear(points, position, epsKm / 2)?.id ?? toIndex(cellAt(position, gridFor(epsKm)));
}

/** Known ones before derived ones, however near. */
function pointNear(points: readonly MarkPoint[], position: Position, withinKm: number): MarkPoint | null {
  const degrees = withinKm / LEAST_KM_A_DEGREE;
  const near = points
    // Nearly all are ruled out by latitude, which costs a hundredth of a distance.
    .filter((point) => Math.abs(point.position[1] - position[1]) <= degrees)
    .map((point) => ({ point, km: greatCircleKm(point.position, position) }))
    .filter(({ km }) => km <= withinKm)
    .sort(
      (a, b) =>
        Number(a.point.derived) - Number(b.point.derived) || a.km - b.km || order(a.point.id, b.point.id),
    );
  return near[0]?.point ?? null;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
