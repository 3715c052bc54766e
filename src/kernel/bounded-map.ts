/** A map that holds so much and no more: what was asked for longest ago goes first. */

export class BoundedMap<Key, Value> {
  readonly #most: number;
  readonly #weigh: (value: Value, key: Key) => number;
  readonly #held = new Map<Key, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  /** `most`: of all weights together. One weighs 1 unless told. */
  constructor(most: number, weigh: (value: Value, key: Key) => number = () => 1) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get weight(): number {
    return this.#weight;
  }

  /** Asking for it makes it the last to go. */
  get(key: Key): Value | undefined {
    const found = this.#held.get(key);
    if (found === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, found);
    return found.value;
  }

  /** In the place of what the key had. One that is more than all that may be held drives out the others and itself. */
  set(key: Key, value: Value): void {
    this.delete(key);
    const weight = this.#weigh(value, key);
    this.#held.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#held.keys()) {
      if (this.#weight <= this.#most) break;
      this.delete(oldest);
    }
  }

  delete(key: Key): void {
    this.#weight -= this.#held.get(key)?.weight ?? 0;
    this.#held.delete(key);
  }

  clear(): void {
    this.#held.clear();
    this.#weight = 0;
  }
}
