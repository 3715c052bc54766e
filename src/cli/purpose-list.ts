/** `--purposes`: a list of words with commas. */
import { HeadwaterError } from '../kernel/errors.ts';
import { PURPOSES, type Purpose } from '../kernel/vocabulary.ts';

/** Null where nothing is said: any. Throws BAD_INPUT. */
export function purposesIn(text: string | undefined): readonly Purpose[] | null {
  if (text === undefined) return null;
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const known = PURPOSES.filter((purpose) => words.includes(purpose));
  const strange = words.filter((word) => !(PURPOSES as readonly string[]).includes(word));
  if (strange.length > 0)
    throw new HeadwaterError(
      'BAD_INPUT',
      `--purposes: found ${strange.map((word) => `"${word}"`).join(', ')}, wanted some of ${PURPOSES.join(', ')}`,
    );
  return known;
}
