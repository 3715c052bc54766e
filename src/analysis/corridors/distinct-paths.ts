/** A million movements follow some ten thousand sequences of places: each sequence once, with the movements that follow it. */
import { emptyJourneys, journeyOf } from './journeys.ts';
import type { MovementColumns } from './movement-columns.ts';

export interface DistinctPaths {
  readonly count: number;
  /** One more entry than paths: path p passes nodes[starts[p]] … nodes[starts[p + 1] − 1]. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  /** The path of each journey. */
  readonly pathOf: Int32Array;
  /** One more entry than paths: path p is followed by rows[rowStarts[p]] … rows[rowStarts[p + 1] − 1], ascending. */
  readonly rowStarts: Int32Array;
  readonly rows: Int32Array;
}

export function distinctPaths({
  starts,
  nodes,
  journeys,
}: Pick<MovementColumns, 'starts' | 'nodes' | 'journeys'>): DistinctPaths {
  const paths = emptyJourneys();
  const pathOf = Int32Array.from({ length: starts.length - 1 }, (_, journey) =>
    journeyOf(paths, nodes, starts[journey]!, starts[journey + 1]!),
  );
  const { count } = paths;
  return {
    count,
    starts: paths.starts.slice(0, count + 1),
    nodes: paths.stops.slice(0, paths.starts[count]),
    pathOf,
    ...rowsByPath(journeys, pathOf, count),
  };
}

function rowsByPath(
  journeys: Int32Array,
  pathOf: Int32Array,
  paths: number,
): { rowStarts: Int32Array; rows: Int32Array } {
  const rowStarts = new Int32Array(paths + 1);
  for (let row = 0; row < journeys.length; row += 1) rowStarts[pathOf[journeys[row]!]! + 1]! += 1;
  for (let path = 0; path < paths; path += 1) rowStarts[path + 1]! += rowStarts[path]!;
  const next = rowStarts.slice();
  const rows = new Int32Array(journeys.length);
  for (let row = 0; row < journeys.length; row += 1) {
    const path = pathOf[journeys[row]!]!;
    rows[next[path]!] = row;
    next[path]! += 1;
  }
  return { rowStarts, rows };
}
