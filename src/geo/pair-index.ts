/** Pairs of 32-bit numbers counted by the million without a string or an object each: an open-addressing table. */

/** Gives each distinct pair the next dense number, from 0. Both halves are taken as unsigned. */
export class PairIndex {
  /** High and low halves by dense number; only the first `size` entries mean anything, and both are replaced as the index grows. */
  high: Uint32Array;
  low: Uint32Array;
  size = 0;
  #slots: Int32Array;

  constructor(expected = 16) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(capacity).fill(-1);
    this.high = new Uint32Array(capacity / 2);
    this.low = new Uint32Array(capacity / 2);
  }

  /** The number of a pair, or -1. */
  find(high: number, low: number): number {
    return this.#slots[this.#slotOf(high >>> 0, low >>> 0)]!;
  }

  /** The number of a pair, new if it was not there. */
  add(high: number, low: number): number {
    const slot = this.#slotOf(high >>> 0, low >>> 0);
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    if (this.size === this.high.length) {
      this.#grow();
      return this.add(high, low);
    }
    this.high[this.size] = high;
    this.low[this.size] = low;
    this.#slots[slot] = this.size;
    this.size += 1;
    return this.size - 1;
  }

  /** The slot that holds the pair, or the empty one where it belongs. The table is at most half full, so there is one. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(high, low) & mask;
    for (;;) {
      const number = this.#slots[slot]!;
      if (number < 0 || (this.low[number] === low && this.high[number] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = hash(this.high[number]!, this.low[number]!) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
    this.high = doubled(this.high);
    this.low = doubled(this.low);
  }
}

/** Both halves are mixed by odd constants of high dispersion (2³²/φ and MurmurHash3's first), so that neighbouring pairs do not pile up. */
function hash(high: number, low: number): number {
  let mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low ^ (low >>> 15), 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}

function doubled(half: Uint32Array): Uint32Array {
  const larger = new Uint32Array(half.length * 2);
  larger.set(half);
  return larger;
}
