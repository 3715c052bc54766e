/**
 * Noise for counts that are told to everybody, drawn exactly: the discrete Laplace of Canonne, Kamath & Steinke (NeurIPS 2020, algorithms 1 and 2). Whole
 * numbers only, for what floating-point Laplace rounds away tells the count.
 */

/** A whole number from 0 to `below` − 1, each as likely; `below` is 1 or more. From a source that nobody can foretell. */
export type DrawBelow = (below: bigint) => bigint;

/** Shares of `bytes` that would favour small numbers are drawn again. `bytes`: so many random ones, like `crypto.randomBytes`. */
export function drawBelowFrom(bytes: (count: number) => Uint8Array): DrawBelow {
  return (below) => {
    if (below < 1n) throw new RangeError(`drawBelow: found ${below}, wanted 1 or more`);
    if (below === 1n) return 0n;
    const bits = (below - 1n).toString(2).length;
    const mask = (1n << BigInt(bits)) - 1n;
    for (;;) {
      const drawn = BigInt(`0x${Buffer.from(bytes(Math.ceil(bits / 8))).toString('hex')}`) & mask;
      if (drawn < below) return drawn;
    }
  };
}

/** A rational number above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * A whole number y with probability in proportion to exp(−rate · |y|). For a count that one event changes by `sensitivity` at most, a rate of ε / sensitivity makes what is told
 * ε-differentially private. RangeError unless both parts of the rate are 1 or more.
 */
export function discreteLaplace({ numerator: s, denominator: t }: Rational, draw: DrawBelow): bigint {
  if (s < 1n || t < 1n)
    throw new RangeError(`discreteLaplace: found a rate of ${s}/${t}, wanted more than 0`);
  for (;;) {
    const u = draw(t);
    if (!bernoulliExp(u, t, draw)) continue;
    let v = 0n;
    while (bernoulliExp(1n, 1n, draw)) v += 1n;
    const size = (u + t * v) / s;
    const isNegative = draw(2n) === 1n;
    // There is one zero, not two.
    if (isNegative && size === 0n) continue;
    return isNegative ? -size : size;
  }
}

/** True with probability exp(−numerator / denominator), a fraction of 0 to 1. */
function bernoulliExp(numerator: bigint, denominator: bigint, draw: DrawBelow): boolean {
  let k = 1n;
  // Each round goes on with probability γ/k; after how many it ends is odd with probability exp(−γ).
  while (draw(denominator * k) < numerator) k += 1n;
  return k % 2n === 1n;
}
