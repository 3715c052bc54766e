/** Whether alike lies next to alike: Moran's I over a neighbourhood, with its z under every order of the values being as likely. */
import type { Neighbours } from './gi-star.ts';

export interface MoransI {
  readonly i: number;
  /** −1 / (n − 1). */
  readonly expected: number;
  /** NaN where nothing varies, or there are fewer than four values or no neighbours. */
  readonly z: number;
}

/**
 * Binary weights; neighbours that are mutual, nobody his own. Moments under randomisation (Cliff & Ord, Spatial Processes, 1981, 2.3): exact for every order of
 * these very values.
 */
export function moransI(values: ArrayLike<number>, { offsets, neighbours }: Neighbours): MoransI {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]! / n;
  let [squares, fourths, products, s0, s2] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const own = values[i]! - mean;
    squares += own ** 2;
    fourths += own ** 4;
    const degree = offsets[i + 1]! - offsets[i]!;
    s0 += degree;
    s2 += 4 * degree ** 2;
    let around = 0;
    for (let at = offsets[i]!; at < offsets[i + 1]!; at += 1) around += values[neighbours[at]!]! - mean;
    products += own * around;
  }
  const expected = -1 / (n - 1);
  if (n < 4 || !(squares > 0) || s0 === 0) return { i: Number.NaN, expected, z: Number.NaN };
  const i = (n / s0) * (products / squares);
  const s1 = 2 * s0;
  const kurtosis = (n * fourths) / squares ** 2;
  const second =
    (n * ((n ** 2 - 3 * n + 3) * s1 - n * s2 + 3 * s0 ** 2) -
      kurtosis * ((n ** 2 - n) * s1 - 2 * n * s2 + 6 * s0 ** 2)) /
    ((n - 1) * (n - 2) * (n - 3) * s0 ** 2);
  const variance = second - expected ** 2;
  return { i, expected, z: variance > 1e-15 ? (i - expected) / Math.sqrt(variance) : Number.NaN };
}
