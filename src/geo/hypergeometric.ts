/** How rare an overlap is: of so many things some are marked and some are drawn, and so many drawn ones are marked. */
import { logGamma } from './gamma.ts';

/**
 * P(X ≥ count) where `drawn` of `all` things are drawn and `marked` of them are marked: Fisher's exact test, one-sided. `all` may be a fraction: then it
 * is the number that gives a wanted mean, marked × drawn ÷ all, to a draw that keeps some things apart. Wants `all` of at least both.
 */
export function overlapUpperTail(count: number, marked: number, drawn: number, all: number): number {
  const least = Math.max(0, Math.ceil(marked + drawn - all - 1e-9));
  const most = Math.min(marked, drawn);
  if (count <= least) return 1;
  if (count > most) return 0;
  // Of this many unmarked things the draw leaves those that it does not take.
  const beside = all - marked - drawn;
  // The far tail is summed from the count itself: 1 − (the other tail) would lose small values.
  if (count > (marked * drawn) / all) {
    let term = overlapProbability(count, marked, drawn, all);
    let sum = 0;
    for (let at = count; at <= most && term > sum * 1e-17; at += 1) {
      sum += term;
      term *= ((marked - at) * (drawn - at)) / ((at + 1) * (beside + at + 1));
    }
    return Math.min(1, sum);
  }
  let term = overlapProbability(count - 1, marked, drawn, all);
  let below = 0;
  for (let at = count - 1; at >= least && term > below * 1e-17; at -= 1) {
    below += term;
    term *= (at * (beside + at)) / ((marked - at + 1) * (drawn - at + 1));
  }
  return Math.max(0, 1 - below);
}

function overlapProbability(count: number, marked: number, drawn: number, all: number): number {
  return Math.exp(logChoose(marked, count) + logChoose(all - marked, drawn - count) - logChoose(all, drawn));
}

function logChoose(of: number, chosen: number): number {
  return logGamma(of + 1) - logGamma(chosen + 1) - logGamma(of - chosen + 1);
}
