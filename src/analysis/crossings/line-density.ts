/** Density along a line: what was counted at places, smoothed, so that every step of the line has its share and nothing is lost at the ends. */

export interface SmoothedLine {
  readonly lengthKm: number;
  /** Comes back to where it began. */
  readonly closed: boolean;
}

/**
 * The mass in each step of `stepKm` from km 0 on, the last one as long as the rest of the line. Each place's mass is spread by Epanechnikov's kernel,
 * which ends `bandwidthKm` away; what would pass an end of the line is reflected there (round a closed line it goes on), so that the masses of
 * all steps sum to that of all places. `km` beyond the line counts at its end.
 */
export function smoothAlong(
  { lengthKm, closed }: SmoothedLine,
  km: ArrayLike<number>,
  mass: ArrayLike<number>,
  stepKm: number,
  bandwidthKm: number,
): Float64Array {
  if (!(lengthKm > 0 && stepKm > 0 && bandwidthKm > 0))
    throw new RangeError(
      `smoothAlong: found a length of ${lengthKm} km, steps of ${stepKm} and a bandwidth of ${bandwidthKm}, wanted all above 0`,
    );
  const steps = stepsOf(lengthKm, stepKm);
  const sums = new Float64Array(steps);
  for (let i = 0; i < km.length; i += 1) {
    const at = Math.min(Math.max(km[i]!, 0), lengthKm);
    const low = Math.floor((at - bandwidthKm) / lengthKm);
    const high = Math.floor((at + bandwidthKm) / lengthKm);
    // The line laid end to end with itself: every other copy is the mirror image, unless it is closed.
    for (let copy = low; copy <= high; copy += 1) {
      const mirrored = !closed && copy % 2 !== 0;
      const offset = (mirrored ? copy + 1 : copy) * lengthKm;
      // Where the place and the kernel's reach are, in the copy's own km.
      const centre = mirrored ? offset - at : at - offset;
      const from = Math.max(0, Math.floor((centre - bandwidthKm) / stepKm));
      const to = Math.min(steps - 1, Math.floor((centre + bandwidthKm) / stepKm));
      for (let step = from; step <= to; step += 1) {
        const end = Math.min((step + 1) * stepKm, lengthKm);
        sums[step]! +=
          mass[i]! * (below((end - centre) / bandwidthKm) - below((step * stepKm - centre) / bandwidthKm));
      }
    }
  }
  return sums;
}

/** How many steps a line has. A rest shorter than a millimetre is rounding, and none. */
export function stepsOf(lengthKm: number, stepKm: number): number {
  return Math.max(1, Math.ceil((lengthKm - 1e-6) / stepKm));
}

/** Share of Epanechnikov's kernel, ¾(1 − u²) on −1 … 1, that lies below u. */
function below(u: number): number {
  if (u <= -1) return 0;
  if (u >= 1) return 1;
  return (2 + 3 * u - u ** 3) / 4;
}
