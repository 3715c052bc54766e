/** What was found out about keys and sessions, in this process's memory: a guess at who asks, good only if the generation of access still stands when it is used. */
import { hash } from 'node:crypto';
import type { Purpose } from '../kernel/vocabulary.ts';
import type { Viewer } from './viewer.ts';

export interface LookedUp {
  readonly viewer: Viewer;
  /** Of the snapshot in which it was looked up. */
  readonly generation: string;
  /** The first moment at which the answer may be another by itself: a key or session that ends, a grant or permission that begins or ends. */
  readonly until: Date;
}

/** With more of them the one that was not asked for longest goes first. */
const MOST = 5_000;

export class KnownViewers {
  readonly #known = new Map<string, LookedUp>();

  remember(credential: string, purpose: Purpose | null, found: LookedUp): void {
    const name = nameOf(credential, purpose);
    this.#known.delete(name);
    if (found.until <= found.viewer.now) return;
    this.#known.set(name, found);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
  }

  /** Undefined where nothing is known, and where time alone may have changed it. */
  at(credential: string, purpose: Purpose | null, now: Date): LookedUp | undefined {
    const name = nameOf(credential, purpose);
    const found = this.#known.get(name);
    if (found === undefined) return undefined;
    this.#known.delete(name);
    if (now < found.viewer.now || now >= found.until) return undefined;
    this.#known.set(name, found);
    return found;
  }

  forget(credential: string, purpose: Purpose | null): void {
    this.#known.delete(nameOf(credential, purpose));
  }
}

/** What opens the hub is kept nowhere, not in memory either. */
function nameOf(credential: string, purpose: Purpose | null): string {
  return `${hash('sha256', credential, 'base64')} ${purpose ?? ''}`;
}
