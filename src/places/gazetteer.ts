/**
 * The gazetteer: every place a report can name, offline, from packages; the same rows with the same ids on
 * every machine.
 */
import { greatCircleKm } from '../geo/sphere.ts';
import { buildAdminAreas } from './admin-areas.ts';
import { indexBorders } from './border-index.ts';
import { type BorderPolicy, DEFAULT_BORDER_POLICY } from './border-policy.ts';
import { type BorderRow, buildBorders } from './borders.ts';
import { COUNTRIES } from './countries.ts';
import { namesOfCountry } from './country-names.ts';
import { countryOf } from './country-of.ts';
import { buildCrossingPoints, nearBorders } from './crossing-points.ts';
import { type Locality, readAreaNames, readLocalities } from './geonames.ts';
import { normaliseName } from './normalise-name.ts';
import { type AliasRow, type PlaceId, type PlaceRow, placeId } from './place-rows.ts';

export interface Gazetteer {
  readonly places: readonly PlaceRow[];
  readonly aliases: readonly AliasRow[];
  readonly borders: readonly BorderRow[];
}

export interface GazetteerOptions {
  readonly policy?: BorderPolicy;
  /**
   * Localities with fewer inhabitants are left out, unless they are the seat of an area or lie at a land
   * border. 1,000 keeps three in four of GeoNames' rows; 15,000 makes a gazetteer of a quarter of the size
   * for demonstrations.
   */
  readonly minimumPopulation?: number;
}

/**
 * Countries, then areas, crossing points and localities, each in a fixed order; aliases in the order of their
 * places. 3 to 4 s.
 */
export function buildGazetteer(options: GazetteerOptions = {}): Gazetteer {
  const { policy = DEFAULT_BORDER_POLICY, minimumPopulation = 1000 } = options;
  const borders = buildBorders(policy);
  const index = indexBorders(borders);
  const listed = readLocalities();
  const atBorder = new Set(nearBorders(listed, index));
  const localities = listed.filter(
    (locality) =>
      locality.population >= minimumPopulation ||
      atBorder.has(locality) ||
      (minimumPopulation <= 1000 ? locality.isSeat : locality.isFirstSeat),
  );
  const countries = buildCountries(listed, policy);
  const areas = buildAdminAreas(listed, readAreaNames());
  const crossings = buildCrossingPoints([...atBorder], index);
  const towns = localities.map(toRow);
  return {
    places: [...countries, ...areas, ...crossings.places, ...towns],
    aliases: [
      ...COUNTRIES.flatMap((country, i) => aliasesOf(countries[i]?.id, namesOfCountry(country))),
      ...areas.flatMap(({ id, name }) => aliasesOf(id, [{ name, language: 'und' }])),
      ...crossings.aliases,
      ...localities.flatMap((locality, i) => aliasesOf(towns[i]?.id, namesOfLocality(locality))),
    ],
    borders,
  };
}

/**
 * A country's radius reaches 99 % of its localities: hundreds of km, so that it never becomes a point on a
 * map of hotspots.
 */
function buildCountries(localities: readonly Locality[], policy: BorderPolicy): PlaceRow[] {
  const inside = new Map<string, Locality[]>();
  for (const locality of localities) {
    const found = inside.get(locality.country);
    if (found === undefined) inside.set(locality.country, [locality]);
    else found.push(locality);
  }
  return COUNTRIES.map(({ code, name, centre, areaKm2 }) => {
    const towns = inside.get(code) ?? [];
    const capital = towns.reduce<Locality | undefined>(
      (best, town) => (isGreater(town, best) ? town : best),
      undefined,
    );
    const position = countryOf(centre, policy) === code ? centre : (capital?.position ?? centre);
    const distances = towns.map((town) => greatCircleKm(position, town.position)).sort((a, b) => a - b);
    const reach = distances[Math.ceil(0.99 * distances.length) - 1] ?? 0;
    return {
      id: placeId('world-countries', code),
      kind: 'country',
      name,
      country: code,
      adminCode: null,
      population: null,
      position,
      footprintRadiusKm: Math.ceil(Math.max(2, reach, Math.sqrt(areaKm2 / Math.PI))),
      source: 'world-countries',
    };
  });
}

function isGreater(town: Locality, best: Locality | undefined): boolean {
  return best === undefined || town.population > best.population;
}

function toRow(locality: Locality): PlaceRow {
  const { geonameId, name, country, adminCode, population, position } = locality;
  return {
    id: placeId('geonames', geonameId),
    kind: 'locality',
    name,
    country,
    adminCode,
    population: population || null,
    position,
    footprintRadiusKm: townRadiusKm(population),
    source: 'geonames',
  };
}

/**
 * The disc a town fills at 4,000 inhabitants per km², a usual density of built-up land in Asia and Africa; at
 * least 2 km, because GeoNames' positions are that rough, and because "at the village" includes its fields.
 */
function townRadiusKm(population: number): number {
  return Math.round(10 * Math.max(2, Math.sqrt(population / 4000 / Math.PI))) / 10;
}

function aliasesOf(
  id: PlaceId | undefined,
  names: readonly { readonly name: string; readonly language: string }[],
): AliasRow[] {
  const seen = new Set<string>();
  const aliases: AliasRow[] = [];
  for (const { name, language } of names) {
    const normalised = normaliseName(name);
    // A single letter or sign names nothing, in Latin letters; one Han character may.
    if (id === undefined || normalised === '' || seen.has(normalised) || /^[a-z0-9]$/.test(normalised))
      continue;
    seen.add(normalised);
    aliases.push({ placeId: id, name, language, normalised });
  }
  return aliases;
}

function namesOfLocality(locality: Locality): { name: string; language: string }[] {
  const large = locality.population >= 15_000 || locality.isFirstSeat;
  return [locality.name, ...locality.otherNames.split(',')]
    .filter((name) => large || isWrittenThere(name, locality.country))
    .map((name) => ({ name, language: 'und' }));
}

/**
 * GeoNames has Chinese and Russian transcriptions of most villages of Europe and America: a third of all
 * aliases, of no use.
 */
function isWrittenThere(name: string, country: string): boolean {
  const letter = name.codePointAt(0) ?? 0;
  if (letter >= 0x0400 && letter < 0x0530) return CYRILLIC.has(country);
  if (letter >= 0x3040) return EAST_ASIAN.has(country);
  return true;
}

const CYRILLIC = new Set(
  'RUS UKR BLR KAZ KGZ TJK UZB TKM MNG BGR SRB MKD MNE BIH XKX MDA GEO ARM AZE EST LVA LTU'.split(' '),
);
const EAST_ASIAN = new Set('CHN TWN HKG MAC JPN KOR PRK SGP MYS'.split(' '));
