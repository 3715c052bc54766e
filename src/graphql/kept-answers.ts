/** Answers kept for whoever asks the same with the same sight while nothing they could rest on was written. */
import { createHash } from 'node:crypto';
import { readScopeVersion } from '../access/scope-version.view.ts';
import { scopeKey, type Viewer } from '../access/viewer.ts';
import { stableText } from '../kernel/stable-text.ts';
import type { UnderWay } from '../platform/background.ts';
import { ANALYSES_UNDER_WAY, type Asker } from './analyses-under-way.ts';
import type { RequestContext } from './context.ts';
import { type ServiceKey, serviceKey } from './services.ts';
import { SharedWork } from './shared-work.ts';

/** Derives an answer; what it hands `underWay` to can be ended, and tells how far it is. */
export type Derive<T> = (underWay?: UnderWay) => Promise<T>;

export interface AnswerStore {
  /**
   * The value of `derive`, or the one an equal `key` and `version` had. Never one of another version. An asker who goes gets the reason for it; a derivation that
   * nobody waits for any more is ended, and is nobody's answer.
   */
  keep<T>(key: string, version: string, derive: Derive<T>, asker?: Asker): Promise<T>;
}

export const KEPT_ANSWERS: ServiceKey<AnswerStore> = serviceKey('kept answers');

export const NOTHING_KEPT: AnswerStore = {
  keep: async (_key, _version, derive, asker) => {
    asker?.until?.throwIfAborted();
    const work = new SharedWork(derive);
    asker?.waitsFor?.(work);
    return work.wait(asker?.until);
  },
};

/**
 * An answer to `question` (everything it depends on but the viewer's rows: arguments, and what of it is selected), derived at most once for a
 * sight, a day and a state of the rows and places that the sight shows. Answers are shared between requests: nobody may change one. `name`: the root field.
 * CANCELLED where whoever asks went away, or cancelled it.
 */
export async function keptAnswer<T>(
  { reader, now, services, gone }: RequestContext,
  name: string,
  question: unknown,
  derive: Derive<T>,
): Promise<T> {
  if (services === undefined) return derive();
  const asking = { keyId: reader.viewer.keyId, name, since: now, gone };
  const version = await readScopeVersion(reader);
  // What ends by itself, and which months are over, is as of a day.
  const asked = { name, sight: sightOf(reader.viewer), day: now.toISOString().slice(0, 10), question };
  const key = createHash('sha256').update(stableText(asked)).digest('base64');
  return services
    .read(ANALYSES_UNDER_WAY)
    .follow(asking, (asker) => services.read(KEPT_ANSWERS).keep(key, version, derive, asker));
}

/** More than the rows seen: roles and purposes may be shown other parts of an answer. */
export function sightOf(viewer: Viewer): unknown {
  return [
    scopeKey(viewer),
    viewer.role,
    viewer.vaultPermission,
    viewer.purposes ?? null,
    viewer.brokenGlass?.id ?? null,
  ];
}

interface Kept {
  readonly version: string;
  readonly work: SharedWork<unknown>;
  readonly since: number;
  characters: number;
}

/** In this process's memory, at most so many characters of answers as JSON, the least recently asked for going first. */
export class AnswersInMemory implements AnswerStore {
  readonly #mostCharacters: number;
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept>();
  #characters = 0;
  #waits = false;

  constructor(mostCharacters: number, clock: () => number = Date.now) {
    this.#mostCharacters = mostCharacters;
    this.#clock = clock;
  }

  async keep<T>(key: string, version: string, derive: Derive<T>, asker: Asker = {}): Promise<T> {
    asker.until?.throwIfAborted();
    const work = this.#workFor(key, version, derive);
    asker.waitsFor?.(work);
    return (await work.wait(asker.until)) as T;
  }

  #workFor(key: string, version: string, derive: Derive<unknown>): SharedWork<unknown> {
    this.#forgetOld();
    const known = this.#kept.get(key);
    if (known?.version === version) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.work;
    }
    if (known) this.#forget(key, known);
    const work = new SharedWork(derive);
    const entry: Kept = { version, work, since: this.#clock(), characters: 0 };
    this.#kept.set(key, entry);
    this.#forgetInTime();
    const failed = (): void => {
      if (this.#kept.get(key) === entry) this.#forget(key, entry);
    };
    // At once: whoever asks next is not to wait for what is being ended.
    work.signal.addEventListener('abort', failed, { once: true });
    work.answer.then((value) => this.#weigh(key, entry, value), failed);
    return work;
  }

  #weigh(key: string, entry: Kept, value: unknown): void {
    if (this.#kept.get(key) !== entry) return;
    entry.characters = charactersOf(value, this.#mostCharacters);
    this.#characters += entry.characters;
    // One that is more than all that may be kept does not drive out the others.
    if (entry.characters > this.#mostCharacters) this.#forget(key, entry);
    for (const [oldest, other] of this.#kept) {
      if (this.#characters <= this.#mostCharacters) break;
      this.#forget(oldest, other);
    }
  }

  #forget(key: string, entry: Kept): void {
    this.#kept.delete(key);
    this.#characters -= entry.characters;
  }

  /** What nobody can be given any more (its rows were written since) is not to lie in memory for long, whether or not anybody asks again. */
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

/** A third of it more, at worst: it is looked at every five minutes. */
const KEPT_MS = 15 * 60_000;

/** About as many as JSON has; more than `most` once it is clear that there are more. */
function charactersOf(value: unknown, most: number): number {
  let characters = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && characters <= most) {
    const part = waiting.pop();
    characters += typeof part === 'string' ? part.length + 3 : 8;
    if (part instanceof Date || typeof part !== 'object' || part === null) continue;
    if (Array.isArray(part)) for (const entry of part) waiting.push(entry);
    else
      for (const [name, entry] of Object.entries(part)) {
        characters += name.length + 3;
        waiting.push(entry);
      }
  }
  return characters;
}
