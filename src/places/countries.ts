/** The countries and territories of ISO 3166-1, and Kosovo, as world-countries lists them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Countries } from 'world-countries';
import type { Position } from '../geo/position.ts';

/** One country. `code` is ISO 3166-1 alpha-3, XKX for Kosovo. */
export interface CountryFacts {
  readonly code: string;
  readonly alpha2: string;
  /** ISO numeric = UN M49, three digits; empty for Kosovo, which has none. */
  readonly m49: string;
  readonly name: string;
  /** Land and inland water, km². */
  readonly areaKm2: number;
  /** A point its publisher chose: rounded, mostly inside. */
  readonly centre: Position;
  readonly region: string;
  readonly subregion: string;
  /** Neighbours by land, alpha-3. */
  readonly neighbours: readonly string[];
  /** Member of the United Nations, or counted as independent by the list's authors. */
  readonly sovereign: boolean;
  /** With ISO 639-3 languages; "eng" also for other spellings without a language. */
  readonly names: readonly { readonly name: string; readonly language: string }[];
  readonly demonyms: readonly string[];
  /** Digits that begin its telephone numbers abroad, like 977; null where it has none of its own. */
  readonly callingCode: string | null;
}

// The file is read, not imported: 1.4 MB of literal types would be inferred from it on every type check.
const file = createRequire(import.meta.url).resolve('world-countries/countries.json');
const listed = JSON.parse(readFileSync(file, 'utf8')) as Countries;

/** 250, in the order of the source. */
export const COUNTRIES: readonly CountryFacts[] = listed.map((country) => ({
  code: toCode(country.cca3),
  alpha2: country.cca2,
  m49: country.ccn3,
  name: country.name.common,
  areaKm2: Math.max(country.area, 1),
  centre: [country.latlng[1], country.latlng[0]],
  region: country.region,
  subregion: country.subregion,
  neighbours: country.borders.map(toCode),
  sovereign: country.unMember || country.independent,
  names: [
    ...[country.name.common, country.name.official, ...country.altSpellings].map((name) => ({
      name,
      language: 'eng',
    })),
    ...Object.entries(country.name.native).flatMap(([language, { common, official }]) => [
      { name: common, language },
      { name: official, language },
    ]),
    ...Object.entries(country.translations).map(([language, { common }]) => ({ name: common, language })),
  ],
  demonyms: Object.values(country.demonyms ?? {}).flatMap(({ f, m }) => [f, m].filter(Boolean)),
  callingCode: callingCode(country.idd),
}));

export const COUNTRY_BY_CODE: ReadonlyMap<string, CountryFacts> = new Map(
  COUNTRIES.map((country) => [country.code, country]),
);

/** world-countries writes UNK for Kosovo; XKX is what the World Bank, the EU and country-coder write. */
function toCode(cca3: string): string {
  return cca3 === 'UNK' ? 'XKX' : cca3;
}

/** Several suffixes of one country are areas of its numbers, not codes: +1 and +7 are whole without them. */
function callingCode({ root, suffixes }: Countries[number]['idd']): string | null {
  const digits = root.replace('+', '');
  if (digits === '' || suffixes.length === 0) return null;
  if (digits === '1' || digits === '7') return digits;
  const [shortest = ''] = suffixes.toSorted((a, b) => a.length - b.length);
  return `${digits}${shortest}`;
}
