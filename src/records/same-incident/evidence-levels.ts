/**
 * What agreement and disagreement are worth, by the model of Fellegi and Sunter (A Theory for Record Linkage, JASA 64, 1969, pp. 1183–1210):
 * each comparison ends on one level; m is how often two reports of one event end there, u how often two reports of different events do,
 * and the level weighs log2(m / u). Weights are added as if comparisons were independent, which they are not quite: parts that hang together
 * are one comparison here.
 *
 * m and u are set by hand: no pairs were labelled yet from which they could be learnt. They are of events near enough in time, place or
 * identifiers to be compared at all. docs/same-incident.md says so to who reads a grade.
 */

export const METHOD = 'same-incident/1';

export interface Level {
  /** How often two reports of one event end here, 0–1. */
  readonly m: number;
  /** How often two reports of different events do, 0–1. */
  readonly u: number;
  /** Shown as it stands: it names nobody and repeats no value. */
  readonly words: string;
}

/** Odds, as a power of 2, that two incidents are one event before anything is compared: one pair in 2,049. */
export const PRIOR_WEIGHT = -11;

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Spans that overlap, by their lengths added. */
export const SHORT_SPANS_MS = 3 * DAY_MS;
export const MONTH_SPANS_MS = 64 * DAY_MS;
export const QUARTER_SPANS_MS = 186 * DAY_MS;
export const HOUR_SPANS_MS = 6 * HOUR_MS;
/** Dates on two forms of one event may differ by the day it was written down. */
export const NEAR_GAP_MS = 2 * DAY_MS;

export const TIME: Readonly<Record<string, Level>> = {
  sameHours: { m: 0.6, u: 0.005, words: 'they happened within the same hours' },
  sameDays: { m: 0.9, u: 0.02, words: 'they happened within the same one to three days' },
  sameMonths: { m: 0.95, u: 0.2, words: 'they happened within the same one or two months' },
  sameQuarters: { m: 0.95, u: 0.45, words: 'they happened within the same half year, known no finer' },
  sameYears: { m: 0.95, u: 0.85, words: 'their times, known only to the year, do not exclude each other' },
  near: { m: 0.01, u: 0.02, words: 'they happened up to two days apart' },
  apart: { m: 0.002, u: 0.8, words: 'they happened more than two days apart' },
};

/** Footprints that meet, by their radii added. */
export const SPOT_KM = 3;
export const TOWN_KM = 10;
export const NEAR_KM = 25;
/** Cells of this resolution (some 1,770 km²) and coarser ones are areas, whoever named them. */
export const AREA_RESOLUTION = 4;

export const PLACE: Readonly<Record<string, Level>> = {
  sameSpot: { m: 0.8, u: 0.02, words: 'they happened at one spot' },
  sameTown: { m: 0.8, u: 0.05, words: 'they happened in one town' },
  sameDistrict: { m: 0.8, u: 0.2, words: 'they happened near each other, as far as the places are known' },
  sameArea: {
    m: 0.9,
    u: 0.6,
    words: 'at least one place is known only as an area or a country, and it fits',
  },
  near: { m: 0.1, u: 0.3, words: 'the places do not meet, and lie up to 25 km apart' },
  apart: { m: 0.005, u: 0.6, words: 'the places lie more than 25 km apart' },
  otherCountry: { m: 0.15, u: 0.4, words: 'the places are in different countries' },
};

/** Identifiers that one person or thing has to itself. */
export const STRONG_SELECTORS: readonly string[] = ['phone', 'plate', 'passport', 'account', 'registration'];

export const SELECTORS: Readonly<Record<string, Level>> = {
  strong: { m: 0.3, u: 0.002, words: 'an identifier of a suspect, vehicle or other thing is the same' },
  weak: { m: 0.3, u: 0.05, words: 'the name of a suspect, agency or establishment is the same' },
  none: { m: 0.7, u: 0.99, words: 'both have identifiers of suspects or things, and none is the same' },
};
/** Each further identifier; a phone and its owner's passport come together, so they are worth less than the first. */
export const FURTHER_SELECTOR_WEIGHT = 1.5;
export const MOST_FURTHER_SELECTORS = 2;

export const ROLES: Readonly<Record<string, Level>> = {
  shared: { m: 0.6, u: 0.5, words: 'suspects or things took part in the same role' },
  different: { m: 0.4, u: 0.5, words: 'suspects or things took part in different roles' },
};

export const PERSONS: Readonly<Record<string, Level>> = {
  equal: { m: 0.5, u: 0.25, words: 'the parties were equally large' },
  overlapping: { m: 0.8, u: 0.65, words: 'the parties may have been equally large' },
  disjoint: { m: 0.15, u: 0.4, words: 'the parties were not equally large' },
};

/** Counts of a party by sex and minority, never a person: weak on purpose. */
export const PARTY: Readonly<Record<string, Level>> = {
  same: { m: 0.6, u: 0.5, words: 'the parties have the same counts by sex and minority' },
  different: { m: 0.4, u: 0.5, words: 'the parties have different counts by sex and minority' },
};

export const ROUTE: Readonly<Record<string, Level>> = {
  same: { m: 0.7, u: 0.5, words: 'they left from and were bound for the same countries' },
  different: { m: 0.1, u: 0.4, words: 'they left from or were bound for different countries' },
};

export const OWNER: Readonly<Record<string, Level>> = {
  same: { m: 0.1, u: 0.5, words: 'one organisation reported both, and seldom reports an event twice' },
};

export const POPULATION: Readonly<Record<string, Level>> = {
  different: {
    m: 0.02,
    u: 0.3,
    words: 'they are of different populations, such as deaths and trafficking',
  },
};

export function weightOf({ m, u }: Level): number {
  return Math.log2(m / u);
}
