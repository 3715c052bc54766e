/** From what is derived, as GraphQL answers it, to rows of an export: the same figures, one column each. */
import type { Corridor } from '../../analysis/corridors/corridor.type.ts';
import type { CrossingCluster } from '../../analysis/crossings/crossing-cluster.type.ts';
import type { RouteHotspotCell } from '../../analysis/hotspots/hotspot.type.ts';
import type { Position } from '../../geo/position.ts';
import { type Geometry, pointGeometry, wellKnownText } from './geometry.ts';
import { columnsOf, type ExportRow } from './layer.ts';

/** The marking is of the export as a whole. */
export type DerivedRow = Pick<ExportRow, 'geometry' | 'values'>;

const MARKS = 'handling pap';
const MONTHS = 'first_month last_month';

export const CORRIDOR_COLUMNS = columnsOf(
  `id name incidents:integer independent_origins:integer movements:integer owners:integer persons_min:integer persons_max:integer ` +
    `width_km:number length_km:number observed:number stated:number inferred:number ${MONTHS} trend trend_per_month:number ` +
    `season season_peak_month:integer season_strength:number season_p:number season_q:number stages:json unknowns ${MARKS}`,
);
export const HOTSPOT_COLUMNS = columnsOf(
  `id class z:number p:number p_permutation:number q:number magnitude:number incidents:integer ${MARKS}`,
);
export const CLUSTER_COLUMNS = columnsOf(
  `id name border:list incidents:integer persons:integer independent_origins:integer months_active:integer ${MONTHS} ` +
    `nearest_crossing_point distance_km:number detection_status detections_per_staff_month:number hull ${MARKS}`,
);

export function corridorRow(corridor: Corridor): DerivedRow {
  const { support, persons, share, trend, seasonality } = corridor;
  return {
    geometry: geometryOf(corridor.geometry),
    values: {
      id: corridor.id,
      name: corridor.name,
      incidents: support.incidents,
      independent_origins: support.independentOrigins,
      movements: support.movements,
      owners: support.owners,
      persons_min: persons.min,
      persons_max: persons.max,
      width_km: corridor.widthKm,
      length_km: corridor.lengthKm,
      observed: share.observed,
      stated: share.stated,
      inferred: share.inferred,
      first_month: corridor.firstMonth,
      last_month: corridor.lastMonth,
      trend: trend.status,
      trend_per_month: trend.slopePerMonth,
      season: seasonality.status,
      season_peak_month: seasonality.peakMonth,
      season_strength: seasonality.strength,
      season_p: seasonality.p,
      season_q: seasonality.q,
      stages: corridor.stages.map(({ name, country, role, position, uncertaintyKm, level }) => ({
        name,
        country,
        role,
        longitude: position?.longitude ?? null,
        latitude: position?.latitude ?? null,
        uncertaintyKm,
        level: level.toUpperCase(),
      })),
      unknowns: corridor.unknowns.join(' '),
    },
  };
}

const CLASSES: Readonly<Record<string, string>> = {
  hot: 'ROUTE_HOTSPOT',
  cold: 'COLD_SPOT',
  density: 'DENSITY',
};

export function hotspotRow(cell: RouteHotspotCell): DerivedRow {
  return {
    geometry: geometryOf(cell.geometry),
    values: {
      id: cell.id,
      class: CLASSES[cell.class] ?? cell.class,
      z: cell.z,
      p: cell.p,
      p_permutation: cell.pPermutation,
      q: cell.q,
      magnitude: cell.magnitude,
      incidents: cell.incidents,
    },
  };
}

export function clusterRow(cluster: CrossingCluster): DerivedRow {
  const hull = geometryOf(cluster.hull);
  return {
    geometry: pointGeometry(cluster.centre.longitude, cluster.centre.latitude),
    values: {
      id: cluster.id,
      name: cluster.name,
      border: cluster.border,
      incidents: cluster.incidents,
      persons: cluster.persons,
      independent_origins: cluster.independentOrigins,
      months_active: cluster.monthsActive,
      first_month: cluster.firstMonth,
      last_month: cluster.lastMonth,
      nearest_crossing_point: cluster.nearestCrossingPoint?.name ?? null,
      distance_km: cluster.distanceKm,
      detection_status: cluster.detectionsPerStaffMonth.status,
      detections_per_staff_month: cluster.detectionsPerStaffMonth.rate,
      hull: hull === null ? null : wellKnownText(hull),
    },
  };
}

/** Null of one that has no part. */
function geometryOf(geometry: unknown): Geometry | null {
  const shape = geometry as { readonly coordinates: readonly Position[] } | null;
  return shape === null || shape.coordinates.length === 0 ? null : (geometry as Geometry);
}
