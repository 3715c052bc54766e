/** One answer ahead: what will be asked next is asked before, taken when it is wanted, and ended at the hub where it is not. Nothing else is kept. */
import { ask, type Question } from './ask.ts';

interface Ahead {
  readonly key: string;
  readonly controller: AbortController;
  readonly answer: Promise<unknown>;
}

export class OneAhead {
  readonly #ask: typeof ask;
  #ahead: Ahead | null = null;

  constructor(asking: typeof ask) {
    this.#ask = asking;
  }

  /** In place of what was asked before. */
  want(question: Question): void {
    const key = JSON.stringify(question);
    if (this.#ahead?.key === key) return;
    this.forget();
    const controller = new AbortController();
    const answer = this.#ask<unknown>(question, controller.signal);
    // Whoever takes it is told of an error; nobody else is.
    answer.catch(() => undefined);
    this.#ahead = { key, controller, answer };
  }

  /** The answer asked ahead or, where it is another or failed, one asked now. The signal ends either. */
  take<T>(question: Question, signal: AbortSignal): Promise<T> {
    const ahead = this.#ahead;
    if (ahead === null || ahead.key !== JSON.stringify(question)) return this.#ask<T>(question, signal);
    this.#ahead = null;
    signal.addEventListener('abort', () => ahead.controller.abort(), { once: true });
    return ahead.answer.then(
      (data) => data as T,
      () => this.#ask<T>(question, signal),
    );
  }

  /** It has been overtaken. */
  forget(): void {
    this.#ahead?.controller.abort();
    this.#ahead = null;
  }
}

export const oneAhead = new OneAhead(ask);
