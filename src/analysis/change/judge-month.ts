/** One month of one series against what came before it, by one of the methods: what was expected, the bound, and how unlikely the month is either way. */
import { countQuantile, countUpperTail } from '../../geo/count-tails.ts';
import { normalQuantile } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import { poissonCusum } from '../methods/cusum.ts';
import { ears } from '../methods/ears.ts';
import { farrington } from '../methods/farrington.ts';
import { total } from './monthly-series.ts';

export const CHANGE_METHODS = ['farrington', 'C1', 'C2', 'C3', 'cusum'] as const;
export type ChangeMethod = (typeof CHANGE_METHODS)[number];

/** Counts by step, and how much was watched; effort is 1 everywhere where it is not known. */
export interface Watch {
  readonly counts: readonly number[];
  readonly effort: readonly number[];
}

export interface JudgeOptions {
  readonly method: ChangeMethod;
  readonly alpha: number;
  /** Variance over mean, 1 or more. */
  readonly dispersion: number;
  readonly random: Random;
  /** CUSUM's draws, and how many as high end them. */
  readonly replications: number;
  readonly stopAfter: number;
}

export interface Judgement {
  readonly observed: number;
  readonly expected: number;
  /** More than `high`, or fewer than `low`, are beyond the method's own bound; null where it has none in incidents. */
  readonly low: number | null;
  readonly high: number | null;
  /** How far it is beyond expected towards the method's bound: beyond it above 1 (a rise) or below −1 (a fall). */
  readonly score: number;
  /** Of so many or more, and of so few or fewer, with the uncertainty of what is expected. */
  readonly pUp: number;
  readonly pDown: number;
  readonly isAbove: boolean;
  readonly isBelow: boolean;
  /** The first step of the run of alarms that ends here, where the method itself knows it. */
  readonly since: number | null;
}

export const EARS_BASELINE = 7;
/** CUSUM watches the last steps for a doubling or a halving that stays; what lies before them is its baseline. */
export const CUSUM_WATCHES = 6;
const CUSUM_BASELINE = 12;
const CUSUM_LONGEST = 36;
const YEAR = 12;
const HALF_WINDOW = 3;
const LEAST_YEARS = 3;
const MOST_YEARS = 5;
/** The least effort a step without any is given, as a share of the mean: it holds no incident, and so says nothing. */
const HARDLY_ANY = 1e-6;

/** How many steps must lie before the tested one. */
export const STEPS_BEFORE: Readonly<Record<ChangeMethod, number>> = {
  farrington: LEAST_YEARS * YEAR + HALF_WINDOW,
  C1: EARS_BASELINE,
  C2: EARS_BASELINE + 2,
  C3: EARS_BASELINE + 4,
  cusum: CUSUM_BASELINE + CUSUM_WATCHES - 1,
};

/** Null where nothing can be said: nobody watched in that step, or too little lies before it. */
export function judgeMonth(watch: Watch, step: number, options: JudgeOptions): Judgement | null {
  if (!(watch.effort[step]! > 0)) return null;
  if (options.method === 'farrington') return byFarrington(watch, step, options);
  if (options.method === 'cusum') return byCusum(watch, step, options);
  return byEars(watch, step, options.method, options.dispersion);
}

/** Steps without effort are left out: the seven before are the seven that were watched. */
function byEars(
  { counts, effort }: Watch,
  step: number,
  method: 'C1' | 'C2' | 'C3',
  dispersion: number,
): Judgement | null {
  const steps = Array.from({ length: step + 1 }, (_, at) => at).filter((at) => effort[at]! > 0);
  // Seven before, a gap of two, and two that C3 adds up: no more is looked at.
  const used = steps.slice(-(STEPS_BEFORE[method] + 1));
  if (used.length <= STEPS_BEFORE[method]) return null;
  const mean = total(used.map((at) => effort[at]!)) / used.length;
  const own = used.map((at) => counts[at]!);
  const watched = used.map((at) => effort[at]! / mean);
  const here = own.length - 1;
  const threshold = method === 'C3' ? 4 : 3;
  const found = ears(own, { method, baseline: EARS_BASELINE, threshold, effort: watched })[here];
  if (!found) return null;
  const lately = method === 'C3' ? 3 : 1;
  const sum = (values: readonly number[], from: number, to: number): number => total(values.slice(from, to));
  const end = method === 'C1' ? here : here - 2;
  // C3 holds three steps together against the seven before all of them.
  const from = method === 'C3' ? here - 2 - EARS_BASELINE : end - EARS_BASELINE;
  const share = sum(watched, here + 1 - lately, here + 1) / sum(watched, from, from + EARS_BASELINE);
  const before = sum(own, from, from + EARS_BASELINE);
  const tails = tailsOf(
    sum(own, here + 1 - lately, here + 1),
    (before + HALF_AN_EVENT) * share,
    dispersion * (1 + share),
  );
  const low = method === 'C3' ? null : 2 * found.expected - found.bound;
  return {
    observed: own[here]!,
    expected: found.expected,
    low,
    high: found.bound,
    score: found.statistic / threshold,
    pUp: tails.up,
    // Three steps' falls are not added up by anybody's published method.
    pDown: low === null ? 1 : tails.down,
    isAbove: found.alarm,
    isBelow: low !== null && own[here]! < low,
    since: null,
  };
}

function byFarrington({ counts, effort }: Watch, step: number, options: JudgeOptions): Judgement | null {
  const { alpha } = options;
  const years = Math.min(MOST_YEARS, Math.floor((step - HALF_WINDOW) / YEAR));
  if (years < LEAST_YEARS) return null;
  const least = HARDLY_ANY * (total(effort) / effort.length);
  const watched = effort.map((value) => Math.max(value, least));
  const asked = { frequency: YEAR, years, halfWindow: HALF_WINDOW, alpha, effort: watched };
  const found = farrington(counts, step, asked);
  if (!found) return afterNothing(counts, watched, step, options);
  const observed = counts[step]!;
  const { expected, error } = found;
  const dispersion = Math.max(found.dispersion, options.dispersion);
  // A new count varies by its own variance and by that of what was expected of it.
  const tails = tailsOf(observed, expected, dispersion + expected * error ** 2);
  const reach = normalQuantile(1 - alpha) * error;
  const low = countQuantile(alpha, expected * Math.exp(-reach), dispersion);
  const high = boundAbove(expected, found.bound);
  return {
    observed,
    expected,
    low,
    high,
    score: scoreOf(observed, expected, low, high),
    pUp: tails.up,
    pDown: tails.down,
    isAbove: found.alarm && observed > high,
    isBelow: observed < low,
    since: null,
  };
}

/**
 * Where its season's windows hold nothing there is nothing to fit: the rate of all believed steps stands for it, and half an event where they hold none. The season
 * may be why: fewer than that rate are no fall.
 */
function afterNothing(
  counts: readonly number[],
  effort: readonly number[],
  step: number,
  { alpha, dispersion }: JudgeOptions,
): Judgement {
  // As Farrington does: the steps just before are not believed, lest a rise be its own baseline.
  const believed = step - HALF_WINDOW;
  const share = effort[step]! / total(effort.slice(0, believed));
  const expected = Math.max(HALF_AN_EVENT, total(counts.slice(0, believed))) * share;
  const observed = counts[step]!;
  const spread = dispersion * (1 + share);
  const high = boundAbove(expected, countQuantile(1 - alpha, expected, spread));
  return {
    observed,
    expected,
    low: 0,
    high,
    score: scoreOf(observed, expected, 0, high),
    pUp: tailsOf(observed, expected, spread).up,
    pDown: 1,
    isAbove: observed > high,
    isBelow: false,
    since: null,
  };
}

/** At least the next whole number above what is expected, and so 1 or more: a quantile of hardly anything is 0. */
function boundAbove(expected: number, quantile: number): number {
  return Math.max(quantile, Math.floor(expected) + 1);
}

function scoreOf(observed: number, expected: number, low: number, high: number): number {
  return (observed - expected) / (observed < expected ? expected - low + 1 : high - expected);
}

/**
 * Counts are divided by their dispersion: so many independent clumps as vary as much. A month is in alarm where the sum is still above its bound; the
 * p value is that of the highest point of the watched steps.
 */
function byCusum({ counts, effort }: Watch, step: number, options: JudgeOptions): Judgement | null {
  const { alpha, dispersion, random, replications, stopAfter } = options;
  const from = Math.max(0, step + 1 - CUSUM_LONGEST);
  const baseline = step + 1 - from - CUSUM_WATCHES;
  if (baseline < CUSUM_BASELINE) return null;
  const watched = effort.slice(from, step + 1);
  const own = counts.slice(from, step + 1).map((count) => count / dispersion);
  const find = (ratio: number) =>
    poissonCusum(own, {
      baseline,
      ratio,
      effort: watched,
      random,
      replications,
      stopAfter,
      alpha: alpha / 2,
    });
  const [rise, fall] = [find(2), find(0.5)];
  if (!rise || !fall) return null;
  const last = CUSUM_WATCHES - 1;
  const isAbove = rise.path[last]! > rise.bound;
  const isBelow = fall.path[last]! > fall.bound;
  const chosen = rise.p <= fall.p ? rise : fall;
  let since = last;
  while (since > 0 && chosen.path[since - 1]! > chosen.bound) since -= 1;
  return {
    observed: counts[step]!,
    expected:
      (total(counts.slice(from, from + baseline)) / total(watched.slice(0, baseline))) * effort[step]!,
    low: null,
    high: null,
    // A path of noise may never leave 0, and neither does its bound.
    score: chosen.bound > 0 ? (chosen === rise ? 1 : -1) * (chosen.path[last]! / chosen.bound) : 0,
    pUp: rise.p,
    pDown: fall.p,
    isAbove,
    isBelow,
    since: isAbove || isBelow ? from + baseline + since : null,
  };
}

/** A baseline of none is not a rate of none. */
const HALF_AN_EVENT = 0.5;

function tailsOf(
  observed: number,
  mean: number,
  dispersion: number,
): { readonly up: number; readonly down: number } {
  return {
    up: countUpperTail(observed, mean, dispersion),
    down: Math.max(0, 1 - countUpperTail(observed + 1, mean, dispersion)),
  };
}
