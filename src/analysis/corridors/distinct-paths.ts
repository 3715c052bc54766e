/** A million movements follow some ten thousand sequences of places: each sequence once, with the journeys that follow it and the movements that made them. */
import { emptyJourneys, journeyOf } from './journeys.ts';
import type { MovementColumns } from './movement-columns.ts';

export interface DistinctPaths {
  readonly count: number;
  /** One more entry than paths: path p passes nodes[starts[p]] … nodes[starts[p + 1] − 1]. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  /** The path of each journey. */
  readonly pathOf: Int32Array;
  /** One more entry than paths: path p is followed by journeys[journeyStarts[p]] … journeys[journeyStarts[p + 1] − 1], ascending. */
  readonly journeyStarts: Int32Array;
  readonly journeys: Int32Array;
  /** One more entry than journeys: journey j was made by rows[rowStarts[j]] … rows[rowStarts[j + 1] − 1], ascending. */
  readonly rowStarts: Int32Array;
  readonly rows: Int32Array;
}

export function distinctPaths({
  starts,
  nodes,
  journeys,
}: Pick<MovementColumns, 'starts' | 'nodes' | 'journeys'>): DistinctPaths {
  const paths = emptyJourneys();
  const pathOf = new Int32Array(starts.length - 1);
  for (let journey = 0; journey < pathOf.length; journey += 1)
    pathOf[journey] = journeyOf(paths, nodes, starts[journey]!, starts[journey + 1]!);
  const { count } = paths;
  const ofPath = grouped(pathOf, count);
  const ofJourney = grouped(journeys, pathOf.length);
  return {
    count,
    starts: paths.starts.slice(0, count + 1),
    nodes: paths.stops.slice(0, paths.starts[count]),
    pathOf,
    journeyStarts: ofPath.starts,
    journeys: ofPath.members,
    rowStarts: ofJourney.starts,
    rows: ofJourney.members,
  };
}

/** The rows that follow any of the paths, path by path. */
export function rowsOfPaths(
  { journeyStarts, journeys, rowStarts, rows }: DistinctPaths,
  paths: Int32Array,
): Int32Array {
  let count = 0;
  for (const path of paths)
    for (let at = journeyStarts[path]!; at < journeyStarts[path + 1]!; at += 1)
      count += rowStarts[journeys[at]! + 1]! - rowStarts[journeys[at]!]!;
  const found = new Int32Array(count);
  let filled = 0;
  for (const path of paths) {
    for (let at = journeyStarts[path]!; at < journeyStarts[path + 1]!; at += 1) {
      const to = rowStarts[journeys[at]! + 1]!;
      for (let from = rowStarts[journeys[at]!]!; from < to; from += 1) found[filled++] = rows[from]!;
    }
  }
  return found;
}

/** Of numbers below `groups`: where in `members` those of each group lie, ascending. */
export function grouped(
  groupOf: Int32Array,
  groups: number,
): { readonly starts: Int32Array; readonly members: Int32Array } {
  const starts = new Int32Array(groups + 1);
  for (let member = 0; member < groupOf.length; member += 1) starts[groupOf[member]! + 1]! += 1;
  for (let group = 0; group < groups; group += 1) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const members = new Int32Array(groupOf.length);
  for (let member = 0; member < groupOf.length; member += 1) {
    const group = groupOf[member]!;
    members[next[group]!] = member;
    next[group]! += 1;
  }
  return { starts, members };
}
