/** The name in a place's text, apart from the country: what an organisation's own words are learnt by. */
import { normaliseName } from './normalise-name.ts';
import type { PlaceLookup } from './place-lookup.ts';
import { readPlaceText } from './place-text.ts';
import { saysNothing } from './regions.ts';

export interface SpokenName {
  /** Folded, without kind words: equal for the spellings that keyboards and habits tell apart, for no others. */
  readonly name: string;
  /** Alpha-3: the one the text says, else the one given beside it; null when none is said. */
  readonly country: string | null;
}

/** Null where no name is said: nothing at all, "unknown", a country alone. A text of several parts is one name. */
export function spokenName(
  text: string | null,
  given: string | null,
  lookup: PlaceLookup,
): SpokenName | null {
  if (text === null || saysNothing(text)) return null;
  const read = readPlaceText(text, (name) => lookup.byName(normaliseName(name)).length > 0);
  if (read.parts.length === 0 && read.region === null) return null;
  const name = read.parts.length === 0 ? normaliseName(text) : read.parts.map(normaliseName).join(', ');
  const [said, ...others] = read.region === null ? read.countries : [];
  const country = said === undefined ? given : others.length === 0 ? said : null;
  return name === '' ? null : { name, country };
}
