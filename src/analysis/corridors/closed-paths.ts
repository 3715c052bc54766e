/** Stretches of travel that enough independent cases share, each told only in its longest form: closed contiguous sub-sequences. */
import { PairIndex } from '../../geo/pair-index.ts';
import type { DistinctPaths } from './distinct-paths.ts';
import type { PathCases } from './path-cases.ts';

export interface ClosedPath {
  readonly nodes: Int32Array;
  /** Distinct incidents whose movements contain it. */
  readonly support: number;
  /** The distinct paths that contain it, ascending. */
  readonly paths: Int32Array;
}

/**
 * All contiguous sub-sequences of 2 to `longest` nodes with at least `minSupport` distinct incidents that no longer one has in full. Level by
 * level: a stretch can only be shared if the stretches one node shorter at either end are (Agrawal & Srikant 1994), so each level looks
 * only where two shared ones overlap. A stretch is closed when no one-node extension has equal support; support never rises
 * with length, so longer extensions need not be looked at.
 */
export function mineClosedPaths(
  cases: PathCases,
  stamps: Stamps,
  paths: DistinctPaths,
  minSupport: number,
  longest: number,
): { readonly closed: ClosedPath[]; readonly isCut: boolean } {
  const closed: ClosedPath[] = [];
  // At each position of each path: the number, within its level, of the shared stretch that begins there; -1 for none.
  let begins: Int32Array = paths.nodes.slice();
  let previous: Stretch[] = [];
  for (let length = 2; length <= longest; length += 1) {
    const { stretches, next } = levelUp(cases, paths, begins, length, minSupport, stamps);
    for (const { prefix, suffix, support } of stretches) {
      for (const shorter of length > 2 ? [prefix, suffix] : []) {
        if (previous[shorter]!.support === support) previous[shorter]!.isClosed = false;
      }
    }
    collect(previous, paths, length - 1, closed);
    previous = stretches;
    begins = next;
    if (stretches.length === 0) return { closed, isCut: false };
  }
  collect(previous, paths, longest, closed);
  return { closed, isCut: true };
}

interface Stretch {
  readonly prefix: number;
  readonly suffix: number;
  readonly support: number;
  readonly paths: Int32Array;
  isClosed: boolean;
  /** Where in the nodes of all paths it is spelled out once. */
  readonly example: number;
}

export interface Stamps {
  readonly last: Int32Array;
  next: number;
}

function levelUp(
  cases: PathCases,
  paths: DistinctPaths,
  begins: Int32Array,
  length: number,
  minSupport: number,
  stamps: Stamps,
): { stretches: Stretch[]; next: Int32Array } {
  const candidates = new PairIndex();
  const next = new Int32Array(begins.length).fill(-1);
  for (let path = 0; path < paths.count; path += 1) {
    for (let at = paths.starts[path]!; at + length <= paths.starts[path + 1]!; at += 1) {
      // Two shared stretches, one step apart, overlap in all but their ends: together they are the longer one.
      if (begins[at]! >= 0 && begins[at + 1]! >= 0) next[at] = candidates.add(begins[at]!, begins[at + 1]!);
    }
  }
  const { starts, containing, examples } = pathsByCandidate(paths, next, candidates.size);
  const numbers = new Int32Array(candidates.size).fill(-1);
  const stretches: Stretch[] = [];
  for (let candidate = 0; candidate < candidates.size; candidate += 1) {
    const inPaths = containing.subarray(starts[candidate], starts[candidate + 1]);
    const support = countIncidents(cases, inPaths, stamps);
    if (support < minSupport) continue;
    numbers[candidate] = stretches.length;
    stretches.push({
      prefix: candidates.high[candidate]!,
      suffix: candidates.low[candidate]!,
      support,
      paths: inPaths,
      isClosed: true,
      example: examples[candidate]!,
    });
  }
  return { stretches, next: next.map((candidate) => (candidate < 0 ? -1 : numbers[candidate]!)) };
}

/** Each path once a candidate, however often the candidate recurs in it. */
function pathsByCandidate(
  paths: DistinctPaths,
  candidateAt: Int32Array,
  candidates: number,
): { starts: Int32Array; containing: Int32Array; examples: Int32Array } {
  const examples = new Int32Array(candidates);
  const lastPath = new Int32Array(candidates).fill(-1);
  const starts = new Int32Array(candidates + 1);
  forEachOnce((candidate, _, at) => {
    starts[candidate + 1]! += 1;
    examples[candidate] = at;
  });
  for (let candidate = 0; candidate < candidates; candidate += 1)
    starts[candidate + 1]! += starts[candidate]!;
  const filled = starts.slice();
  const containing = new Int32Array(starts[candidates]!);
  lastPath.fill(-1);
  forEachOnce((candidate, path) => {
    containing[filled[candidate]!] = path;
    filled[candidate]! += 1;
  });
  return { starts, containing, examples };

  function forEachOnce(visit: (candidate: number, path: number, at: number) => void): void {
    for (let path = 0; path < paths.count; path += 1) {
      for (let at = paths.starts[path]!; at < paths.starts[path + 1]!; at += 1) {
        const candidate = candidateAt[at]!;
        if (candidate < 0 || lastPath[candidate] === path) continue;
        lastPath[candidate] = path;
        visit(candidate, path, at);
      }
    }
  }
}

/** For counting incidents once. */
export function stampsFor(incidentCount: number): Stamps {
  return { last: new Int32Array(incidentCount).fill(-1), next: 0 };
}

/** Distinct incidents of the paths. */
export function countIncidents(
  { alone, starts, shared }: PathCases,
  inPaths: Int32Array,
  stamps: Stamps,
): number {
  const stamp = stamps.next;
  stamps.next += 1;
  let support = 0;
  for (const path of inPaths) {
    support += alone[path]!;
    for (let at = starts[path]!; at < starts[path + 1]!; at += 1) {
      const incident = shared[at]!;
      if (stamps.last[incident] === stamp) continue;
      stamps.last[incident] = stamp;
      support += 1;
    }
  }
  return support;
}

function collect(
  stretches: readonly Stretch[],
  { nodes }: DistinctPaths,
  length: number,
  closed: ClosedPath[],
): void {
  for (const { isClosed, example, support, paths } of stretches) {
    // Copies, so that a level's large columns can be let go.
    if (isClosed)
      closed.push({ nodes: nodes.slice(example, example + length), support, paths: paths.slice() });
  }
}
