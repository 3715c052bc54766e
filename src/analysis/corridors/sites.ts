/** What many waypoints share, as columns: whether at a border, the place, the country and the cell that are known of where they were. */
import { type Cell, centreOf } from '../../geo/cells.ts';
import { emptyJourneys, type Journeys, journeyOf, longer } from './journeys.ts';

/** Plain values; a hundred thousand sites in a few MB. */
export interface Sites {
  /** Each a sequence of FIELDS numbers. */
  readonly known: Journeys;
  /** Longitude and latitude of each site's cell, NaN where it has none: worked out once. */
  centres: Float64Array<ArrayBuffer>;
  /** Ids of places and alpha-3 codes of countries, by their numbers in the sequences. */
  readonly places: string[];
  readonly countries: string[];
}

const FIELDS = 5;

export function emptySites(): Sites {
  return { known: emptyJourneys(), centres: new Float64Array(0), places: [], countries: [] };
}

export function countSites({ known }: Sites): number {
  return known.count;
}

/** Numbers sites by their lines: whether at a border, place, country, cell (empty where it is not known). */
export class SiteNumbering {
  readonly #sites: Sites;
  readonly #places: Map<string, number>;
  readonly #countries: Map<string, number>;
  readonly #fields = new Int32Array(FIELDS);

  constructor(sites: Sites) {
    this.#sites = sites;
    this.#places = new Map(sites.places.map((place, number) => [place, number]));
    this.#countries = new Map(sites.countries.map((country, number) => [country, number]));
  }

  of(line: string): number {
    const [atBorder, place, country, text] = line.split('\t') as [string, string, string, string];
    const cell = text === '' ? NO_CELL : BigInt(text);
    this.#fields.set([
      atBorder === 't' ? 1 : 0,
      numberOf(place, this.#sites.places, this.#places),
      numberOf(country, this.#sites.countries, this.#countries),
      Number(BigInt.asIntN(32, cell >> 32n)),
      Number(BigInt.asIntN(32, cell)),
    ]);
    const before = this.#sites.known.count;
    const number = journeyOf(this.#sites.known, this.#fields, 0, FIELDS);
    if (number === before) this.#place(number, cell);
    return number;
  }

  #place(number: number, cell: Cell): void {
    const sites = this.#sites;
    if (2 * number + 2 > sites.centres.length) sites.centres = longer(sites.centres, 2 * number + 2);
    sites.centres.set(cell === NO_CELL ? [Number.NaN, Number.NaN] : centreOf(cell), 2 * number);
  }
}

/** No cell of H3 has this number. */
const NO_CELL = 0n;

function numberOf(name: string, names: string[], numbers: Map<string, number>): number {
  if (name === '') return -1;
  const known = numbers.get(name) ?? names.push(name) - 1;
  numbers.set(name, known);
  return known;
}

export function isAtBorder({ known }: Sites, site: number): boolean {
  return known.stops[FIELDS * site] === 1;
}

/** Number of the place; -1 where none is known. */
export function placeOfSite({ known }: Sites, site: number): number {
  return known.stops[FIELDS * site + 1]!;
}

/** Number of the country; -1 where none is known. */
export function countryOfSite({ known }: Sites, site: number): number {
  return known.stops[FIELDS * site + 2]!;
}

/** The halves of its cell's number; both are 0 where none is known. */
export function cellHigh({ known }: Sites, site: number): number {
  return known.stops[FIELDS * site + 3]!;
}

export function cellLow({ known }: Sites, site: number): number {
  return known.stops[FIELDS * site + 4]!;
}
