/** How much a count can vary by chance alone: the exact interval of a Poisson mean (Garwood, Biometrika 28, 1936). */
import { gammaQuantile } from './gamma.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval that holds the mean with at least `confidence` (0–1, e.g. 0.95) given `count` events seen. Divide by effort for a rate. */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`poissonInterval: found a count of ${count}, wanted a whole number from 0`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `poissonInterval: found a confidence of ${confidence}, wanted more than 0 and less than 1`,
    );
  }
  const outside = (1 - confidence) / 2;
  return {
    low: count === 0 ? 0 : gammaQuantile(count, outside),
    high: gammaQuantile(count + 1, 1 - outside),
  };
}
