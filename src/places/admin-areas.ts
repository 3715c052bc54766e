/**
 * Administrative areas of two levels, placed by the localities that lie in them, because no package has their
 * outlines.
 */
import { greatCircleKm } from '../geo/sphere.ts';
import { COUNTRY_BY_CODE } from './countries.ts';
import type { Locality } from './geonames.ts';
import { type PlaceRow, placeId } from './place-rows.ts';

/**
 * One row for each named area. Its position is that of its seat or largest locality (so inside); its radius
 * reaches 95 % of its localities. With fewer than five it is at least that of a disc of the country's mean
 * area per unit of the level: half of the world's second-level areas have but one or two localities here. An
 * area with none takes the point and the radius of the area above it: somewhere in there it lies.
 */
export function buildAdminAreas(
  localities: readonly Locality[],
  names: ReadonlyMap<string, string>,
): readonly PlaceRow[] {
  const members = new Map<string, Locality[]>();
  const join = (code: string, locality: Locality): void => {
    const found = members.get(code);
    if (found === undefined) members.set(code, [locality]);
    else found.push(locality);
  };
  for (const locality of localities) {
    if (locality.adminCode === null) continue;
    const parts = locality.adminCode.split('.');
    join(`${parts[0]}.${parts[1]}`, locality);
    if (parts.length > 2) join(locality.adminCode, locality);
  }
  const meanRadiusKm = meanRadii(names);
  const rows = new Map<string, PlaceRow>();
  for (const [code, inside] of members) {
    const name = names.get(code);
    if (name !== undefined) rows.set(code, toRow(code, name, inside, meanRadiusKm));
  }
  for (const [code, name] of names) {
    const above = rows.get(code.split('.').slice(0, 2).join('.'));
    if (rows.has(code) || above === undefined) continue;
    rows.set(code, {
      ...above,
      id: placeId('geonames', `area ${code}`),
      name,
      adminCode: code,
      population: null,
    });
  }
  return [...rows.values()].sort((a, b) => ((a.adminCode ?? '') < (b.adminCode ?? '') ? -1 : 1));
}

function toRow(
  code: string,
  name: string,
  inside: readonly Locality[],
  meanRadiusKm: (alpha2: string, level: number, country: string) => number,
): PlaceRow {
  const level = code.split('.').length - 1;
  const rank = (locality: Locality): number =>
    locality.population +
    (level === 1 && locality.isFirstSeat ? 1e9 : 0) +
    (level === 2 && locality.isSeat ? 1e6 : 0);
  const seat = inside.reduce((best, each) => (rank(each) > rank(best) ? each : best));
  const distances = inside
    .map(({ position }) => greatCircleKm(seat.position, position))
    .sort((a, b) => a - b);
  const reach = distances[Math.ceil(0.95 * distances.length) - 1] ?? 0;
  const least = inside.length < 5 ? meanRadiusKm(code.slice(0, 2), level, seat.country) : 5;
  return {
    id: placeId('geonames', `area ${code}`),
    kind: 'admin_area',
    name,
    country: seat.country,
    adminCode: code,
    population: inside.reduce((sum, { population }) => sum + population, 0) || null,
    position: seat.position,
    footprintRadiusKm: Math.max(2, Math.round(Math.max(reach, least))),
    source: 'geonames',
  };
}

/** The radius of a disc with the country's area divided by its number of units at a level. */
function meanRadii(
  names: ReadonlyMap<string, string>,
): (alpha2: string, level: number, country: string) => number {
  const units = new Map<string, number>();
  for (const code of names.keys()) {
    const key = `${code.slice(0, 2)} ${code.split('.').length - 1}`;
    units.set(key, (units.get(key) ?? 0) + 1);
  }
  return (alpha2, level, country) => {
    const area = COUNTRY_BY_CODE.get(country)?.areaKm2 ?? 0;
    return Math.sqrt(area / Math.PI / (units.get(`${alpha2} ${level}`) ?? 1));
  };
}
