/** Where along a border people were seen to cross: observed crossings gathered border by border, with the stragglers shown too. */
import { createHash } from 'node:crypto';
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import { clusterPositions, NOISE } from '../../geo/dbscan.ts';
import type { Position } from '../../geo/position.ts';
import { meanCentre } from '../../geo/sphere.ts';
import { bufferAround, hull, type Polygons } from '../../geo/turf.ts';
import { DETECTIONS_ONLY, type Derivation } from '../derivation.ts';
import {
  type CrossingEvidence,
  earliestOf,
  evidenceOf,
  incidentsOf,
  type MonthOfIncidents,
  type ObservedCrossing,
  personsOf,
  undated,
} from './crossing-evidence.ts';

export const CROSSING_CLUSTERS = { method: 'dbscan-sphere/per-border', version: 2 } as const;

export interface CrossingClusterParameters {
  /** Crossings at most this far apart are neighbours (great circle on a sphere). */
  readonly epsKm: number;
  /** How many distinct incidents a place must have within reach to be core, and a cluster in all. Persons do not count here. */
  readonly minIncidents: number;
}

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
  /** Hull of the places, or a band of a fifth of eps around them where they span no area. */
  readonly outline: Polygons;
  readonly places: readonly CrossingPlace[];
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

/** Neither the order of the crossings nor whole turns of longitude change the answer. */
export function deriveCrossingClusters(
  crossings: Iterable<ObservedCrossing>,
  parameters: CrossingClusterParameters = DEFAULT_CROSSING_CLUSTER_PARAMETERS,
): CrossingClusters {
  const byBorder = groupBy(crossings, ({ border }) => {
    if (border[0] <= border[1]) return border.join(' ');
    throw new RangeError(
      `crossing clusters: found the border ${border.join(' ')}, wanted alphabetical order`,
    );
  });
  const borders = [...byBorder.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rows]) => clusterBorder(rows, parameters));
  const all = [...byBorder.values()].flat();
  return {
    refused: false,
    ...CROSSING_CLUSTERS,
    parameters,
    counts: { records: all.length, incidents: new Set(all.map(({ incident }) => incident)).size },
    unknowns: [
      DETECTIONS_ONLY,
      'Crossings whose place was not observed are not here.',
      'Effort is not taken into account: a cluster may be where a station stands.',
      ...undated(all),
      'An incident observed at two places within reach of each other counts at both when cores are found, and once in every total.',
    ],
    clusters: borders.flatMap(({ clusters }) => clusters),
    noise: borders.flatMap(({ noise }) => (noise ? [noise] : [])),
  };
}

/** All crossings at one coordinate. */
interface Site {
  readonly position: Position;
  readonly crossings: readonly ObservedCrossing[];
}

function clusterBorder(
  crossings: readonly ObservedCrossing[],
  { epsKm, minIncidents }: CrossingClusterParameters,
): { clusters: CrossingCluster[]; noise: BorderNoise | null } {
  const { border } = crossings[0]!;
  const sites = sitesOf(crossings);
  const weights = sites.map((site) => incidentsOf(site.crossings));
  const {
    labels,
    core,
    clusters: count,
  } = clusterPositions(
    sites.map(({ position }) => position),
    epsKm,
    minIncidents,
    weights,
  );
  const members = Array.from({ length: count }, () => [] as { site: Site; role: CrossingRole }[]);
  const left: Site[] = [];
  for (const [i, site] of sites.entries()) {
    if (labels[i] === NOISE) left.push(site);
    else members[labels[i]!]!.push({ site, role: core[i] ? 'core' : 'border' });
  }
  const clusters: CrossingCluster[] = [];
  for (const places of members) {
    const evidence = evidenceOf(places.flatMap(({ site }) => site.crossings));
    // One incident seen at many places is still one case.
    if (evidence.incidents < minIncidents) left.push(...places.map(({ site }) => site));
    else clusters.push(describe(border, places, evidence, epsKm));
  }
  clusters.sort((a, b) => b.incidents - a.incidents || (a.idHint < b.idHint ? -1 : 1));
  left.sort(bySite);
  const noise =
    left.length > 0
      ? {
          border,
          ...evidenceOf(left.flatMap((site) => site.crossings)),
          places: left.map((site) => placeOf(site, 'noise')),
        }
      : null;
  return { clusters, noise };
}

function describe(
  border: readonly [string, string],
  places: readonly { readonly site: Site; readonly role: CrossingRole }[],
  evidence: CrossingEvidence,
  epsKm: number,
): CrossingCluster {
  const positions = places.map(({ site }) => site.position);
  const personEvents = places.map(({ site }) => Math.max(1, personsOf(site.crossings)));
  return {
    idHint: createHash('sha256')
      .update([border.join(' '), ...positions.map(keyOf)].join('\n'))
      .digest('hex')
      .slice(0, 32),
    border,
    // Members of one cluster cannot cancel: they hang together by steps of epsKm along one border.
    centre: meanCentre(positions, personEvents) ?? positions[0]!,
    outline: hull(positions) ?? bufferAround(positions, epsKm / 5),
    places: places.map(({ site, role }) => placeOf(site, role)),
    ...evidence,
  };
}

/** By coordinate, ascending, so that the order of the input shows nowhere. */
function sitesOf(crossings: readonly ObservedCrossing[]): Site[] {
  return [...groupBy(crossings, ({ position }) => keyOf(position)).values()]
    .map((rows): Site => {
      const [longitude, latitude] = rows[0]!.position;
      return { position: [normaliseLongitude(longitude), latitude], crossings: rows };
    })
    .sort(bySite);
}

/** To 1e-7°, a centimetre: what shifting by whole turns changes is below that. */
function keyOf([longitude, latitude]: Position): string {
  const whole = normaliseLongitude(Number(longitude.toFixed(7)));
  return `${(whole + 0).toFixed(7)} ${latitude.toFixed(7)}`;
}

function placeOf({ position, crossings }: Site, role: CrossingRole): CrossingPlace {
  return {
    position,
    role,
    incidents: incidentsOf(crossings),
    personEvents: personsOf(crossings),
    earliest: earliestOf(crossings),
  };
}

function bySite(a: Site, b: Site): number {
  return a.position[1] - b.position[1] || a.position[0] - b.position[0];
}

function groupBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
