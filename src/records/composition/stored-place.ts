/** From a place as a source gave it to what is stored of it: a footprint with a cell no finer than what is known. */
import { cellAt, centreOf, finestResolutionFor, inradiusKm } from '../../geo/cells.ts';
import { mortonCode } from '../../geo/morton.ts';
import type { Position } from '../../geo/position.ts';
import { toMetre } from '../../geo/sphere.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import { nearestBorder } from '../../places/border-crossings.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import type { ResolvedPlace } from '../../places/place-resolution.ts';
import { resolvePlace } from '../../places/resolve-place.ts';

export interface StoredPlace {
  readonly resolution: 'resolved' | 'candidates' | 'unresolved';
  readonly level: PlaceLevel;
  readonly placeId: string | null;
  readonly country: string | null;
  /** null when nothing finer than a country is known. */
  readonly position: Position | null;
  readonly uncertaintyKm: number | null;
  readonly cell: bigint | null;
  readonly cellResolution: number | null;
  readonly z: bigint | null;
  readonly candidates: readonly { readonly placeId: string; readonly weight: number }[];
  /** Why it is not resolved, or what did not fit; repeats nothing of the text. */
  readonly reason: string | null;
}

/** The finest cell a home may have: about 250 km², so that a home is a district and never a house. */
export const HOME_RESOLUTION = 5;
/** Cells finer than this tell nothing more about a place known to half a kilometre, and cost the same. */
const FINEST_STORED = 9;
/** A named place smaller than this would point at a home. */
export const LEAST_HOME_POPULATION = 15_000;

export const NOTHING: Omit<StoredPlace, 'resolution' | 'reason' | 'candidates' | 'country'> = {
  level: 'unknown',
  placeId: null,
  position: null,
  uncertaintyKm: null,
  cell: null,
  cellResolution: null,
  z: null,
};

export function storePlace(draft: PlaceDraft, hints: readonly Position[], atlas: Atlas): StoredPlace {
  const resolution = resolvePlace({ ...draft, hints }, atlas.lookup);
  const reason = resolution.notes.length === 0 ? null : resolution.notes.join('; ');
  if (resolution.kind === 'unresolved') {
    const [only, ...others] = resolution.countries;
    const country = only !== undefined && others.length === 0 ? only : draft.country;
    return {
      ...NOTHING,
      resolution: 'unresolved',
      country,
      candidates: [],
      reason: reason ?? resolution.reason.replaceAll('_', ' '),
    };
  }
  if (resolution.kind === 'candidates') {
    const countries = new Set(resolution.candidates.map(({ placeId }) => atlas.countryOfPlace(placeId)));
    const isCertain = countries.size === 1 && resolution.isOneOfThem;
    const [country = null] = isCertain ? [...countries] : [draft.country];
    const candidates = resolution.candidates.map(({ placeId, weight }) => ({
      placeId: placeId as string,
      weight,
    }));
    return {
      ...NOTHING,
      resolution: 'candidates',
      country: country ?? null,
      candidates,
      reason:
        reason ??
        (resolution.isOneOfThem ? 'the name means several places' : 'the name may mean a place not listed'),
    };
  }
  const { placeId, position, level, uncertaintyKm } = resolution;
  const side = sideSaid(draft, resolution, atlas);
  const country = side ?? resolution.country;
  const base = {
    resolution: 'resolved' as const,
    level,
    placeId: placeId as string | null,
    country,
    candidates: [],
    reason: side === null ? reason : null,
  };
  if (level === 'country') return { ...NOTHING, ...base, uncertaintyKm };
  return { ...base, ...footprint(position, uncertaintyKm) };
}

/** Staff know on which side of a border they stand; a gate's position and a map's border do not, to a kilometre or two. */
const AT_BORDER_KM = 2;

/** The country that was said, where the place is a crossing or lies so near the border that the map cannot contradict it. */
export function sideSaid(
  { country: said }: Pick<PlaceDraft, 'country'>,
  { country, placeId, position }: Pick<ResolvedPlace, 'country' | 'placeId' | 'position'>,
  atlas: Atlas,
): string | null {
  if (said === null || country === null || said === country) return null;
  const crossing = placeId === null ? undefined : atlas.placeRows([placeId])[0]?.borderCountries;
  if (crossing?.includes(said)) return said;
  const pair = [said, country].sort() as [string, string];
  return nearestBorder(atlas.borders, position, AT_BORDER_KM, pair) === null ? null : said;
}

/** A home is kept as the district it lies in; the address itself is in the vault. */
export function coarsenHome(place: StoredPlace, atlas: Atlas): StoredPlace {
  // A village that an ambiguous address may mean is as near to a home as the address.
  if (place.position === null) return { ...place, candidates: [] };
  const coarser =
    place.cell !== null && place.cellResolution !== null && place.cellResolution < HOME_RESOLUTION
      ? { cell: place.cell, resolution: place.cellResolution }
      : null;
  const cell = coarser?.cell ?? cellAt(place.position, HOME_RESOLUTION);
  const centre = centreOf(cell);
  const town =
    place.placeId !== null && (atlas.populationOfPlace(place.placeId) ?? 0) >= LEAST_HOME_POPULATION;
  return {
    ...place,
    level: 'locality',
    placeId: town ? place.placeId : null,
    position: centre,
    uncertaintyKm: Math.max(place.uncertaintyKm ?? 0, toMetre(inradiusKm(HOME_RESOLUTION))),
    cell,
    cellResolution: coarser?.resolution ?? HOME_RESOLUTION,
    z: mortonCode(centre),
  };
}

export function footprint(
  position: Position,
  uncertaintyKm: number,
): Pick<StoredPlace, 'position' | 'uncertaintyKm' | 'cell' | 'cellResolution' | 'z'> {
  const finest = finestResolutionFor(uncertaintyKm);
  const cellResolution = finest === null ? null : Math.min(finest, FINEST_STORED);
  return {
    position,
    uncertaintyKm,
    cell: cellResolution === null ? null : cellAt(position, cellResolution),
    cellResolution,
    z: mortonCode(position),
  };
}
