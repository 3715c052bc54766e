/** The z scores of all simulated maps together, kept as a histogram: a p value for any z without a hundred million numbers to sort. */

const LOWEST = -64;
const HIGHEST = 192;
/** Steps of 1/256: finer than any z that is ever told apart; values beyond the ends count at the ends. */
const STEPS_PER_UNIT = 256;

export class PooledNull {
  readonly #counts = new Float64Array((HIGHEST - LOWEST) * STEPS_PER_UNIT + 1);
  #total = 0;

  add(z: Float64Array): void {
    for (let i = 0; i < z.length; i += 1) {
      if (Number.isNaN(z[i])) continue;
      this.#counts[binOf(z[i]!)]! += 1;
      this.#total += 1;
    }
  }

  /**
   * Twice the smaller share of simulated scores at least as extreme, at most 1, the observed one counted in (Phipson & Smyth 2010), so that p is
   * never 0. Scores in the same step count as at least as extreme.
   */
  twoSidedP(z: Float64Array): Float64Array {
    const below = new Float64Array(this.#counts.length + 1);
    for (let bin = 0; bin < this.#counts.length; bin += 1) below[bin + 1] = below[bin]! + this.#counts[bin]!;
    return z.map((score) => {
      if (Number.isNaN(score)) return Number.NaN;
      const bin = binOf(score);
      const lower = (1 + below[bin + 1]!) / (1 + this.#total);
      const upper = (1 + this.#total - below[bin]!) / (1 + this.#total);
      return Math.min(1, 2 * Math.min(lower, upper));
    });
  }
}

function binOf(z: number): number {
  return Math.floor((Math.min(Math.max(z, LOWEST), HIGHEST) - LOWEST) * STEPS_PER_UNIT);
}
