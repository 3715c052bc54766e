/** How rare a count is, where counts vary as Poisson has it or more: the negative binomial, told by its mean and by its variance over its mean. */
import { logGamma } from './gamma.ts';

/**
 * P(X ≥ count) of a count with this mean (≥ 0) and with variance `dispersion` × mean. A dispersion of 1 or less is Poisson's; a mean of 0 is always 0.
 */
export function countUpperTail(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 1;
  if (mean === 0) return 0;
  // The far tail is summed upwards from the count itself: 1 − (lower tail) would lose small values.
  if (count > mean) {
    const next = countSteps(mean, dispersion);
    let term = countProbability(count, mean, dispersion);
    let sum = 0;
    for (let at = count; term > 0 && term > sum * 1e-17; at += 1) {
      sum += term;
      term *= next(at);
    }
    return Math.min(1, sum);
  }
  return Math.max(0, 1 - countLowerTail(count - 1, mean, dispersion));
}

/** The least count with P(X ≤ count) ≥ probability, in (0, 1). */
export function countQuantile(probability: number, mean: number, dispersion: number): number {
  if (mean === 0) return 0;
  const next = countSteps(mean, dispersion);
  let count = lowestThatCounts(mean, dispersion);
  let term = countProbability(count, mean, dispersion);
  // Two ways of adding the same terms may differ in their last digit; a quantile must not.
  for (let sum = term; sum < probability * (1 - 1e-14) && term > 0; sum += term) {
    term *= next(count);
    count += 1;
  }
  return count;
}

function countLowerTail(count: number, mean: number, dispersion: number): number {
  const next = countSteps(mean, dispersion);
  let at = lowestThatCounts(mean, dispersion);
  if (at > count) return 0;
  let term = countProbability(at, mean, dispersion);
  let sum = term;
  for (; at < count; at += 1) {
    term *= next(at);
    sum += term;
  }
  return Math.min(1, sum);
}

/** Twelve deviations below the mean less than 1e-30 of the probability is left: sums begin there. */
function lowestThatCounts(mean: number, dispersion: number): number {
  return Math.max(0, Math.floor(mean - 12 * Math.sqrt(mean * Math.max(1, dispersion))));
}

/** P(X = count). */
function countProbability(count: number, mean: number, dispersion: number): number {
  if (dispersion <= 1) return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
  const size = mean / (dispersion - 1);
  return Math.exp(
    logGamma(count + size) -
      logGamma(size) -
      logGamma(count + 1) -
      size * Math.log(dispersion) +
      count * Math.log1p(-1 / dispersion),
  );
}

/** P(X = at + 1) / P(X = at). */
function countSteps(mean: number, dispersion: number): (at: number) => number {
  if (dispersion <= 1) return (at) => mean / (at + 1);
  const size = mean / (dispersion - 1);
  return (at) => ((at + size) / (at + 1)) * (1 - 1 / dispersion);
}
