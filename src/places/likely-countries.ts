/** Where a name is likely from when nobody says: the countries that its letters are written in, and those of the report's other places. */
import type { Position } from '../geo/position.ts';
import { countryOf } from './country-of.ts';

/** Official or usual letters of place names. Latin ones say nothing. */
const WRITTEN_IN: readonly (readonly [letters: RegExp, countries: readonly string[]])[] = [
  [/\p{Script=Devanagari}/u, ['NPL', 'IND']],
  [/\p{Script=Bengali}/u, ['BGD', 'IND']],
  [
    /\p{Script=Arabic}/u,
    'SAU ARE KWT QAT BHR OMN YEM IRQ SYR JOR LBN PSE EGY SDN LBY TUN DZA MAR MRT IRN AFG PAK'.split(' '),
  ],
  [/\p{Script=Cyrillic}/u, 'RUS UKR BLR KAZ KGZ TJK MNG BGR SRB MKD MNE BIH'.split(' ')],
];

/** To look for names that are only like the one written; a name found so stays a guess. */
export function likelyCountries(name: string, hints: readonly Position[]): readonly string[] {
  const written = WRITTEN_IN.find(([letters]) => letters.test(name))?.[1] ?? [];
  const near = hints.flatMap((hint) => countryOf(hint) ?? []);
  return [...new Set([...written, ...near])];
}
