/**
 * What the text of a place reference says by itself: parts from fine to coarse, countries, a region, or
 * nothing.
 */
import { countriesByName } from './country-names.ts';
import { countriesOfRegion, saysNothing } from './regions.ts';

export interface PlaceText {
  /**
   * Most specific first, as written, without the countries; empty when the text names a country, a region or
   * nothing.
   */
  readonly parts: readonly string[];
  /** Alpha-3 codes the text names; several when the word means several. */
  readonly countries: readonly string[];
  /** Countries of the region the text names (empty: anywhere); null when it names none. */
  readonly region: readonly string[] | null;
}

/**
 * Reads "Ward 5, Birgunj, Parsa, Nepal", "Delhi India", "India – Mumbai", "UAE", "Gulf Country", "PV doesn't
 * know". `isKnown` says whether a name is in the gazetteer: then no country is looked for in its last words
 * ("San Salvador" is not Salvador).
 */
export function readPlaceText(text: string, isKnown: (name: string) => boolean): PlaceText {
  if (saysNothing(text)) return { parts: [], countries: [], region: null };
  const whole = countriesByName(text);
  if (whole.length > 0) return { parts: [], countries: whole, region: null };
  const region = countriesOfRegion(text);
  if (region !== undefined) return { parts: [], countries: [], region };
  const parts = text
    .split(/[,،|()\n]+|\s[-–—>]+\s/)
    .map((part) => part.trim())
    .filter((part) => !saysNothing(part));
  return withoutCountry(parts, isKnown);
}

/**
 * "Delhi / Mumbai", "Dubai or Doha" and "Goa; Pune" name several places, none of which is a part of another.
 */
export function splitAlternatives(text: string): readonly string[] {
  const alternatives = text
    .split(/\s*[;؛/]\s*|\s+or\s+/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  // "N/A", "c/o": one letter names no place.
  return alternatives.length > 1 && alternatives.every((part) => part.length > 2) ? alternatives : [text];
}

function withoutCountry(parts: readonly string[], isKnown: (name: string) => boolean): PlaceText {
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  if (parts.length > 1) {
    for (const [part, rest] of [
      [last, parts.slice(0, -1)],
      [first, parts.slice(1)],
    ] as const) {
      const countries = countriesByName(part);
      if (countries.length > 0) return { parts: rest, countries, region: null };
      const region = countriesOfRegion(part);
      if (region !== undefined) return { parts: rest, countries: region, region };
    }
  }
  const words = last.split(/\s+/);
  for (let length = Math.min(3, words.length - 1); length > 0 && !isKnown(last); length -= 1) {
    const countries = countriesByName(words.slice(-length).join(' '));
    if (countries.length > 0) {
      return { parts: [...parts.slice(0, -1), words.slice(0, -length).join(' ')], countries, region: null };
    }
  }
  return { parts, countries: [], region: null };
}
