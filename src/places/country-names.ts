/** Which countries a name, a demonym or a code can mean, in many languages. */
import { COUNTRIES, type CountryFacts } from './countries.ts';
import { foldName } from './normalise-name.ts';

/**
 * The country a text means, as alpha-3: its name or a usual other name in some thirty languages, an English
 * or French demonym, or a code (alpha-2, alpha-3 in capitals; three-digit UN M49). Null when it means none,
 * or several ("Congolese", "Dominican").
 */
export function countryByName(text: string): string | null {
  const codes = countriesByName(text);
  return codes.length === 1 ? (codes[0] ?? null) : null;
}

/**
 * All countries the text can mean; empty for none. Names go before translations, these before demonyms; among
 * equals a sovereign state goes before its territories ("American" is of USA, not of the Northern Marianas).
 */
export function countriesByName(text: string): readonly string[] {
  const trimmed = text.trim();
  const byCode = CODES.get(trimmed);
  if (byCode !== undefined) return [byCode];
  const key = foldName(trimmed).replace(/^the /, '');
  for (const tier of tiers()) {
    const found = tier.get(key);
    if (found === undefined) continue;
    const sovereign = found.filter((code) => SOVEREIGN.has(code));
    return sovereign.length === 0 ? found : sovereign;
  }
  return [];
}

/**
 * Every name of a country with the language it is in ("und" where the source does not say): the gazetteer's
 * aliases.
 */
export function namesOfCountry(
  country: CountryFacts,
): readonly { readonly name: string; readonly language: string }[] {
  const listed = [
    ...country.names,
    ...(EXTRA_NAMES[country.code] ?? []).map((name) => ({ name, language: 'eng' })),
  ];
  return [...listed, ...localNames(country)];
}

const CODES = new Map<string, string>(
  COUNTRIES.flatMap(({ code, alpha2, m49 }) =>
    [code, alpha2, m49].filter(Boolean).map((key) => [key, code] as const),
  ),
);
// Other codes in use for Kosovo, and two that are written more often than the official ones.
for (const other of ['UNK', 'XKO', 'KOS']) CODES.set(other, 'XKX');
CODES.set('UK', 'GBR').set('EL', 'GRC');

const SOVEREIGN = new Set(COUNTRIES.filter((country) => country.sovereign).map((country) => country.code));

/** Names people write that no package lists. */
const EXTRA_NAMES: Readonly<Record<string, readonly string[]>> = {
  ARE: ['UAE', 'U.A.E.', 'Emirates'],
  SAU: ['KSA', 'K.S.A.', 'Saudi', 'Soudi Arabia', 'Saudia'],
  GBR: ['UK', 'U.K.', 'England', 'Scotland', 'Wales', 'Britain', 'Northern Ireland'],
  USA: ['US', 'U.S.A.', 'U.S.', 'America', 'States'],
  COD: ['DRC', 'D.R.C.', 'Congo Kinshasa', 'Zaire'],
  COG: ['Congo Brazzaville'],
  TUR: ['Turkey', 'Turkiye'],
  MMR: ['Burma', 'Myanmar (Burma)'],
  LAO: ['Lao PDR', 'Lao'],
  CZE: ['Czech Republic', 'Czechia'],
  MKD: ['Macedonia'],
  VAT: ['Holy See'],
  SYR: ['Syrian Arab Republic'],
  PRK: ['DPRK'],
  CAF: ['CAR'],
  KOR: ['Korea'],
  PNG: ['PNG'],
};

/** Languages of the field that the country lists lack; the runtime's own CLDR names them. */
const LOCAL_LANGUAGES =
  'ne hi bn ur ta te mr gu pa si my th lo km vi id ms fil am sw so ha uk ro ka hy az uz tg mn ku ps'.split(
    ' ',
  );

let displayNames: readonly (readonly [string, Intl.DisplayNames])[] | undefined;

function localNames(country: CountryFacts): { name: string; language: string }[] {
  displayNames ??= LOCAL_LANGUAGES.map((language) => [
    language,
    new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
  ]);
  return displayNames.flatMap(([language, names]) => {
    const name = names.of(country.alpha2);
    return name === undefined ? [] : [{ name, language }];
  });
}

let builtTiers: readonly Map<string, readonly string[]>[] | undefined;

function tiers(): readonly Map<string, readonly string[]>[] {
  builtTiers ??= [
    fileUnder((country) => [country.name, ...(EXTRA_NAMES[country.code] ?? [])]),
    fileUnder((country) => country.names.filter((each) => each.language === 'eng').map((each) => each.name)),
    fileUnder((country) => [...country.names, ...localNames(country)].map((each) => each.name)),
    fileUnder((country) => country.demonyms),
  ];
  return builtTiers;
}

function fileUnder(names: (country: CountryFacts) => readonly string[]): Map<string, readonly string[]> {
  const filed = new Map<string, readonly string[]>();
  for (const country of COUNTRIES) {
    for (const key of new Set(names(country).map((name) => foldName(name).replace(/^the /, '')))) {
      // Two letters are codes, and codes are only read in capitals: "in", "no" and "as" are words.
      if (key.length > 2 || key === 'uk' || key === 'us')
        filed.set(key, [...(filed.get(key) ?? []), country.code]);
    }
  }
  return filed;
}
