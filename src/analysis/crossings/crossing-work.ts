/** Crossing clusters from what the database handed over, in one piece of pure work that a background thread can do. */
import type { Position } from '../../geo/position.ts';
import { chordOfKm, greatCircleKm, toUnitVector } from '../../geo/sphere.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import type { Refusal } from '../derivation.ts';
import { BorderLine, type Chainage, type DrawnBorder } from './border-line.ts';
import { type BorderMass, type BorderStretch, massAlong, stretchOf } from './chainage.ts';
import { type Anchor, anchorOf, type MarkPoint } from './crossing-anchor.ts';
import {
  type BorderNoise,
  type CrossingCluster,
  type CrossingClusters,
  type GatheredClusters,
  gatherCrossings,
} from './crossing-clusters.ts';
import { type CrossingBlock, type ReadColumns, readColumns } from './crossing-columns.ts';
import type { CrossingClusterParameters } from './crossing-grouping.ts';
import { type ClusterStability, stabilitiesOf } from './over-time/border-sources.ts';

export interface Station {
  readonly ownerId: string;
  readonly position: Position;
  /** Worked in the span asked about. */
  readonly staffMonths: number;
  /** Months in which anybody worked, like 2026-04. */
  readonly months: readonly string[];
}

export interface CrossingTask {
  readonly blocks: readonly CrossingBlock[];
  readonly parameters: CrossingClusterParameters;
  readonly stations: readonly Station[];
  /** Crossing points by border ("IND NPL"). */
  readonly points: ReadonlyMap<string, readonly MarkPoint[]>;
  readonly lines: readonly DrawnBorder[];
  /** How many incidents to name for each cluster. */
  readonly evidence: number;
  /** Whether each place is wanted, or only what they amount to. */
  readonly withPlaces: boolean;
  /** Whether it is wanted how far along their borders clusters reach, and how many there are where. */
  readonly withStretches: boolean;
  readonly withMass: boolean;
  /** Whether it is wanted how steady clusters are over their sources. */
  readonly withStability: boolean;
}

export interface CrossingWork extends Omit<CrossingClusters, 'clusters'> {
  readonly clusters: readonly FoundCluster[];
  /** Set instead of clusters and noise. */
  readonly refusal: Refusal | null;
  /** Of borders whose line the hub holds; none unless asked for. */
  readonly mass: readonly BorderMass[];
  readonly owners: number;
  readonly window: { readonly first: string; readonly last: string } | null;
}

export interface FoundCluster extends CrossingCluster {
  readonly anchor: Anchor;
  /** Null without a line, and unless asked for. */
  readonly stretch: BorderStretch | null;
  /** Ascending. */
  readonly incidentIds: readonly string[];
  readonly watched: Watched;
  /** Null unless asked for. */
  readonly sourceStability: ClusterStability | null;
}

/** What the stations inside a cluster found, and the time it took them. */
export interface Watched {
  readonly stations: number;
  readonly staffMonths: number;
  /** Incidents of the owners of those stations, in months in which they worked there. */
  readonly incidents: number;
  readonly independentOrigins: number;
}

/** A station this near to a member of a cluster watches it, where no reach was given. */
const STATION_REACH_KM = 5;

export const CROSSING_WORK: BackgroundWork<CrossingTask, CrossingWork> = {
  module: new URL(import.meta.url),
  work,
};

/** Of what there is to do, roughly: once crossings are read, and once clusters are found but not described. */
const READ = 0.3;
const GATHERED = 0.8;

export function work(task: CrossingTask, tell?: Tell): CrossingWork {
  const { blocks, parameters, stations, points, evidence, withPlaces, withStretches } = task;
  const columns = readColumns(blocks);
  tell?.(READ);
  const gathered = gatherCrossings(columns, parameters);
  tell?.(GATHERED);
  const { clusters, noise, ...derived } = gathered.derived;
  const stationsOf = clusters.map((): Station[] => []);
  const nearest = clusterFinder(gathered, parameters.epsKm ?? STATION_REACH_KM);
  for (const station of stations) {
    const number = nearest(station.position);
    if (number !== null) stationsOf[number]!.push(station);
  }
  const lines = new Map(task.lines.map((drawn) => [drawn.border.join(' '), new BorderLine(drawn)]));
  const { months } = columns;
  const [first, last] = [months[0], months[months.length - 1]];
  const stabilities = task.withStability ? stabilitiesOf(columns, gathered, parameters) : [];
  const shown = <Group extends CrossingCluster | BorderNoise>(group: Group): Group =>
    withPlaces ? group : { ...group, places: [] };
  return {
    ...derived,
    refusal: gathered.refusal,
    clusters: clusters.map((cluster, number) => {
      tell?.(GATHERED + ((1 - GATHERED) * number) / clusters.length);
      return {
        ...shown(cluster),
        anchor: anchorOf(cluster.places, points.get(cluster.border.join(' ')) ?? [], parameters.epsKm),
        stretch: withStretches ? stretchAlong(lines.get(cluster.border.join(' ')), cluster) : null,
        incidentIds: incidentIdsOf(columns, gathered, number, evidence),
        watched: watchedBy(stationsOf[number]!, columns, gathered, number),
        sourceStability: stabilities[number] ?? null,
      };
    }),
    noise: noise.map(shown),
    mass: task.withMass ? massOf(columns, gathered, lines) : [],
    owners: columns.owners.length,
    window: first === undefined || last === undefined ? null : { first, last },
  };
}

function stretchAlong(line: BorderLine | undefined, { places }: CrossingCluster): BorderStretch | null {
  return line === undefined
    ? null
    : stretchOf(
        line,
        places.map(({ position, incidents }) => ({ chainage: line.chainageOf(position), weight: incidents })),
      );
}

function massOf(
  columns: ReadColumns,
  { sites }: GatheredClusters,
  lines: ReadonlyMap<string, BorderLine>,
): BorderMass[] {
  // By site; a site has one border.
  const chainages = new Array<Chainage | null>(sites.count);
  return columns.borders.flatMap((border, number) => {
    const line = lines.get(border.join(' '));
    if (line === undefined) return [];
    const own = sites.ofBorder[number]!;
    for (const site of own) chainages[site] = line.chainageOf(sites.positions[site]!);
    return [{ border, ...massAlong(columns, sites, own, chainages) }];
  });
}

function* rowsOf({ sites, members }: GatheredClusters, cluster: number): Generator<number> {
  for (const site of members[cluster]!)
    for (let at = sites.starts[site]!; at < sites.starts[site + 1]!; at += 1) yield sites.rows[at]!;
}

function incidentIdsOf(
  { report, incidentId }: ReadColumns,
  gathered: GatheredClusters,
  cluster: number,
  most: number,
): string[] {
  if (most === 0) return [];
  const reports = new Set<number>();
  for (const row of rowsOf(gathered, cluster)) reports.add(report[row]!);
  return Array.from(reports, incidentId).sort().slice(0, most);
}

/** The cluster with the member nearest to a station, within reach; a station watches one cluster. */
function clusterFinder(
  { sites, members }: GatheredClusters,
  reachKm: number,
): (position: Position) => number | null {
  const order = members.flatMap((group) => Array.from(group));
  const clusterAt = Int32Array.from(members.flatMap((group, number) => Array.from(group, () => number)));
  const vectors = new Float64Array(3 * order.length);
  for (const [at, site] of order.entries()) vectors.set(toUnitVector(sites.positions[site]!), 3 * at);
  // A little more than the reach: the exact distance decides.
  const reach = (chordOfKm(reachKm) * (1 + 1e-9)) ** 2;
  return (position) => {
    const [x, y, z] = toUnitVector(position);
    let best: number | null = null;
    let bestKm = reachKm;
    for (let at = 0; at < order.length; at += 1) {
      const [dx, dy, dz] = [vectors[3 * at]! - x, vectors[3 * at + 1]! - y, vectors[3 * at + 2]! - z];
      if (dx * dx + dy * dy + dz * dz > reach) continue;
      const km = greatCircleKm(position, sites.positions[order[at]!]!);
      if (km > bestKm || (km === bestKm && best !== null)) continue;
      best = clusterAt[at]!;
      bestKm = km;
    }
    return best;
  };
}

function watchedBy(
  stations: readonly Station[],
  columns: ReadColumns,
  gathered: GatheredClusters,
  cluster: number,
): Watched {
  const worked = new Set(
    stations.flatMap(({ ownerId, months }) => months.map((month) => `${ownerId} ${month}`)),
  );
  const incidents = new Set<number>();
  const origins = new Set<number>();
  if (worked.size > 0) {
    for (const row of rowsOf(gathered, cluster)) {
      const month = columns.months[columns.month[row]!];
      if (month === undefined || !worked.has(`${columns.owners[columns.owner[row]!]} ${month}`)) continue;
      incidents.add(columns.incident[row]!);
      if (columns.origin[row]! >= 0) origins.add(columns.origin[row]!);
    }
  }
  return {
    stations: stations.length,
    staffMonths: stations.reduce((sum, { staffMonths }) => sum + staffMonths, 0),
    incidents: incidents.size,
    independentOrigins: Math.max(1, origins.size),
  };
}
