/** Who told of what on each border, and how steady its clusters are over them. */
import { seededRandom } from '../../../kernel/random.ts';
import type { GatheredClusters } from '../crossing-clusters.ts';
import type { ReadColumns } from '../crossing-columns.ts';
import type { CrossingClusterParameters } from '../crossing-grouping.ts';
import { type IncidentPlaces, incidentPlaces } from './incident-places.ts';
import {
  type IncidentSources,
  LEAST_SOURCES,
  RESAMPLES,
  type SourceStability,
  sourceStability,
} from './source-stability.ts';

export type ClusterStability =
  | ({ readonly status: 'TESTED' } & SourceStability)
  | { readonly status: 'NOT_ENOUGH_SOURCES' | 'TOO_MANY_PLACES'; readonly sources: number };

/** Places gathered in all, over all resamples of a border: some seconds. HDBSCAN* takes that much longer for each. */
const MOST_GATHERED = 3_000_000;
const DISCOVERY_COSTS = 20;
const LEAST_RESAMPLES = 20;

/** By cluster. Incidents whose origin is not known are their owner's word: one source an owner. The same records have the same stability. */
export function stabilitiesOf(
  columns: ReadColumns,
  { sites, derived, members }: GatheredClusters,
  parameters: CrossingClusterParameters,
): ClusterStability[] {
  const all = new Array<ClusterStability>(members.length);
  for (const [number, border] of columns.borders.entries()) {
    const own = [...members.keys()].filter(
      (cluster) => derived.clusters[cluster]!.border.join(' ') === border.join(' '),
    );
    if (own.length === 0) continue;
    const places = incidentPlaces(columns, sites, sites.ofBorder[number]!);
    const sources = sourcesOf(columns, sites.ofBorder[number]!, sites, places);
    const cost = places.positions.length * (parameters.epsKm === null ? DISCOVERY_COSTS : 1);
    const resamples = Math.min(RESAMPLES, Math.floor(MOST_GATHERED / cost));
    const { count } = sources;
    if (count < LEAST_SOURCES || resamples < LEAST_RESAMPLES) {
      const status = count < LEAST_SOURCES ? 'NOT_ENOUGH_SOURCES' : 'TOO_MANY_PLACES';
      for (const cluster of own) all[cluster] = { status, sources: count };
      continue;
    }
    const rank = new Map(Array.from(sites.ofBorder[number]!, (site, place) => [site, place]));
    const groups = own.map((cluster) => Array.from(members[cluster]!, (site) => rank.get(site)!));
    // Each border its own draws: its clusters are as steady whatever other borders were asked of.
    const found = sourceStability(places, sources, groups, parameters, seededRandom(1), resamples);
    for (const [at, cluster] of own.entries()) all[cluster] = { status: 'TESTED', ...found[at]! };
  }
  return all;
}

/** Numbered by their ids: the order in which rows came shows nowhere. */
function sourcesOf(
  { incident, origin, originId, owner, owners }: ReadColumns,
  own: Int32Array,
  { starts, rows }: GatheredClusters['sites'],
  { numbers, local }: IncidentPlaces,
): IncidentSources {
  const told = numbers.map(() => new Set<string>());
  for (const site of own) {
    for (let at = starts[site]!; at < starts[site + 1]!; at += 1) {
      const row = rows[at]!;
      told[local.get(incident[row]!)!]!.add(
        origin[row]! >= 0 ? `origin ${originId(origin[row]!)}` : `owner ${owners[owner[row]!]!}`,
      );
    }
  }
  const all = [...new Set(told.flatMap((sources) => [...sources]))].sort();
  const numberOf = new Map(all.map((source, number) => [source, number]));
  const sourceStarts = new Int32Array(told.length + 1);
  for (const [at, sources] of told.entries()) sourceStarts[at + 1] = sourceStarts[at]! + sources.size;
  return {
    starts: sourceStarts,
    sources: Int32Array.from(
      told.flatMap((sources) => Array.from(sources, (source) => numberOf.get(source)!)),
    ),
    count: all.length,
  };
}
