/** Crossing points: the known ones, and where a town at a land border suggests one that nobody has listed. */

import type { Position } from '../geo/position.ts';
import { densify, greatCircleKm, toMetre } from '../geo/sphere.ts';
import { nearestBorder } from './border-crossings.ts';
import type { BorderIndex } from './border-index.ts';
import type { Locality } from './geonames.ts';
import { KNOWN_CROSSINGS } from './known-crossings.ts';
import { normaliseName } from './normalise-name.ts';
import { type AliasRow, type PlaceRow, placeId } from './place-rows.ts';

/** A town this near to a border suggests a crossing; more, and the border is not what it lives from. */
const BORDER_TOWN_KM = 10;
/** One crossing point stands for what lies this close to it along the same border. */
const SEPARATION_KM = 10;
/** The stated accuracy of the known positions. */
const KNOWN_FOOTPRINT_KM = 5;

/**
 * The known crossings, then the derived ones: the largest border town first, moved to the nearest point of
 * the border, none within 10 km of a crossing of the same pair. Derived points are named by the town and
 * marked: the town is real, the crossing is a guess.
 */
export function buildCrossingPoints(
  localities: readonly Locality[],
  borders: BorderIndex,
): { readonly places: readonly PlaceRow[]; readonly aliases: readonly AliasRow[] } {
  const known = KNOWN_CROSSINGS.map(({ towns, countries, position }): PlaceRow => {
    const name = `${towns.slice(0, 2).join('–')} (${countries.join('–')})`;
    return {
      id: placeId('general-knowledge', `crossing ${countries.join(' ')} ${towns[0] ?? ''}`),
      kind: 'crossing_point',
      name,
      country: countries[0],
      adminCode: null,
      population: null,
      position,
      footprintRadiusKm: KNOWN_FOOTPRINT_KM,
      source: 'general-knowledge',
      borderCountries: countries,
      derived: false,
    };
  });
  const aliases = known.flatMap((place, i) => {
    const towns = KNOWN_CROSSINGS[i]?.towns ?? [];
    const names = [place.name, ...towns, `${towns[0]} ${towns[1] ?? ''}`];
    const distinct = new Map(names.map((name) => [normaliseName(name), name]));
    return [...distinct].map(([normalised, name]) => ({
      placeId: place.id,
      name,
      language: 'und',
      normalised,
    }));
  });
  const derived = deriveCrossings(localities, borders, known);
  const own = derived.map(({ id, name }) => ({
    placeId: id,
    name,
    language: 'und',
    normalised: normaliseName(name),
  }));
  return { places: [...known, ...derived], aliases: [...aliases, ...own] };
}

function deriveCrossings(
  localities: readonly Locality[],
  borders: BorderIndex,
  known: readonly PlaceRow[],
): PlaceRow[] {
  const takenOfPair = new Map<string, Position[]>();
  const take = (pair: readonly [string, string], position: Position): boolean => {
    const key = pair.join();
    const taken = takenOfPair.get(key) ?? [];
    if (taken.some((other) => greatCircleKm(other, position) < SEPARATION_KM)) return false;
    takenOfPair.set(key, [...taken, position]);
    return true;
  };
  for (const { borderCountries, position } of known)
    if (borderCountries !== undefined) take(borderCountries, position);
  return nearBorders(localities, borders)
    .flatMap((locality) => {
      const nearest = nearestBorder(borders, locality.position, BORDER_TOWN_KM);
      // A town whose nearest border is one of two other countries lies wrong, or the border does.
      return nearest?.countries.includes(locality.country) === true ? [{ locality, nearest }] : [];
    })
    .sort(
      (a, b) =>
        b.locality.population - a.locality.population || compare(a.locality.geonameId, b.locality.geonameId),
    )
    .filter(({ nearest }) => take(nearest.countries, nearest.position))
    .map(({ locality, nearest }) => ({
      id: placeId('derived', `crossing ${nearest.countries.join(' ')} geonames ${locality.geonameId}`),
      kind: 'crossing_point',
      name: `${locality.name} (${nearest.countries.join('–')})`,
      country: locality.country,
      adminCode: locality.adminCode,
      population: null,
      position: nearest.position,
      footprintRadiusKm: Math.max(KNOWN_FOOTPRINT_KM, toMetre(nearest.distanceKm)),
      source: 'derived',
      borderCountries: nearest.countries,
      derived: true,
    }));
}

/**
 * Those in or beside a cell through which a border runs: a tenth of all, so that only they pay for the exact
 * distance.
 */
export function nearBorders(localities: readonly Locality[], { rows }: BorderIndex): Locality[] {
  const cells = new Set<number>();
  for (const { lines } of rows) {
    for (const line of lines) {
      let last = -1;
      for (const position of densify(line, 5)) {
        const cell = cellOf(position);
        if (cell === last) continue;
        last = cell;
        // Cells narrow towards the poles: one to each side holds 10 km up to 44°, two up to 68°.
        const reach = Math.abs(position[1]) < 44 ? 1 : 2;
        for (let x = -reach; x <= reach; x += 1)
          for (let y = -1; y <= 1; y += 1) cells.add(cell + x * CELL_COLUMN + y);
      }
    }
  }
  return localities.filter(({ position }) => cells.has(cellOf(position)));
}

const CELLS_PER_DEGREE = 8;
const CELL_COLUMN = 4096;

function cellOf([longitude, latitude]: Position): number {
  return (
    Math.floor((longitude + 180) * CELLS_PER_DEGREE) * CELL_COLUMN +
    Math.floor((latitude + 90) * CELLS_PER_DEGREE)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
