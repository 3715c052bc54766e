/**
 * The gazetteer as imports use it: packed into one run of bytes that is opened in a moment and costs no heap, where the rows as
 * objects take seconds to build and hundreds of megabytes to keep.
 */
import KDBush from 'kdbush';
import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import { type BorderIndex, indexBorders } from './border-index.ts';
import type { BorderRow } from './borders.ts';
import type { Gazetteer } from './gazetteer.ts';
import { type CrossingPointIndex, indexCrossingPoints } from './nearest-crossing-point.ts';
import { nameSimilarity, normaliseName, phoneticKey } from './normalise-name.ts';
import { PackedPlaces, packPlaces } from './packed-places.ts';
import { packSections, type Section, Sections } from './packed-sections.ts';
import { packTextIndex, TextIndex } from './packed-texts.ts';
import type { CandidateRow, PlaceLookup } from './place-lookup.ts';
import type { AliasRow, PlaceKind, PlaceRow } from './place-rows.ts';

export interface Atlas {
  readonly lookup: PlaceLookup;
  readonly borders: BorderIndex;
  readonly posts: CrossingPointIndex;
  /** Null when no such place is known; as of the other two. */
  countryOfPlace(placeId: string): string | null;
  populationOfPlace(placeId: string): number | null;
  placeRows(placeIds: readonly string[]): readonly PlaceRow[];
  /** The places that are wanted, with their aliases, in the order of the gazetteer. */
  core(isWanted: (place: PlaceRow) => boolean): CoreGazetteer;
}

export interface CoreGazetteer {
  readonly places: readonly PlaceRow[];
  readonly aliases: readonly Pick<AliasRow, 'placeId' | 'normalised'>[];
}

const KM_PER_DEGREE = 111;
const MOST_NEAREST = 10;
/** One mistake in five letters, two in ten. */
const LEAST_LIKENESS = 0.8;

/** Some seconds for the world; 60 MB. */
export function packAtlas({ places, aliases, borders }: Gazetteer): Uint8Array<ArrayBuffer> {
  const rowOf = new Map(places.map(({ id }, i) => [id, i]));
  const known = aliases.filter(({ placeId }) => rowOf.has(placeId));
  const rows = Uint32Array.from(known, ({ placeId }) => rowOf.get(placeId) ?? 0);
  const names = packTextIndex(
    'alias',
    known.map(({ normalised }) => normalised),
  );
  const sounds = packTextIndex(
    'sound',
    known.map(({ normalised }) => phoneticKey(normalised)),
  );
  const shapes = packTextIndex(
    'shape',
    known.map(({ normalised }, i) =>
      shapeKey(normalised, normalised.length, places[rows[i] ?? 0]?.country ?? ''),
    ),
  );
  return packSections({
    ...packPlaces(places),
    aliasPlace: rows,
    aliasName: names.keyOf,
    ...names.sections,
    ...sounds.sections,
    ...shapes.sections,
    positions: packPositions(places),
    borders: new Uint8Array(Buffer.from(JSON.stringify(borders))),
  });
}

/** Some 0.2 s for the world; the bytes are used where they lie. Throws when they are not a packed gazetteer. */
export function openAtlas(bytes: Uint8Array): Atlas {
  const sections = new Sections(bytes);
  const places = new PackedPlaces(sections);
  const posts = Array.from({ length: places.length }, (_, row) => row)
    .filter((row) => places.kind(row) === 'crossing_point')
    .map((row) => places.at(row));
  const borders = JSON.parse(Buffer.from(sections.bytes('borders')).toString('utf8')) as BorderRow[];
  const rowsOf = (placeId: string): number[] => {
    const row = places.find(placeId);
    return row < 0 ? [] : [row];
  };
  return {
    lookup: openLookup(sections, places),
    borders: indexBorders(borders),
    posts: indexCrossingPoints(posts),
    countryOfPlace: (placeId) => rowsOf(placeId).map((row) => places.country(row))[0] ?? null,
    populationOfPlace: (placeId) => rowsOf(placeId).map((row) => places.population(row))[0] ?? null,
    placeRows: (placeIds) => placeIds.flatMap((placeId) => rowsOf(placeId).map((row) => places.at(row))),
    core: (isWanted) => coreOf(sections, places, isWanted),
  };
}

function coreOf(
  sections: Sections,
  places: PackedPlaces,
  isWanted: (place: PlaceRow) => boolean,
): CoreGazetteer {
  const names = new TextIndex(sections, 'alias').texts;
  const aliasName = sections.numbers('aliasName');
  const wanted = new Map<number, PlaceRow>();
  for (let row = 0; row < places.length; row += 1) {
    const place = places.at(row);
    if (isWanted(place)) wanted.set(row, place);
  }
  const aliases: CoreGazetteer['aliases'][number][] = [];
  for (const [alias, row] of sections.numbers('aliasPlace').entries()) {
    const place = wanted.get(row);
    if (place !== undefined) aliases.push({ placeId: place.id, normalised: names.at(aliasName[alias] ?? 0) });
  }
  return { places: [...wanted.values()], aliases };
}

function openLookup(sections: Sections, places: PackedPlaces): PlaceLookup {
  const byName = new TextIndex(sections, 'alias');
  const bySound = new TextIndex(sections, 'sound');
  const byShape = new TextIndex(sections, 'shape');
  const aliasPlace = sections.numbers('aliasPlace');
  const aliasName = sections.numbers('aliasName');
  // A copy of its own: the index takes a whole buffer, and no part of one.
  const byPosition = KDBush.from(new Uint8Array(sections.bytes('positions')).buffer);
  const nameOf = (alias: number): string => byName.texts.at(aliasName[alias] ?? 0);
  const toRows = (aliases: Iterable<number>): CandidateRow[] =>
    Array.from(aliases, (alias) => toCandidate(places.at(aliasPlace[alias] ?? 0), nameOf(alias)));
  return {
    byName: (normalised) => toRows(byName.find(normalised)),
    byPhonetic: (key) => (key === '' ? [] : toRows(bySound.find(key))),
    byLikeness: (normalised, country) => {
      const near = [-1, 0, 1].flatMap((more) =>
        [...byShape.find(shapeKey(normalised, normalised.length + more, country))].filter(
          (alias) => nameSimilarity(nameOf(alias), normalised) >= LEAST_LIKENESS,
        ),
      );
      return toRows(near);
    },
    nearest: (position, kinds, withinKm) =>
      around(byPosition, position, withinKm)
        .filter((row) => kinds.includes(places.kind(row)))
        .map((row) => ({
          row,
          km: greatCircleKm([places.longitudes[row] ?? 0, places.latitudes[row] ?? 0], position),
        }))
        .filter(({ km }) => km <= withinKm)
        .sort((a, b) => a.km - b.km || byKind(places.kind(a.row)) - byKind(places.kind(b.row)))
        .slice(0, MOST_NEAREST)
        .map(({ row }) => {
          const place = places.at(row);
          return toCandidate(place, normaliseName(place.name));
        }),
  };
}

/** Mistakes in the first letter are rare; by it, the length and the country some dozens of names remain to be compared. */
function shapeKey(normalised: string, length: number, country: string): string {
  return `${country} ${length} ${normalised.charAt(0)}`;
}

function toCandidate(place: PlaceRow, normalised: string): CandidateRow {
  const { id, borderCountries, kind, name, country, adminCode, population, position, footprintRadiusKm } =
    place;
  const row = {
    placeId: id,
    kind,
    name,
    normalised,
    country,
    adminCode,
    population,
    position,
    footprintRadiusKm,
  };
  return borderCountries === undefined ? row : { ...row, borderCountries };
}

function packPositions(places: readonly PlaceRow[]): Section {
  const index = new KDBush(places.length);
  for (const { position } of places) index.add(position[0], position[1]);
  return new Uint8Array(index.finish().data);
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
