/** Which places of one border belong together: within a stated reach (DBSCAN), or at whatever distance they are dense (HDBSCAN*). */
import { clusterPositions, NOISE } from '../../geo/dbscan.ts';
import { discoverPositions } from '../../geo/hdbscan.ts';
import type { Position } from '../../geo/position.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';

export interface CrossingClusterParameters {
  /** Crossings at most this far apart are neighbours (great circle on a sphere). Null where no distance is known, or none fits all: HDBSCAN*. */
  readonly epsKm: number | null;
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
/** 20 s on the machines measured. */
const MOST_DISCOVERED = 100_000;
/** A place ten times less dense than the densest of its cluster is no part of it. */
const LEAST_MEMBERSHIP = 0.1;

/** `weights`: distinct incidents by place, each coordinate given once. */
export function groupPlaces(
  positions: readonly Position[],
  weights: Float64Array,
  { epsKm, minIncidents }: CrossingClusterParameters,
): GroupedPlaces {
  if (epsKm === null) return discover(positions, weights, minIncidents);
  const { labels, core, clusters } = clusterPositions(positions, epsKm, minIncidents, weights);
  return { labels, core, stabilities: Array.from({ length: clusters }, () => null) };
}

/** Null, or why no distance can be discovered here: the tree over a border's places is built in minutes above this. */
export function obstacleToDiscovery(
  { epsKm }: CrossingClusterParameters,
  mostPlaces: number,
): Refusal | null {
  return epsKm === null && mostPlaces > MOST_DISCOVERED
    ? refuseToDerive(
        'too many places for HDBSCAN',
        `${mostPlaces} places on one border`,
        `${MOST_DISCOVERED} or fewer: a shorter span, a smaller area, or DBSCAN`,
      )
    : null;
}

/**
 * HDBSCAN* knows no border points: who is in is core. It keeps with a cluster whatever split off with it, be it a lone crossing 100 km away, at a
 * small membership: those are noise here.
 */
function discover(
  positions: readonly Position[],
  weights: Float64Array,
  minIncidents: number,
): GroupedPlaces {
  const options = { minWeight: minIncidents, weights, finest: FINEST_KM };
  const several = discoverPositions(positions, options);
  // Where nothing splits, all is one cluster: a border with one gate has that gate.
  const { labels, memberships, clusters } =
    several.clusters.length > 0 ? several : discoverPositions(positions, { ...options, mayBeAll: true });
  const near = labels.map((label, place) => (memberships[place]! >= LEAST_MEMBERSHIP ? label : NOISE));
  return {
    labels: near,
    core: Uint8Array.from(near, (label) => (label === NOISE ? 0 : 1)),
    stabilities: clusters.map(({ stability }) => stability),
  };
}
