/** Where and since when there is more than there should be: Kulldorff's space-time scan (JRSS A 164, 2001) and its permutation form (PLoS Medicine 2, 2005). */
import type { Position } from '../../geo/position.ts';
import type { Random } from '../../kernel/random.ts';
import type { Tell } from '../../platform/background.ts';
import { CylinderScan, type FoundCylinder } from './cylinder-scan.ts';
import { shuffle, throwEvents, wheelOf } from './redraw.ts';
import { type Cylinders, cylinders } from './scan-windows.ts';

export interface ScanInput {
  readonly positions: readonly Position[];
  /** Steps of time, all of one length. */
  readonly steps: number;
  /** Events cell by cell, step by step: those of cell c are counts[c × steps] … counts[c × steps + steps − 1]. */
  readonly counts: ArrayLike<number>;
}

export interface ScanOptions {
  /**
   * 'poisson': events come in proportion to `effort`, wherever and whenever. 'permutation': each cell has its own rate and each step its own, and only both
   * together stand out; it needs no effort, but an effort that grew in one place only is an alarm to it.
   */
  readonly model: 'poisson' | 'permutation';
  /** How much was watched, as `counts` is given, 0 or more; 1 each if left out. */
  readonly effort?: ArrayLike<number>;
  readonly random: Random;
  /** Half of the steps. */
  readonly longest?: number;
  /** The most of all expected events that a circle holds; 0.5. */
  readonly maxShare?: number;
  /** No bound if left out. */
  readonly maxRadiusKm?: number;
  /** 'last' (if left out): clusters that are there now. 'any': those that ended, too. */
  readonly ends?: 'last' | 'any';
  /** 999 */
  readonly replications?: number;
  /** Stop drawing once so many draws reached the best cluster: its p is known to be large (Besag & Clifford, Biometrika 78, 1991). No if left out. */
  readonly stopAfter?: number;
  /** 5 */
  readonly mostClusters?: number;
  /** Told after each draw. */
  readonly tell?: Tell | undefined;
}

export interface ScanCluster {
  readonly centre: number;
  /** By distance from the centre. */
  readonly cells: readonly number[];
  readonly radiusKm: number;
  /** Steps, half-open. */
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly expected: number;
  readonly logLikelihood: number;
  /** Of the best window of a set of counts in which nothing stands out. For clusters after the first it is on the safe side. */
  readonly p: number;
}

export interface ScanResult {
  readonly events: number;
  /** The most likely first; no two share a cell. Numbers of cells are those given, ties go to the southernmost centre. */
  readonly clusters: readonly ScanCluster[];
  /** How many draws were made. */
  readonly replications: number;
}

/** No clusters where there is no event. Events where nothing was watched are a RangeError. */
export function spaceTimeScan(input: ScanInput, options: ScanOptions): ScanResult {
  const { positions, steps } = input;
  const { replications = 999, stopAfter = Infinity, mostClusters = 5 } = options;
  const counts = Float64Array.from(input.counts);
  if (counts.length !== positions.length * steps) {
    throw new RangeError(
      `spaceTimeScan: found ${counts.length} counts, wanted ${positions.length} cells × ${steps} steps`,
    );
  }
  const events = counts.reduce((sum, count) => sum + count, 0);
  if (events === 0) return { events, clusters: [], replications: 0 };
  const expected =
    options.model === 'poisson' ? byEffort(counts, options.effort, events) : byMargins(counts, steps, events);
  const weights = Float64Array.from(positions, (_, cell) =>
    expected.subarray(cell * steps, (cell + 1) * steps).reduce((sum, value) => sum + value, 0),
  );
  const windows = cylinders(positions, weights, steps, {
    longest: options.longest ?? Math.max(1, Math.floor(steps / 2)),
    maxShare: options.maxShare ?? 0.5,
    maxRadiusKm: options.maxRadiusKm ?? Infinity,
    ends: options.ends ?? 'last',
  });
  const scan = new CylinderScan(windows, expected, events);
  const found = apart(scan, windows, scan.bestAround(counts), positions, mostClusters);
  if (found.length === 0) return { events, clusters: [], replications: 0 };
  const redraw =
    options.model === 'poisson'
      ? thrownAgain(options.random, expected, events)
      : datedAgain(options.random, counts, steps);
  const { above, enough } = levelsOf(found);
  const maxima: number[] = [];
  let reached = 0;
  while (maxima.length < replications && reached < stopAfter) {
    maxima.push(scan.highest(redraw(), above, enough));
    if (reaches(maxima.at(-1)!, found[0]!)) reached += 1;
    options.tell?.(Math.max(maxima.length / replications, reached / stopAfter));
  }
  const clusters = found.map((cluster) => {
    const asHigh = maxima.filter((maximum) => reaches(maximum, cluster)).length;
    // Stopped early, the last draw is one that reached it: the share is the p. Else the counts themselves are one draw more.
    const p = maxima.length < replications ? asHigh / maxima.length : (1 + asHigh) / (replications + 1);
    return described(cluster, windows, p);
  });
  return { events, clusters, replications: maxima.length };
}

function byEffort(counts: Float64Array, effort: ArrayLike<number> | undefined, events: number): Float64Array {
  const watched = Float64Array.from(counts, (_, i) => (effort ? effort[i]! : 1));
  const blind = counts.findIndex((count, i) => count > 0 && !(watched[i]! > 0));
  if (blind >= 0) {
    throw new RangeError(
      `spaceTimeScan: found ${counts[blind]} events without effort at ${blind}, wanted some`,
    );
  }
  const whole = watched.reduce((sum, value) => sum + value, 0);
  return watched.map((value) => (value / whole) * events);
}

function byMargins(counts: Float64Array, steps: number, events: number): Float64Array {
  const cells = new Float64Array(counts.length / steps);
  const times = new Float64Array(steps);
  for (const [i, count] of counts.entries()) {
    cells[Math.floor(i / steps)]! += count;
    times[i % steps]! += count;
  }
  return counts.map((_, i) => (cells[Math.floor(i / steps)]! * times[i % steps]!) / events);
}

function thrownAgain(random: Random, expected: Float64Array, events: number): () => Float64Array {
  const wheel = wheelOf(expected);
  const drawn = new Float64Array(expected.length);
  return () => {
    throwEvents(random, events, wheel, drawn);
    return drawn;
  };
}

/** The places and the times of all events stay; which time goes with which place is dealt again. */
function datedAgain(random: Random, counts: Float64Array, steps: number): () => Float64Array {
  const places: number[] = [];
  const times: number[] = [];
  for (const [i, count] of counts.entries()) {
    for (let event = 0; event < count; event += 1) {
      places.push(Math.floor(i / steps));
      times.push(i % steps);
    }
  }
  const dealt = Int32Array.from(times);
  const drawn = new Float64Array(counts.length);
  return () => {
    shuffle(random, dealt);
    drawn.fill(0);
    for (const [event, place] of places.entries()) drawn[place * steps + dealt[event]!]! += 1;
    return drawn;
  };
}

/** The best windows that share no cell, the best first. */
function apart(
  scan: CylinderScan,
  windows: Cylinders,
  found: readonly FoundCylinder[],
  positions: readonly Position[],
  most: number,
): FoundCylinder[] {
  const byPlace = (a: FoundCylinder, b: FoundCylinder): number => {
    const [from, to] = [positions[a.centre]!, positions[b.centre]!];
    return from[1] - to[1] || from[0] - to[0];
  };
  const taken = new Set<number>();
  const kept: FoundCylinder[] = [];
  for (const cylinder of found.toSorted((a, b) => scan.compare(a, b) || byPlace(a, b))) {
    const cells = cellsOf(cylinder, windows);
    if (kept.length >= most || cells.some((cell) => taken.has(cell))) continue;
    for (const cell of cells) taken.add(cell);
    kept.push(cylinder);
  }
  return kept;
}

function cellsOf({ centre, at }: FoundCylinder, { order, starts }: Cylinders): number[] {
  return [...order.subarray(starts[centre], at + 1)];
}

/** Which draw's best is the higher matters only between these: below the least likely cluster it reaches none, from the likeliest on all. */
function levelsOf(found: readonly FoundCylinder[]): { readonly above: number; readonly enough: number } {
  const ratios = found.map(({ logLikelihood }) => logLikelihood);
  const least = Math.min(...ratios) * (1 - 2 * HAIR);
  return { above: Number.isFinite(least) ? least : 0, enough: Math.max(...ratios) * (1 - HAIR) };
}

/** Sums of the same cells in another order differ by less. */
const HAIR = 1e-9;

function reaches(maximum: number, cluster: FoundCylinder): boolean {
  return maximum >= cluster.logLikelihood * (1 - HAIR);
}

function described(cylinder: FoundCylinder, windows: Cylinders, p: number): ScanCluster {
  return {
    centre: cylinder.centre,
    cells: cellsOf(cylinder, windows),
    radiusKm: windows.radiiKm[cylinder.at]!,
    from: cylinder.end - cylinder.length,
    to: cylinder.end,
    observed: cylinder.observed,
    expected: cylinder.expected,
    logLikelihood: cylinder.logLikelihood,
    p,
  };
}
