/** A country cell becomes an ISO 3166-1 alpha-3 code. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { COUNTRY_BY_CODE } from '../../places/countries.ts';
import { countryByName } from '../../places/country-names.ts';
import { type Cell, wrong } from './cell.ts';

/** What a column writes. `any`: a code in capitals, or a name or demonym. */
export type CountryWriting = 'alpha2' | 'alpha3' | 'name' | 'any';

/** "NP", "NPL", "Nepal", "Iran (Islamic Republic of)", "Nepalese" → alpha-3. Refuses what is no country, or may be several. */
export function parseCountry(cell: Cell, writing: CountryWriting = 'any'): Outcome<string> {
  const text = cell.text.trim();
  const code = { alpha2: text.length === 2, alpha3: text.length === 3, name: text.length > 3, any: true }[
    writing
  ]
    ? (UN_NAMES.get(text) ??
      countryByName(writing === 'alpha2' || writing === 'alpha3' ? text.toUpperCase() : text))
    : null;
  if (code === null || (writing === 'alpha3' && !COUNTRY_BY_CODE.has(code))) {
    return refuse(wrong(cell, WANTED[writing], 'country'));
  }
  return accept(code);
}

/** How the UN's own lists (M49) write two of them. */
const UN_NAMES: ReadonlyMap<string, string> = new Map([
  ['China, Hong Kong Special Administrative Region', 'HKG'],
  ['China, Macao Special Administrative Region', 'MAC'],
]);

const WANTED = {
  alpha2: 'a country code of two letters (ISO 3166-1)',
  alpha3: 'a country code of three letters (ISO 3166-1)',
  name: "one country's name",
  any: "one country's name or code",
} as const;
