/** Found clusters as the answer shows them: named, with the ids this viewer knows them by, and set against staff-time. */
import type { Viewer } from '../../access/viewer.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm, toMetre } from '../../geo/sphere.ts';
import { type PlaceColumns, placeOf } from '../../places/place.type.ts';
import { detectionRate, withoutRate } from '../../records/flows/detection-rate.ts';
import { scopedId } from '../scoped-id.ts';
import { withoutPair } from '../stage-names.ts';
import type { BorderLine } from './border-line.ts';
import type { BorderStretch } from './chainage.ts';
import { elderFirst } from './crossing-anchor.ts';
import {
  type ChainageKm,
  CrossingCluster,
  type CrossingMember,
  CrossingNoise,
} from './crossing-cluster.type.ts';
import type { StationRow } from './crossing-cluster.view.ts';
import type { BorderNoise, CrossingPlace } from './crossing-clusters.ts';
import type { CrossingEvidence } from './crossing-evidence.ts';
import type { FoundCluster } from './crossing-work.ts';

/** By border, like "IND NPL". */
export type PointsByBorder = ReadonlyMap<string, readonly PlaceColumns[]>;
export type LinesByBorder = ReadonlyMap<string, BorderLine>;

/** A cluster farther than this from any crossing point is named for none. */
const NAMED_WITHIN_KM = 50;
/** A known crossing point with a station this near is monitored. */
const MONITORED_WITHIN_KM = 15;

/** Where several are nearest to one crossing point, the one seen first bears its bare name, and later ones do not take it over. */
export function clustersOf(
  viewer: Viewer,
  clusters: readonly FoundCluster[],
  points: PointsByBorder,
  lines: LinesByBorder,
  noRate: string | null,
): CrossingCluster[] {
  const named = clusters.map((cluster) => {
    const nearest = nearestPoint(points.get(cluster.border.join(' ')) ?? [], cluster.centre);
    return { cluster, nearest, name: nameOfSpot(cluster, points, lines) };
  });
  const numbers = new Map<FoundCluster, number>();
  const namesakes = new Map<string, number>();
  for (const { cluster, name } of named.toSorted((a, b) => elderFirst(a.cluster.anchor, b.cluster.anchor))) {
    const number = (namesakes.get(name) ?? 0) + 1;
    namesakes.set(name, number);
    numbers.set(cluster, number);
  }
  return named.map(({ cluster, nearest, name }) => {
    const { border, centre, outline, places, watched, anchor, stability, stretch, sourceStability } = cluster;
    const number = numbers.get(cluster);
    return Object.assign(new CrossingCluster(), {
      id: scopedId(viewer, 'crossing cluster', `${border.join(' ')}\n${anchor.mark}`),
      name: number === 1 ? name : `${name} ${number}`,
      border,
      centre: { longitude: centre[0], latitude: centre[1] },
      hull: { type: 'MultiPolygon', coordinates: outline },
      ...figuresOf(cluster),
      members: places.map(memberOf),
      stability,
      sourceStability,
      chainageKm: stretch && asShown(stretch),
      nearestCrossingPoint: nearest ? placeOf(nearest.point) : null,
      distanceKm: nearest?.km ?? null,
      detectionsPerStaffMonth:
        noRate === null ? detectionRate(watched, watched.staffMonths) : withoutRate('NOT_AVAILABLE', noRate),
      allIncidentIds: cluster.incidentIds,
    });
  });
}

/** Borders with a cluster that no crossing point is near enough to name. */
export function unnamedBorders(clusters: readonly FoundCluster[], points: PointsByBorder): readonly string[] {
  const borders = clusters
    .filter(({ border, centre }) => nearestPoint(points.get(border.join(' ')) ?? [], centre) === null)
    .map(({ border }) => border.join(' '));
  return [...new Set(borders)];
}

interface Spot {
  readonly border: readonly [string, string];
  readonly centre: Position;
}

/** After the nearest crossing point, or the km along the border. */
export function nameOfSpot(spot: Spot, points: PointsByBorder, lines: LinesByBorder): string {
  const nearest = nearestPoint(points.get(spot.border.join(' ')) ?? [], spot.centre);
  return nearest ? withoutPair(nearest.point.name) : nameByChainage(spot, lines);
}

/** "IND–NPL km 312"; the pair alone where the hub holds no line near it. */
function nameByChainage({ border, centre }: Spot, lines: LinesByBorder): string {
  const pair = border.join('–');
  const foot = lines.get(border.join(' '))?.chainageOf(centre) ?? null;
  if (foot === null) return pair;
  const line = foot.piece === 0 ? '' : ` line ${foot.piece + 1}`;
  return `${pair}${line} km ${Math.round(foot.km)}`;
}

function nearestPoint(
  points: readonly PlaceColumns[],
  centre: Position,
): { readonly point: PlaceColumns; readonly km: number } | null {
  const ranked = points
    .map((point) => ({ point, km: greatCircleKm(positionOf(point), centre) }))
    .filter(({ km }) => km <= NAMED_WITHIN_KM)
    .sort((a, b) => Number(a.point.derived) - Number(b.point.derived) || a.km - b.km);
  return ranked[0] ?? null;
}

export function byBorder(points: readonly PlaceColumns[]): PointsByBorder {
  const groups = new Map<string, PlaceColumns[]>();
  for (const point of points) {
    const border = point.border_countries?.join(' ') ?? '';
    const group = groups.get(border) ?? [];
    groups.set(border, group);
    group.push(point);
  }
  return groups;
}

export function unmonitored(points: readonly PlaceColumns[], stations: readonly StationRow[]) {
  const open = stations.filter(({ closed }) => closed === null);
  return points
    .filter(({ derived }) => !derived)
    .filter(
      (point) =>
        !open.some((station) => greatCircleKm(positionOf(point), positionOf(station)) <= MONITORED_WITHIN_KM),
    )
    .map(placeOf);
}

export function positionOf(row: { readonly longitude: number; readonly latitude: number }): Position {
  return [row.longitude, row.latitude];
}

function asShown({ piece, fromKm, toKm, lengthKm }: BorderStretch): ChainageKm {
  const [from, to, lineLengthKm] = [toMetre(fromKm), toMetre(toKm), toMetre(lengthKm)];
  return { line: piece + 1, from, to, lineLengthKm };
}

function figuresOf(evidence: CrossingEvidence) {
  const { incidents, personEvents, independentOrigins, monthsActive, firstMonth, lastMonth } = evidence;
  return { incidents, persons: personEvents, independentOrigins, monthsActive, firstMonth, lastMonth };
}

function memberOf({ position, role, incidents, personEvents }: CrossingPlace): CrossingMember {
  return {
    position: { longitude: position[0], latitude: position[1] },
    role,
    incidents,
    persons: personEvents,
  };
}

export function noiseOf(noise: readonly BorderNoise[]): CrossingNoise[] {
  return noise.map(({ border, places, ...evidence }) =>
    Object.assign(new CrossingNoise(), { border, ...figuresOf(evidence), members: places.map(memberOf) }),
  );
}
