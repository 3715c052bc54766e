/** Whether this step has more than its season, its trend and its past would have: Farrington's method (JRSS A 159, 1996) in Noufaily's flexible form (Stat. Med. 32, 2013). */
import { countQuantile, countUpperTail } from '../../geo/count-tails.ts';
import { normalQuantile, upperTail } from '../../geo/normal.ts';
import { twoSidedStudentP } from '../../geo/student.ts';
import { type PoissonRegression, poissonRegression, unscaledVariance } from './poisson-regression.ts';

export interface FarringtonOptions {
  /** Steps in a year: 12 for months, 52 for weeks. */
  readonly frequency: number;
  /** How many years are looked back at; 5. With fewer than 3 there is no trend. */
  readonly years?: number;
  /** Half the width of the window around this step in earlier years; 3. */
  readonly halfWindow?: number;
  /** Into how many seasons a year falls, the window one of them; 1 leaves all steps outside the windows out. */
  readonly seasons?: number;
  /** So many steps just before this one are not believed, lest a rise be its own baseline; `halfWindow` if left out. */
  readonly recentLeftOut?: number;
  /** Past steps whose residual is above this weigh less: what was an alarm is no baseline; 2.58. Infinity for none. */
  readonly outlierAbove?: number;
  /** A trend is kept where its p is below this; 0.05. At 1, always. */
  readonly trendBelow?: number;
  /** One-sided; 0.05. */
  readonly alpha?: number;
  /** No alarm where fewer events than the first came in as many steps as the second, this one among them; [5, 4]. */
  readonly atLeast?: readonly [events: number, steps: number];
  /**
   * 'muan' (the default): a quantile of the negative binomial at the upper end of the expected count; 'nbPlugin': at the expected count itself, as if it
   * were known, so it calls more noise; 'delta': a normal quantile at the power 2/3, of 1996.
   */
  readonly threshold?: 'muan' | 'nbPlugin' | 'delta';
  /** How much was watched, by step, above 0; 1 each if left out. */
  readonly effort?: ArrayLike<number>;
}

export interface FarringtonStep {
  readonly expected: number;
  /** More events than this are an alarm. */
  readonly bound: number;
  /** Of so many events or more. */
  readonly p: number;
  /** Variance over mean, at least 1. */
  readonly dispersion: number;
  /** Standard error of the logarithm of `expected`. */
  readonly error: number;
  /** Of the logarithm, a step; null where none was kept. */
  readonly trend: number | null;
  /** (observed − expected) / (bound − expected): an alarm above 1. */
  readonly score: number;
  readonly alarm: boolean;
}

/**
 * The judgement of one step of a series of counts; null where the past is too short, or nothing can be fitted to it (no events at all, or
 * too few steps). Agrees with R's surveillance::farringtonFlexible for series without dates, but for one thing: after reweighting, that takes
 * standard errors (of 'muan', 'delta' and the test of the trend) from a dispersion in which the working weights are missing.
 */
export function farrington(
  counts: ArrayLike<number>,
  step: number,
  options: FarringtonOptions,
): FarringtonStep | null {
  const { years = 5, trendBelow = 0.05, seasons = 1, atLeast = [5, 4], effort } = options;
  const season = seasonsBefore(counts.length, step, options);
  if (!season) return null;
  const rows = Array.from(season).flatMap((number, at) => (number === 0 ? [] : [at]));
  const past = rows.map((at) => counts[at]!);
  const most = past.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return null;
  const offsets = effort ? rows.map((at) => Math.log(effort[at]!)) : undefined;
  const fit = (withTrend: boolean): Fit | null => {
    const columns: number[][] = [rows.map(() => 1)];
    if (withTrend) columns.push(rows.map((at) => at - step));
    // The last season is this step's own: told by the constant alone.
    for (let number = 1; number < seasons; number += 1)
      columns.push(rows.map((at) => (season[at] === number ? 1 : 0)));
    const found = robustly(past, columns, offsets, options.outlierAbove ?? 2.58);
    if (!found || found.freedom < 1) return null;
    const here = columns.map((_, i) => (i === 0 ? 1 : 0));
    const linear = found.coefficients[0]! + (effort ? Math.log(effort[step]!) : 0);
    return { ...found, linear, error: Math.sqrt(found.dispersion * unscaledVariance(found.unscaled, here)) };
  };
  const trended = fit(true);
  const keeps = trended !== null && years >= 3 && trendIsKept(trended, trendBelow, most);
  const model = keeps ? trended : fit(false);
  if (!model) return null;
  return judge(counts, step, model, keeps ? model.coefficients[1]! : null, atLeast, options);
}

interface Fit extends PoissonRegression {
  /** The logarithm of the expected count, and its standard error. */
  readonly linear: number;
  readonly error: number;
}

/** By step, the season of the past it belongs to, 1 … seasons, or 0 where it is not used; null where the past does not reach back far enough. */
function seasonsBefore(steps: number, step: number, options: FarringtonOptions): Uint8Array | null {
  const { frequency, years = 5, halfWindow = 3, seasons = 1, recentLeftOut = halfWindow } = options;
  const between = frequency - 2 * halfWindow - 1;
  if (!(frequency > 2 * halfWindow && seasons >= 1 && (seasons === 1 || between >= seasons - 1))) {
    throw new RangeError(
      `farrington: found ${seasons} seasons and windows of ${2 * halfWindow + 1} in a year of ${frequency} steps, wanted room for them`,
    );
  }
  if (step >= steps || step - years * frequency - halfWindow < 0) return null;
  const season = new Uint8Array(steps);
  for (let year = years; year >= 1; year -= 1) {
    const middle = step - year * frequency;
    season.fill(seasons, middle - halfWindow, middle + halfWindow + 1);
    for (let number = 1, from = middle + halfWindow + 1; number < seasons; number += 1) {
      const share = Math.floor(between / (seasons - 1));
      const length = share + (number <= between % (seasons - 1) ? 1 : 0);
      season.fill(number, from, from + length);
      from += length;
    }
  }
  season.fill(seasons, step - halfWindow, step + 1);
  season.fill(0, Math.max(0, step - recentLeftOut));
  return season;
}

/** Fitted twice: the second time, steps that stood out the first time weigh less. */
function robustly(
  counts: readonly number[],
  columns: readonly number[][],
  offsets: readonly number[] | undefined,
  outlierAbove: number,
): PoissonRegression | null {
  const first = poissonRegression(counts, columns, offsets);
  if (!first || outlierAbove === Infinity) return first;
  const dispersion = Math.max(1, first.dispersion);
  // Anscombe's residuals: near normal for counts.
  const residuals = counts.map((count, row) => {
    const mean = first.fitted[row]!;
    const raw = 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean));
    return raw / Math.sqrt(dispersion * (1 - first.leverages[row]!));
  });
  const relative = residuals.map((residual) => (residual > outlierAbove ? residual ** -2 : 1));
  const scale = relative.length / relative.reduce((sum, weight) => sum + weight, 0);
  return poissonRegression(
    counts,
    columns,
    offsets,
    relative.map((weight) => weight * scale),
  );
}

/** A trend that says more than was ever seen is not believed. */
function trendIsKept(model: Fit, below: number, most: number): boolean {
  const width = model.coefficients.length;
  const error = Math.sqrt(model.dispersion * model.unscaled[width + 1]!);
  const p = twoSidedStudentP(model.coefficients[1]! / error, model.freedom);
  return p < below && Math.exp(model.linear) <= most;
}

function judge(
  counts: ArrayLike<number>,
  step: number,
  model: Fit,
  trend: number | null,
  [events, steps]: readonly [number, number],
  { alpha = 0.05, threshold = 'muan' }: FarringtonOptions,
): FarringtonStep {
  const observed = counts[step]!;
  const expected = Math.exp(model.linear);
  const dispersion = Math.max(1, model.dispersion);
  const beyond = normalQuantile(1 - alpha);
  let bound: number;
  let p: number;
  if (threshold === 'delta') {
    // At the power 2/3 the variance is 4/9 · μ^(1/3) · (φ + var(μ)/μ), and nearly normal.
    const spread = Math.sqrt(
      (4 / 9) * Math.cbrt(expected) * (dispersion + (expected * model.error) ** 2 / expected),
    );
    const power = expected ** (2 / 3);
    bound = (power + beyond * spread) ** 1.5;
    p = upperTail((observed ** (2 / 3) - power) / spread);
  } else {
    const mean = threshold === 'muan' ? Math.exp(model.linear + beyond * model.error) : expected;
    bound = countQuantile(1 - alpha, mean, dispersion);
    p = countUpperTail(observed, mean, dispersion);
  }
  let lately = 0;
  for (let at = Math.max(0, step - steps + 1); at <= step; at += 1) lately += counts[at]!;
  const alarm = observed > bound && lately >= events;
  const score = (observed - expected) / (bound - expected);
  return { expected, bound, p, dispersion, error: model.error, trend, score, alarm };
}
