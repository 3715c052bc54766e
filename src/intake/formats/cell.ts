/** A cell on its way to a value: its text, where it stands, and whether it may be shown when it is refused. */
import type { Reason } from '../../kernel/errors.ts';
import { wordsOf } from './column-names.ts';
import { describeValue, type Reading } from './shape.ts';

export interface Cell {
  /** Where it stands, for the reason: "line 12, age". */
  readonly where: string;
  readonly text: string;
  /** True when the value may name, reach or find somebody. */
  readonly personal: boolean;
}

/** Texts that mean "nothing was answered" unless a profile says otherwise. "NA" is not among them: it is Namibia. */
export const USUAL_MISSING: readonly string[] = [
  '',
  'None',
  'none',
  'NULL',
  'null',
  'NaN',
  'nan',
  'N/A',
  'n/a',
  '-',
];

export function isMissing(text: string, codes: readonly string[]): boolean {
  return codes.includes(text.trim());
}

/** The reason why a cell is refused; its value stands in it only where that can hurt nobody. */
export function wrong({ where, text, personal }: Cell, wanted: string, reading: Reading = 'figure'): Reason {
  const found = personal ? `a value of ${text.trim().length} characters` : describeValue(text, reading);
  return { where, found, wanted };
}

/** Columns whose values are personal by their name, whatever the profile says of them. */
export function isPersonalColumn(name: string): boolean {
  let personal = judged.get(name);
  if (personal === undefined) {
    personal = wordsOf(name).some((word) => PERSONAL_WORDS.has(word)) && !NAMES_A_PLACE.test(name);
    judged.set(name, personal);
  }
  return personal;
}

/** Names come from profiles and headers, so they are few, and each is asked for in every row. */
const judged = new Map<string, boolean>();

const PERSONAL_WORDS: ReadonlySet<string> = new Set(
  `name names fullname surname forename firstname lastname alias phone phones mobile telephone contact whatsapp viber email mail
   address addresses birthdate birthday dob birth passport passports id_card citizenship_number plate notes note narrative
   comments latitude longitude case_notes`.split(/\s+/),
);

/** "station_name" and "country name" name places. */
const NAMES_A_PLACE = /^(station|country|location|place|border|district|state|region)[\s_]*name$/i;
