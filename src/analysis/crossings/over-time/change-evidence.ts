/** A change as it can be shown: its clusters with figures and outline, and the incidents behind it. */
import type { Position } from '../../../geo/position.ts';
import { meanCentre } from '../../../geo/sphere.ts';
import { bufferAround, hull, type Polygons } from '../../../geo/turf.ts';
import type { ReadColumns } from '../crossing-columns.ts';
import type { CrossingSites } from '../crossing-sites.ts';
import type { IncidentPlaces } from './incident-places.ts';
import type { TwoPeriods } from './transition-strength.ts';

export interface ClusterInPeriod {
  readonly centre: Position;
  readonly outline: Polygons;
  /** Distinct, of that period. */
  readonly incidents: number;
}

export interface RegionEvidence {
  /** Where its clusters are or were, and within reach of there. */
  readonly centre: Position;
  readonly incidentsBefore: number;
  readonly incidentsAfter: number;
  /** Distinct known ones of both periods; 1 when none is known. */
  readonly independentOrigins: number;
  /** Ascending, as many as were asked for. */
  readonly incidentIds: readonly string[];
}

export function describeGroup(
  { positions }: IncidentPlaces,
  group: readonly number[],
  weights: Float64Array,
  incidents: number,
  epsKm: number,
): ClusterInPeriod {
  const own = group.map((place) => positions[place]!);
  return {
    // Members of one cluster cannot cancel: they hang together by steps along one border.
    centre:
      meanCentre(
        own,
        group.map((place) => weights[place]!),
      ) ?? own[0]!,
    outline: hull(own) ?? bufferAround(own, epsKm / 5),
    incidents,
  };
}

export function regionEvidence(
  columns: ReadColumns,
  sites: CrossingSites,
  own: Int32Array,
  { places, periods }: TwoPeriods,
  region: readonly number[],
  most: number,
): RegionEvidence {
  const [before, after] = [new Set<number>(), new Set<number>()];
  const [origins, reports] = [new Set<number>(), new Set<number>()];
  const busy: Position[] = [];
  for (const place of region) {
    const site = own[place]!;
    for (let at = sites.starts[site]!; at < sites.starts[site + 1]!; at += 1) {
      const row = sites.rows[at]!;
      const incident = columns.incident[row]!;
      const period = periods[places.local.get(incident)!]!;
      if (period < 0) continue;
      (period === 0 ? before : after).add(incident);
      if (columns.origin[row]! >= 0) origins.add(columns.origin[row]!);
      reports.add(columns.report[row]!);
      busy.push(places.positions[place]!);
    }
  }
  return {
    centre: meanCentre(busy) ?? busy[0]!,
    incidentsBefore: before.size,
    incidentsAfter: after.size,
    independentOrigins: Math.max(1, origins.size),
    incidentIds: most === 0 ? [] : Array.from(reports, columns.incidentId).sort().slice(0, most),
  };
}
