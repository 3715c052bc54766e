/** How much one key may have under way at once: more is refused at once, so that nobody waits for it. */
import { HeadwaterError } from '../../kernel/errors.ts';

export class AtOnce {
  readonly #most: number;
  readonly #what: string;
  readonly #running = new Map<string, number>();

  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** Throws BUSY. */
  async begin<T>(keyId: string, work: () => Promise<T>): Promise<T> {
    const own = this.#running.get(keyId) ?? 0;
    if (own >= this.#most)
      throw new HeadwaterError(
        'BUSY',
        `${this.#what}: found ${own} of this key under way, wanted at most ${this.#most}; wait for one to end`,
      );
    this.#running.set(keyId, own + 1);
    try {
      return await work();
    } finally {
      const left = (this.#running.get(keyId) ?? 1) - 1;
      if (left > 0) this.#running.set(keyId, left);
      else this.#running.delete(keyId);
    }
  }
}
