/** Countries as other communities write them: ISO 3166-1 alpha-2. */
import { COUNTRIES } from '../../../places/countries.ts';

const ALPHA2: ReadonlyMap<string, string> = new Map(COUNTRIES.map(({ code, alpha2 }) => [code, alpha2]));

/** Of alpha-3; null for what is none. */
export function twoLetters(code: string | null): string | null {
  return code === null ? null : (ALPHA2.get(code) ?? null);
}
