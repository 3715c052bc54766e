/** The gamma distribution's two tails and its quantile, for exact intervals of counts. */

/** P(X ≤ x) and P(X > x) of a gamma variable with this shape and scale 1, each computed where it is small. */
export function gammaTails(shape: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  const density = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    const lower = density * lowerSeries(shape, x);
    return { lower, upper: 1 - lower };
  }
  const upper = density * upperFraction(shape, x);
  return { lower: 1 - upper, upper };
}

/**
 * The x with P(X ≤ x) = probability, for shape > 0 and probability in (0, 1). Bisection in the logarithm: it cannot diverge, and about
 * 60 halvings of a bracket around the mean reach double precision.
 */
export function gammaQuantile(shape: number, probability: number): number {
  let low = shape;
  while (gammaTails(shape, low).lower > probability) low /= 2;
  let high = shape;
  while (gammaTails(shape, high).upper > 1 - probability) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i += 1) {
    const middle = Math.sqrt(low * high);
    if (middle <= low || middle >= high) break;
    const { lower, upper } = gammaTails(shape, middle);
    const isBelow = probability < 0.5 ? lower < probability : upper > 1 - probability;
    if (isBelow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ln Γ(x) for x > 0: shifted above 15 by the recurrence, then Stirling's series with five terms (error below 1e-15 there). */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 15; z += 1) shift += Math.log(z);
  const inverse = 1 / z;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** Legendre's continued fraction by the modified Lentz method. */
function upperFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < 100_000; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = a * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return result;
}
