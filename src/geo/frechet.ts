/** How far apart two lines run when both are walked forwards: the discrete Fréchet distance (Eiter & Mannila, 1994). */

/**
 * The smallest leash for two walkers who step from vertex to vertex and never back, in the units of `distance`. Only vertices are
 * compared: densify lines whose legs differ in length. Infinity when one line is empty and the other is not.
 */
export function discreteFrechet<Point>(
  a: readonly Point[],
  b: readonly Point[],
  distance: (from: Point, to: Point) => number,
): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  const reach = new Float64Array(b.length);
  for (let i = 0; i < a.length; i += 1) {
    let diagonal = Number.POSITIVE_INFINITY;
    for (let j = 0; j < b.length; j += 1) {
      const above = i === 0 ? Number.POSITIVE_INFINITY : reach[j]!;
      const left = j === 0 ? Number.POSITIVE_INFINITY : reach[j - 1]!;
      const before = i === 0 && j === 0 ? 0 : Math.min(above, left, diagonal);
      diagonal = above;
      reach[j] = Math.max(before, distance(a[i]!, b[j]!));
    }
  }
  return reach[b.length - 1]!;
}
