/** The gazetteer as imports use it: in memory, built once a process, when first needed. */
import type { Queryable, UnrestrictedDatabase } from '../platform/database.ts';
import { type BorderIndex, indexBorders } from './border-index.ts';
import { addPlaces, countPlaces, loadGazetteer } from './gazetteer.store.ts';
import { buildGazetteer, type Gazetteer } from './gazetteer.ts';
import { buildMemoryLookup } from './memory-lookup.ts';
import { type CrossingPointIndex, indexCrossingPoints } from './nearest-crossing-point.ts';
import type { PlaceLookup } from './place-lookup.ts';
import type { PlaceRow } from './place-rows.ts';

export interface Atlas {
  readonly gazetteer: Gazetteer;
  readonly lookup: PlaceLookup;
  readonly borders: BorderIndex;
  countryOfPlace(placeId: string): string | null;
  placeRows(placeIds: readonly string[]): readonly PlaceRow[];
  populationOfPlace(placeId: string): number | null;
  readonly posts: CrossingPointIndex;
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
      posts: indexCrossingPoints(gazetteer.places),
      placeRows: (placeIds) => placeIds.flatMap((placeId) => byId.get(placeId) ?? []),
      populationOfPlace: (placeId) => byId.get(placeId)?.population ?? null,
    };
  }
  return built;
}

/** Puts places in that records are about to name. */
export async function ensurePlaces(connection: Queryable, placeIds: readonly string[]): Promise<void> {
  await addPlaces(connection, theAtlas().placeRows(placeIds));
}

/** Fills an empty gazetteer; true when it did. */
export async function ensureGazetteer(database: UnrestrictedDatabase): Promise<boolean> {
  const there = await database.unrestricted('look whether the gazetteer is loaded', countPlaces);
  if (there > 0) return false;
  await database.unrestricted('load the gazetteer', (connection) =>
    loadGazetteer(connection, coreOf(theAtlas().gazetteer)),
  );
  return true;
}

/** Towns of this size and up are in every hub's database; smaller ones are known to the importer and come in with the first record. */
const LEAST_CORE_POPULATION = 15_000;

/** 33,000 of 200,000 places: all of them would make a first start slow and a data folder large, for names nobody uses. */
function coreOf({ places, aliases, borders }: Gazetteer): Gazetteer {
  const core = places.filter(
    (place) =>
      place.kind === 'country' ||
      place.kind === 'crossing_point' ||
      (place.kind === 'admin_area' && place.adminCode?.split('.').length === 2) ||
      (place.kind === 'locality' && (place.population ?? 0) >= LEAST_CORE_POPULATION),
  );
  const ids = new Set(core.map((place) => place.id));
  return { places: core, aliases: aliases.filter((alias) => ids.has(alias.placeId)), borders };
}
