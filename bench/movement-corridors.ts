/** The corridors planted among a bench's movements: about forty country pairs, three crossing points each, Zipf weights. */
import { chance, pick, scatter, stream } from '../seeds/draw.ts';
import type { Position } from '../src/geo/position.ts';
import type { Random } from '../src/kernel/random.ts';
import { COUNTRY_PAIRS, type CountryPair } from './country-pairs.ts';

export interface BenchCorridor {
  /** Index, as in `MovementBatch.corridor`. */
  readonly id: number;
  readonly pair: CountryPair;
  readonly origin: Position;
  /** Spots at the crossing where people are seen, within 2 km: detections repeat there exactly. */
  readonly spots: readonly Position[];
  readonly destination: Position;
  /** Share of all planted movements: Zipf, 1/rank. */
  readonly weight: number;
  /** Months in use, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Owners that work on it; others see it rarely. */
  readonly owners: readonly [number, number];
}

export interface MovementOptions {
  /** 20,000, 200,000 or 1,000,000 are usual. */
  readonly movements: number;
  readonly corridors?: number;
  readonly owners?: number;
  readonly months?: number;
  readonly batchSize?: number;
  /** Share of random journeys. */
  readonly noise?: number;
  /** Which journeys are drawn along the corridors of the seed; the seed's own unless given. */
  readonly drawn?: number;
}

/** The corridors that `generateMovements` plants for the same seed and options. */
export function plantCorridors(seed: number, options: MovementOptions): readonly BenchCorridor[] {
  const { corridors = 300, owners = 20, months = 60 } = options;
  const random = stream(seed, 'bench corridors');
  // Three crossing points a pair, so that corridors of one pair are alternatives to each other.
  const crossings = COUNTRY_PAIRS.map(({ crossing }) =>
    [0, 60, 60].map((radiusKm) => scatter(random, crossing, radiusKm)),
  );
  return Array.from({ length: corridors }, (_, id) => {
    const pair = pick(
      random,
      COUNTRY_PAIRS.slice(id % COUNTRY_PAIRS.length, (id % COUNTRY_PAIRS.length) + 1),
    );
    const at = pick(random, crossings[id % COUNTRY_PAIRS.length] ?? [pair.crossing]);
    const partial = chance(random, 0.15) ? Math.floor(months / 2) : 0;
    const opens = partial > 0 && chance(random, 0.5);
    return {
      id,
      pair,
      origin: scatter(random, pair.from, 120),
      spots: [0.5, 1, 2].map((radiusKm) => scatter(random, at, radiusKm)),
      destination: scatter(random, pair.to, 25),
      // 7919 is prime to any corridor count below it: ranks are spread over the pairs, none used twice.
      weight: 1 / (1 + ((id * 7919) % corridors)),
      from: opens ? months - partial : 0,
      to: partial > 0 && !opens ? partial : months,
      owners: [random.int(owners), random.int(owners)],
    };
  });
}

/** Draws an index in proportion to the weights, by binary search in their running sum. */
export function weightedDraw(weights: readonly number[]): (random: Random) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight;
    sums[index] = total;
  }
  return (random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
