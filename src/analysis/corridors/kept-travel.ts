/** What corridors were derived from, kept in this process's memory for the next question of the same sight: that one reads what changed, and no more. */
import { type ServiceKey, serviceKey } from '../../graphql/services.ts';
import { bytesOf, type Travel } from './travel.ts';

export interface HeldTravel {
  readonly travel: Travel;
  /** What was committed when it was read. */
  readonly moment: string;
  /** Ids of the places that its sites name. */
  readonly places: readonly string[];
}

/** Nothing lies longer without being asked for. Changes are noted for twice as long. */
const KEPT_MS = 15 * 60_000;

/** Some three million movements. */
const MOST_BYTES = 256_000_000;

export const KEPT_TRAVEL: ServiceKey<KeptTravel> = serviceKey('kept travel');

export class KeptTravel {
  readonly #most: number;
  readonly #clock: () => number;
  readonly #held = new Map<string, HeldTravel & { readonly bytes: number; readonly since: number }>();
  /** By key: ended when the last who asked for it so far is done. */
  readonly #turns = new Map<string, Promise<void>>();
  #bytes = 0;
  #waits = false;

  constructor(mostBytes = MOST_BYTES, clock: () => number = Date.now) {
    this.#most = mostBytes;
    this.#clock = clock;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Hands `use` what is held, to be changed or lost, and keeps what it gives back; null: nothing. One at a time of a key: whoever asks meanwhile waits, and goes on
   * from what the one before left.
   */
  async through<Answer>(
    key: string,
    use: (held: HeldTravel | null) => Promise<{ readonly next: HeldTravel | null; readonly answer: Answer }>,
  ): Promise<Answer> {
    const before = this.#turns.get(key);
    let done = (): void => undefined;
    const turn = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#turns.set(key, turn);
    await before;
    try {
      const { next, answer } = await use(this.#take(key));
      if (next !== null) this.#keep(key, next);
      return answer;
    } finally {
      done();
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }

  #take(key: string): HeldTravel | null {
    this.#forgetOld();
    const held = this.#held.get(key);
    if (held === undefined) return null;
    this.#forget(key);
    return held;
  }

  #keep(key: string, next: HeldTravel): void {
    const bytes = bytesOf(next.travel);
    if (bytes > this.#most) return;
    this.#held.set(key, { ...next, bytes, since: this.#clock() });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#most) break;
      this.#forget(oldest);
    }
    this.#forgetInTime();
  }

  #forget(key: string): void {
    this.#bytes -= this.#held.get(key)?.bytes ?? 0;
    this.#held.delete(key);
  }

  /** Whether or not anybody asks again. */
  #forgetInTime(): void {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      this.#forgetOld();
      if (this.#held.size > 0) this.#forgetInTime();
    }, KEPT_MS / 3).unref();
  }

  #forgetOld(): void {
    const oldest = this.#clock() - KEPT_MS;
    for (const [key, { since }] of this.#held) if (since < oldest) this.#forget(key);
  }
}
