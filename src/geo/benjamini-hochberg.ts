/** Many tests at once: the false discovery rate of Benjamini & Hochberg (JRSS B 57, 1995). */

/**
 * The q value of each p value: the lowest rate at which its test would be kept. Untested entries (NaN) stay NaN and do not count as
 * tests. Valid for independent tests and for those with positive dependence, as sums over overlapping neighbourhoods have.
 */
export function benjaminiHochberg(p: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(p)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const tests = sorted.length;
  const adjusted = new Float64Array(tests);
  let lowest = 1;
  for (let rank = tests; rank >= 1; rank -= 1) {
    lowest = Math.min(lowest, (sorted[rank - 1]! * tests) / rank);
    adjusted[rank - 1] = lowest;
  }
  // Equal p values have equal q values, so looking a value up by bisection needs no permutation to be carried along.
  return Float64Array.from(p, (value) =>
    Number.isNaN(value) ? Number.NaN : adjusted[firstAtLeast(sorted, value)]!,
  );
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
