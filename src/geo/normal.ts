/** The standard normal distribution's tails, accurate where p values are small. */

const SERIES_BELOW = 2.5;

/**
 * The complementary error function. Below 2.5 the Taylor series of erf (relative error under 1e-12 there), above it the continued
 * fraction of Abramowitz & Stegun 7.1.14, evaluated from the back; 60 levels reach machine precision from 2.5 on.
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 0) return 2 - erfc(-x);
  return x < SERIES_BELOW ? 1 - erfSeries(x) : erfcFraction(x);
}

/** Probability of a value of at least z. */
export function upperTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/** Two-sided p of a z score. NaN stays NaN. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** erf x = 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, all terms positive. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc x = exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))). */
function erfcFraction(x: number): number {
  let tail = x;
  for (let n = 60; n >= 1; n -= 1) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
