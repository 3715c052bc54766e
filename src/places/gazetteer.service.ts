/** The gazetteer as imports use it: in memory, built once a process, when first needed. */
import type { UnrestrictedDatabase } from '../platform/database.ts';
import { type BorderIndex, indexBorders } from './border-index.ts';
import { buildGazetteer, type Gazetteer } from './gazetteer.ts';
import { buildMemoryLookup } from './memory-lookup.ts';
import { countPlaces, loadGazetteer } from './place.store.ts';
import type { PlaceRow } from './place-rows.ts';
import type { PlaceLookup } from './place-lookup.ts';

export interface Atlas {
  readonly gazetteer: Gazetteer;
  readonly lookup: PlaceLookup;
  readonly borders: BorderIndex;
  countryOfPlace(placeId: string): string | null;
  populationOfPlace(placeId: string): number | null;
  /** Whether a crossing point joins the two countries, given in alphabetical order. */
  isPostOf(placeId: string, countries: readonly [string, string]): boolean;
}

let built: Atlas | undefined;

/** 3 to 5 s the first time. */
export function theAtlas(): Atlas {
  if (built === undefined) {
    const gazetteer = buildGazetteer();
    const byId = new Map<string, PlaceRow>(gazetteer.places.map((place) => [place.id, place]));
    built = {
      gazetteer,
      lookup: buildMemoryLookup(gazetteer.places, gazetteer.aliases),
      borders: indexBorders(gazetteer.borders),
      countryOfPlace: (placeId) => byId.get(placeId)?.country ?? null,
      isPostOf: (placeId, [a, b]) => {
        const pair = byId.get(placeId)?.borderCountries;
        return pair !== undefined && pair[0] === a && pair[1] === b;
      },
      populationOfPlace: (placeId) => byId.get(placeId)?.population ?? null,
    };
  }
  return built;
}

/** Fills an empty gazetteer; true when it did. */
export async function ensureGazetteer(database: UnrestrictedDatabase): Promise<boolean> {
  const there = await database.unrestricted('look whether the gazetteer is loaded', countPlaces);
  if (there > 0) return false;
  await database.unrestricted('load the gazetteer', (connection) => loadGazetteer(connection, theAtlas().gazetteer));
  return true;
}
