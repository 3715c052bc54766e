/** Where high or low values lie together: the local statistics Gi and Gi* of Getis and Ord (Geographical Analysis 24, 1992; 27, 1995). */

/** Who is next to whom, as compressed rows: the neighbours of i are neighbours[offsets[i] … offsets[i + 1] − 1], never i itself. */
export interface Neighbours {
  /** One more entry than there are places. */
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
}

/**
 * z scores of Gi*, the place itself counted among its neighbours, with binary weights and the variance with n (Ord & Getis 1995, eq.
 * 14.2), under which z is the same for row-standardised weights. NaN where nothing can be said: all values equal, or everybody a neighbour.
 * With `wholeWeight`, every place has that many neighbours, itself among them: those beyond the edge of what is given count as 0. Without it the
 * same sum says more of a place at the edge, where fewer neighbours are given, than of one in the middle.
 */
export function giStar(
  values: ArrayLike<number>,
  { offsets, neighbours }: Neighbours,
  wholeWeight?: number,
): Float64Array {
  const n = values.length;
  const { mean, variance } = moments(values);
  const z = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let sum = values[i]! - mean;
    for (let at = offsets[i]!; at < offsets[i + 1]!; at += 1) sum += values[neighbours[at]!]! - mean;
    const given = 1 + offsets[i + 1]! - offsets[i]!;
    const weight = wholeWeight ?? given;
    const beyond = (weight - given) * mean;
    z[i] = standardised(sum - beyond, variance, (weight * (n - weight)) / (n - 1));
  }
  return z;
}

/** z scores of Gi: each place is left out of its own sum, and of the mean and variance its neighbours are held against. */
export function gi(values: ArrayLike<number>, { offsets, neighbours }: Neighbours): Float64Array {
  const n = values.length;
  const { mean, variance } = moments(values);
  const z = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    // Deviations sum to zero, so without i their mean is −own/(n − 1).
    const own = values[i]! - mean;
    const otherMean = -own / (n - 1);
    const otherVariance = (n * variance - own * own) / (n - 1) - otherMean * otherMean;
    const weight = offsets[i + 1]! - offsets[i]!;
    let sum = -weight * otherMean;
    for (let at = offsets[i]!; at < offsets[i + 1]!; at += 1) sum += values[neighbours[at]!]! - mean;
    z[i] = standardised(sum, otherVariance, (weight * (n - 1 - weight)) / (n - 2));
  }
  return z;
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - mean) ** 2;
  // What is left of equal values after rounding is no variance.
  const variance = squares / n;
  return { mean, variance: variance > 1e-24 * mean * mean ? variance : 0 };
}

function standardised(sum: number, variance: number, spread: number): number {
  const scale = variance * spread;
  return scale > 0 ? sum / Math.sqrt(scale) : Number.NaN;
}
