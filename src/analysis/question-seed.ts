/** The seed of a question's randomness: asked again, chance falls the same way. */
import { createHash } from 'node:crypto';

/** Of the question alone. Keys are sorted, so that how it was written does not matter. */
export function questionSeed(question: unknown): number {
  const text = JSON.stringify(question, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest().readInt32LE();
}
