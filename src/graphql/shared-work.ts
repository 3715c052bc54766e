/** One derivation for everybody who asked the same at once: it is ended when the last of them has gone, and never sooner. */
import type { UnderWay } from '../platform/background.ts';

export class SharedWork<T> implements UnderWay {
  readonly answer: Promise<T>;
  /** Whether it waits for a thread. */
  waits = false;
  /** 0 to 1; null where it does not tell. */
  share: number | null = null;
  readonly #controller = new AbortController();
  #askers = 0;
  #settled = false;

  /** `derive` begins at once. */
  constructor(derive: (underWay: UnderWay) => Promise<T>) {
    this.answer = derive(this);
    const settled = (): void => {
      this.#settled = true;
    };
    this.answer.then(settled, settled);
  }

  /** Aborted when everybody has gone; the reason is that of the last one. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  queued(waits: boolean): void {
    this.waits = waits;
  }

  told(share: number): void {
    this.share = share;
  }

  /** The answer, or `until`'s reason once that is aborted. Whoever gives none stays to the end. */
  wait(until?: AbortSignal): Promise<T> {
    this.#askers += 1;
    if (until === undefined) return this.answer;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#askers -= 1;
        reject(until.reason as Error);
        if (this.#askers === 0 && !this.#settled) this.#controller.abort(until.reason);
      };
      if (until.aborted) {
        leave();
        return;
      }
      until.addEventListener('abort', leave, { once: true });
      const stay = (): void => until.removeEventListener('abort', leave);
      this.answer.finally(stay).then(resolve, reject);
    });
  }
}
