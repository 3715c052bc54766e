/** Who waits for which analysis: each can be listed and cancelled by whoever asked for it, and by nobody else. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { IdSource } from '../kernel/ids.ts';
import { type ServiceKey, serviceKey } from './services.ts';
import type { SharedWork } from './shared-work.ts';

export const ANALYSES_UNDER_WAY: ServiceKey<AnalysesUnderWay> = serviceKey('analyses under way');

/** An analysis that takes longer is one that should ask for less. */
const LONGEST_MS = 600_000;

export interface AskedAnalysis {
  /** Of the key or account that asks. */
  readonly keyId: string;
  /** The root field. */
  readonly name: string;
  readonly since: Date;
  /** Aborted when the request's connection is closed; absent where there is none. */
  readonly gone?: AbortSignal | undefined;
}

/** Whoever asks, for as long as they wait. */
export interface Asker {
  /** Aborted with the error they are to get. */
  readonly until?: AbortSignal;
  /** Told what they wait for, once that is known. */
  waitsFor?(work: SharedWork<unknown>): void;
}

export interface Asking {
  readonly id: string;
  readonly name: string;
  readonly since: Date;
  readonly waits: boolean;
  readonly share: number | null;
}

/** In this process's memory, each until it is answered. */
export class AnalysesUnderWay {
  readonly #ids: IdSource;
  readonly #longestMs: number;
  readonly #askings = new Map<
    string,
    AskedAnalysis & { readonly cancel: AbortController; work: SharedWork<unknown> | null }
  >();

  constructor(ids: IdSource, longestMs = LONGEST_MS) {
    this.#ids = ids;
    this.#longestMs = longestMs;
  }

  /** What `work` answers; it is told how long whoever asks will wait. */
  async follow<T>(asked: AskedAnalysis, work: (asker: Required<Asker>) => Promise<T>): Promise<T> {
    const id = this.#ids();
    const cancel = new AbortController();
    const asking = { ...asked, cancel, work: null as SharedWork<unknown> | null };
    const late = setTimeout(() => cancel.abort(tookTooLong(this.#longestMs)), this.#longestMs);
    this.#askings.set(id, asking);
    try {
      const until = asked.gone === undefined ? cancel.signal : AbortSignal.any([cancel.signal, asked.gone]);
      return await work({
        until,
        waitsFor: (shared) => {
          asking.work = shared;
        },
      });
    } finally {
      clearTimeout(late);
      this.#askings.delete(id);
    }
  }

  /** Of one key, the oldest first. */
  list(keyId: string): readonly Asking[] {
    return [...this.#askings]
      .filter(([, asking]) => asking.keyId === keyId)
      .map(([id, { name, since, work }]) => ({
        id,
        name,
        since,
        waits: work?.waits ?? false,
        share: work?.share ?? null,
      }))
      .sort((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1));
  }

  /** The name of what was cancelled; null where the key has no such analysis, whoever else has. */
  cancel(keyId: string, id: string): string | null {
    const asking = this.#askings.get(id);
    if (asking?.keyId !== keyId) return null;
    asking.cancel.abort(
      new HeadwaterError('CANCELLED', 'cancelled by whoever asked for it, with cancelAnalysis'),
    );
    // Answered to whoever waited in a moment; from now on it is none.
    this.#askings.delete(id);
    return asking.name;
  }
}

/** What a request that was closed is ended with. */
export function connectionClosed(): HeadwaterError {
  return new HeadwaterError('CANCELLED', 'cancelled by whoever asked for it: the connection was closed');
}

function tookTooLong(longestMs: number): HeadwaterError {
  return new HeadwaterError(
    'CANCELLED',
    `cancelled by the hub: it took longer than ${longestMs / 1000} s; ask for a narrower filter, or for fewer draws`,
  );
}
