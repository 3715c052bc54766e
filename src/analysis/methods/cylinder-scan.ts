/** One pass over all cylinders of one set of counts: the best of all, quickly, or the best around each cell. */
import { type JudgeBlock, MOST_PAIRED, PairedWindows } from './paired-windows.ts';
import { LeastCounts, scanLogLikelihood } from './scan-likelihood.ts';
import { blocksOf, type Cylinders, sumsBack } from './scan-windows.ts';

/** A window: the circle that ends with order[at], over `length` steps before `end`. */
export interface FoundCylinder {
  readonly centre: number;
  readonly at: number;
  readonly end: number;
  readonly length: number;
  readonly observed: number;
  readonly expected: number;
  readonly logLikelihood: number;
}

/** No cluster is one event. */
const FEWEST_EVENTS = 2;

export class CylinderScan {
  readonly #cylinders: Cylinders;
  readonly #events: number;
  readonly #least: LeastCounts;
  /** By end: expected events of each cell over the last 1 … longest steps. */
  readonly #expected: Float64Array[];
  /** By end: the bin of each window's expected count, the windows of order[at] from at × longest. */
  readonly #bins: Uint16Array[];
  /** By end: the bin of each block's first circle, around one cell after another, for each length in turn: as they are asked for. */
  readonly #blockBins: Uint16Array[];
  /** Events of each cell over the last 1 … longest steps. */
  readonly #counts: Int32Array;
  /** The same, length by length; of no use where counts are paired. */
  readonly #packed: Int32Array;
  /** Null where there are too many events. */
  readonly #paired: PairedWindows | null;
  readonly #blocks: Int32Array;
  /** Blocks of circles around cell c: firstBlock[c] … firstBlock[c + 1] − 1. */
  readonly #firstBlock: Int32Array;

  /** `expected`: cell by cell, step by step; all of it sums to `events`. */
  constructor(cylinders: Cylinders, expected: Float64Array, events: number) {
    this.#cylinders = cylinders;
    this.#events = events;
    this.#least = new LeastCounts(events, FEWEST_EVENTS);
    const { cells, longest, order, starts, ends } = cylinders;
    this.#counts = new Int32Array(cells * longest);
    const { blocks, firstBlock } = blocksOf(cylinders);
    this.#blocks = blocks;
    this.#firstBlock = firstBlock;
    this.#expected = Array.from(ends, (end) =>
      sumsBack(expected, cylinders, end, new Float64Array(cells * longest)),
    );
    this.#bins = this.#expected.map((sums) => {
      const bins = new Uint16Array(order.length * longest);
      const running = new Float64Array(longest);
      for (let centre = 0; centre < cells; centre += 1) {
        running.fill(0);
        for (let at = starts[centre]!; at < starts[centre + 1]!; at += 1) {
          for (let length = 0; length < longest; length += 1) {
            running[length]! += sums[order[at]! * longest + length]!;
            bins[at * longest + length] = this.#least.binOf(running[length]!);
          }
        }
      }
      return bins;
    });
    this.#blockBins = this.#bins.map((bins) => this.#binsOfBlocks(bins));
    this.#paired =
      events < MOST_PAIRED
        ? new PairedWindows(cylinders, { blocks, firstBlock }, this.#blockBins, this.#least)
        : null;
    this.#packed = new Int32Array(this.#paired ? 0 : cells * longest);
  }

  /**
   * The highest log-likelihood ratio of all windows, `above` where none is higher, and any that reaches `enough` once one does. `values` as `expected` is given.
   * Circles go in blocks: none of a block has more events than its last, nor expects fewer than its first, and hardly a block can hold a new best.
   */
  highest(values: Float64Array, above = 0, enough = Infinity): number {
    const { cells, ends } = this.#cylinders;
    let best = above;
    for (let which = 0; which < ends.length; which += 1) {
      const counts = this.#load(values, ends[which]!);
      this.#paired?.load(counts);
      for (let centre = 0; centre < cells && best < enough; centre += 1)
        best =
          this.#paired?.highestAround(which, centre, best, this.#judge(which, centre)) ??
          this.#highestAround(which, centre, best);
    }
    return best;
  }

  #judge(which: number, centre: number): JudgeBlock {
    const { longest } = this.#cylinders;
    const [blocks, bins] = [this.#blocks, this.#blockBins[which]!];
    const first = this.#firstBlock[centre]!;
    const stride = this.#firstBlock[centre + 1]! - first;
    return (block, length, inside, top, best) =>
      top < this.#least.toReach(best)[bins[first * longest + length * stride + block - first]!]!
        ? best
        : this.#highestOf(which, centre, blocks[block]!, blocks[block + 1]!, length, inside, best);
  }

  /** Where there are too many events to pair. */
  #highestAround(which: number, centre: number, bestSoFar: number): number {
    const { cells, longest, order } = this.#cylinders;
    const [packed, blocks, judge] = [this.#packed, this.#blocks, this.#judge(which, centre)];
    const [firstBlock, lastBlock] = [this.#firstBlock[centre]!, this.#firstBlock[centre + 1]!];
    let best = bestSoFar;
    for (let length = 0; length < longest; length += 1) {
      let sum = 0;
      for (let block = firstBlock; block < lastBlock; block += 1) {
        const before = sum;
        for (let at = blocks[block]!; at < blocks[block + 1]!; at += 1)
          sum += packed[length * cells + order[at]!]!;
        // Where nothing came in, wider circles expect more of the same events.
        if (sum > before) best = judge(block, length, before, sum, best);
      }
    }
    return best;
  }

  /** Of the circles of one block, over one length; `inside`: the events in the circle before them. */
  #highestOf(
    which: number,
    centre: number,
    from: number,
    to: number,
    length: number,
    inside: number,
    bestSoFar: number,
  ): number {
    const { longest, order, closes } = this.#cylinders;
    const bins = this.#bins[which]!;
    let best = bestSoFar;
    let count = inside;
    for (let at = from; at < to; at += 1) {
      count += this.#counts[order[at]! * longest + length]!;
      if (closes[at] === 0 || count < this.#least.toReach(best)[bins[at * longest + length]!]!) continue;
      const expected = this.#expectedIn(which, centre, at, length);
      best = Math.max(best, scanLogLikelihood(count, expected, this.#events));
    }
    return best;
  }

  /** Around each cell, the best window that has more than expected; of equal ones the fewest cells, then the shortest, then the latest. */
  bestAround(values: Float64Array): FoundCylinder[] {
    const { cells, longest, order, starts, closes, ends } = this.#cylinders;
    const best = new Map<number, FoundCylinder>();
    for (let which = ends.length - 1; which >= 0; which -= 1) {
      const counts = this.#load(values, ends[which]!);
      for (let centre = 0; centre < cells; centre += 1) {
        const sums = new Int32Array(longest);
        const expected = new Float64Array(longest);
        for (let at = starts[centre]!; at < starts[centre + 1]!; at += 1) {
          for (let length = 0; length < longest; length += 1) {
            sums[length]! += counts[order[at]! * longest + length]!;
            expected[length]! += this.#expected[which]![order[at]! * longest + length]!;
          }
          if (closes[at] === 0) continue;
          for (let length = 0; length < longest; length += 1) {
            if (sums[length]! < FEWEST_EVENTS || sums[length]! <= expected[length]!) continue;
            const found: FoundCylinder = {
              centre,
              at,
              end: ends[which]!,
              length: length + 1,
              observed: sums[length]!,
              expected: expected[length]!,
              logLikelihood: scanLogLikelihood(sums[length]!, expected[length]!, this.#events),
            };
            const known = best.get(centre);
            if (!known || this.compare(found, known) < 0) best.set(centre, found);
          }
        }
      }
    }
    return [...best.values()];
  }

  /** The better first. Sums of the same cells in another order differ in their last digits, and are equal. */
  compare(a: FoundCylinder, b: FoundCylinder): number {
    const gap = b.logLikelihood - a.logLikelihood;
    if (Math.abs(gap) > 1e-9 * Math.max(a.logLikelihood, b.logLikelihood)) return gap;
    return this.#width(a) - this.#width(b) || a.length - b.length || b.end - a.end;
  }

  #width({ centre, at }: FoundCylinder): number {
    return at - this.#cylinders.starts[centre]!;
  }

  #expectedIn(which: number, centre: number, at: number, length: number): number {
    const { starts, order, longest } = this.#cylinders;
    const sums = this.#expected[which]!;
    let expected = 0;
    for (let i = starts[centre]!; i <= at; i += 1) expected += sums[order[i]! * longest + length]!;
    return expected;
  }

  #binsOfBlocks(bins: Uint16Array): Uint16Array {
    const { cells, longest } = this.#cylinders;
    const found = new Uint16Array((this.#blocks.length - 1) * longest);
    let filled = 0;
    for (let centre = 0; centre < cells; centre += 1) {
      for (let length = 0; length < longest; length += 1) {
        for (let block = this.#firstBlock[centre]!; block < this.#firstBlock[centre + 1]!; block += 1) {
          found[filled] = bins[this.#blocks[block]! * longest + length]!;
          filled += 1;
        }
      }
    }
    return found;
  }

  #load(values: Float64Array, end: number): Int32Array {
    const { cells, longest } = this.#cylinders;
    const counts = sumsBack(values, this.#cylinders, end, this.#counts);
    if (this.#paired) return counts;
    for (let cell = 0; cell < cells; cell += 1) {
      for (let length = 0; length < longest; length += 1)
        this.#packed[length * cells + cell] = counts[cell * longest + length]!;
    }
    return counts;
  }
}
