/** Which places of one border belong together: within a stated reach (DBSCAN), or at whatever distance they are dense (HDBSCAN*). */
import { clusterPositions, NOISE } from '../../geo/dbscan.ts';
import { discoverPositions } from '../../geo/hdbscan.ts';
import type { Position } from '../../geo/position.ts';

/** DBSCAN for one known reach, HDBSCAN to discover clusters where no distance is known, or where one does not fit all. */
export type CrossingGrouping = 'dbscan' | 'hdbscan';

export interface CrossingClusterParameters {
  /** DBSCAN if left out. */
  readonly grouping?: CrossingGrouping;
  /** Crossings at most this far apart are neighbours (great circle on a sphere). Not used by HDBSCAN. */
  readonly epsKm: number;
  /** How many distinct incidents a place must have within reach to be core, and a cluster in all. Persons do not count here. */
  readonly minIncidents: number;
}

/** Columns by place, in the order they were given. */
export interface GroupedPlaces {
  /** Cluster of each place, or NOISE. Numbered by their lowest place. */
  readonly labels: Int32Array;
  readonly core: Uint8Array;
  /** By cluster, incidents per km: the longer they stay together as the distance falls, the more. Null from DBSCAN, which has one distance. */
  readonly stabilities: readonly (number | null)[];
}

/** A gate is known to half a kilometre: below that nothing is told apart, and places where many crossed are not infinitely dense. */
export const FINEST_KM = 0.5;
/** A place this much less dense than the densest is no part of a border's only cluster. */
const LEAST_MEMBERSHIP = 0.1;

/** `weights`: distinct incidents by place, each coordinate given once. */
export function groupPlaces(
  positions: readonly Position[],
  weights: Float64Array,
  { grouping, epsKm, minIncidents }: CrossingClusterParameters,
): GroupedPlaces {
  if (grouping === 'hdbscan') return discover(positions, weights, minIncidents);
  const { labels, core, clusters } = clusterPositions(positions, epsKm, minIncidents, weights);
  return { labels, core, stabilities: Array.from({ length: clusters }, () => null) };
}

/** HDBSCAN* knows no border points: who is in is core. */
function discover(
  positions: readonly Position[],
  weights: Float64Array,
  minIncidents: number,
): GroupedPlaces {
  const options = { minWeight: minIncidents, weights, finest: FINEST_KM };
  const several = discoverPositions(positions, options);
  if (several.clusters.length > 0) return asGrouped(several.labels, several.clusters);
  // Nothing splits: a border with one gate is one cluster and its stragglers, which the plain method would call noise altogether.
  const { labels, clusters, memberships } = discoverPositions(positions, { ...options, mayBeAll: true });
  const near = labels.map((label, place) => (memberships[place]! >= LEAST_MEMBERSHIP ? label : NOISE));
  return asGrouped(near, clusters);
}

function asGrouped(labels: Int32Array, clusters: readonly { readonly stability: number }[]): GroupedPlaces {
  return {
    labels,
    core: Uint8Array.from(labels, (label) => (label === NOISE ? 0 : 1)),
    stabilities: clusters.map(({ stability }) => stability),
  };
}
