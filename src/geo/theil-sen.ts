/** A trend that single outliers do not move: the median slope over all pairs (Theil 1950, Sen 1968). */

/** The slope per step of an evenly spaced series; null below two values. */
export function theilSenSlope(series: ArrayLike<number>): number | null {
  const n = series.length;
  if (n < 2) return null;
  const pairs = (n * (n - 1)) / 2;
  let falling = 0;
  let rising = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      if (series[j]! < series[i]!) falling += 1;
      else if (series[j]! > series[i]!) rising += 1;
    }
  }
  // Sparse counts are mostly level pairs: when both middle ranks are level there is nothing to sort.
  if (falling < pairs / 2 && rising < pairs / 2) return 0;
  const slopes = new Float64Array(pairs);
  let at = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      slopes[at] = (series[j]! - series[i]!) / (j - i);
      at += 1;
    }
  }
  slopes.sort();
  return (slopes[(pairs - 1) >> 1]! + slopes[pairs >> 1]!) / 2;
}
