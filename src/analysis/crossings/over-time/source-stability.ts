/** Whether clusters hang on few sources: gathered again and again from sources drawn anew. */
import type { Random } from '../../../kernel/random.ts';
import type { CrossingClusterParameters } from '../crossing-grouping.ts';
import { type GroupedIncidents, groupIncidents, type IncidentPlaces } from './incident-places.ts';

export interface SourceStability {
  /** Of all incidents of the border. */
  readonly sources: number;
  readonly resamples: number;
  /** Mean over the resamples of the Jaccard similarity to the most similar cluster there: 1 is the same each time. */
  readonly meanJaccard: number;
  /** Shares of resamples in which it is found again (Jaccard 0.75 or more) and in which it is gone (0.5 or less). */
  readonly recovered: number;
  readonly dissolved: number;
}

/** Who told of each incident, of the border's numbers: incident i has sources[starts[i]] … sources[starts[i + 1] − 1], each once. */
export interface IncidentSources {
  readonly starts: Int32Array;
  readonly sources: Int32Array;
  readonly count: number;
}

/** Fewer cannot be drawn in more than a few ways. */
export const LEAST_SOURCES = 3;
export const RESAMPLES = 100;
const FOUND_AGAIN = 0.75;
const GONE = 0.5;

/**
 * The bootstrap of Hennig (Computational Statistics & Data Analysis 52, 2007) with sources for points: reports of one source stand or fall together. Sources are
 * drawn with replacement; an incident weighs as often as its sources were drawn, on average over them. `clusters`: the places of each.
 */
export function sourceStability(
  places: IncidentPlaces,
  { starts, sources, count }: IncidentSources,
  clusters: readonly ArrayLike<number>[],
  parameters: CrossingClusterParameters,
  random: Random,
  resamples = RESAMPLES,
): SourceStability[] {
  const own = new Int32Array(places.positions.length).fill(-1);
  for (const [number, group] of clusters.entries())
    for (const place of Array.from(group)) own[place] = number;
  const sums = clusters.map(() => ({ jaccard: 0, recovered: 0, dissolved: 0 }));
  const drawn = new Int32Array(count);
  const shares = new Float64Array(places.numbers.length);
  for (let resample = 0; resample < resamples; resample += 1) {
    drawn.fill(0);
    for (let draw = 0; draw < count; draw += 1) drawn[random.int(count)]! += 1;
    for (let incident = 0; incident < shares.length; incident += 1) {
      let sum = 0;
      for (let at = starts[incident]!; at < starts[incident + 1]!; at += 1) sum += drawn[sources[at]!]!;
      shares[incident] = sum / (starts[incident + 1]! - starts[incident]!);
    }
    const again = groupIncidents(places, shares, parameters);
    for (const [number, jaccard] of mostSimilar(own, clusters.length, again).entries()) {
      const sum = sums[number]!;
      sum.jaccard += jaccard;
      if (jaccard >= FOUND_AGAIN) sum.recovered += 1;
      if (jaccard <= GONE) sum.dissolved += 1;
    }
  }
  return sums.map(({ jaccard, recovered, dissolved }) => ({
    sources: count,
    resamples,
    meanJaccard: jaccard / resamples,
    recovered: recovered / resamples,
    dissolved: dissolved / resamples,
  }));
}

/** Of each cluster, the greatest share of weight it has in common with one of the others; 0 where nothing of it was drawn. */
function mostSimilar(
  own: Int32Array,
  count: number,
  { labels, members, weights }: GroupedIncidents,
): Float64Array {
  const clusters = members.length;
  const [sizes, others] = [new Float64Array(count), new Float64Array(clusters)];
  const common = new Map<number, number>();
  for (let place = 0; place < own.length; place += 1) {
    const [mine, other] = [own[place]!, labels[place]!];
    if (mine >= 0) sizes[mine]! += weights[place]!;
    if (other >= 0) others[other]! += weights[place]!;
    if (mine < 0 || other < 0) continue;
    const pair = mine * clusters + other;
    common.set(pair, (common.get(pair) ?? 0) + weights[place]!);
  }
  const best = new Float64Array(count);
  for (const [pair, shared] of common) {
    const [mine, other] = [Math.floor(pair / clusters), pair % clusters];
    best[mine] = Math.max(best[mine]!, shared / (sizes[mine]! + others[other]! - shared));
  }
  return best;
}
