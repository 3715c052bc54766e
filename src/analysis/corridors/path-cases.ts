/** Incidents by the path they travelled: most have one movement, and are added up; only the others have to be told apart. */
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

type Incidents = Pick<MovementColumns, 'incidents' | 'incidentCount'>;

/** By row, 1 where its incident has no other. */
export function rowsAlone({ incidents, incidentCount }: Incidents): Uint8Array {
  const counts = new Int32Array(incidentCount);
  for (let row = 0; row < incidents.length; row += 1) counts[incidents[row]!]! += 1;
  const isAlone = new Uint8Array(incidents.length);
  for (let row = 0; row < incidents.length; row += 1) isAlone[row] = counts[incidents[row]!] === 1 ? 1 : 0;
  return isAlone;
}

export function casesByPath(
  { incidents, incidentCount, journeys }: Incidents & Pick<MovementColumns, 'journeys'>,
  { count, pathOf }: DistinctPaths,
  isAlone: Uint8Array,
): PathCases {
  const alone = new Int32Array(count);
  const others: number[] = [];
  for (let row = 0; row < journeys.length; row += 1) {
    if (isAlone[row] === 1) alone[pathOf[journeys[row]!]!]! += 1;
    else others.push(row);
  }
  const pathOfIncident = new Int32Array(incidentCount).fill(NONE);
  for (const row of others) {
    const [incident, path] = [incidents[row]!, pathOf[journeys[row]!]!];
    const other = pathOfIncident[incident]!;
    if (other === NONE) {
      pathOfIncident[incident] = path;
      alone[path]! += 1;
    } else if (other >= 0 && other !== path) {
      pathOfIncident[incident] = SEVERAL;
      alone[other]! -= 1;
    }
  }
  return { alone, ...sharedByPath() };

  /** Path by path: an incident that came by one twice is next to itself then. */
  function sharedByPath(): { starts: Int32Array; shared: Int32Array } {
    const rows = others.filter((row) => pathOfIncident[incidents[row]!] === SEVERAL);
    const starts = new Int32Array(count + 1);
    for (const row of rows) starts[pathOf[journeys[row]!]! + 1]! += 1;
    for (let path = 0; path < count; path += 1) starts[path + 1]! += starts[path]!;
    const next = starts.slice();
    const sorted = new Int32Array(rows.length);
    for (const row of rows) {
      const path = pathOf[journeys[row]!]!;
      sorted[next[path]!] = incidents[row]!;
      next[path]! += 1;
    }
    const lastPath = new Int32Array(incidentCount).fill(NONE);
    let kept = 0;
    let from = 0;
    for (let path = 0; path < count; path += 1) {
      const to = starts[path + 1]!;
      for (let at = from; at < to; at += 1) {
        const incident = sorted[at]!;
        if (lastPath[incident] === path) continue;
        lastPath[incident] = path;
        sorted[kept++] = incident;
      }
      from = to;
      starts[path + 1] = kept;
    }
    return { starts, shared: sorted.slice(0, kept) };
  }
}
