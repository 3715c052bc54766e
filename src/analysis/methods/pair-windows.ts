/** The windows of a scan over pairs: a circle of origins times a circle of destinations, around each pair that has flow. */
import { type ExpectedFlows, expectedFlows } from './expected-flows.ts';
import { marginsOf, type PairFlows, type PairTable } from './pair-flows.ts';
import { LeastCounts, scanLogLikelihood } from './scan-likelihood.ts';
import { type Circles, circlesAround } from './scan-windows.ts';

/** The circles that end with origins.order[originsAt] and destinations.order[destinationsAt]. */
export interface FoundWindow {
  /** The centres. */
  readonly origin: number;
  readonly destination: number;
  readonly originsAt: number;
  readonly destinationsAt: number;
  readonly observed: number;
  readonly expected: number;
  readonly logLikelihood: number;
}

/** No cluster is one flow. */
const FEWEST_FLOWS = 2;

export class PairWindows {
  readonly origins: Circles;
  readonly destinations: Circles;
  readonly #flows: PairFlows;
  readonly #expected: ExpectedFlows;
  readonly #least: LeastCounts;
  /** By destinations.order: the factors of the circle so far. */
  readonly #inFactors: Float64Array;
  readonly #sums: Float64Array;
  /** By destination: expected flow to it from the origin in the circle that is the same place, which there is none of. */
  readonly #closed: Float64Array;

  private constructor(flows: PairFlows, origins: Circles, destinations: Circles) {
    this.origins = origins;
    this.destinations = destinations;
    this.#flows = flows;
    this.#expected = expectedFlows(flows);
    this.#least = new LeastCounts(flows.from.length, FEWEST_FLOWS);
    const { order, starts } = this.destinations;
    this.#inFactors = new Float64Array(order.length);
    for (let centre = 0; centre < flows.destinations.length; centre += 1) {
      let sum = 0;
      for (let at = starts[centre]!; at < starts[centre + 1]!; at += 1) {
        sum += this.#expected.in[order[at]!]!;
        this.#inFactors[at] = sum;
      }
    }
    this.#sums = new Float64Array(flows.destinations.length);
    this.#closed = new Float64Array(flows.destinations.length);
  }

  /**
   * A circle holds at most `maxShare` of all flows, by where they begin or end, unless its centre alone has more. Null where the circles of one kind, each
   * centre's widest one counted, hold more than `mostHeld` places.
   */
  static within(
    flows: PairFlows,
    options: { readonly maxShare: number; readonly maxRadiusKm: number },
    mostHeld: number,
  ): PairWindows | null {
    const margins = marginsOf(flows);
    const origins = circlesAround(flows.origins, margins.out, options, mostHeld);
    const destinations = origins && circlesAround(flows.destinations, margins.in, options, mostHeld);
    return destinations && new PairWindows(flows, origins, destinations);
  }

  /** How many windows a table has. */
  count({ offsets, destinations }: PairTable): number {
    const circles = ({ starts, closes }: Circles, centre: number): number =>
      closes.subarray(starts[centre], starts[centre + 1]).reduce((sum, closed) => sum + closed, 0);
    let windows = 0;
    for (const origin of this.#flows.origins.keys()) {
      let around = 0;
      for (let at = offsets[origin]!; at < offsets[origin + 1]!; at += 1)
        around += circles(this.destinations, destinations[at]!);
      windows += around * circles(this.origins, origin);
    }
    return windows;
  }

  /** The highest log-likelihood ratio of all windows; 0 where none has more than expected. */
  highest(table: PairTable): number {
    let best = 0;
    let least = this.#least.toReach(best);
    this.#eachWindow(table, (_pair, _origin, _originsAt, _destinationsAt, observed, expected) => {
      if (observed < least[this.#least.binOf(expected)]!) return;
      const found = scanLogLikelihood(observed, expected, this.#flows.from.length);
      if (found <= best) return;
      best = found;
      least = this.#least.toReach(best);
    });
    return best;
  }

  /** Around each pair with flow, the best window that has more than expected; of equal ones that of the fewest pairs of places. */
  bestAround(table: PairTable): FoundWindow[] {
    const best = new Map<number, FoundWindow>();
    this.#eachWindow(table, (pair, origin, originsAt, destinationsAt, observed, expected) => {
      const found = {
        origin,
        destination: table.destinations[pair]!,
        originsAt,
        destinationsAt,
        observed,
        expected,
        logLikelihood: scanLogLikelihood(observed, expected, this.#flows.from.length),
      };
      const known = best.get(pair);
      if (!known || this.compare(found, known) < 0) best.set(pair, found);
    });
    return [...best.values()];
  }

  /** The better first. Sums of the same places in another order differ in their last digits, and are equal. */
  compare(a: FoundWindow, b: FoundWindow): number {
    const gap = b.logLikelihood - a.logLikelihood;
    if (Math.abs(gap) > 1e-9 * Math.max(a.logLikelihood, b.logLikelihood)) return gap;
    const [ao, bo] = [this.originsOf(a).length, this.originsOf(b).length];
    return ao * this.destinationsOf(a).length - bo * this.destinationsOf(b).length || ao - bo;
  }

  /** By distance from the centre. */
  originsOf({ origin, originsAt }: FoundWindow): Int32Array {
    return this.origins.order.subarray(this.origins.starts[origin], originsAt + 1);
  }

  destinationsOf({ destination, destinationsAt }: FoundWindow): Int32Array {
    return this.destinations.order.subarray(this.destinations.starts[destination], destinationsAt + 1);
  }

  /** Windows with enough flows and more than expected; a wider circle into which no flow came is passed over: it expects more of the same. */
  #eachWindow(
    { offsets, destinations, counts }: PairTable,
    visit: (
      pair: number,
      origin: number,
      originsAt: number,
      destinationsAt: number,
      observed: number,
      expected: number,
    ) => void,
  ): void {
    const { samePlace } = this.#flows;
    const { order, starts, closes } = this.destinations;
    const [sums, closed, inFactors] = [this.#sums, this.#closed, this.#inFactors];
    for (const origin of this.#flows.origins.keys()) {
      sums.fill(0);
      closed.fill(0);
      let outFactor = 0;
      for (let outer = this.origins.starts[origin]!; outer < this.origins.starts[origin + 1]!; outer += 1) {
        const other = this.origins.order[outer]!;
        for (let pair = offsets[other]!; pair < offsets[other + 1]!; pair += 1)
          sums[destinations[pair]!]! += counts[pair]!;
        outFactor += this.#expected.out[other]!;
        const same = samePlace[other]!;
        if (same >= 0) closed[same] = this.#expected.out[other]! * this.#expected.in[same]!;
        if (this.origins.closes[outer] === 0) continue;
        for (let pair = offsets[origin]!; pair < offsets[origin + 1]!; pair += 1) {
          const centre = destinations[pair]!;
          let [observed, before, none] = [0, 0, 0];
          for (let inner = starts[centre]!; inner < starts[centre + 1]!; inner += 1) {
            observed += sums[order[inner]!]!;
            none += closed[order[inner]!]!;
            if (closes[inner] === 0 || observed === before) continue;
            before = observed;
            const expected = outFactor * inFactors[inner]! - none;
            if (observed >= FEWEST_FLOWS && observed > expected)
              visit(pair, origin, outer, inner, observed, expected);
          }
        }
      }
    }
  }
}
