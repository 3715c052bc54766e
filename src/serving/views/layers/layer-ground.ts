/** Where features of layers lie: points, lines and areas that follow from country codes and cells of the fixed grids, never from a record. */
import { boundaryOf, centreOf, fromIndex, inradiusKm, resolutionOf } from '../../../geo/cells.ts';
import type { Position } from '../../../geo/position.ts';
import { densify } from '../../../geo/sphere.ts';
import { nearestBorder } from '../../../places/border-crossings.ts';
import type { BorderIndex } from '../../../places/border-index.ts';
import { COUNTRY_BY_CODE } from '../../../places/countries.ts';
import { type Geometry, lineGeometry } from '../../exports/geometry.ts';
import type { CountryPair } from './layer-feature.ts';

const STEP_KM = 200;
/** A corner of a hexagon is farther from its middle than a side. */
const CORNER = 2 / Math.sqrt(3);
const DIGITS = 10_000;

/** null of a code that is none. */
export function countryPoint(code: string): Position | null {
  return COUNTRY_BY_CODE.get(code)?.centre ?? null;
}

export function cellPoint(cell: string): Position {
  return rounded(centreOf(fromIndex(cell)));
}

/** Great circles from one to the next, cut at the antimeridian. Countries that are none are left out; a point where all are one place. */
export function lineThrough(points: readonly (Position | null)[]): Geometry | null {
  const known = points.flatMap((point) => (point === null ? [] : [point]));
  return lineGeometry(densify(known, STEP_KM).map(rounded));
}

export function outlineOfCells(cells: readonly string[]): Geometry {
  return {
    type: 'MultiPolygon',
    coordinates: cells.flatMap((cell) =>
      boundaryOf(fromIndex(cell)).map((rings) => rings.map((ring) => ring.map(rounded))),
    ),
  };
}

/**
 * The border that runs through a cell: nearest its middle, and no farther than its corners. With `ends` theirs if it is one, else the nearest of the first one's, else of the second's.
 */
export function borderOf(
  borders: BorderIndex,
  cell: string,
  ends: readonly string[] = [],
): CountryPair | null {
  const at = centreOf(fromIndex(cell));
  const reachKm = inradiusKm(resolutionOf(fromIndex(cell))) * CORNER;
  const wanted = [...new Set(ends)];
  if (wanted.length === 0) return nearestBorder(borders, at, reachKm)?.countries ?? null;
  const pairs = borders.rows.map(({ countries }) => countries);
  for (const mine of [
    pairs.filter((pair) => wanted.length === 2 && pair.every((country) => wanted.includes(country))),
    ...wanted.map((country) => pairs.filter((pair) => pair.includes(country))),
  ]) {
    const near = mine
      .flatMap((pair) => nearestBorder(borders, at, reachKm, pair) ?? [])
      .sort((a, b) => a.distanceKm - b.distanceKm)[0];
    if (near !== undefined) return near.countries;
  }
  return null;
}

/** To some ten metres: cells and countries are known by their names, and the same everywhere. */
function rounded([longitude, latitude]: Position): Position {
  return [Math.round(longitude * DIGITS) / DIGITS, Math.round(latitude * DIGITS) / DIGITS];
}
