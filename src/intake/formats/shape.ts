/** What a reason tells of a value: the value itself where it can name, reach or find nobody, else only its shape. */
import { foldName } from '../../places/normalise-name.ts';
import { countriesOfRegion } from '../../places/regions.ts';
import { asciiDigits } from './ascii-digits.ts';

/** What the field would have read: a date is shown where a date was wanted, because elsewhere it may be somebody's birthday. */
export type Reading = 'figure' | 'date' | 'country';

/**
 * `"31/02/2024"` in a column of dates, `"150"` anywhere, `"Gulf Country"` in a column of countries, `"unknown"` anywhere; else
 * "letters, 12 characters". Seven digits and more may be a telephone number, three fraction digits a coordinate: they are never shown.
 */
export function describeValue(text: string, reading: Reading): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  return mayShow(trimmed, reading) ? `"${trimmed}"` : shapeOf(trimmed);
}

/** "letters and digits, 8 characters" */
function shapeOf(text: string): string {
  const kinds = [
    ...(/[\p{L}\p{M}]/u.test(text) ? ['letters'] : []),
    ...(/\p{N}/u.test(text) ? ['digits'] : []),
    ...(/[^\p{L}\p{M}\p{N}\s]/u.test(text) ? ['punctuation'] : []),
  ];
  const last = kinds.pop() ?? 'space';
  const { length } = text;
  return `${kinds.length === 0 ? last : `${kinds.join(', ')} and ${last}`}, ${length} character${length === 1 ? '' : 's'}`;
}

function mayShow(text: string, reading: Reading): boolean {
  const plain = asciiDigits(text);
  if (FIGURE.test(plain) || RANGE.test(plain)) return true;
  const words = foldName(text).split(' ');
  if (words.every((word) => HARMLESS.has(word))) return true;
  if (reading === 'country') return countriesOfRegion(text) !== undefined;
  return reading === 'date' && isDateShaped(plain);
}

/** Up to six digits and two of a fraction, with the signs that counts are written with. */
const FIGURE = /^[<>≤≥]?=?\s?[+\-\u2212]?\d{1,3}[, ]?\d{0,3}(?:[.,]\d{1,2})?\s?[+%]?$/;
const RANGE = /^\d{1,3}\s?[-–]\s?\d{1,3}$/;

const HARMLESS: ReadonlySet<string> = new Set(
  `unknown none na n a nil null nan yes no true false male female m f many few some several maybe all any other mixed minor adult
   approved pending x`.split(/\s+/),
);

const MONTH =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/gi;
const CLOCK = /^\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?$/i;
const WITH_CLOCK = /^(.+?)(?:T|,? )\d{1,2}:\d{2}(?::\d{2})?$/;
const YEAR_FIRST = /^(\d{4})(?:[-/.]\d{1,2}){0,2}$/;
const YEAR_LAST = /^(?:\d{1,2}[-/. ,]{1,2}){1,2}(\d{4}|\d{2})$/;

/** Three groups of figures are as well a telephone number, unless one of them is a year. */
function isDateShaped(plain: string): boolean {
  if (CLOCK.test(plain)) return true;
  const named = plain.replace(MONTH, '1');
  const day = WITH_CLOCK.exec(named)?.[1] ?? named;
  const year = YEAR_FIRST.exec(day)?.[1] ?? YEAR_LAST.exec(day)?.[1];
  return year !== undefined && (year.length === 2 || /^(?:18|19|20|21)/.test(year));
}
