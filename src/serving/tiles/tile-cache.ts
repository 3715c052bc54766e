/** Finished tiles kept in this process's memory under names that hold scope and version, each made once for all who ask at once. */
import { SharedWork } from '../../graphql/shared-work.ts';
import type { UnderWay } from '../../platform/background.ts';

/** Compressed; null where nothing is to be seen. */
export type FinishedTile = Buffer | null;

interface Kept {
  readonly work: SharedWork<FinishedTile>;
  readonly since: number;
  bytes: number;
}

/** What a name and its entry take beside the tile's own bytes. */
const BESIDE = 500;
/** Of a version that is gone nobody asks any more: it is not to lie in memory for long. */
const KEPT_MS = 15 * 60_000;

export class TileCache {
  readonly #mostBytes: number;
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  #waits = false;

  constructor(mostBytes: number, clock: () => number = Date.now) {
    this.#mostBytes = mostBytes;
    this.#clock = clock;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** `name` says everything a tile depends on. Whoever goes (`until`) leaves the others waiting; what nobody waits for is ended. */
  async keep(
    name: string,
    make: (underWay: UnderWay) => Promise<FinishedTile>,
    until?: AbortSignal,
  ): Promise<FinishedTile> {
    until?.throwIfAborted();
    this.#forgetOld();
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known.work.wait(until);
    }
    const work = new SharedWork(make);
    const entry: Kept = { work, since: this.#clock(), bytes: 0 };
    this.#kept.set(name, entry);
    this.#forgetInTime();
    const failed = (): void => {
      if (this.#kept.get(name) === entry) this.#forget(name, entry);
    };
    work.signal.addEventListener('abort', failed, { once: true });
    work.answer.then((tile) => this.#weigh(name, entry, tile), failed);
    return work.wait(until);
  }

  #weigh(name: string, entry: Kept, tile: FinishedTile): void {
    if (this.#kept.get(name) !== entry) return;
    entry.bytes = (tile?.length ?? 0) + BESIDE;
    this.#bytes += entry.bytes;
    for (const [oldest, other] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#forget(oldest, other);
    }
  }

  #forget(name: string, entry: Kept): void {
    this.#kept.delete(name);
    this.#bytes -= entry.bytes;
  }

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
    for (const [name, entry] of this.#kept) if (entry.since < oldest) this.#forget(name, entry);
  }
}
