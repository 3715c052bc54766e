/** Small lasting changes that no single step shows: cumulative sums (Page, Biometrika 41, 1954), for counts as Lucas has them (Technometrics 27, 1985). */
import type { Random } from '../../kernel/random.ts';
import { throwEvents, wheelOf } from './redraw.ts';

/** S(t) = max(0, S(t − 1) + value − allowance), from 0: what values have over their allowance, forgotten whenever it is used up. */
export function cusumPath(values: ArrayLike<number>, allowances: ArrayLike<number>): Float64Array {
  const path = new Float64Array(values.length);
  let sum = 0;
  for (let step = 0; step < path.length; step += 1) {
    sum = Math.max(0, sum + values[step]! - allowances[step]!);
    path[step] = sum;
  }
  return path;
}

export interface PoissonCusumOptions {
  /** So many steps at the start are the baseline; the rest is watched. At least 1 of each. */
  readonly baseline: number;
  /** The change to be found soonest, as a factor of the rate: 2 for a doubling, 0.5 for a halving; 2. Not 1. */
  readonly ratio?: number;
  /** How much was watched, by step, 0 or more; 1 each if left out. Steps of no effort say nothing. */
  readonly effort?: ArrayLike<number>;
  readonly random: Random;
  /** 999 if left out. */
  readonly replications?: number;
  /** Stop drawing once so many draws came as high: p is known to be large (Besag & Clifford, Biometrika 78, 1991). No if left out. */
  readonly stopAfter?: number;
  readonly alpha?: number;
}

export interface CusumResult {
  /** Of the watched steps: the logarithm of how much likelier the changed rate is, since the best time for the change. */
  readonly path: Float64Array;
  /** What the path must be above; noise is so at any step in `alpha` of series of this length. */
  readonly bound: number;
  /** Of the highest point of the path. */
  readonly p: number;
  /** The first watched step (from 0 at the end of the baseline) above the bound; null for no alarm. */
  readonly alarmAt: number | null;
  /** How many of them the baseline has: small numbers make a blunt test, not a wrong one. */
  readonly baselineEvents: number;
}

/**
 * Null where there is no event at all, or no effort in the baseline. The baseline's rate is an estimate, and treating it as known would raise
 * alarms on noise. So the bound comes from the same events thrown again over all steps by effort, baseline and watched alike: given
 * their number that is exactly what no change means, at any rate. Counts that vary more than Poisson's call more.
 */
export function poissonCusum(
  counts: ArrayLike<number>,
  {
    baseline,
    ratio = 2,
    effort,
    random,
    replications = 999,
    stopAfter = Infinity,
    alpha = 0.05,
  }: PoissonCusumOptions,
): CusumResult | null {
  if (!(baseline >= 1 && baseline < counts.length && ratio > 0 && ratio !== 1)) {
    throw new RangeError(
      `poissonCusum: found a baseline of ${baseline} in ${counts.length} steps and a ratio of ${ratio}, wanted steps on both sides and a change`,
    );
  }
  const efforts = Float64Array.from(counts, (_, step) => (effort ? effort[step]! : 1));
  const before = efforts.subarray(0, baseline).reduce((sum, value) => sum + value, 0);
  const given = Float64Array.from(counts);
  const events = given.reduce((sum, count) => sum + count, 0);
  if (events === 0 || !(before > 0)) return null;
  const pathOf = (series: Float64Array): Float64Array => {
    // Half an event more keeps a baseline of none from making every event infinitely unlikely.
    const rate = (series.subarray(0, baseline).reduce((sum, count) => sum + count, 0) + 0.5) / before;
    return cusumPath(
      series.subarray(baseline).map((count) => count * Math.log(ratio)),
      efforts.subarray(baseline).map((watched) => watched * rate * (ratio - 1)),
    );
  };
  const path = pathOf(given);
  const highest = path.reduce((a, b) => Math.max(a, b));
  const wheel = wheelOf(efforts);
  const thrown = new Float64Array(counts.length);
  const drawn: number[] = [];
  let asHigh = 0;
  while (drawn.length < replications && asHigh < stopAfter) {
    throwEvents(random, events, wheel, thrown);
    const maximum = pathOf(thrown).reduce((a, b) => Math.max(a, b));
    drawn.push(maximum);
    if (maximum >= highest) asHigh += 1;
  }
  // Stopped early, the last draw is one that came as high: the share is the p. Else the counts themselves are one draw more.
  const p = drawn.length < replications ? asHigh / drawn.length : (1 + asHigh) / (replications + 1);
  const maxima = Float64Array.from(drawn).sort();
  const kept = Math.floor(alpha * (maxima.length + 1));
  const bound = kept > 0 ? maxima[maxima.length - kept]! : Infinity;
  const first = path.findIndex((sum) => sum > bound);
  const baselineEvents = given.subarray(0, baseline).reduce((sum, count) => sum + count, 0);
  return { path, bound, p, alarmAt: first < 0 ? null : first, baselineEvents };
}
