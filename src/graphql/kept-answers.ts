/** Answers kept for whoever asks the same with the same sight while nothing they could rest on was written. */
import { createHash } from 'node:crypto';
import { readScopeVersion } from '../access/scope-version.view.ts';
import { scopeKey, type Viewer } from '../access/viewer.ts';
import { stableText } from '../kernel/stable-text.ts';
import type { UnderWay } from '../platform/background.ts';
import { ANALYSES_UNDER_WAY, type Asker } from './analyses-under-way.ts';
import type { RequestContext } from './context.ts';
import { KeptWork } from './kept-work.ts';
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

/** Some 130 MB in memory: characters of Node's strings take a byte or two. */
const MOST_KEPT_CHARACTERS = 64_000_000;

/** In this process's memory, at most so many characters of answers as JSON. */
export class AnswersInMemory implements AnswerStore {
  readonly #kept: KeptWork<unknown>;

  constructor(mostCharacters = MOST_KEPT_CHARACTERS, clock?: () => number) {
    this.#kept = new KeptWork(mostCharacters, (value) => charactersOf(value, mostCharacters), clock);
  }

  async keep<T>(key: string, version: string, derive: Derive<T>, asker?: Asker): Promise<T> {
    return (await this.#kept.keep(key, version, derive, asker)) as T;
  }
}

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
