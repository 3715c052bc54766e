/** The nodes that sites' forms stand for, made when they are asked for: of some ten thousand few are ever shown. */
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import { centreOf, inradiusKm, resolutionOf, toIndex } from '../../geo/cells.ts';
import { COUNTRY_BY_CODE } from '../../places/countries.ts';
import type { PlaceNode, PlaceNodes } from './place-graph.ts';
import { COARSEST_GATHERED, cellOf, type Forms, type KnownPlace } from './site-forms.ts';

export class FormNodes implements PlaceNodes {
  readonly #forms: Forms;
  /** By number of a node, its form. */
  readonly #formOf: Int32Array;
  readonly #countries: readonly string[];
  readonly #places: ReadonlyMap<string, KnownPlace>;
  readonly #nodes: PlaceNode[] = [];

  /** `countries`: of the sites. */
  constructor(forms: Forms, formOf: Int32Array, countries: readonly string[], places: readonly KnownPlace[]) {
    this.#forms = forms;
    this.#formOf = formOf;
    this.#countries = countries;
    this.#places = new Map(places.map((place) => [place.id, place]));
  }

  get size(): number {
    return this.#formOf.length;
  }

  node(number: number): PlaceNode {
    const known = this.#nodes[number];
    if (known !== undefined) return known;
    const form = this.#formOf[number];
    if (form === undefined)
      throw new RangeError(`place graph: found node ${number}, wanted less than ${this.size}`);
    const node = this.#make(form);
    this.#nodes[number] = node;
    return node;
  }

  #make(form: number): PlaceNode {
    const { place, high, low, country, stop, places } = this.#forms;
    if (place[form]! >= 0) return placeNode(this.#places.get(places[place[form]!]!)!, stop[form]! >= 0);
    const code = this.#countries[country[form]!] ?? null;
    return high[form] === 0
      ? countryNode(code!)
      : cellNode(stop[form]! >= 0, cellOf(high[form]!, low[form]!), code);
  }
}

function placeNode(
  { id, name, position, footprintRadiusKm, country, joins }: KnownPlace,
  isTown: boolean,
): PlaceNode {
  const node = {
    key: `place:${id}`,
    label: name,
    position: [normaliseLongitude(position[0]), position[1]] as const,
    radiusKm: footprintRadiusKm,
    level: isTown ? ('locality' as const) : ('exact' as const),
  };
  return joins ? { ...node, country: null, joins } : { ...node, country };
}

function cellNode(isGathered: boolean, cell: bigint, country: string | null): PlaceNode {
  const resolution = resolutionOf(cell);
  const [longitude, latitude] = centreOf(cell);
  return {
    key: `${isGathered ? 'near' : 'cell'}:${toIndex(cell)}:${country ?? ''}`,
    label: toIndex(cell),
    position: [normaliseLongitude(longitude), latitude],
    country,
    radiusKm: inradiusKm(resolution),
    level: resolution >= COARSEST_GATHERED ? 'locality' : 'admin',
  };
}

function countryNode(country: string): PlaceNode {
  const label = COUNTRY_BY_CODE.get(country)?.name ?? country;
  return { key: `country:${country}`, label, position: null, country, radiusKm: null, level: 'country' };
}
