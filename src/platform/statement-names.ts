/** Which statements the database is to keep a plan of: those that come again and again, under a name of their own. */
import { createHash } from 'node:crypto';
import { BoundedMap } from '../kernel/bounded-map.ts';

/** As often as a statement was met before it is named: what comes once is not worth a plan that is kept. */
const MET_BEFORE = 3;
/** Each is a plan in every connection, some hundred kB: the one that was not asked for longest goes first. */
export const MOST_NAMES = 60;
/** Texts that are counted; with more of them, counting begins anew. */
const MOST_COUNTED = 500;

export class StatementNames {
  readonly #names = new BoundedMap<string, string>(MOST_NAMES);
  readonly #met = new Map<string, number>();

  /** Undefined: not to be kept. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const met = this.#met.get(text) ?? 0;
    if (met < MET_BEFORE) {
      if (this.#met.size >= MOST_COUNTED) this.#met.clear();
      this.#met.set(text, met + 1);
      return undefined;
    }
    this.#met.delete(text);
    const name = `h${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    this.#names.set(text, name);
    return name;
  }
}
