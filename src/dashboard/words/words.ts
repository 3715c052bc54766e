/** Saying things: words from a catalogue, numbers and months as the language writes them. */
import type { Catalogue } from './catalogue.ts';
import { ENGLISH } from './english.ts';

export type WordKey = keyof typeof ENGLISH;
export type Slots = Readonly<Record<string, string | number>>;

const LANGUAGE = 'en';
const CATALOGUE: Catalogue = ENGLISH;
/** Where the schema's own limit is left as it is. */
const COUNTED_UP_TO = 10_000;

const plurals = new Intl.PluralRules(LANGUAGE);
const figures = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const shares = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 2 });
const monthAndYear = new Intl.DateTimeFormat(LANGUAGE, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const monthAlone = new Intl.DateTimeFormat(LANGUAGE, { month: 'long', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(LANGUAGE, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const day = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' });

export function say(key: WordKey, slots: Slots = {}): string {
  return filled(textOf(key, slots), slots);
}

/** A word for a value of the schema, like `mode` and `BUS`; the value itself in small letters where the catalogue has none. */
export function wordFor(group: string, value: string): string {
  const entry = CATALOGUE[`${group}.${value}`];
  return typeof entry === 'string' ? entry : value.toLowerCase().replaceAll('_', ' ');
}

/** The sentence in pieces: texts and names of slots in turn, to put controls where the slots are. */
export function pieces(key: WordKey): readonly { readonly text?: string; readonly slot?: string }[] {
  return textOf(key, {})
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { slot: piece.slice(1, -1) } : { text: piece }));
}

export const number = (value: number): string => figures.format(value);
/** A `countUpTo` of the schema: the limit itself means that many or more. */
export const numberUpTo = (value: number): string =>
  value >= COUNTED_UP_TO ? say('count.orMore', { count: value }) : number(value);
export const share = (value: number): string => shares.format(value);
export const small = (value: number): string => fine.format(value);

/** Of a month like 2026-04, or a date that begins so. */
export function month(text: string): string {
  const date = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? text : monthAndYear.format(date);
}

/** 1 to 12. */
export function monthOfYear(which: number): string {
  return monthAlone.format(new Date(Date.UTC(2000, which - 1, 1)));
}

export function dayOf(moment: string): string {
  return day.format(new Date(moment));
}

/** To the minute, UTC. */
export function momentOf(text: string): string {
  return say('moment.utc', { moment: moment.format(new Date(text)) });
}

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

function textOf(key: WordKey, slots: Slots): string {
  const entry = CATALOGUE[key] ?? key;
  if (typeof entry === 'string') return entry;
  return entry[plurals.select(Number(slots.count ?? 0))] ?? entry.other;
}

function filled(text: string, slots: Slots): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = slots[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}
