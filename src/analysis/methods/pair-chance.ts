/** Which pairs of an origin and a destination carry more than chance, given how busy both ends are. */
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { hasMoreWithin } from '../../geo/distance-band.ts';
import { overlapUpperTail } from '../../geo/hypergeometric.ts';
import { twoSidedP } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { DealtDestinations } from './dealt-destinations.ts';
import { expectedFlows } from './expected-flows.ts';
import { flowGiStar, NearFlows, type Surroundings } from './flow-gi-star.ts';
import { type PairFlows, type PairTable, PairTally } from './pair-flows.ts';

export const LEAST_PAIR_INCIDENTS = 10;
/** Fewer pairs with flow than this are no distribution. */
export const LEAST_PAIRS = 30;

/** Cells near each other, at either end, each pair from both its sides: all are looked at in each world. */
const MOST_NEAR = 5_000_000;

export interface PairScore {
  readonly origin: number;
  readonly destination: number;
  /** Incidents of the pair, and what its two ends alone would give it. */
  readonly flow: number;
  readonly expected: number;
  /** The same of the pair and the pairs near it: what is tested. */
  readonly flowAround: number;
  readonly expectedAround: number;
  /** G_ij*; NaN where nothing can be said. */
  readonly z: number;
  /** Two-sided, of z as if it were normal: busy ends alone make it small. */
  readonly normalP: number;
  /** One-sided, of more than in worlds whose destinations were dealt again. This one decides. */
  readonly p: number;
  /** Benjamini & Hochberg's, of `p`; never below the chance that the most unlikely pair of any world is as unlikely as the most unlikely one here. */
  readonly q: number;
}

/**
 * One score for each pair with flow, by origin and destination. How unlikely the flow around a pair is, given what leaves and what arrives around it, is told by Fisher's exact test; how
 * often a tested pair is as unlikely by chance, by the same of all pairs that have flow in `replications` dealt worlds (DealtDestinations), so that testing only pairs with flow, few flows and
 * incidents of several pairs are accounted for.
 */
export function pairChance(
  flows: PairFlows,
  {
    reachKm,
    replications,
    random,
  }: { readonly reachKm: number; readonly replications: number; readonly random: Random },
  tell?: (share: number) => void,
): { readonly refused: false; readonly pairs: readonly PairScore[] } | Refusal {
  const incidents = flows.starts.length - 1;
  if (incidents < LEAST_PAIR_INCIDENTS)
    return refuseToDerive('not enough data', `${incidents} incidents`, `${LEAST_PAIR_INCIDENTS} or more`);
  for (const [ends, places] of [
    ['origins', flows.origins],
    ['destinations', flows.destinations],
  ] as const)
    if (hasMoreWithin(places, reachKm, MOST_NEAR))
      return refuseToDerive(
        'too much to hold',
        `${places.length} ${ends} with more than ${MOST_NEAR} others within reachKm`,
        `${MOST_NEAR} or fewer: coarser cells, a smaller reachKm, or a narrower filter`,
      );
  const tally = new PairTally(flows);
  const expected = expectedFlows(flows);
  const near = new NearFlows(flows, expected, reachKm);
  const table = copied(tally.tableOf(flows.to));
  const size = table.destinations.length;
  if (size < LEAST_PAIRS)
    return refuseToDerive('not enough data', `${size} pairs with incidents`, `${LEAST_PAIRS} or more`);
  const around = near.around(table);
  const z = flowGiStar(flows, table, around);
  const scores = rarityOf(around);
  const pooled = new PooledRarity(scores);
  const dealt = new DealtDestinations(flows, random);
  for (let replication = 0; replication < replications; replication += 1) {
    tell?.(replication / replications);
    pooled.add(rarityOf(near.around(tally.tableOf(dealt.deal()))));
  }
  const p = pooled.chanceOf(scores);
  // Under every null BH lets one world in twenty have some; that one is also asked for as a whole, so that no more do.
  const whole = pooled.chanceOfLowest();
  const q = benjaminiHochberg(p).map((value) => Math.max(value, whole));
  const pairs: PairScore[] = [];
  for (const origin of flows.origins.keys()) {
    for (let at = table.offsets[origin]!; at < table.offsets[origin + 1]!; at += 1) {
      const destination = table.destinations[at]!;
      pairs.push({
        origin,
        destination,
        flow: table.counts[at]!,
        expected: expected.out[origin]! * expected.in[destination]!,
        flowAround: around.flows[at]!,
        expectedAround: around.expected[at]!,
        z: z[at]!,
        normalP: twoSidedP(z[at]!),
        p: p[at]!,
        q: q[at]!,
      });
    }
  }
  return {
    refused: false,
    pairs: pairs.sort((a, b) => a.origin - b.origin || a.destination - b.destination),
  };
}

/** P of as many or more, given both margins; 1 where there is no more than expected. */
function rarityOf({ flows, out, in: into, expected }: Surroundings): Float64Array {
  return flows.map((flow, at) => {
    const mean = expected[at]!;
    if (!(flow > mean)) return 1;
    const [leaving, arriving] = [out[at]!, into[at]!];
    // So many flows in all as give this mean: N itself where no place is both an origin and a destination.
    return overlapUpperTail(
      flow,
      leaving,
      arriving,
      Math.max((leaving * arriving) / mean, leaving, arriving),
    );
  });
}

/** Two sums of the same logarithms may differ in their last digits. */
const SAME = 1 + 1e-9;

/** Counts, for each of the scores that were found, how many of the dealt ones are as low: they are never held. */
class PooledRarity {
  readonly #found: Float64Array;
  /** Dealt scores that are no higher than #found[i], and higher than the one before. */
  readonly #counts: Float64Array;
  #dealt = 0;
  #worlds = 0;
  /** Dealt worlds that have a score as low as the lowest that was found. */
  #worldsAsLow = 0;

  constructor(found: Float64Array) {
    this.#found = Float64Array.from(new Set(found)).sort();
    this.#counts = new Float64Array(this.#found.length + 1);
  }

  add(scores: Float64Array): void {
    this.#dealt += scores.length;
    this.#worlds += 1;
    const lowest = this.#counts[0]!;
    for (const score of scores) this.#counts[this.#firstReaching(score)]! += 1;
    if (this.#counts[0]! > lowest) this.#worldsAsLow += 1;
  }

  /** The share of dealt worlds whose lowest score is as low as the lowest found, the world that was found counted in. */
  chanceOfLowest(): number {
    return (1 + this.#worldsAsLow) / (1 + this.#worlds);
  }

  /** The share of dealt scores as low, the found one counted in, so that it is never 0. */
  chanceOf(scores: Float64Array): Float64Array {
    const asLow = this.#counts.slice();
    for (let i = 1; i < asLow.length; i += 1) asLow[i]! += asLow[i - 1]!;
    return scores.map((score) => (1 + asLow[this.#firstReaching(score)]!) / (1 + this.#dealt));
  }

  #firstReaching(score: number): number {
    let low = 0;
    let high = this.#found.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#found[middle]! * SAME < score) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function copied({ offsets, destinations, counts }: PairTable): PairTable {
  return { offsets: offsets.slice(), destinations: destinations.slice(), counts: counts.slice() };
}
