/** Resolutions kept for the whole process: the same words with the same hints mean the same, and finding what a name is like costs milliseconds. */
import type { Position } from '../../geo/position.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import { coarsenHome, type StoredPlace, storePlace } from './stored-place.ts';

export interface Mention {
  readonly place: PlaceDraft;
  readonly home: boolean;
  readonly hints: readonly Position[];
}

const MOST_KEPT = 50_000;
const kept = new Map<string, StoredPlace>();

/** Where it is, homes coarsened. One gazetteer a process. */
export function resolveMention(mention: Mention, atlas: Atlas): StoredPlace {
  const key = mentionKey(mention);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const stored = storePlace(mention.place, mention.hints, atlas);
  const place = mention.home ? coarsenHome(stored, atlas) : stored;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, place);
  return place;
}

/** Equal for mentions that say the same. */
export function mentionKey({ place, home, hints }: Mention): string {
  return JSON.stringify([
    place.text,
    place.position,
    place.country,
    place.level,
    place.uncertaintyKm,
    home,
    hints,
  ]);
}
