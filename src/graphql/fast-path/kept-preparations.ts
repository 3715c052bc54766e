/** What was prepared for an operation, for whoever asks it again with the same variables and sight: in this process's memory, as much of it as was said. */

/** Characters of one: whoever gives thousands of ids asks that once. */
const MOST_OF_ONE = 16_000;
/** Characters of all; the one that was not asked for longest goes first. */
const MOST_OF_ALL = 4_000_000;

export class KeptPreparations<Kept> {
  readonly #kept = new Map<string, { readonly value: Kept; readonly characters: number }>();
  /** A document's text leads to it; two that are alike are two. */
  readonly #numbers = new WeakMap<object, number>();
  readonly #mostOfAll: number;
  #owners = 0;
  #characters = 0;

  constructor(mostOfAll = MOST_OF_ALL) {
    this.#mostOfAll = mostOfAll;
  }

  get characters(): number {
    return this.#characters;
  }

  get(of: object, key: string): Kept | undefined {
    const number = this.#numbers.get(of);
    if (number === undefined) return undefined;
    const name = `${number} ${key}`;
    const found = this.#kept.get(name);
    if (found === undefined) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, found);
    return found.value;
  }

  /** `characters`: of the value; those of the key are counted too. */
  keep(of: object, key: string, value: Kept, characters: number): void {
    const all = characters + key.length;
    if (all > MOST_OF_ONE) return;
    const number = this.#numbers.get(of) ?? this.#owners++;
    this.#numbers.set(of, number);
    const name = `${number} ${key}`;
    this.#forget(name);
    this.#kept.set(name, { value, characters: all });
    this.#characters += all;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= this.#mostOfAll) break;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#characters -= this.#kept.get(name)?.characters ?? 0;
    this.#kept.delete(name);
  }
}
