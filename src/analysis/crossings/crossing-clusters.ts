/** Where along a border people were seen to cross: observed crossings gathered border by border, with the stragglers shown too. */
import { createHash } from 'node:crypto';
import { NOISE } from '../../geo/dbscan.ts';
import type { Position } from '../../geo/position.ts';
import { meanCentre } from '../../geo/sphere.ts';
import { bufferAround, hull, type Polygons } from '../../geo/turf.ts';
import { DETECTIONS_ONLY, type Derivation, type Refusal } from '../derivation.ts';
import { type CrossingColumns, columnsOf, type ObservedCrossing } from './crossing-columns.ts';
import { type CrossingEvidence, CrossingTally, type MonthOfIncidents, undated } from './crossing-evidence.ts';
import {
  type CrossingClusterParameters,
  FINEST_KM,
  groupPlaces,
  obstacleToDiscovery,
} from './crossing-grouping.ts';
import { type CrossingSites, siteKey, sitesOf } from './crossing-sites.ts';

export const CROSSING_CLUSTERS = { method: 'dbscan-sphere/per-border', version: 2 } as const;
export const DISCOVERED_CLUSTERS = { method: 'hdbscan-star-sphere/per-border', version: 1 } as const;

export const DEFAULT_CROSSING_CLUSTER_PARAMETERS: CrossingClusterParameters = { epsKm: 5, minIncidents: 5 };

export type CrossingRole = 'core' | 'border' | 'noise';

/** One coordinate, however often it was crossed at. */
export interface CrossingPlace {
  readonly position: Position;
  readonly role: CrossingRole;
  readonly incidents: number;
  readonly personEvents: number;
  /** The first month known of it; null when there is none. */
  readonly earliest: MonthOfIncidents | null;
}

export interface CrossingCluster extends CrossingEvidence {
  /** Digest of border and member coordinates: the same members give the same hint, so that runs can be matched. */
  readonly idHint: string;
  readonly border: readonly [string, string];
  readonly centre: Position;
  /** Hull of the places, or a band around them where they span no area: of a fifth of eps, or of half a kilometre. */
  readonly outline: Polygons;
  readonly places: readonly CrossingPlace[];
  /** Incidents per km; of HDBSCAN alone. */
  readonly stability: number | null;
}

export interface BorderNoise extends CrossingEvidence {
  readonly border: readonly [string, string];
  readonly places: readonly CrossingPlace[];
}

export interface CrossingClusters extends Derivation<CrossingClusterParameters> {
  /** By border, then most incidents first. */
  readonly clusters: readonly CrossingCluster[];
  /** Crossings in no cluster: fewer than minIncidents near them. One entry a border that has any. */
  readonly noise: readonly BorderNoise[];
}

/** The same, with where in the columns each cluster's crossings are. */
export interface GatheredClusters {
  readonly derived: CrossingClusters;
  readonly sites: CrossingSites;
  /** Set instead of clusters and noise. */
  readonly refusal: Refusal | null;
  /** By cluster the numbers of its sites, in the order of its places. */
  readonly members: readonly Int32Array[];
}

/** Neither the order of the crossings nor whole turns of longitude change the answer. */
export function deriveCrossingClusters(
  crossings: Iterable<ObservedCrossing>,
  parameters: CrossingClusterParameters = DEFAULT_CROSSING_CLUSTER_PARAMETERS,
): CrossingClusters {
  return gatherCrossings(columnsOf(crossings), parameters).derived;
}

export function gatherCrossings(
  columns: CrossingColumns,
  parameters: CrossingClusterParameters,
): GatheredClusters {
  const sites = sitesOf(columns);
  const gathering = new Gathering(columns, sites, parameters);
  const refusal = obstacleToDiscovery(parameters, Math.max(0, ...sites.ofBorder.map(({ length }) => length)));
  const borders =
    refusal === null ? columns.borders.map((border, number) => gathering.clusterBorder(border, number)) : [];
  const clusters = borders.flatMap(({ clusters }) => clusters);
  return {
    sites,
    refusal,
    members: clusters.map(({ members }) => members),
    derived: {
      refused: false,
      ...(parameters.epsKm === null ? DISCOVERED_CLUSTERS : CROSSING_CLUSTERS),
      parameters,
      counts: { records: columns.count, incidents: gathering.tally.incidents },
      unknowns: [
        DETECTIONS_ONLY,
        'Crossings whose place was not observed are not here.',
        ...(parameters.epsKm === null
          ? [
              'No distance was given: a cluster is as wide as its crossings are dense, and a sparse one may hold several gates.',
            ]
          : []),
        'Effort is not taken into account: a cluster may be where a station stands.',
        ...undated(columns),
        'An incident observed at two places within reach of each other counts at both when cores are found, and once in every total.',
      ],
      clusters: clusters.map(({ cluster }) => cluster),
      noise: borders.flatMap(({ noise }) => (noise ? [noise] : [])),
    },
  };
}

interface MemberCluster {
  readonly cluster: CrossingCluster;
  readonly members: Int32Array;
}

class Gathering {
  readonly #sites: CrossingSites;
  readonly #parameters: CrossingClusterParameters;
  readonly tally: CrossingTally;
  /** By site. */
  readonly #incidents: Float64Array;
  readonly #persons: Float64Array;
  readonly #roles: Uint8Array;

  constructor(columns: CrossingColumns, sites: CrossingSites, parameters: CrossingClusterParameters) {
    this.#sites = sites;
    this.#parameters = parameters;
    this.tally = new CrossingTally(columns, sites);
    this.#incidents = new Float64Array(sites.count);
    this.#persons = new Float64Array(sites.count);
    this.#roles = new Uint8Array(sites.count);
    for (let site = 0; site < sites.count; site += 1) {
      const { incidents, persons } = this.tally.casesAt(site);
      this.#incidents[site] = incidents;
      this.#persons[site] = persons;
    }
  }

  clusterBorder(
    border: readonly [string, string],
    number: number,
  ): { readonly clusters: readonly MemberCluster[]; readonly noise: BorderNoise | null } {
    const own = this.#sites.ofBorder[number]!;
    const { labels, core, stabilities } = groupPlaces(
      Array.from(own, (site) => this.#sites.positions[site]!),
      Float64Array.from(own, (site) => this.#incidents[site]!),
      this.#parameters,
    );
    const groups = stabilities.map((): number[] => []);
    const left: number[] = [];
    for (let i = 0; i < own.length; i += 1) {
      this.#roles[own[i]!] = labels[i] === NOISE ? NOISES : core[i] ? CORES : BORDERS;
      (groups[labels[i]!] ?? left).push(own[i]!);
    }
    const clusters: MemberCluster[] = [];
    for (const [label, group] of groups.entries()) {
      const evidence = this.tally.evidenceOf(group);
      // One incident seen at many places is still one case.
      if (evidence.incidents < this.#parameters.minIncidents) {
        for (const site of group) this.#roles[site] = NOISES;
        left.push(...group);
        continue;
      }
      const cluster = this.#describe(border, group, evidence, stabilities[label] ?? null);
      clusters.push({ cluster, members: Int32Array.from(group) });
    }
    clusters.sort(
      ({ cluster: a }, { cluster: b }) => b.incidents - a.incidents || (a.idHint < b.idHint ? -1 : 1),
    );
    const rank = new Map(Array.from(own, (site, at) => [site, at]));
    left.sort((a, b) => rank.get(a)! - rank.get(b)!);
    const noise =
      left.length > 0 ? { border, ...this.tally.evidenceOf(left), places: this.#placesOf(left) } : null;
    return { clusters, noise };
  }

  #describe(
    border: readonly [string, string],
    group: readonly number[],
    evidence: CrossingEvidence,
    stability: number | null,
  ): CrossingCluster {
    const { epsKm } = this.#parameters;
    const positions = group.map((site) => this.#sites.positions[site]!);
    const personEvents = group.map((site) => Math.max(1, this.#persons[site]!));
    return {
      idHint: createHash('sha256')
        .update([border.join(' '), ...positions.map(siteKey)].join('\n'))
        .digest('hex')
        .slice(0, 32),
      border,
      // Members of one cluster cannot cancel: they hang together by steps of epsKm along one border.
      centre: meanCentre(positions, personEvents) ?? positions[0]!,
      outline: hull(positions) ?? bufferAround(positions, epsKm === null ? FINEST_KM : epsKm / 5),
      places: this.#placesOf(group),
      stability,
      ...evidence,
    };
  }

  #placesOf(group: readonly number[]): CrossingPlace[] {
    return group.map((site) => ({
      position: this.#sites.positions[site]!,
      role: ROLES[this.#roles[site]!]!,
      incidents: this.#incidents[site]!,
      personEvents: this.#persons[site]!,
      earliest: this.tally.earliestAt(site),
    }));
  }
}

const ROLES = ['noise', 'border', 'core'] as const;
const [NOISES, BORDERS, CORES] = [0, 1, 2] as const;
