/** A null model for before and after: the same incidents, their periods dealt again. */
import type { Random } from '../../kernel/random.ts';

export interface PeriodCounts {
  readonly before: number;
  readonly after: number;
}

/** What one incident of a pattern adds to the sum, if it falls before, and if after. */
export interface Shares {
  readonly before: number;
  readonly after: number;
}

/**
 * How often periods dealt again to whole incidents move Σ share as far from its mean as it is: a two-sided p, never 0. `odds`: by pattern, effort after over
 * before. Where they are equal the number after is kept, and the p is exact; else each incident falls after by its own chance, under the proportion
 * that fits the number after.
 */
export function dealtAgainP(
  patterns: readonly PeriodCounts[],
  shares: readonly Shares[],
  odds: readonly number[],
  random: Random,
  replications: number,
): number {
  const totals = patterns.map(({ before, after }) => before + after);
  const isEqual = odds.every((value) => Math.abs(value / odds[0]! - 1) < 1e-9);
  const allAfter = patterns.reduce((sum, { after }) => sum + after, 0);
  const chances = chancesOfAfter(totals, odds, allAfter);
  const differenceOf = (afters: ArrayLike<number>): number =>
    totals.reduce(
      (sum, total, i) => sum + shares[i]!.before * (total - afters[i]!) + shares[i]!.after * afters[i]!,
      0,
    );
  const mean = differenceOf(totals.map((total, i) => total * chances[i]!));
  // A hair less, so that equal differences count as equal whatever order they were added in.
  const reached = Math.abs(differenceOf(patterns.map(({ after }) => after)) - mean) * (1 - 1e-9);
  let asFar = 1;
  const afters = new Float64Array(totals.length);
  for (let replication = 0; replication < replications; replication += 1) {
    let incidentsLeft = totals.reduce((sum, total) => sum + total, 0);
    let aftersLeft = allAfter;
    for (const [i, total] of totals.entries()) {
      afters[i] = 0;
      for (let incident = 0; incident < total; incident += 1) {
        const chance = isEqual ? aftersLeft / incidentsLeft : chances[i]!;
        incidentsLeft -= 1;
        if (random.next() >= chance) continue;
        afters[i] += 1;
        aftersLeft -= 1;
      }
    }
    if (Math.abs(differenceOf(afters) - mean) >= reached) asFar += 1;
  }
  return asFar / (replications + 1);
}

/** Of each pattern, the chance that an incident falls after, if all changed in one proportion: odds are that proportion times effort. */
function chancesOfAfter(
  totals: readonly number[],
  odds: readonly number[],
  allAfter: number,
): readonly number[] {
  let [low, high] = [-40, 40];
  const at = (log: number): number[] => odds.map((value) => 1 / (1 + Math.exp(-log) / value));
  for (let i = 0; i < 100; i += 1) {
    const middle = (low + high) / 2;
    const expected = at(middle).reduce((sum, chance, pattern) => sum + chance * totals[pattern]!, 0);
    if (expected < allAfter) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}
