/** Incidents by the path they travelled: most travelled one, and are added up; only the others have to be told apart. */
import type { DistinctPaths } from './distinct-paths.ts';
import type { MovementColumns } from './movement-columns.ts';

export interface PathCases {
  /** By path, how many incidents travelled it and no other. */
  readonly alone: Int32Array;
  /** One more entry than paths: incidents that travelled path p and others are shared[starts[p]] … shared[starts[p + 1] − 1], each once. */
  readonly starts: Int32Array;
  readonly shared: Int32Array;
}

const NONE = -1;
const SEVERAL = -2;

export function casesByPath(
  { incidents, incidentCount }: Pick<MovementColumns, 'incidents' | 'incidentCount'>,
  { count, rowStarts, rows }: DistinctPaths,
): PathCases {
  const pathOf = new Int32Array(incidentCount).fill(NONE);
  const alone = new Int32Array(count);
  for (let path = 0; path < count; path += 1) {
    for (let at = rowStarts[path]!; at < rowStarts[path + 1]!; at += 1) {
      const incident = incidents[rows[at]!]!;
      const other = pathOf[incident]!;
      if (other === NONE) {
        pathOf[incident] = path;
        alone[path]! += 1;
      } else if (other >= 0 && other !== path) {
        pathOf[incident] = SEVERAL;
        alone[other]! -= 1;
      }
    }
  }
  const starts = new Int32Array(count + 1);
  const shared: number[] = [];
  const lastPath = new Int32Array(incidentCount).fill(NONE);
  for (let path = 0; path < count; path += 1) {
    for (let at = rowStarts[path]!; at < rowStarts[path + 1]!; at += 1) {
      const incident = incidents[rows[at]!]!;
      if (pathOf[incident] !== SEVERAL || lastPath[incident] === path) continue;
      lastPath[incident] = path;
      shared.push(incident);
    }
    starts[path + 1] = shared.length;
  }
  return { alone, starts, shared: Int32Array.from(shared) };
}
