/** Rows of places as columns, each made into an object only when it is asked for. */
import { type Section, type Sections } from './packed-sections.ts';
import { packTexts, Texts } from './packed-texts.ts';
import { PLACE_KINDS, type PlaceId, type PlaceRow } from './place-rows.ts';

/** Where a row has no population. */
const NONE = 0xffff_ffff;
const ID_BYTES = 16;

export function packPlaces(places: readonly PlaceRow[]): Record<string, Section> {
  const ids = new Uint8Array(places.length * ID_BYTES);
  places.forEach(({ id }, i) => ids.set(idBytes(id), i * ID_BYTES));
  const buffer = Buffer.from(ids.buffer);
  const byId = Array.from(places.keys()).sort((a, b) => compareIds(buffer, b, buffer, a));
  const column = (of: (place: PlaceRow) => number): Float64Array => Float64Array.from(places, of);
  return {
    ids,
    byId: Uint32Array.from(byId),
    kind: Uint8Array.from(places, ({ kind }) => PLACE_KINDS.indexOf(kind)),
    population: Uint32Array.from(places, ({ population }) => population ?? NONE),
    longitude: column(({ position }) => position[0]),
    latitude: column(({ position }) => position[1]),
    radius: column(({ footprintRadiusKm }) => footprintRadiusKm),
    // 0: not said; 1: a known crossing point; 2: derived.
    derived: Uint8Array.from(places, ({ derived }) => (derived === undefined ? 0 : derived ? 2 : 1)),
    ...packTexts(
      'name',
      places.map(({ name }) => name),
    ),
    ...packFew('country', places, ({ country }) => country),
    ...packFew('adminCode', places, ({ adminCode }) => adminCode ?? ''),
    ...packFew('source', places, ({ source }) => source),
    ...packFew('pair', places, ({ borderCountries }) => borderCountries?.join(' ') ?? ''),
  };
}

export class PackedPlaces {
  readonly #ids: Buffer;
  readonly #byId: Uint32Array;
  readonly #kind: Uint8Array;
  readonly #population: Uint32Array;
  readonly #longitude: Float64Array;
  readonly #latitude: Float64Array;
  readonly #radius: Float64Array;
  readonly #derived: Uint8Array;
  readonly #name: Texts;
  readonly #country: Few;
  readonly #adminCode: Few;
  readonly #source: Few;
  readonly #pair: Few;

  constructor(sections: Sections) {
    const ids = sections.bytes('ids');
    this.#ids = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
    this.#byId = sections.numbers('byId');
    this.#kind = sections.bytes('kind');
    this.#population = sections.numbers('population');
    this.#longitude = sections.doubles('longitude');
    this.#latitude = sections.doubles('latitude');
    this.#radius = sections.doubles('radius');
    this.#derived = sections.bytes('derived');
    this.#name = new Texts(sections, 'name');
    this.#country = new Few(sections, 'country');
    this.#adminCode = new Few(sections, 'adminCode');
    this.#source = new Few(sections, 'source');
    this.#pair = new Few(sections, 'pair');
  }

  get length(): number {
    return this.#kind.length;
  }
  get longitudes(): Float64Array {
    return this.#longitude;
  }
  get latitudes(): Float64Array {
    return this.#latitude;
  }

  kind(row: number): PlaceRow['kind'] {
    return PLACE_KINDS[this.#kind[row] ?? 0] ?? 'country';
  }
  country(row: number): string {
    return this.#country.at(row);
  }
  population(row: number): number | null {
    const population = this.#population[row] ?? NONE;
    return population === NONE ? null : population;
  }

  at(row: number): PlaceRow {
    const pair = this.#pair.at(row);
    const derived = this.#derived[row];
    return {
      id: this.#id(row),
      kind: this.kind(row),
      name: this.#name.at(row),
      country: this.country(row),
      adminCode: this.#adminCode.at(row) || null,
      population: this.population(row),
      position: [this.#longitude[row] ?? 0, this.#latitude[row] ?? 0],
      footprintRadiusKm: this.#radius[row] ?? 0,
      source: this.#source.at(row),
      ...(pair === '' ? {} : { borderCountries: pair.split(' ') as [string, string] }),
      ...(derived === 0 ? {} : { derived: derived === 2 }),
    };
  }

  /** The row of an id, or −1. */
  find(id: string): number {
    const wanted = idBytes(id);
    if (wanted.length !== ID_BYTES) return -1;
    let low = 0;
    let high = this.#byId.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const row = this.#byId[middle] ?? 0;
      const order = compareIds(wanted, 0, this.#ids, row);
      if (order === 0) return row;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #id(row: number): PlaceId {
    const hex = this.#ids.toString('hex', row * ID_BYTES, (row + 1) * ID_BYTES);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as PlaceId;
  }
}

/** A column of few different texts: each kept once. */
class Few {
  readonly #texts: readonly string[];
  readonly #code: Uint16Array;

  constructor(sections: Sections, name: string) {
    const texts = new Texts(sections, name);
    this.#texts = Array.from({ length: texts.length }, (_, i) => texts.at(i));
    this.#code = sections.shorts(`${name}.code`);
  }

  at(row: number): string {
    return this.#texts[this.#code[row] ?? 0] ?? '';
  }
}

const MOST_FEW = 0xffff;

function packFew(
  name: string,
  places: readonly PlaceRow[],
  of: (place: PlaceRow) => string,
): Record<string, Section> {
  const codes = new Map<string, number>();
  const code = Uint16Array.from(places, (place) => {
    const text = of(place);
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, codes.size);
    return codes.size - 1;
  });
  if (codes.size > MOST_FEW)
    throw new Error(`the gazetteer has ${codes.size} different texts of ${name}, room for ${MOST_FEW}`);
  return { ...packTexts(name, [...codes.keys()]), [`${name}.code`]: code };
}

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** Positive when the first comes before the second; rows of sixteen bytes. */
function compareIds(first: Buffer, a: number, second: Buffer, b: number): number {
  return second.compare(first, a * ID_BYTES, (a + 1) * ID_BYTES, b * ID_BYTES, (b + 1) * ID_BYTES);
}
