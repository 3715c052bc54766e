/** Draws from distributions, by a seeded generator: for null models that can be repeated. */
import type { Random } from '../../src/kernel/random.ts';

/** Standard normal, by Box and Muller. */
export function normalDraw(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Poisson, by the waiting times of its events up to a mean of 30, above it as the sum of two halves: exact at every mean. */
export function poissonDraw(random: Random, mean: number): number {
  if (mean > 30) return poissonDraw(random, mean / 2) + poissonDraw(random, mean / 2);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
