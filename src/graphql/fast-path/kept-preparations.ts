/** What was prepared for an operation, for whoever asks it again with the same variables and sight: in this process's memory, as much of it as was said. */
import { BoundedMap } from '../../kernel/bounded-map.ts';

/** Characters of one: whoever gives thousands of ids asks that once. */
const MOST_OF_ONE = 16_000;
/** Characters of all; the one that was not asked for longest goes first. */
const MOST_OF_ALL = 4_000_000;

export class KeptPreparations<Kept> {
  readonly #kept: BoundedMap<string, { readonly value: Kept; readonly characters: number }>;
  /** A document's text leads to it; two that are alike are two. */
  readonly #numbers = new WeakMap<object, number>();
  #owners = 0;

  constructor(mostOfAll = MOST_OF_ALL) {
    this.#kept = new BoundedMap(mostOfAll, ({ characters }) => characters);
  }

  get characters(): number {
    return this.#kept.weight;
  }

  get(of: object, key: string): Kept | undefined {
    const number = this.#numbers.get(of);
    return number === undefined ? undefined : this.#kept.get(`${number} ${key}`)?.value;
  }

  /** `characters`: of the value; those of the key are counted too. */
  keep(of: object, key: string, value: Kept, characters: number): void {
    const all = characters + key.length;
    if (all > MOST_OF_ONE) return;
    const number = this.#numbers.get(of) ?? this.#owners++;
    this.#numbers.set(of, number);
    this.#kept.set(`${number} ${key}`, { value, characters: all });
  }
}
