/** How unlikely a count inside a window is, given what is outside it (Kulldorff, Communications in Statistics 26, 1997). */

/**
 * The logarithm of the likelihood ratio that events are more frequent inside than outside, of `count` events where `expected` of all `events` were; 0
 * where they are not more.
 */
export function scanLogLikelihood(count: number, expected: number, events: number): number {
  if (!(count > expected)) return 0;
  if (expected <= 0) return Infinity;
  const outside = events - count;
  const rest = outside > 0 ? outside * Math.log(outside / (events - expected)) : 0;
  return count * Math.log(count / expected) + rest;
}

/** Windows are told apart by their expected count, finely where it is small: bins are even in its square root. */
const BINS = 4096;
/** How finely the best value so far is followed; exact values decide in the end. */
const RUNG = 0.25;

/**
 * For each bin of expected counts and each value of the ratio, the least count that could reach that value. With it a window that
 * cannot be the best so far is passed over for one comparison instead of two logarithms.
 */
export class LeastCounts {
  readonly #events: number;
  readonly #fewest: number;
  readonly #rungs: Int32Array[] = [];

  constructor(events: number, fewest: number) {
    this.#events = events;
    this.#fewest = fewest;
  }

  binOf(expected: number): number {
    return Math.min(BINS - 1, Math.floor(BINS * Math.sqrt(Math.max(0, expected) / this.#events)));
  }

  /** By bin: fewer events than this have a ratio below `best`. */
  toReach(best: number): Int32Array {
    const rung = Math.floor(best / RUNG);
    return (this.#rungs[rung] ??= this.#build(rung * RUNG));
  }

  #build(least: number): Int32Array {
    const counts = new Int32Array(BINS);
    let count = this.#fewest;
    for (let bin = 0; bin < BINS; bin += 1) {
      // The lowest expected count of the bin: every other needs at least as many. A hair less, against rounding.
      const expected = this.#events * (bin / BINS) ** 2 * (1 - 1e-12);
      while (
        count <= this.#events &&
        (count <= expected || scanLogLikelihood(count, expected, this.#events) < least)
      )
        count += 1;
      counts[bin] = count;
    }
    return counts;
  }
}
