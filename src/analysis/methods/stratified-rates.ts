/** Counts before and after, in strata that each have a rate of their own: one ratio of all, exact, and whether chance alone would explain it. */
import { upperTail } from '../../geo/normal.ts';

export interface Stratum {
  /** Whole counts, and what they were counted in: more than 0 on both sides, or the stratum says nothing of a ratio. */
  readonly before: { readonly count: number; readonly exposure: number };
  readonly after: { readonly count: number; readonly exposure: number };
}

export interface CommonRatio {
  /** After over before; null: nothing before, so no ratio. */
  readonly value: number | null;
  readonly low: number;
  /** null: no upper end. */
  readonly high: number | null;
  /** Two-sided: twice the smaller exact tail. */
  readonly p: number;
}

/** Above so many counts the tails are those of the normal distribution with the same mean and variance. */
const MOST_EXACT = 1_000;

/**
 * Given each stratum's sum, its count after is binomial, whatever the stratum's own rate is: so strata that are busier, and were watched longer on one side, do not
 * pass for a change. null where no stratum has a count and exposures on both sides.
 */
export function commonRatio(strata: readonly Stratum[], confidence: number): CommonRatio | null {
  const told = strata.filter(
    ({ before, after }) => before.exposure > 0 && after.exposure > 0 && before.count + after.count > 0,
  );
  if (told.length === 0) return null;
  const trials = told.reduce((sum, { before, after }) => sum + before.count + after.count, 0);
  const found = told.reduce((sum, { after }) => sum + after.count, 0);
  const outside = (1 - confidence) / 2;
  const none = tailsOf(told, found, 1);
  return {
    value:
      found === trials
        ? null
        : found === 0
          ? 0
          : ratioWhere((ratio) => sumOf(told, (_n, share) => share, ratio) < found),
    low: found === 0 ? 0 : ratioWhere((ratio) => tailsOf(told, found, ratio).atLeast < outside),
    high: found === trials ? null : ratioWhere((ratio) => tailsOf(told, found, ratio).atMost > outside),
    p: Math.min(1, 2 * Math.min(none.atLeast, none.atMost)),
  };
}

/** The ratio up to which `isBelow` holds: halvings of its logarithm between 1e-9 and 1e9. */
function ratioWhere(isBelow: (ratio: number) => boolean): number {
  let [low, high] = [Math.log(1e-9), Math.log(1e9)];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (isBelow(Math.exp(middle))) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function shareOf({ before, after }: Stratum, ratio: number): number {
  return (ratio * after.exposure) / (ratio * after.exposure + before.exposure);
}

function sumOf(
  strata: readonly Stratum[],
  of: (trials: number, share: number) => number,
  ratio: number,
): number {
  return strata.reduce((sum, stratum) => {
    const trials = stratum.before.count + stratum.after.count;
    return sum + trials * of(trials, shareOf(stratum, ratio));
  }, 0);
}

function tailsOf(
  strata: readonly Stratum[],
  found: number,
  ratio: number,
): { readonly atLeast: number; readonly atMost: number } {
  const trials = strata.reduce((sum, { before, after }) => sum + before.count + after.count, 0);
  if (trials > MOST_EXACT) {
    const mean = sumOf(strata, (_n, share) => share, ratio);
    const deviation = Math.sqrt(sumOf(strata, (_n, share) => share * (1 - share), ratio)) || Number.MIN_VALUE;
    return {
      atLeast: upperTail((found - 0.5 - mean) / deviation),
      atMost: upperTail((mean - found - 0.5) / deviation),
    };
  }
  // Chances of each sum, one trial after the other.
  const chances = new Float64Array(trials + 1);
  chances[0] = 1;
  let done = 0;
  for (const stratum of strata) {
    const share = shareOf(stratum, ratio);
    for (let i = stratum.before.count + stratum.after.count; i > 0; i -= 1) {
      done += 1;
      for (let k = done; k > 0; k -= 1) chances[k] = chances[k]! * (1 - share) + chances[k - 1]! * share;
      chances[0] *= 1 - share;
    }
  }
  let [atLeast, atMost] = [0, 0];
  for (let k = 0; k <= trials; k += 1) {
    if (k >= found) atLeast += chances[k]!;
    if (k <= found) atMost += chances[k]!;
  }
  return { atLeast, atMost };
}
