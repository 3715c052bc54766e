/** Token buckets in memory: each key may ask so many times a minute, with a minute's worth saved up at most. */

interface Bucket {
  tokens: number;
  at: number;
}

/** Full buckets are forgotten past this many; they would be made anew just as full. */
const MOST_BUCKETS = 10_000;

export class RateLimit {
  readonly #perMillisecond: number;
  readonly #most: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `now` in milliseconds. */
  constructor(perMinute: number, now: () => number) {
    this.#perMillisecond = perMinute / 60_000;
    this.#most = Math.max(1, perMinute);
    this.#now = now;
  }

  /** Takes one; 0 when there was one, else the whole seconds until there is. */
  take(name: string): number {
    const bucket = this.#filled(name);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return this.#secondsUntilOne(bucket);
  }

  /** What was taken for a request that goes another way, and is counted there. */
  giveBack(name: string): void {
    const bucket = this.#filled(name);
    bucket.tokens = Math.min(this.#most, bucket.tokens + 1);
  }

  /** Takes nothing: 0 when there is one. */
  wait(name: string): number {
    const bucket = this.#buckets.has(name) ? this.#filled(name) : null;
    return bucket === null || bucket.tokens >= 1 ? 0 : this.#secondsUntilOne(bucket);
  }

  #filled(name: string): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(name) ?? { tokens: this.#most, at: now };
    if (this.#buckets.size >= MOST_BUCKETS && !this.#buckets.has(name)) this.#forgetFull(now);
    this.#buckets.set(name, bucket);
    // A clock set back must not take tokens away.
    bucket.tokens = Math.min(this.#most, bucket.tokens + Math.max(0, now - bucket.at) * this.#perMillisecond);
    bucket.at = now;
    return bucket;
  }

  #secondsUntilOne({ tokens }: Bucket): number {
    return Math.max(1, Math.ceil((1 - tokens) / this.#perMillisecond / 1000));
  }

  #forgetFull(now: number): void {
    for (const [name, { tokens, at }] of this.#buckets) {
      if (tokens + (now - at) * this.#perMillisecond >= this.#most) this.#buckets.delete(name);
    }
  }
}
