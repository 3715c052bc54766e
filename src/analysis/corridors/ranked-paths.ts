/** Corridors in order, of which few are looked at: paths of equal support and length are put in order of their keys when one of them is asked for. */
import type { ClosedPath } from './closed-paths.ts';

export interface KeyedPath {
  readonly path: ClosedPath;
  readonly key: string;
}

/** Most support first, then the longest, then by key. */
export class RankedPaths {
  readonly #paths: ClosedPath[];
  readonly #keyOf: (path: ClosedPath) => string;
  readonly #keyed: KeyedPath[] = [];

  constructor(paths: readonly ClosedPath[], keyOf: (path: ClosedPath) => string) {
    this.#paths = paths.toSorted(compare);
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#paths.length;
  }

  at(number: number): KeyedPath {
    if (!this.#keyed[number]) this.#keyEqualsOf(number);
    return this.#keyed[number]!;
  }

  #keyEqualsOf(number: number): void {
    const paths = this.#paths;
    let [from, to] = [number, number + 1];
    while (from > 0 && compare(paths[from - 1]!, paths[number]!) === 0) from -= 1;
    while (to < paths.length && compare(paths[to]!, paths[number]!) === 0) to += 1;
    const equals = paths
      .slice(from, to)
      .map((path) => ({ path, key: this.#keyOf(path) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const [place, keyed] of equals.entries()) this.#keyed[from + place] = keyed;
  }
}

function compare(a: ClosedPath, b: ClosedPath): number {
  return b.support - a.support || b.nodes.length - a.nodes.length;
}
