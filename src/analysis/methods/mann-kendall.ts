/** Whether a series rises or falls, whatever its shape: Mann (1945) and Kendall (1975), with Hamed & Rao's correction for autocorrelation (J. Hydrology 204, 1998). */
import { twoSidedP } from '../../geo/normal.ts';
import { theilSenSlope } from '../../geo/theil-sen.ts';

/** Below this the normal approximation of S says nothing, and no p could be small. */
export const FEWEST_STEPS = 8;

export interface Trend {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** −1 (every pair falls) to 1, ties taken out (τ-b). 0 where all values are equal. */
  readonly tau: number;
  /** Sen's slope: the median rise per step. */
  readonly slope: number;
  /** S over its standard deviation, moved half a step of S towards 0; 0 where all values are equal. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
  /** n / n*, by which the variance of S was multiplied; 1 without correction. */
  readonly varianceRatio: number;
}

/**
 * The trend of an evenly spaced series; null below FEWEST_STEPS values. Ties are taken out of the variance. A value that is no number is a RangeError.
 *
 * 'hamed-rao' widens the variance by the autocorrelation of the ranks that are left when Sen's slope is taken out. As published it raises an alarm on
 * 12 % of noise of 60 steps instead of 5 %, and on 19 % where each step keeps half of the last. So it never narrows the variance, and takes the ratio of
 * a first-order process with the same lag-1 correlation (freed of its bias: Hamed, J. Hydrology 349, 2008) where that is wider: 4 % and 7 %.
 */
export function mannKendall(
  series: ArrayLike<number>,
  autocorrelation: 'none' | 'hamed-rao' = 'hamed-rao',
): Trend | null {
  const n = series.length;
  if (n < FEWEST_STEPS) return null;
  const values = Float64Array.from(series);
  if (!values.every(Number.isFinite)) throw new RangeError('mannKendall: found a value that is no number');
  const s = pairScore(values);
  const ties = tieSizes(values);
  const pairs = (n * (n - 1)) / 2;
  const tiedPairs = ties.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  const slope = theilSenSlope(values) ?? 0;
  if (tiedPairs === pairs) return { s: 0, tau: 0, slope: 0, z: 0, p: 1, varianceRatio: 1 };
  const term = (t: number): number => t * (t - 1) * (2 * t + 5);
  const variance = (term(n) - ties.reduce((sum, t) => sum + term(t), 0)) / 18;
  const varianceRatio = autocorrelation === 'none' ? 1 : widening(values, slope);
  const z = (s - Math.sign(s)) / Math.sqrt(variance * varianceRatio);
  return { s, tau: s / Math.sqrt(pairs * (pairs - tiedPairs)), slope, z, p: twoSidedP(z), varianceRatio };
}

/**
 * n / n* = 1 + 2 / (n(n−1)(n−2)) · Σ (n−i)(n−i−1)(n−i−2) ρ(i), over the lags whose autocorrelation of ranks is outside what 95 % of noise has.
 * As published: below 1 for series that swing back, and not even surely positive.
 */
export function hamedRaoRatio(series: ArrayLike<number>, slope: number): number {
  const bound = NORMAL_975 / Math.sqrt(series.length);
  const correlations = rankCorrelations(series, slope);
  return effectRatio(series.length, (lag) => {
    const correlation = correlations[lag]!;
    return Math.abs(correlation) > bound ? correlation : 0;
  });
}

const NORMAL_975 = 1.959963984540054;

/** Above this a first-order process is a random walk, of which a short series says nothing. */
const MOST_KEPT = 0.98;

function widening(series: Float64Array, slope: number): number {
  const n = series.length;
  const kept = (n * (rankCorrelations(series, slope)[1] ?? 0) + 2) / (n - 4);
  const firstOrder = kept > 0 ? effectRatio(n, (lag) => Math.min(kept, MOST_KEPT) ** lag) : 1;
  return Math.max(1, hamedRaoRatio(series, slope), firstOrder);
}

function effectRatio(n: number, correlationAt: (lag: number) => number): number {
  let sum = 0;
  for (let lag = 1; lag < n; lag += 1) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlationAt(lag);
  return 1 + (2 * sum) / (n * (n - 1) * (n - 2));
}

/** By lag, of the ranks of what is left without the slope; zeros where everything is on one line. */
function rankCorrelations(series: ArrayLike<number>, slope: number): Float64Array {
  const n = series.length;
  const left = Float64Array.from(series, (value, i) => value - slope * i);
  // What a slope like 1/3 leaves of values on one line differs in its last digits, and is equal.
  const digit = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * 1e-11;
  const ranks = midRanks(digit > 0 ? left.map((value) => Math.round(value / digit)) : left);
  const mean = (n + 1) / 2;
  const correlations = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (ranks[i]! - mean) ** 2;
  if (squares === 0) return correlations;
  for (let lag = 0; lag < n; lag += 1) {
    let product = 0;
    for (let i = lag; i < n; i += 1) product += (ranks[i]! - mean) * (ranks[i - lag]! - mean);
    correlations[lag] = product / squares;
  }
  return correlations;
}

function pairScore(values: Float64Array): number {
  let s = 0;
  for (let i = 0; i < values.length; i += 1)
    for (let j = i + 1; j < values.length; j += 1) s += Math.sign(values[j]! - values[i]!);
  return s;
}

/** How many values each distinct value has. */
function tieSizes(values: Float64Array): number[] {
  const sorted = values.toSorted();
  const sizes: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (i > 0 && sorted[i] === sorted[i - 1]) sizes[sizes.length - 1]! += 1;
    else sizes.push(1);
  }
  return sizes;
}

/** 1 … n in ascending order; equal values share the middle of their ranks. */
function midRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at += 1) ranks[order[at]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
