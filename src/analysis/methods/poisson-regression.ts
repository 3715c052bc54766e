/** Counts explained by a few columns through a logarithm: quasi-Poisson regression by iterated weighted least squares (McCullagh & Nelder, 1989). */
import { symmetricInverse } from '../../geo/symmetric-inverse.ts';

export interface PoissonRegression {
  /** One a column. */
  readonly coefficients: Float64Array;
  /** (XᵀWX)⁻¹, row by row; times the dispersion it is the covariance of the coefficients. */
  readonly unscaled: Float64Array;
  /** Expected count of each row. */
  readonly fitted: Float64Array;
  /** Each row's leverage, 0–1. */
  readonly leverages: Float64Array;
  /** Pearson's χ² over the degrees of freedom; NaN where there are none. */
  readonly dispersion: number;
  readonly freedom: number;
}

/** Of the deviance, as R has it, but closer: a step of Newton more costs nothing. */
const CLOSE_ENOUGH = 1e-11;
const MOST_ROUNDS = 50;

/**
 * log(expected) = offset + columns · coefficients. `columns` hold one value a row each; `offsets` are logarithms of effort; `weights` (≥ 0) are those of rows. Null
 * where it does not converge or the columns say the same thing twice: try fewer.
 */
export function poissonRegression(
  counts: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  offsets?: ArrayLike<number>,
  weights?: ArrayLike<number>,
): PoissonRegression | null {
  const rows = counts.length;
  const width = columns.length;
  const weightOf = (row: number): number => (weights ? weights[row]! : 1);
  const offsetOf = (row: number): number => (offsets ? offsets[row]! : 0);
  const fitted = Float64Array.from(counts, (count) => count + 0.1);
  const linear = fitted.map(Math.log);
  let coefficients: Float64Array = new Float64Array(width);
  let unscaled: Float64Array | null = null;
  let deviance = Infinity;
  for (let round = 0; ; round += 1) {
    if (round === MOST_ROUNDS) return null;
    const normal = new Float64Array(width * width);
    const right = new Float64Array(width);
    for (let row = 0; row < rows; row += 1) {
      const weight = weightOf(row) * fitted[row]!;
      const working = linear[row]! - offsetOf(row) + (counts[row]! - fitted[row]!) / fitted[row]!;
      for (let i = 0; i < width; i += 1) {
        const scaled = weight * columns[i]![row]!;
        right[i]! += scaled * working;
        for (let j = 0; j <= i; j += 1) normal[i * width + j]! += scaled * columns[j]![row]!;
      }
    }
    unscaled = symmetricInverse(normal, width);
    if (!unscaled) return null;
    coefficients = times(unscaled, right);
    let next = 0;
    for (let row = 0; row < rows; row += 1) {
      linear[row] =
        offsetOf(row) + columns.reduce((sum, column, i) => sum + column[row]! * coefficients[i]!, 0);
      fitted[row] = Math.exp(linear[row]!);
      const count = counts[row]!;
      const log = count === 0 ? 0 : count * Math.log(count / fitted[row]!);
      next += 2 * weightOf(row) * (log - (count - fitted[row]!));
    }
    if (!Number.isFinite(next)) return null;
    const isClose = Math.abs(next - deviance) <= CLOSE_ENOUGH * (Math.abs(next) + 0.1);
    deviance = next;
    if (isClose) break;
  }
  return { coefficients, unscaled, fitted, ...spread(counts, columns, unscaled, fitted, weightOf) };
}

/** The variance of the linear predictor at a row of values, before it is multiplied by the dispersion. */
export function unscaledVariance(unscaled: Float64Array, at: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < at.length; i += 1)
    for (let j = 0; j < at.length; j += 1) sum += at[i]! * unscaled[i * at.length + j]! * at[j]!;
  return sum;
}

function spread(
  counts: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  unscaled: Float64Array,
  fitted: Float64Array,
  weightOf: (row: number) => number,
): Pick<PoissonRegression, 'leverages' | 'dispersion' | 'freedom'> {
  let pearson = 0;
  let counted = 0;
  const leverages = new Float64Array(fitted.length);
  for (let row = 0; row < fitted.length; row += 1) {
    const at = columns.map((column) => column[row]!);
    leverages[row] = weightOf(row) * fitted[row]! * unscaledVariance(unscaled, at);
    pearson += (weightOf(row) * (counts[row]! - fitted[row]!) ** 2) / fitted[row]!;
    if (weightOf(row) > 0) counted += 1;
  }
  const freedom = counted - columns.length;
  return { leverages, dispersion: freedom > 0 ? pearson / freedom : Number.NaN, freedom };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, i) =>
    vector.reduce((sum, value, j) => sum + matrix[i * vector.length + j]! * value, 0),
  );
}
