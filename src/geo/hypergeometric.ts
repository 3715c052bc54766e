/** How rare it is that so many of a draw are marked: the tail of the hypergeometric distribution, one-sided as in Fisher's exact test. */
import { logGamma } from './gamma.ts';

/**
 * ln P(X ≥ found), X the marked ones among `drawn` of `total`, of which `marked` are; 0 where that is certain, −Infinity where it cannot be. Whole
 * numbers, 0 or more; RangeError where more are marked or drawn than there are.
 */
export function logHypergeometricTail(found: number, marked: number, drawn: number, total: number): number {
  if (marked > total || drawn > total)
    throw new RangeError(
      `logHypergeometricTail: found ${marked} marked and ${drawn} drawn, wanted at most ${total} of each`,
    );
  const [least, most] = [Math.max(0, marked + drawn - total), Math.min(marked, drawn)];
  if (found <= least) return 0;
  if (found > most) return Number.NEGATIVE_INFINITY;
  // Relative to the first term, so that far tails are not lost.
  let term = 1;
  let sum = 0;
  for (let at = found; at <= most && term > sum * 1e-17; at += 1) {
    sum += term;
    term *= ((marked - at) / (at + 1)) * ((drawn - at) / (total - marked - drawn + at + 1));
  }
  const first = logChoose(marked, found) + logChoose(total - marked, drawn - found) - logChoose(total, drawn);
  return Math.min(0, first + Math.log(sum));
}

function logChoose(all: number, some: number): number {
  return logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);
}
