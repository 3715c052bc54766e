/** Made-up journeys between made-up places, whose origins and destinations know nothing of each other. */
import type { Position } from '../../src/geo/position.ts';
import type { Random } from '../../src/kernel/random.ts';

export type Pair = readonly [origin: number, destination: number];

export interface PairWorld {
  readonly places: readonly Position[];
  readonly incidents: readonly (readonly Pair[])[];
}

export interface PairWorldSize {
  /** The first of the places are origins, the last are destinations; those in the middle are both. */
  readonly places: number;
  readonly origins: number;
  readonly destinations: number;
  readonly incidents: number;
  /** Of the incidents, how many have two pairs: one origin and two destinations, two and one, or two and two. */
  readonly double?: number;
}

/** Ends differ in how busy they are, as 1, 1/2, 1/3 …; nobody ends where they began. */
export function nullPairWorld(
  random: Random,
  { places, origins, destinations, incidents, double = 0 }: PairWorldSize,
): PairWorld {
  const at = Array.from({ length: places }, (_, place): Position => {
    const wide = place / places;
    return [80 + 6 * wide + 4 * random.next(), 24 + 5 * random.next()];
  });
  const origin = (): number => busyDraw(random, origins);
  const destination = (): number => places - 1 - busyDraw(random, destinations);
  const drawn: Pair[][] = [];
  while (drawn.length < incidents) {
    const shape = random.next() < double ? 1 + random.int(3) : 0;
    const [o, p, d, e] = [origin(), origin(), destination(), destination()];
    const pairs: Pair[] = [
      [o, d],
      ...(shape === 1 ? [[o, e] as const] : []),
      ...(shape === 2 ? [[p, d] as const] : []),
      ...(shape === 3 ? [[p, e] as const] : []),
    ];
    const isDistinct =
      (shape !== 1 || d !== e) && (shape !== 2 || o !== p) && (shape !== 3 || (o !== p && d !== e));
    if (isDistinct && pairs.every(([from, to]) => from !== to)) drawn.push(pairs);
  }
  return { places: at, incidents: drawn };
}

/** 0 twice as often as 1, three times as often as 2 … */
function busyDraw(random: Random, of: number): number {
  let whole = 0;
  for (let i = 1; i <= of; i += 1) whole += 1 / i;
  let left = random.next() * whole;
  for (let i = 0; i < of; i += 1) {
    left -= 1 / (i + 1);
    if (left < 0) return i;
  }
  return of - 1;
}
