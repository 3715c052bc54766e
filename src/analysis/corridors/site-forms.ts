/** As what each site is told: a known crossing point, a town, a cell, or only its country; many sites have one form, which is made once. */
import { type Cell, centreOf } from '../../geo/cells.ts';
import { PairIndex } from '../../geo/pair-index.ts';
import type { Position } from '../../geo/position.ts';
import { chordOfKm, greatCircleKm, toUnitVector } from '../../geo/sphere.ts';
import type { StopGathering } from './gathered-stops.ts';
import { longer } from './journeys.ts';
import { cellHigh, cellLow, countryOfSite, isAtBorder, placeOfSite, type Sites } from './sites.ts';

export interface KnownPlace {
  readonly id: string;
  readonly kind: 'crossing_point' | 'locality';
  readonly name: string;
  readonly country: string;
  readonly position: Position;
  readonly footprintRadiusKm: number;
  /** Of crossing points only: the two countries it joins. */
  readonly joins: readonly [string, string] | null;
  /** A crossing point that was met in a report and is in no gazetteer: it is one for those whose stops name it, and for their neighbours. */
  readonly derived: boolean;
}

export interface NodeParameters {
  /** Cells stand at this resolution, or coarser where the place is. */
  readonly nodeResolution: number;
  /** Stops at most this far from a town or a dense spot are one stage with it; 0: every cell stands alone. */
  readonly gatherKm: number;
}

/** Cells of about a kilometre: repeated detections at one post are one site. */
export const SITE_RESOLUTION = 7;
/** Coarser cells are wider than what is gathered: each stays a stage of its own. */
export const COARSEST_GATHERED = 5;
/** A border passed "at" a town is passed at the known crossing point this near to it. */
const CROSSING_REACH_KM = 15;
/** Smaller localities are told by their cell: a village named would point at a home. */
export const LEAST_NODE_POPULATION = 15_000;

/** As columns, kept from one question to the next; of each only the first `count` entries mean anything. */
export interface Forms {
  count: number;
  /** Number in `places`; -1 where it is told as none. */
  place: Int32Array<ArrayBuffer>;
  /** The halves of its cell's number; both are 0 where it is told as none. */
  high: Int32Array<ArrayBuffer>;
  low: Int32Array<ArrayBuffer>;
  /** Number of the country in the sites; -1 where none is known, or it is the place's. */
  country: Int32Array<ArrayBuffer>;
  /** A stop is gathered by a town or a dense spot near it, or gathers; -1 where it is neither: its number among them else. */
  stop: Int32Array<ArrayBuffer>;
  readonly places: string[];
}

export function emptyForms(): Forms {
  const whole = (): Int32Array<ArrayBuffer> => new Int32Array(0);
  return {
    count: 0,
    place: whole(),
    high: whole(),
    low: whole(),
    country: whole(),
    stop: whole(),
    places: [],
  };
}

/** Finds the forms of sites, and adds those that are not there yet. What it holds itself is made anew from the columns. */
export class SiteForms {
  readonly #forms: Forms;
  readonly #sites: Sites;
  readonly #stops: StopGathering;
  readonly #nodeResolution: number;
  /** By number of a place in the sites. */
  readonly #places: readonly (KnownPlace | null)[];
  readonly #crossings: readonly KnownPlace[];
  /** Of the crossings, on the unit sphere: most are far, and a straight line tells so without trigonometry. */
  readonly #vectors: Float64Array;
  readonly #ofPlaces = new Map<string, number>();
  readonly #ofCountries = new Map<number, number>();
  readonly #cells: PairIndex;
  readonly #cellsInCountries: PairIndex;
  /** By number of a cell in a country. */
  readonly #ofCells: number[] = [];

  /** `named`: places of sites where anybody stopped. */
  constructor(
    forms: Forms,
    sites: Sites,
    stops: StopGathering,
    named: ReadonlySet<string>,
    places: readonly KnownPlace[],
    { nodeResolution }: NodeParameters,
  ) {
    const byId = new Map(places.map((place) => [place.id, place]));
    this.#forms = forms;
    this.#sites = sites;
    this.#stops = stops;
    this.#nodeResolution = nodeResolution;
    this.#places = sites.places.map((id) => byId.get(id) ?? null);
    this.#crossings = places.filter(
      ({ kind, derived, id }) => kind === 'crossing_point' && (!derived || named.has(id)),
    );
    this.#vectors = Float64Array.from(this.#crossings.flatMap(({ position }) => toUnitVector(position)));
    this.#cells = new PairIndex(forms.count);
    this.#cellsInCountries = new PairIndex(forms.count);
    for (let form = 0; form < forms.count; form += 1) {
      const [place, high, country] = [forms.place[form]!, forms.high[form]!, forms.country[form]!];
      if (place >= 0) this.#ofPlaces.set(forms.places[place]!, form);
      else if (high === 0) this.#ofCountries.set(country, form);
      else this.#ofCells[this.#cellIn(high, forms.low[form]!, country)] = form;
    }
  }

  /** The number of a site's form; -1 where nothing is known of it. */
  of(site: number): number {
    const sites = this.#sites;
    const place = this.#places[placeOfSite(sites, site)] ?? null;
    const high = cellHigh(sites, site);
    if (place?.kind === 'crossing_point') return this.#ofPlace(place);
    const crossing = isAtBorder(sites, site) ? this.#nearestTo(site, place, high) : null;
    if (crossing ?? place) return this.#ofPlace((crossing ?? place) as KnownPlace);
    if (high !== 0) return this.#ofCell(site, high);
    return this.#ofCountry(countryOfSite(sites, site));
  }

  #ofPlace({ id, kind, position, country }: KnownPlace): number {
    const known = this.#ofPlaces.get(id);
    if (known !== undefined) return known;
    const stop = kind === 'locality' ? this.#stops.add(position, country, true) : -1;
    const form = this.#add(this.#forms.places.push(id) - 1, 0, 0, -1, stop);
    this.#ofPlaces.set(id, form);
    return form;
  }

  #ofCell(site: number, siteHigh: number): number {
    const siteLow = cellLow(this.#sites, site);
    const resolution = Math.min(this.#nodeResolution, resolutionIn(siteHigh));
    // The ancestor: the resolution is set, and all finer digits become 7.
    const finer = 3 * (15 - resolution);
    const high = (siteHigh & ~(15 << 20)) | (resolution << 20) | (finer > 32 ? (1 << (finer - 32)) - 1 : 0);
    const low = finer >= 32 ? -1 : siteLow | ((1 << finer) - 1);
    const country = countryOfSite(this.#sites, site);
    const number = this.#cellIn(high, low, country);
    const known = this.#ofCells[number];
    if (known !== undefined) return known;
    const { centres, countries } = this.#sites;
    const isOwn = high === siteHigh && low === siteLow;
    const position: Position = isOwn
      ? [centres[2 * site]!, centres[2 * site + 1]!]
      : centreOf(cellOf(high, low));
    const stop =
      resolution >= COARSEST_GATHERED ? this.#stops.add(position, countries[country] ?? null, false) : -1;
    const form = this.#add(-1, high, low, country, stop);
    this.#ofCells[number] = form;
    return form;
  }

  #cellIn(high: number, low: number, country: number): number {
    return this.#cellsInCountries.add(this.#cells.add(high, low), country);
  }

  #ofCountry(country: number): number {
    if (country < 0) return -1;
    const known = this.#ofCountries.get(country);
    if (known !== undefined) return known;
    const form = this.#add(-1, 0, 0, country, -1);
    this.#ofCountries.set(country, form);
    return form;
  }

  #add(place: number, high: number, low: number, country: number, stop: number): number {
    const forms = this.#forms;
    const form = forms.count;
    if (form === forms.place.length)
      for (const column of COLUMNS) forms[column] = longer(forms[column], form + 1);
    forms.place[form] = place;
    forms.high[form] = high;
    forms.low[form] = low;
    forms.country[form] = country;
    forms.stop[form] = stop;
    forms.count += 1;
    return form;
  }

  #nearestTo(site: number, place: KnownPlace | null, high: number): KnownPlace | null {
    const { centres } = this.#sites;
    const isSpot = high !== 0 && resolutionIn(high) >= COARSEST_GATHERED;
    const from: Position | null =
      place?.position ?? (isSpot ? [centres[2 * site]!, centres[2 * site + 1]!] : null);
    if (from === null) return null;
    const [x, y, z] = toUnitVector(from);
    const vectors = this.#vectors;
    let nearest: { readonly crossing: KnownPlace; readonly km: number } | null = null;
    for (let at = 0; at < vectors.length; at += 3) {
      const dx = vectors[at]! - x;
      const dy = vectors[at + 1]! - y;
      const dz = vectors[at + 2]! - z;
      if (dx * dx + dy * dy + dz * dz > SQUARED_REACH) continue;
      const crossing = this.#crossings[at / 3]!;
      const km = greatCircleKm(crossing.position, from);
      if (km > CROSSING_REACH_KM) continue;
      if (!nearest || km < nearest.km || (km === nearest.km && crossing.id < nearest.crossing.id))
        nearest = { crossing, km };
    }
    return nearest?.crossing ?? null;
  }
}

const COLUMNS = ['place', 'high', 'low', 'country', 'stop'] as const;

export function formBuffers(forms: Forms): ArrayBuffer[] {
  return COLUMNS.map((column) => forms[column].buffer);
}

/** A hair more than the reach: what is nearly as far is measured. */
const SQUARED_REACH = (chordOfKm(CROSSING_REACH_KM) * (1 + 1e-6)) ** 2;

/** Of a cell, by the upper half of its number. */
export function resolutionIn(high: number): number {
  return (high >>> 20) & 15;
}

export function cellOf(high: number, low: number): Cell {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
