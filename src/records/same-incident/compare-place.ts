/** Where two incidents happened, compared by their footprints: a place is never worth more than it is known. */
import { type Cell, centreOf, inradiusKm } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { AREA_RESOLUTION, type Level, NEAR_KM, PLACE, SPOT_KM, TOWN_KM } from './evidence-levels.ts';

export interface SeenPlace {
  /** null where it is an area, or shown coarsely. */
  readonly position: Position | null;
  /** H3 cell no finer than the place is known; null where nothing finer than a country is. */
  readonly cell: Cell | null;
  readonly resolution: number | null;
  /** ISO 3166-1 alpha-3. */
  readonly country: string | null;
  /** What the gazetteer says it is: country, admin_area, crossing_point, locality. */
  readonly kind: string | null;
}

interface Footprint {
  readonly centre: Position;
  readonly radiusKm: number;
  readonly area: boolean;
}

/** H3's cells differ in size, and one stands a little out of its parent: half an edge more holds all of it. */
const CELL_REACH = 1.5 * (2 / Math.sqrt(3));

/** null: at least one of the places is not known. */
export function comparePlaces(a: SeenPlace, b: SeenPlace): Level | null {
  const one = footprintOf(a);
  const other = footprintOf(b);
  if (one === null || other === null) return compareCountries(a.country, b.country);
  const km = greatCircleKm(one.centre, other.centre);
  const reach = one.radiusKm + other.radiusKm;
  if (km > reach) return level(km - reach > NEAR_KM ? 'apart' : 'near');
  if (one.area || other.area) return level('sameArea');
  if (reach <= SPOT_KM) return level('sameSpot');
  return level(reach <= TOWN_KM ? 'sameTown' : 'sameDistrict');
}

function footprintOf({ position, cell, resolution, kind }: SeenPlace): Footprint | null {
  if (cell === null || resolution === null) return null;
  const area = resolution <= AREA_RESOLUTION || kind === 'admin_area' || kind === 'country';
  // A cell is chosen so that it holds the footprint, so its inner radius is a bound of the uncertainty.
  const inner = inradiusKm(resolution);
  if (position !== null) return { centre: position, radiusKm: inner, area };
  return { centre: centreOf(cell), radiusKm: inner * CELL_REACH, area };
}

function compareCountries(a: string | null, b: string | null): Level | null {
  if (a === null || b === null) return null;
  return level(a === b ? 'sameArea' : 'otherCountry');
}

function level(name: string): Level {
  return PLACE[name] as Level;
}
