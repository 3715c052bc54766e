/** How many flows each pair would have if it were only a matter of how busy its two ends are: quasi-independence (Goodman, JASA 63, 1968). */
import { marginsOf, type PairFlows } from './pair-flows.ts';

/** The expected flow of a pair is out[origin] × in[destination], but 0 for a place and itself. */
export interface ExpectedFlows {
  readonly out: Float64Array;
  readonly in: Float64Array;
}

const MOST_ROUNDS = 1_000;
const CLOSE_ENOUGH = 1e-12;

/**
 * Where no place is both an origin and a destination, the expected flow is O · D ÷ N. Where some are, a place never sends to itself, and what it sends falls on the
 * others: both factors are fitted in turn until all sums of rows and columns are those that were counted (Deming & Stephan 1940).
 */
export function expectedFlows(flows: PairFlows): ExpectedFlows {
  const { samePlace } = flows;
  const margins = marginsOf(flows);
  const out = margins.out.slice();
  const into = margins.in.slice();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const allIn = sum(into);
    for (const [origin, same] of samePlace.entries())
      out[origin] = margins.out[origin]! / (allIn - (same < 0 ? 0 : into[same]!));
    const kept = new Float64Array(into.length);
    for (const [origin, same] of samePlace.entries()) if (same >= 0) kept[same] = out[origin]!;
    const allOut = sum(out);
    let change = 0;
    for (let destination = 0; destination < into.length; destination += 1) {
      const next = margins.in[destination]! / (allOut - kept[destination]!);
      change = Math.max(change, Math.abs(next / into[destination]! - 1));
      into[destination] = next;
    }
    if (change < CLOSE_ENOUGH) break;
  }
  return { out, in: into };
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}
