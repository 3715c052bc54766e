/** The seed of a question's randomness: asked again, chance falls the same way. */
import { createHash } from 'node:crypto';
import { stableText } from '../kernel/stable-text.ts';

/** Of the question alone. */
export function questionSeed(question: unknown): number {
  return createHash('sha256').update(stableText(question)).digest().readInt32LE();
}
