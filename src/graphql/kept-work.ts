/** What was made once, kept in this process's memory for whoever asks for the same: each is made once for all who ask at once, and the least recently asked for goes first. */
import type { UnderWay } from '../platform/background.ts';
import type { Asker } from './analyses-under-way.ts';
import { SharedWork } from './shared-work.ts';

/** What nobody can be given any more is looked at every third of it, and is not to lie in memory for long. */
const KEPT_MS = 15 * 60_000;

interface Kept<T> {
  readonly version: string;
  readonly work: SharedWork<T>;
  readonly since: number;
  weight: number;
}

export class KeptWork<T> {
  readonly #most: number;
  readonly #weigh: (value: T) => number;
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept<T>>();
  #weight = 0;
  #waits = false;

  /** `most`: of all weights together, in whatever unit `weigh` has. */
  constructor(most: number, weigh: (value: T) => number, clock: () => number = Date.now) {
    this.#most = most;
    this.#weigh = weigh;
    this.#clock = clock;
  }

  get weight(): number {
    return this.#weight;
  }

  /**
   * The value of `make`, or the one an equal `key` and `version` had. Never one of another version. An asker who goes gets the reason for it; work that
   * nobody waits for any more is ended, and is nobody's.
   */
  async keep(
    key: string,
    version: string,
    make: (underWay: UnderWay) => Promise<T>,
    asker: Asker = {},
  ): Promise<T> {
    asker.until?.throwIfAborted();
    const work = this.#workFor(key, version, make);
    asker.waitsFor?.(work);
    return work.wait(asker.until);
  }

  #workFor(key: string, version: string, make: (underWay: UnderWay) => Promise<T>): SharedWork<T> {
    this.#forgetOld();
    const known = this.#kept.get(key);
    if (known?.version === version) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.work;
    }
    if (known) this.#forget(key, known);
    const work = new SharedWork(make);
    const entry: Kept<T> = { version, work, since: this.#clock(), weight: 0 };
    this.#kept.set(key, entry);
    this.#forgetInTime();
    const failed = (): void => {
      if (this.#kept.get(key) === entry) this.#forget(key, entry);
    };
    // At once: whoever asks next is not to wait for what is being ended.
    work.signal.addEventListener('abort', failed, { once: true });
    work.answer.then((value) => this.#made(key, entry, value), failed);
    return work;
  }

  #made(key: string, entry: Kept<T>, value: T): void {
    if (this.#kept.get(key) !== entry) return;
    entry.weight = this.#weigh(value);
    this.#weight += entry.weight;
    // One that is more than all that may be kept does not drive out the others.
    if (entry.weight > this.#most) this.#forget(key, entry);
    for (const [oldest, other] of this.#kept) {
      if (this.#weight <= this.#most) break;
      this.#forget(oldest, other);
    }
  }

  #forget(key: string, entry: Kept<T>): void {
    this.#kept.delete(key);
    this.#weight -= entry.weight;
  }

  /** Whether or not anybody asks again. */
  #forgetInTime(): void {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      this.#forgetOld();
      if (this.#kept.size > 0) this.#forgetInTime();
    }, KEPT_MS / 3).unref();
  }

  #forgetOld(): void {
    const oldest = this.#clock() - KEPT_MS;
    for (const [key, entry] of this.#kept) if (entry.since < oldest) this.#forget(key, entry);
  }
}
