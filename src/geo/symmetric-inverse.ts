/** The inverse of a symmetric positive matrix, by Cholesky's factor. */

/** `lower`: row by row, of which the lower half is read. Row by row, whole; null where a column depends on those before it. */
export function symmetricInverse(lower: Float64Array, width: number): Float64Array | null {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i * width + j]!;
      for (let k = 0; k < j; k += 1) sum -= factor[i * width + k]! * factor[j * width + k]!;
      if (i !== j) factor[i * width + j] = sum / factor[j * width + j]!;
      else if (sum > 1e-11 * lower[i * width + i]!) factor[i * width + i] = Math.sqrt(sum);
      else return null;
    }
  }
  const result = new Float64Array(width * width);
  for (let column = 0; column < width; column += 1) {
    const solved = new Float64Array(width);
    for (let i = 0; i < width; i += 1) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) sum -= factor[i * width + k]! * solved[k]!;
      solved[i] = sum / factor[i * width + i]!;
    }
    for (let i = width - 1; i >= 0; i -= 1) {
      let sum = solved[i]!;
      for (let k = i + 1; k < width; k += 1) sum -= factor[k * width + i]! * solved[k]!;
      solved[i] = sum / factor[i * width + i]!;
      result[i * width + column] = solved[i]!;
    }
  }
  return result;
}
