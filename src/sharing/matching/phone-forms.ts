/** Under which values a telephone number that somebody wrote may be known elsewhere: for taking it out, where too much is the safe side. */
import { asciiDigits } from '../../intake/formats/ascii-digits.ts';
import { COUNTRIES } from '../../places/countries.ts';

const CODES: readonly string[] = [
  ...new Set(COUNTRIES.flatMap(({ callingCode }) => callingCode ?? [])),
].sort();

/** As `normaliseSelector` keeps them. */
const LEAST_DIGITS = 6;
const MOST_DIGITS = 15;
/** A number that is written without its country is no longer than this, and one with it no shorter. */
const LONGEST_AT_HOME = 11;
const SHORTEST_ABROAD = 9;

/**
 * Of every number in a text, alone or among words: as it stands, with and without "+" or "00", as it is dialled at home (with the 0 before
 * it and without), and, where it is written so, behind every calling code there is. Values as `normaliseSelector` writes them.
 */
export function phoneForms(text: string): readonly string[] {
  const plain = asciiDigits(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
  const runs = plain.match(/\+?\d[\d\s().-]*/g) ?? [];
  const written = runs.flatMap((run) => [run, ...run.split(/\s+/)]);
  return [...new Set(written.flatMap(formsOf))].filter((form) => {
    const { length } = form.replace('+', '');
    return length >= LEAST_DIGITS && length <= MOST_DIGITS;
  });
}

function formsOf(written: string): readonly string[] {
  const digits = written.replace(/\D/g, '');
  if (written.startsWith('+')) return [digits, `+${digits}`, ...atHome(digits)];
  if (digits.startsWith('00')) return formsOf(`+${digits.slice(2)}`);
  const home = digits.replace(/^0/, '');
  return [
    digits,
    `+${digits}`,
    home,
    `0${home}`,
    ...(digits.length >= SHORTEST_ABROAD ? atHome(digits) : []),
    ...(home.length <= LONGEST_AT_HOME && home.length >= LEAST_DIGITS
      ? CODES.flatMap((code) => [`+${code}${home}`, `${code}${home}`])
      : []),
  ];
}

/** Of a number with its calling code, whatever code that is; a 0 that was left standing between them is taken away too. */
function atHome(digits: string): readonly string[] {
  return CODES.filter((code) => digits.startsWith(code)).flatMap((code) => {
    const home = digits.slice(code.length).replace(/^0/, '');
    return home.length < LEAST_DIGITS ? [] : [home, `0${home}`, `+${code}${home}`, `${code}${home}`];
  });
}
