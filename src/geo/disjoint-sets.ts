/** Which things belong together, as pairs of them are joined one by one (Galler & Fischer, 1964). */

/** Things are 0 … size − 1. Paths are halved while they are walked, and the larger set keeps its root, so a step costs next to nothing. */
export class DisjointSets {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, i) => i);
    this.#size = new Int32Array(size).fill(1);
  }

  find(thing: number): number {
    let at = thing;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  /** The root both have afterwards. */
  join(a: number, b: number): number {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return rootA;
    const [kept, lost] = this.#size[rootA]! >= this.#size[rootB]! ? [rootA, rootB] : [rootB, rootA];
    this.#parent[lost] = kept;
    this.#size[kept]! += this.#size[lost]!;
    return kept;
  }
}
