/** Passing over windows that cannot be the best, eight lengths at once: two counts to a number, four numbers side by side. */
import type { LeastCounts } from './scan-likelihood.ts';
import type { Cylinders } from './scan-windows.ts';

/** Counts of fewer events than this leave the upper bit of each half free, to tell that one is enough. */
export const MOST_PAIRED = 2 ** 15;
const ENOUGH = 0x8000_8000 | 0;
const AT_ONCE = 8;
const NUMBERS = AT_ONCE / 2;
/** Bytes of what the blocks lack, for one value and another of the best so far. */
const MOST_HELD = 64_000_000;
/** How finely the best so far is followed here: what is not passed over is judged exactly. */
const RUNG = 0.5;

/** Judges the circles of a block, blocks[block] … blocks[block + 1] − 1, over one length; `inside`: events in the circle before them. Gives back the best of all so far. */
export type JudgeBlock = (block: number, length: number, inside: number, top: number, best: number) => number;

export class PairedWindows {
  readonly #cylinders: Cylinders;
  readonly #blocks: Int32Array;
  readonly #firstBlock: Int32Array;
  readonly #blockBins: readonly Uint16Array[];
  readonly #least: LeastCounts;
  readonly #groups: number;
  /** Cell by cell, group by group of lengths. */
  readonly #pairs: Int32Array;
  /** Where each cell of the circles begins in the pairs. */
  readonly #places: Int32Array;
  readonly #lacks = new Map<string, Int32Array>();

  /** `blockBins`: by end, the bin of each block's first circle, around one cell after another, for each length in turn. */
  constructor(
    cylinders: Cylinders,
    { blocks, firstBlock }: { readonly blocks: Int32Array; readonly firstBlock: Int32Array },
    blockBins: readonly Uint16Array[],
    least: LeastCounts,
  ) {
    this.#cylinders = cylinders;
    this.#blocks = blocks;
    this.#firstBlock = firstBlock;
    this.#blockBins = blockBins;
    this.#least = least;
    this.#groups = Math.ceil(cylinders.longest / AT_ONCE);
    this.#pairs = new Int32Array(cylinders.cells * this.#groups * NUMBERS);
    this.#places = cylinders.order.map((cell) => cell * this.#groups * NUMBERS);
  }

  /** `counts`: events of each cell over the last 1 … longest steps. */
  load(counts: Int32Array): void {
    const { cells, longest } = this.#cylinders;
    const width = this.#groups * NUMBERS;
    for (let cell = 0; cell < cells; cell += 1) {
      for (let pair = 0; 2 * pair < longest; pair += 1) {
        const at = cell * longest + 2 * pair;
        const second = 2 * pair + 1 < longest ? counts[at + 1]! : 0;
        this.#pairs[cell * width + pair] = counts[at]! | (second << 16);
      }
    }
  }

  /** The best of `bestSoFar` and the windows around a centre. */
  highestAround(which: number, centre: number, bestSoFar: number, judge: JudgeBlock): number {
    const [blocks, places, pairs, groups] = [this.#blocks, this.#places, this.#pairs, this.#groups];
    const [firstBlock, lastBlock] = [this.#firstBlock[centre]!, this.#firstBlock[centre + 1]!];
    let best = bestSoFar;
    let lacks = this.#lacksFor(which, best);
    for (let group = 0; group < groups; group += 1) {
      const shift = group * NUMBERS;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let block = firstBlock; block < lastBlock; block += 1) {
        const a0 = a;
        const b0 = b;
        const c0 = c;
        const d0 = d;
        const to = blocks[block + 1]!;
        for (let at = blocks[block]!; at < to; at += 1) {
          const place = places[at]! + shift;
          a = (a + pairs[place]!) | 0;
          b = (b + pairs[place + 1]!) | 0;
          c = (c + pairs[place + 2]!) | 0;
          d = (d + pairs[place + 3]!) | 0;
        }
        const lack = (block * groups + group) * NUMBERS;
        const enough =
          (a + lacks[lack]!) | (b + lacks[lack + 1]!) | (c + lacks[lack + 2]!) | (d + lacks[lack + 3]!);
        if ((enough & ENOUGH) === 0) continue;
        const found = this.#judgeLengths(group, block, [a0, b0, c0, d0], [a, b, c, d], best, judge);
        if (found === best) continue;
        best = found;
        lacks = this.#lacksFor(which, best);
      }
    }
    return best;
  }

  #judgeLengths(
    group: number,
    block: number,
    before: readonly number[],
    after: readonly number[],
    bestSoFar: number,
    judge: JudgeBlock,
  ): number {
    const { longest } = this.#cylinders;
    let best = bestSoFar;
    for (let one = 0; one < AT_ONCE && group * AT_ONCE + one < longest; one += 1) {
      const half = (one & 1) * 16;
      const inside = (before[one >> 1]! >>> half) & 0xffff;
      const top = (after[one >> 1]! >>> half) & 0xffff;
      best = judge(block, group * AT_ONCE + one, inside, top, best);
    }
    return best;
  }

  /** Of each block and length: what added to its count sets the upper bit where that could reach `best`. */
  #lacksFor(which: number, best: number): Int32Array {
    const rung = Math.floor(best / RUNG);
    const key = `${which} ${rung}`;
    const known = this.#lacks.get(key);
    if (known) return known;
    const made = this.#lacksOf(this.#blockBins[which]!, this.#least.toReach(rung * RUNG));
    if (4 * made.length * (this.#lacks.size + 1) > MOST_HELD) this.#lacks.clear();
    this.#lacks.set(key, made);
    return made;
  }

  #lacksOf(bins: Uint16Array, least: Int32Array): Int32Array {
    const { cells, longest } = this.#cylinders;
    const width = this.#groups * NUMBERS;
    const lacks = new Int32Array((this.#blocks.length - 1) * width);
    for (let centre = 0; centre < cells; centre += 1) {
      const first = this.#firstBlock[centre]!;
      const stride = this.#firstBlock[centre + 1]! - first;
      for (let length = 0; length < longest; length += 1) {
        for (let block = 0; block < stride; block += 1) {
          const lack =
            MOST_PAIRED - Math.min(MOST_PAIRED, least[bins[first * longest + length * stride + block]!]!);
          lacks[(first + block) * width + (length >> 1)]! |= lack << ((length & 1) * 16);
        }
      }
    }
    return lacks;
  }
}
