/** Saying things: words from the catalogue of the language that is spoken, numbers and months as it writes them. */
import type { ENGLISH } from './english.ts';
import { ENGLISH_LANGUAGE } from './english-language.ts';
import type { Language, LanguageCode } from './language.ts';

export type WordKey = keyof typeof ENGLISH;
export type Slots = Readonly<Record<string, string | number>>;

/** Of the languages beside English. */
const OWN_LETTERS = /\p{Script=Devanagari}/u;
/** Where the schema's own limit is left as it is. */
const COUNTED_UP_TO = 10_000;

/** Fetched when somebody chooses one: whoever reads English loads none. */
const LANGUAGES: Readonly<Record<LanguageCode, () => Promise<Language>>> = {
  en: () => Promise.resolve(ENGLISH_LANGUAGE),
  ne: () => import('./nepali-language.ts').then(({ NEPALI_LANGUAGE }) => NEPALI_LANGUAGE),
};

let spoken = spokenIn(ENGLISH_LANGUAGE);

/** Until it is there, what was spoken goes on. */
export async function speak(code: LanguageCode): Promise<void> {
  spoken = spokenIn(await LANGUAGES[code]());
}

export const languageSpoken = (): LanguageCode => spoken.language.code;

/** Of a text that the hub gave, which is English: to be read out as such, where another language is spoken. */
export const languageOf = (text: string): 'en' | undefined =>
  spoken.language.code === 'en' || OWN_LETTERS.test(text) ? undefined : 'en';

function spokenIn(language: Language) {
  const numbers = [...language.numbers];
  return {
    language,
    plurals: new Intl.PluralRules([...language.plurals]),
    figures: new Intl.NumberFormat(numbers, { maximumFractionDigits: 1 }),
    shares: new Intl.NumberFormat(numbers, { style: 'percent', maximumFractionDigits: 0 }),
    fine: new Intl.NumberFormat(numbers, { maximumSignificantDigits: 2 }),
    plain: new Intl.NumberFormat(numbers, { maximumSignificantDigits: 6, useGrouping: false }),
  };
}

export function say(key: WordKey, slots: Slots = {}): string {
  return filled(textOf(key, slots), slots);
}

/** A word for a value of the schema, like `mode` and `BUS`; the value itself in small letters where the catalogue has none. */
export function wordFor(group: string, value: string): string {
  const entry = entryOf(`${group}.${value}`) ?? entryOf(`${group}.${value.toUpperCase()}`);
  return typeof entry === 'string' ? entry : value.toLowerCase().replaceAll('_', ' ');
}

/** The sentence in pieces: texts and names of slots in turn, to put controls where the slots are. */
export function pieces(
  key: WordKey,
  slots: Slots = {},
): readonly { readonly text?: string; readonly slot?: string }[] {
  return textOf(key, slots)
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { slot: piece.slice(1, -1) } : { text: piece }));
}

export const number = (value: number): string => spoken.figures.format(value);
/** A `countUpTo` of the schema: the limit itself means that many or more. */
export const numberUpTo = (value: number): string =>
  value >= COUNTED_UP_TO ? say('count.orMore', { count: value }) : number(value);
export const share = (value: number): string => spoken.shares.format(value);
export const small = (value: number): string => spoken.fine.format(value);
/** Of an axis, or a line of a file: as it is, in the language's digits. */
export const digits = (value: number): string => spoken.plain.format(value);

/** Of a month like 2026-04, or a date that begins so. */
export function month(text: string): string {
  const date = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? text : spoken.language.dates.monthAndYear(date);
}

/** 1 to 12. */
export function monthOfYear(which: number): string {
  return spoken.language.dates.month(new Date(Date.UTC(2000, which - 1, 1)));
}

export function dayOf(moment: string): string {
  return spoken.language.dates.day(new Date(moment));
}

/** To the minute, UTC. */
export function momentOf(text: string): string {
  return say('moment.utc', { moment: spoken.language.dates.moment(new Date(text)) });
}

/** The name of a country by its alpha-3; that of the hub where the language has none. */
export const countryName = (code: string, name: string): string => spoken.language.countries[code] ?? name;

export function persons({ min, max }: { readonly min: number | null; readonly max: number | null }): string {
  if (min === null) return say('not.known');
  if (max === null || max === min) return say('count.persons', { count: min });
  return say('persons.between', { min, max });
}

/** A figure with its interval; an end that is not there is said to be none. */
export function intervalOf({
  estimate,
  low,
  high,
}: {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}): string {
  const end = (value: number | null): string => (value === null ? say('interval.none') : small(value));
  return say('interval', { estimate: small(estimate), low: end(low), high: end(high) });
}

function entryOf(key: string): Language['words'][string] | undefined {
  return spoken.language.words[key] ?? ENGLISH_LANGUAGE.words[key];
}

function textOf(key: WordKey, slots: Slots): string {
  const entry = entryOf(key) ?? key;
  if (typeof entry === 'string') return entry;
  return entry[spoken.plurals.select(Number(slots.count ?? 0))] ?? entry.other;
}

function filled(text: string, slots: Slots): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = slots[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}
