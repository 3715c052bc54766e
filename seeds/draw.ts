/** The few kinds of chance the demo needs, each from a seeded stream of its own, so that one part never shifts another. */
import type { Position } from '../src/geo/position.ts';
import { type Random, seededRandom } from '../src/kernel/random.ts';
import { offset } from './geography.ts';

/** A stream that depends on the seed and on what it is for (FNV-1a of the name, mixed into the seed). */
export function stream(seed: number, purpose: string): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < purpose.length; i += 1) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  return seededRandom(hash);
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** One of a non-empty list, all equally likely. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[random.int(choices.length)];
  if (choice === undefined) throw new RangeError('found an empty list, wanted something to pick from');
  return choice;
}

/** One of a non-empty list of [choice, weight]. */
export function pickWeighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let left = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return pick(random, choices)[0];
}

/** `count` different members of a list, in the list's own order (selection sampling, Knuth 3.4.2 S). */
export function sample<T>(random: Random, from: readonly T[], count: number): readonly T[] {
  let wanted = Math.min(count, from.length);
  let left = from.length;
  return from.filter(() => {
    const taken = random.next() * left < wanted;
    left -= 1;
    if (taken) wanted -= 1;
    return taken;
  });
}

/** A Poisson count; exact by Knuth's product up to a mean of 30, split into halves above (sums of Poissons are Poisson). */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

/** A position uniform over the disc of `radiusKm`, rounded to 5 decimals (about a metre) as forms print it. */
export function scatter(random: Random, centre: Position, radiusKm: number): Position {
  const distance = radiusKm * Math.sqrt(random.next());
  const angle = 2 * Math.PI * random.next();
  const [longitude, latitude] = offset(centre, distance * Math.cos(angle), distance * Math.sin(angle));
  return [Math.round(longitude * 1e5) / 1e5, Math.round(latitude * 1e5) / 1e5];
}
