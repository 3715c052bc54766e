/** Crossing clusters from what the database handed over, in one piece of pure work that a background thread can do. */
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import type { BackgroundWork } from '../../platform/background.ts';
import {
  type CrossingCluster,
  type CrossingClusterParameters,
  type CrossingClusters,
  deriveCrossingClusters,
} from './crossing-clusters.ts';
import type { ObservedCrossing } from './crossing-evidence.ts';

export interface Station {
  readonly ownerId: string;
  readonly position: Position;
  /** Worked in the span asked about. */
  readonly staffMonths: number;
  /** Months in which anybody worked, like 2026-04. */
  readonly months: readonly string[];
}

export interface CrossingTask {
  /** Lines as crossing-cluster.view.ts gives them. */
  readonly blocks: readonly string[];
  readonly parameters: CrossingClusterParameters;
  readonly stations: readonly Station[];
  /** How many incidents to name for each cluster. */
  readonly evidence: number;
}

export interface CrossingWork extends Omit<CrossingClusters, 'clusters'> {
  readonly clusters: readonly FoundCluster[];
  readonly owners: number;
  readonly window: { readonly first: string; readonly last: string } | null;
}

export interface FoundCluster extends CrossingCluster {
  /** Ascending. */
  readonly incidentIds: readonly string[];
  readonly watched: Watched;
}

/** What the stations inside a cluster found, and the time it took them. */
export interface Watched {
  readonly stations: number;
  readonly staffMonths: number;
  /** Incidents of the owners of those stations, in months in which they worked there. */
  readonly incidents: number;
  readonly independentOrigins: number;
}

export const CROSSING_WORK: BackgroundWork<CrossingTask, CrossingWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work({ blocks, parameters, stations, evidence }: CrossingTask): CrossingWork {
  const crossings = blocks.flatMap((block) => block.split('\n').map(readCrossing));
  const { clusters, ...derived } = deriveCrossingClusters(crossings, parameters);
  const clusterOf = new Map(
    clusters.flatMap(({ border, places }, number) =>
      places.map(({ position }) => [siteKey(border, position), number] as const),
    ),
  );
  const members = clusters.map((): ReadCrossing[] => []);
  for (const crossing of crossings) {
    const number = clusterOf.get(siteKey(crossing.border, crossing.position));
    if (number !== undefined) members[number]!.push(crossing);
  }
  const stationsOf = clusters.map((): Station[] => []);
  for (const station of stations) {
    const number = nearestCluster(station, clusters, parameters.epsKm);
    if (number !== null) stationsOf[number]!.push(station);
  }
  const months = crossings.flatMap(({ month }) => month ?? []).sort();
  const [first, last] = [months[0], months[months.length - 1]];
  return {
    ...derived,
    clusters: clusters.map((cluster, number) => ({
      ...cluster,
      incidentIds:
        evidence === 0
          ? []
          : [...new Set(members[number]!.map(({ incidentId }) => incidentId))].sort().slice(0, evidence),
      watched: watchedBy(stationsOf[number]!, members[number]!),
    })),
    owners: new Set(crossings.map(({ owner }) => owner)).size,
    window: first === undefined || last === undefined ? null : { first, last },
  };
}

interface ReadCrossing extends ObservedCrossing {
  readonly incidentId: string;
  readonly owner: string;
}

type CrossingFields = [string, string, string, string, string, string, string, string, string, string];

function readCrossing(line: string): ReadCrossing {
  const [longitude, latitude, persons, incidentId, event, a, b, month, origin, owner] = line.split(
    '\t',
  ) as CrossingFields;
  return {
    position: [Number(longitude), Number(latitude)],
    weight: Number(persons),
    incident: event || incidentId,
    incidentId,
    border: [a, b],
    month: month || null,
    origin: origin || null,
    owner,
  };
}

/** Coordinates to a centimetre, as the derivation tells them apart. */
function siteKey(border: readonly string[], [longitude, latitude]: Position): string {
  const whole = normaliseLongitude(Number(longitude.toFixed(7)));
  return `${border.join(' ')} ${(whole + 0).toFixed(7)} ${latitude.toFixed(7)}`;
}

/** The cluster with the member nearest to a station, within reach; a station watches one cluster. */
function nearestCluster(
  { position }: Station,
  clusters: readonly CrossingCluster[],
  reachKm: number,
): number | null {
  let best: number | null = null;
  let bestKm = reachKm;
  for (const [number, { places }] of clusters.entries()) {
    for (const place of places) {
      const km = greatCircleKm(position, place.position);
      if (km > bestKm || (km === bestKm && best !== null)) continue;
      best = number;
      bestKm = km;
    }
  }
  return best;
}

function watchedBy(stations: readonly Station[], members: readonly ReadCrossing[]): Watched {
  const worked = new Set(
    stations.flatMap(({ ownerId, months }) => months.map((month) => `${ownerId} ${month}`)),
  );
  const seen = members.filter(({ owner, month }) => worked.has(`${owner} ${month}`));
  const origins = new Set(seen.flatMap(({ origin }) => origin ?? []));
  return {
    stations: stations.length,
    staffMonths: stations.reduce((sum, { staffMonths }) => sum + staffMonths, 0),
    incidents: new Set(seen.map(({ incident }) => incident)).size,
    independentOrigins: Math.max(1, origins.size),
  };
}
