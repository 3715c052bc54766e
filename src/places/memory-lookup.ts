/**
 * Finding places in memory, over a built gazetteer: for imports, tests and hubs without a database of places.
 */
import KDBush from 'kdbush';
import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import { nameSimilarity, normaliseName, phoneticKey } from './normalise-name.ts';
import type { CandidateRow, PlaceLookup } from './place-lookup.ts';
import type { AliasRow, PlaceKind, PlaceRow } from './place-rows.ts';

const KM_PER_DEGREE = 111;
const MOST_NEAREST = 10;
/** One mistake in five letters, two in ten. */
const LEAST_LIKENESS = 0.8;

/**
 * Indexes names at once (0.6 s for the world), sounds, shapes and positions when first asked. Holds the rows
 * it is given.
 */
export function buildMemoryLookup(places: readonly PlaceRow[], aliases: readonly AliasRow[]): PlaceLookup {
  const placeOf = new Map(places.map((place) => [place.id, place]));
  const byName = fileUnder(aliases, ({ normalised }) => normalised);
  let bySound: Map<string, AliasRow[]> | undefined;
  let byShape: Map<string, AliasRow[]> | undefined;
  let byPosition: KDBush | undefined;
  const toRows = (found: readonly AliasRow[] | undefined): CandidateRow[] =>
    (found ?? []).flatMap(({ placeId, normalised }) => {
      const place = placeOf.get(placeId);
      return place === undefined ? [] : [toCandidate(place, normalised)];
    });
  return {
    byName: (normalised) => toRows(byName.get(normalised)),
    byPhonetic: (key) => {
      bySound ??= fileUnder(aliases, ({ normalised }) => phoneticKey(normalised));
      return key === '' ? [] : toRows(bySound.get(key));
    },
    byLikeness: (normalised, country) => {
      byShape ??= fileUnder(aliases, (alias) =>
        shapeKey(alias.normalised, alias.normalised.length, placeOf.get(alias.placeId)?.country ?? ''),
      );
      const shapes = [-1, 0, 1].map((more) => shapeKey(normalised, normalised.length + more, country));
      const near = shapes.flatMap((shape) => byShape?.get(shape) ?? []);
      return toRows(near.filter((alias) => nameSimilarity(alias.normalised, normalised) >= LEAST_LIKENESS));
    },
    nearest: (position, kinds, withinKm) => {
      byPosition ??= indexPositions(places);
      return around(byPosition, position, withinKm)
        .flatMap((i) => {
          const place = places[i];
          return place !== undefined && kinds.includes(place.kind) ? [place] : [];
        })
        .map((place) => ({ place, km: greatCircleKm(place.position, position) }))
        .filter(({ km }) => km <= withinKm)
        .sort((a, b) => a.km - b.km || byKind(a.place.kind) - byKind(b.place.kind))
        .slice(0, MOST_NEAREST)
        .map(({ place }) => toCandidate(place, normaliseName(place.name)));
    },
  };
}

function fileUnder(
  aliases: readonly AliasRow[],
  keyOf: (alias: AliasRow) => string,
): Map<string, AliasRow[]> {
  const filed = new Map<string, AliasRow[]>();
  for (const alias of aliases) {
    const key = keyOf(alias);
    const found = filed.get(key);
    if (found === undefined) filed.set(key, [alias]);
    else found.push(alias);
  }
  return filed;
}

/**
 * Mistakes in the first letter are rare; by it, the length and the country some dozens of names remain to be
 * compared.
 */
function shapeKey(normalised: string, length: number, country: string): string {
  return `${country} ${length} ${normalised.charAt(0)}`;
}

function toCandidate(place: PlaceRow, normalised: string): CandidateRow {
  const { id, kind, name, country, adminCode, population, position, footprintRadiusKm } = place;
  return { placeId: id, kind, name, normalised, country, adminCode, population, position, footprintRadiusKm };
}

function indexPositions(places: readonly PlaceRow[]): KDBush {
  const index = new KDBush(places.length);
  for (const { position } of places) index.add(position[0], position[1]);
  return index.finish();
}

/** Boxes in degrees, wide enough at this latitude; a box over ±180 is asked twice. */
function around(index: KDBush, [longitude, latitude]: Position, withinKm: number): number[] {
  const north = withinKm / KM_PER_DEGREE;
  const widest = Math.min(Math.abs(latitude) + north, 89.9);
  const east = Math.min(withinKm / (KM_PER_DEGREE * Math.cos((widest * Math.PI) / 180)), 180);
  const found = new Set<number>();
  for (const shift of [-360, 0, 360]) {
    const centre = longitude + shift;
    if (centre + east < -180 || centre - east > 180) continue;
    for (const i of index.range(centre - east, latitude - north, centre + east, latitude + north))
      found.add(i);
  }
  return [...found];
}

/** Of places on one spot the more telling first. */
function byKind(kind: PlaceKind): number {
  return ['monitoring_station', 'crossing_point', 'locality', 'admin_area', 'country'].indexOf(kind);
}
