/** From where to where there is more than the two ends explain: a scan over circles of origins times circles of destinations (after Kulldorff 1997). */
import type { Position } from '../../geo/position.ts';
import type { Random } from '../../kernel/random.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { DealtDestinations } from './dealt-destinations.ts';
import { LEAST_PAIR_INCIDENTS } from './pair-chance.ts';
import { type PairFlows, PairTally } from './pair-flows.ts';
import { type FoundWindow, PairWindows } from './pair-windows.ts';

export interface PairScanOptions {
  readonly random: Random;
  /** Of each of the two circles. */
  readonly maxRadiusKm: number;
  /** The most of all flows that begin (or end) in a circle; 0.5. A centre that has more stands alone. */
  readonly maxShare?: number;
  /** 999 */
  readonly replications?: number;
  /** Stop dealing once so many worlds reached the best cluster: its p is known to be large (Besag & Clifford, Biometrika 78, 1991). No if left out. */
  readonly stopAfter?: number;
  /** 5 */
  readonly mostClusters?: number;
  readonly tell?: (share: number) => void;
}

export interface PairCluster {
  /** By distance from the centre, which is the first. */
  readonly origins: readonly number[];
  readonly destinations: readonly number[];
  readonly originRadiusKm: number;
  readonly destinationRadiusKm: number;
  readonly observed: number;
  readonly expected: number;
  readonly logLikelihood: number;
  /** Of the best window of a world in which destinations were dealt again. For clusters after the first it is on the safe side. */
  readonly p: number;
}

export interface PairScanResult {
  readonly refused: false;
  /** The most likely first; no two share a pair of places. Ties go to the southernmost centre of origins, then of destinations. */
  readonly clusters: readonly PairCluster[];
  /** How many worlds were dealt. */
  readonly replications: number;
}

/** Worlds times windows are looked at one by one. */
const MOST_WINDOWS = 5_000_000;

/**
 * A window's flows are held against what the two ends alone would give it (ExpectedFlows), so that a busy origin and a busy destination are no cluster; chance is destinations dealt again
 * among whole incidents (DealtDestinations).
 */
export function pairScan(flows: PairFlows, options: PairScanOptions): PairScanResult | Refusal {
  const { random, maxRadiusKm, maxShare = 0.5, replications = 999, stopAfter = Infinity } = options;
  const incidents = flows.starts.length - 1;
  if (incidents < LEAST_PAIR_INCIDENTS)
    return refuseToDerive('not enough data', `${incidents} incidents`, `${LEAST_PAIR_INCIDENTS} or more`);
  const tally = new PairTally(flows);
  // Every place has a flow, so that each of its circles is in a pair of circles: where places are apart, more of them are more pairs than may be looked at.
  const windows = PairWindows.within(flows, { maxShare, maxRadiusKm }, MOST_WINDOWS);
  if (windows === null) return tooMuch(`more than ${MOST_WINDOWS} circles of origins, or of destinations`);
  const table = tally.tableOf(flows.to);
  const looks = windows.count(table);
  if (looks > MOST_WINDOWS) return tooMuch(`${looks} pairs of circles`);
  const found = apart(windows, windows.bestAround(table), flows, options.mostClusters ?? 5);
  if (found.length === 0) return { refused: false, clusters: [], replications: 0 };
  const dealt = new DealtDestinations(flows, random);
  const maxima: number[] = [];
  let reached = 0;
  while (maxima.length < replications && reached < stopAfter) {
    options.tell?.(maxima.length / replications);
    maxima.push(windows.highest(tally.tableOf(dealt.deal())));
    if (reaches(maxima.at(-1)!, found[0]!)) reached += 1;
  }
  const clusters = found.map((window): PairCluster => {
    const asHigh = maxima.filter((maximum) => reaches(maximum, window)).length;
    return {
      origins: [...windows.originsOf(window)],
      destinations: [...windows.destinationsOf(window)],
      originRadiusKm: windows.origins.radiiKm[window.originsAt]!,
      destinationRadiusKm: windows.destinations.radiiKm[window.destinationsAt]!,
      observed: window.observed,
      expected: window.expected,
      logLikelihood: window.logLikelihood,
      // Stopped early, the last world is one that reached it: the share is the p. Else what was found is one world more.
      p: maxima.length < replications ? asHigh / maxima.length : (1 + asHigh) / (replications + 1),
    };
  });
  return { refused: false, clusters, replications: maxima.length };
}

function tooMuch(found: string): Refusal {
  return refuseToDerive(
    'too much to hold',
    found,
    `${MOST_WINDOWS} pairs of circles or fewer: coarser cells, a smaller maxRadiusKm, or a narrower filter`,
  );
}

/** The best windows that share no pair of places, the best first. */
function apart(
  windows: PairWindows,
  found: readonly FoundWindow[],
  { origins, destinations }: PairFlows,
  most: number,
): FoundWindow[] {
  const bySouth = (a: Position, b: Position): number => a[1] - b[1] || a[0] - b[0];
  const kept: { readonly window: FoundWindow; readonly from: Set<number>; readonly to: Set<number> }[] = [];
  const ranked = found.toSorted(
    (a, b) =>
      windows.compare(a, b) ||
      bySouth(origins[a.origin]!, origins[b.origin]!) ||
      bySouth(destinations[a.destination]!, destinations[b.destination]!),
  );
  for (const window of ranked) {
    if (kept.length >= most) break;
    const from = windows.originsOf(window);
    const to = windows.destinationsOf(window);
    const isTaken = kept.some(
      (other) => from.some((place) => other.from.has(place)) && to.some((place) => other.to.has(place)),
    );
    if (!isTaken) kept.push({ window, from: new Set(from), to: new Set(to) });
  }
  return kept.map(({ window }) => window);
}

function reaches(maximum: number, { logLikelihood }: FoundWindow): boolean {
  return maximum >= logLikelihood * (1 - 1e-9);
}
