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

/** The z with P(Z ≤ z) = probability, in (0, 1): 40 halvings of a bracket, and one of Newton's steps. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(
      `normalQuantile: found a probability of ${probability}, wanted more than 0 and less than 1`,
    );
  }
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let low = -40;
  let high = 0;
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (upperTail(-middle) < probability) low = middle;
    else high = middle;
  }
  const z = (low + high) / 2;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z - (upperTail(-z) - probability) / density;
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
