/** How one count differs from another, each over its own exposure: exact for the ratio, from exact limits for the difference. */
import { type Interval, poissonInterval } from '../../geo/poisson-interval.ts';
import { incompleteBeta } from '../../geo/student.ts';

export const COMPARED_COUNTS = { method: 'poisson-rate-ratio/conditional-exact', version: 1 } as const;

export interface Counted {
  /** Independent incidents, whole. */
  readonly count: number;
  /** What they were found in: days, staff-months; more than 0. */
  readonly exposure: number;
}

export interface Estimate extends Interval {
  readonly value: number;
}

export interface Change {
  /** Rate of `b` over rate of `a`; null where `a` has no incident. The upper limit may be Infinity. */
  readonly ratio: { readonly value: number | null; readonly low: number; readonly high: number };
  /** Rate of `b` less rate of `a`, per unit of exposure. */
  readonly difference: Estimate;
  /** Two-sided, of equal rates: twice the smaller exact tail, so that it agrees with the ratio's interval. */
  readonly p: number;
}

/**
 * From `a` to `b`, taken as independent Poisson counts. Given their sum, the count of `b` is binomial (Przyborowski & Wilenski, Biometrika 31, 1940),
 * which gives the ratio an exact interval (Clopper & Pearson, Biometrika 26, 1934). The difference's is MOVER of Garwood's limits (Donner & Zou,
 * Statistical Methods in Medical Research 21, 2012). RangeError unless exposures are above 0 and confidence is between 0 and 1.
 */
export function compareCounts(a: Counted, b: Counted, confidence = 0.95): Change {
  for (const { exposure } of [a, b])
    if (!(exposure > 0))
      throw new RangeError(`compareCounts: found an exposure of ${exposure}, wanted more than 0`);
  const rates = [a, b].map(({ count, exposure }) => count / exposure) as [number, number];
  const [limitsA, limitsB] = [a, b].map(({ count, exposure }) => {
    const { low, high } = poissonInterval(count, confidence);
    return { low: low / exposure, high: high / exposure };
  }) as [Interval, Interval];
  const outside = (1 - confidence) / 2;
  // Odds of an incident being of b are the ratio of rates times the ratio of exposures.
  const ratioOf = (share: number): number => (share / (1 - share)) * (a.exposure / b.exposure);
  const difference = rates[1] - rates[0];
  return {
    ratio: {
      value: a.count === 0 ? null : rates[1] / rates[0],
      low: b.count === 0 ? 0 : ratioOf(betaQuantile(b.count, a.count + 1, outside)),
      high:
        a.count === 0 ? Number.POSITIVE_INFINITY : ratioOf(betaQuantile(b.count + 1, a.count, 1 - outside)),
    },
    difference: {
      value: difference,
      low: difference - Math.hypot(rates[1] - limitsB.low, limitsA.high - rates[0]),
      high: difference + Math.hypot(limitsB.high - rates[1], rates[0] - limitsA.low),
    },
    p: twoTails(b.count, a.count + b.count, b.exposure / (a.exposure + b.exposure)),
  };
}

function twoTails(count: number, trials: number, share: number): number {
  const atLeast = count === 0 ? 1 : incompleteBeta(count, trials - count + 1, share);
  const atMost = count === trials ? 1 : 1 - incompleteBeta(count + 1, trials - count, share);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}

/** The x with Iₓ(alpha, beta) = probability: 100 halvings of [0, 1]. */
function betaQuantile(alpha: number, beta: number, probability: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 100 && high - low > 1e-16 * high; i += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(alpha, beta, middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
