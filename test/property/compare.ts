/** Two answers said to be the same; the error shows the first place where they are not. */
import { isDeepStrictEqual } from 'node:util';

/** Throws an error that names the place, what was found and what the naive policy wanted. */
export function same(where: string, found: unknown, wanted: unknown): void {
  const plain: unknown = JSON.parse(JSON.stringify(wanted));
  if (isDeepStrictEqual(found, plain)) return;
  throw new Error(`${where}: ${firstDifference(found, plain, '')}`);
}

function firstDifference(found: unknown, wanted: unknown, at: string): string {
  if (isTree(found) && isTree(wanted)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
      if (!isDeepStrictEqual(found[key], wanted[key]))
        return firstDifference(found[key], wanted[key], `${at}.${key}`);
    }
  }
  return `at ${at === '' ? 'the top' : at}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** All of them ended, whatever happened to each: a world that fails must not leave questions running behind it. Throws the first failure. */
export async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') throw outcome.reason as Error;
  }
}
