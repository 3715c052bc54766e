/** What was found out about keys and sessions, in this process's memory: a guess at who asks, good only if the generation of access still stands when it is used. */
import { hash } from 'node:crypto';
import { BoundedMap } from '../kernel/bounded-map.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import type { Viewer } from './viewer.ts';

export interface LookedUp {
  readonly viewer: Viewer;
  /** Of the snapshot in which it was looked up. */
  readonly generation: string;
  /** The first moment at which the answer may be another by itself: a key or session that ends, a grant or permission that begins or ends. */
  readonly until: Date;
}

const MOST = 5_000;

export class KnownViewers {
  readonly #known = new BoundedMap<string, LookedUp>(MOST);

  remember(credential: string, purpose: Purpose | null, found: LookedUp): void {
    const name = nameOf(credential, purpose);
    if (found.until > found.viewer.now) this.#known.set(name, found);
    else this.#known.delete(name);
  }

  /** Undefined where nothing is known, and where time alone may have changed it. */
  at(credential: string, purpose: Purpose | null, now: Date): LookedUp | undefined {
    const name = nameOf(credential, purpose);
    const found = this.#known.get(name);
    if (found === undefined) return undefined;
    if (now >= found.viewer.now && now < found.until) return found;
    this.#known.delete(name);
    return undefined;
  }

  forget(credential: string, purpose: Purpose | null): void {
    this.#known.delete(nameOf(credential, purpose));
  }
}

/** What opens the hub is kept nowhere, not in memory either. */
function nameOf(credential: string, purpose: Purpose | null): string {
  return `${hash('sha256', credential, 'base64')} ${purpose ?? ''}`;
}
