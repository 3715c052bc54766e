/** As what each site is told: a known crossing point, a town, a cell, or only its country; many sites have one form, which is made once. */
import { centreOf, inradiusKm, resolutionOf, toIndex } from '../../geo/cells.ts';
import { PairIndex } from '../../geo/pair-index.ts';
import type { Position } from '../../geo/position.ts';
import { chordOfKm, greatCircleKm, toUnitVector } from '../../geo/sphere.ts';
import { COUNTRY_BY_CODE } from '../../places/countries.ts';
import type { PlaceNode } from './place-graph.ts';
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
const COARSEST_GATHERED = 5;
/** A border passed "at" a town is passed at the known crossing point this near to it. */
const CROSSING_REACH_KM = 15;
/** Smaller localities are told by their cell: a village named would point at a home. */
export const LEAST_NODE_POPULATION = 15_000;

/** A stop is gathered by a town or a dense spot near it, or gathers; what is fixed is neither. */
export interface Form {
  readonly kind: 'fixed' | 'stop';
  readonly node: PlaceNode;
  readonly isTown: boolean;
}

export class SiteForms {
  readonly list: Form[] = [];
  readonly #sites: Sites;
  readonly #nodeResolution: number;
  /** By number of a place in the sites. */
  readonly #places: readonly (KnownPlace | null)[];
  readonly #crossings: readonly KnownPlace[];
  /** Of the crossings, on the unit sphere: most are far, and a straight line tells so without trigonometry. */
  readonly #vectors: Float64Array;
  readonly #ofPlaces = new Map<string, number>();
  readonly #ofCountries = new Map<number, number>();
  readonly #cells = new PairIndex();
  readonly #cellsInCountries = new PairIndex();
  /** By number of a cell in a country. */
  readonly #ofCells: number[] = [];

  /** `named`: places of sites where anybody stopped. */
  constructor(
    sites: Sites,
    named: ReadonlySet<string>,
    places: readonly KnownPlace[],
    { nodeResolution }: NodeParameters,
  ) {
    const byId = new Map(places.map((place) => [place.id, place]));
    this.#sites = sites;
    this.#nodeResolution = nodeResolution;
    this.#places = sites.places.map((id) => byId.get(id) ?? null);
    this.#crossings = places.filter(
      ({ kind, derived, id }) => kind === 'crossing_point' && (!derived || named.has(id)),
    );
    this.#vectors = Float64Array.from(this.#crossings.flatMap(({ position }) => toUnitVector(position)));
  }

  /** The number in `list` of a site's form; -1 where nothing is known of it. */
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

  #ofPlace(place: KnownPlace): number {
    const known = this.#ofPlaces.get(place.id);
    if (known !== undefined) return known;
    const isTown = place.kind === 'locality';
    const form = this.#add({
      kind: isTown ? 'stop' : 'fixed',
      node: placeNode(place, isTown ? 'locality' : 'exact'),
      isTown,
    });
    this.#ofPlaces.set(place.id, form);
    return form;
  }

  #ofCell(site: number, high: number): number {
    const low = cellLow(this.#sites, site);
    const resolution = Math.min(this.#nodeResolution, resolutionIn(high));
    // The ancestor: the resolution is set, and all finer digits become 7.
    const finer = 3 * (15 - resolution);
    const ownHigh = (high & ~(15 << 20)) | (resolution << 20) | (finer > 32 ? (1 << (finer - 32)) - 1 : 0);
    const ownLow = finer >= 32 ? -1 : low | ((1 << finer) - 1);
    const country = countryOfSite(this.#sites, site);
    const number = this.#cellsInCountries.add(this.#cells.add(ownHigh, ownLow), country);
    const known = this.#ofCells[number];
    if (known !== undefined) return known;
    const cell = (BigInt(ownHigh >>> 0) << 32n) | BigInt(ownLow >>> 0);
    const { centres, countries } = this.#sites;
    const isOwn = ownHigh === high && ownLow === low;
    const position: Position = isOwn ? [centres[2 * site]!, centres[2 * site + 1]!] : centreOf(cell);
    const isGathered = resolution >= COARSEST_GATHERED;
    const form = this.#add({
      kind: isGathered ? 'stop' : 'fixed',
      node: cellNode(isGathered ? 'near' : 'cell', cell, position, countries[country] ?? null),
      isTown: false,
    });
    this.#ofCells[number] = form;
    return form;
  }

  #ofCountry(number: number): number {
    const country = this.#sites.countries[number];
    if (country === undefined) return -1;
    const known = this.#ofCountries.get(number);
    if (known !== undefined) return known;
    const label = COUNTRY_BY_CODE.get(country)?.name ?? country;
    const node = { key: `country:${country}`, label, position: null, country, radiusKm: null };
    const form = this.#add({ kind: 'fixed', node: { ...node, level: 'country' }, isTown: false });
    this.#ofCountries.set(number, form);
    return form;
  }

  #add(form: Form): number {
    return this.list.push(form) - 1;
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

/** A hair more than the reach: what is nearly as far is measured. */
const SQUARED_REACH = (chordOfKm(CROSSING_REACH_KM) * (1 + 1e-6)) ** 2;

/** Of a cell, by the upper half of its number. */
export function resolutionIn(high: number): number {
  return (high >>> 20) & 15;
}

function placeNode(place: KnownPlace, level: PlaceNode['level']): PlaceNode {
  const { id, name, position, footprintRadiusKm, joins } = place;
  const node = { key: `place:${id}`, label: name, position, radiusKm: footprintRadiusKm, level };
  return joins ? { ...node, country: null, joins } : { ...node, country: place.country };
}

function cellNode(
  kind: 'near' | 'cell',
  cell: bigint,
  position: Position,
  country: string | null,
): PlaceNode {
  const resolution = resolutionOf(cell);
  return {
    key: `${kind}:${toIndex(cell)}:${country ?? ''}`,
    label: toIndex(cell),
    position,
    country,
    radiusKm: inradiusKm(resolution),
    level: resolution >= COARSEST_GATHERED ? 'locality' : 'admin',
  };
}
