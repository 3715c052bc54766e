/** Whether a text is made of place names alone: what else is typed where a place belongs may name somebody. */
import { normaliseName } from './normalise-name.ts';
import type { PlaceLookup } from './place-lookup.ts';
import { readPlaceText } from './place-text.ts';
import { saysNothing } from './regions.ts';

/** True when every part of "Sunauli, Rupandehi, Nepal; Delhi" is a name of the gazetteer, a country or a region. */
export function namesOnlyPlaces(text: string, lookup: PlaceLookup): boolean {
  const isKnown = (name: string): boolean => lookup.byName(normaliseName(name)).length > 0;
  const pieces = text
    .split(/[;؛,،/|()\n>]+|\s[-–—]+\s|\s+or\s+/i)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  return (
    pieces.length > 0 &&
    pieces.every((piece) => !saysNothing(piece) && readPlaceText(piece, isKnown).parts.every(isKnown))
  );
}
