/** Answers kept for whoever asks the same with the same sight while nothing they could rest on was written. */
import { createHash } from 'node:crypto';
import { readScopeVersion } from '../access/scope-version.view.ts';
import { scopeKey, type Viewer } from '../access/viewer.ts';
import { stableText } from '../kernel/stable-text.ts';
import type { RequestContext } from './context.ts';
import { type ServiceKey, serviceKey } from './services.ts';

export interface AnswerStore {
  /** The value of `derive`, or the one an equal `key` and `version` had. Never one of another version. */
  keep<T>(key: string, version: string, derive: () => Promise<T>): Promise<T>;
}

export const KEPT_ANSWERS: ServiceKey<AnswerStore> = serviceKey('kept answers');

export const NOTHING_KEPT: AnswerStore = { keep: (_key, _version, derive) => derive() };

/**
 * An answer to `question` (everything it depends on but the viewer's rows: arguments, and what of it is selected), derived at most once for a
 * sight, a day and a state of the rows and places that the sight shows. Answers are shared between requests: nobody may change one.
 */
export async function keptAnswer<T>(
  { reader, now, services }: RequestContext,
  name: string,
  question: unknown,
  derive: () => Promise<T>,
): Promise<T> {
  if (services === undefined) return derive();
  const version = await readScopeVersion(reader);
  // What ends by itself, and which months are over, is as of a day.
  const asked = { name, sight: sightOf(reader.viewer), day: now.toISOString().slice(0, 10), question };
  const key = createHash('sha256').update(stableText(asked)).digest('base64');
  return services.read(KEPT_ANSWERS).keep(key, version, derive);
}

/** More than the rows seen: roles and purposes may be shown other parts of an answer. */
function sightOf(viewer: Viewer): unknown {
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
  readonly answer: Promise<unknown>;
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

  keep<T>(key: string, version: string, derive: () => Promise<T>): Promise<T> {
    this.#forgetOld();
    const known = this.#kept.get(key);
    if (known?.version === version) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.answer as Promise<T>;
    }
    if (known) this.#forget(key, known);
    const answer = derive();
    const entry: Kept = { version, answer, since: this.#clock(), characters: 0 };
    this.#kept.set(key, entry);
    this.#forgetInTime();
    answer.then(
      (value) => this.#weigh(key, entry, value),
      () => {
        if (this.#kept.get(key) === entry) this.#forget(key, entry);
      },
    );
    return answer;
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
