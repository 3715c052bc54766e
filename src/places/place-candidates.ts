/** How likely each place of a name is the one that was meant. */

import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import type { PlaceLevel } from '../kernel/vocabulary.ts';
import { likelyCountries } from './likely-countries.ts';
import { foldName, namesAnArea, normaliseName, phoneticKey, spellingLikeness } from './normalise-name.ts';
import type { CandidateRow, PlaceLookup } from './place-lookup.ts';

export interface ScoredCandidate {
  readonly row: CandidateRow;
  /** All weights sum to 1. */
  readonly weight: number;
  /** 1: the name as filed; less: only like it. */
  readonly spelling: number;
  /** False when the source names other countries. */
  readonly isInSaidCountry: boolean;
  /** True when the rest of the text names an area of the same country, and this place does not lie there. */
  readonly isOutsideNamedArea: boolean;
}

export interface CandidateContext {
  /** The coarser parts of the text. */
  readonly within: readonly string[];
  /** Alpha-3; empty when no country is known. */
  readonly countries: readonly string[];
  readonly level: PlaceLevel;
  readonly hints: readonly Position[];
}

// The odds below are judgements, not measurements: each says how much likelier one reading makes a place than
// the other.
/** A village of nobody-counted inhabitants is written about as often as one of this size. */
const LEAST_POPULATION = 300;
/** A known crossing is in the mind of whoever writes about a border as a town of this size is. */
const CROSSING_POPULATION = 5_000;
/** A station is what its organisation means when it writes the name. */
const STATION_POPULATION = 1_000_000;
const OTHER_NAME = 0.3;
/** "Mexico City" is the one that has the City in its name. */
const WHOLE_NAME = 20;
const OTHER_COUNTRY = 0.002;
const NAMED_AREA = 30;
const IN_NAMED_AREA = 50;
const NEAR_NAMED_PLACE = 10;
const HINT_KM = 100;
/** A place that no gazetteer lists may be meant: as likely as a hamlet, less so when a listed one lies in the country that was said. */
const UNLISTED = 60;
const UNLISTED_IN_SAID_COUNTRY = 5;
/** "Atlantis City" may be a place of that name and not the Atlantis that is listed. */
const OTHER_KIND = 4;
/** Below this likeness two names are two names. */
const LEAST_SIMILARITY = 0.7;

/**
 * Heaviest first, weights summing to less than 1 by what speaks for a place not listed; empty when nothing has the name or one that
 * sounds like it. Several rows of one place on
 * the ground are one candidate.
 */
export function scoreCandidates(
  name: string,
  context: CandidateContext,
  lookup: PlaceLookup,
): readonly ScoredCandidate[] {
  const normalised = normaliseName(name);
  const folded = foldName(name);
  const exact = lookup.byName(normalised).map((row) => ({ row, spelling: 1 }));
  const inCountry = exact.some(({ row }) => liesInOneOf(row, context.countries));
  // A name that only exists elsewhere may be a misspelling of one in the country that was said.
  const alike =
    inCountry || (exact.length > 0 && context.countries.length === 0)
      ? []
      : context.countries.length === 0
        ? likeNames(normalised, likelyCountries(normalised, context.hints), lookup)
        : // Elsewhere a likeness would be a guess about both the name and the country.
          likeNames(normalised, context.countries, lookup).filter(({ row }) =>
            liesInOneOf(row, context.countries),
          );
  const areas = context.within.flatMap((part) => findAround(normaliseName(part), context.countries, lookup));
  const weighed = [...exact, ...alike]
    .filter(({ row }) => row.kind !== 'country')
    .map(({ row, spelling }) => {
      const isInSaidCountry = context.countries.length === 0 || liesInOneOf(row, context.countries);
      const fit = belonging(row, areas);
      const isOutsideNamedArea =
        fit === 1 && areas.some(({ kind, country }) => kind === 'admin_area' && country === row.country);
      const weight =
        prominence(row, name, context.level) *
        (isOwnName(row) ? 1 : OTHER_NAME) *
        (folded !== normalised && foldName(row.name) === folded ? WHOLE_NAME : 1) *
        spelling ** 8 *
        (isInSaidCountry ? 1 : OTHER_COUNTRY) *
        fit *
        nearness(row.position, context.hints);
      return { row, weight, spelling, isInSaidCountry, isOutsideNamedArea };
    })
    .sort((a, b) => b.weight - a.weight || (a.row.placeId < b.row.placeId ? -1 : 1));
  const merged = mergeSamePlaces(weighed);
  const isExpected = context.countries.length > 0 && merged.some(({ isInSaidCountry }) => isInSaidCountry);
  const isShortened = folded !== normalised && !merged.some(({ row }) => foldName(row.name) === folded);
  const unlisted = isExpected ? UNLISTED_IN_SAID_COUNTRY : UNLISTED * (isShortened ? OTHER_KIND : 1);
  const total = merged.reduce((sum, { weight }) => sum + weight, unlisted);
  return merged.map((each) => ({ ...each, weight: each.weight / total })).sort((a, b) => b.weight - a.weight);
}

function findAround(
  normalised: string,
  countries: readonly string[],
  lookup: PlaceLookup,
): readonly CandidateRow[] {
  const exact = lookup.byName(normalised);
  const found = exact.length > 0 ? exact : likeNames(normalised, countries, lookup).map(({ row }) => row);
  return found.filter(({ kind }) => kind !== 'country');
}

function likeNames(
  normalised: string,
  countries: readonly string[],
  lookup: PlaceLookup,
): { row: CandidateRow; spelling: number }[] {
  const key = phoneticKey(normalised);
  const sounding = key.length < 2 ? [] : lookup.byPhonetic(key);
  const mistyped =
    normalised.length < 4 ? [] : countries.flatMap((country) => lookup.byLikeness(normalised, country));
  return [...sounding, ...mistyped]
    .map((row) => ({ row, spelling: spellingLikeness(normalised, row.normalised) }))
    .filter(({ spelling }) => spelling >= LEAST_SIMILARITY);
}

function prominence(row: CandidateRow, name: string, level: PlaceLevel): number {
  if (row.kind === 'monitoring_station') return STATION_POPULATION;
  if (row.kind === 'crossing_point') return CROSSING_POPULATION;
  const people = (row.population ?? 0) + LEAST_POPULATION;
  const isArea = row.kind === 'admin_area';
  const meansArea = level === 'admin' || namesAnArea(name);
  // An area has at least the people of its seat: where nothing says which is meant, the seat is.
  return people * (isArea === meansArea ? 1 : isArea ? 0.2 : 1 / NAMED_AREA);
}

/** A crossing lies on both sides of its border, whichever of its towns the gazetteer has it from. */
function liesInOneOf({ country, borderCountries }: CandidateRow, countries: readonly string[]): boolean {
  return countries.includes(country) || borderCountries?.some((side) => countries.includes(side)) === true;
}

/** A crossing is named for the towns on its two sides: each of the two is its name. */
function isOwnName({ kind, name, normalised }: CandidateRow): boolean {
  if (normaliseName(name) === normalised) return true;
  if (kind !== 'crossing_point') return false;
  return name
    .replace(/\(.*\)$/, '')
    .split('–')
    .some((side) => normaliseName(side) === normalised);
}

/** Does the rest of the text name the area it lies in, or a place around it? */
function belonging(row: CandidateRow, areas: readonly CandidateRow[]): number {
  const others = areas.filter(({ placeId }) => placeId !== row.placeId);
  if (others.some((area) => liesIn(row, area))) return IN_NAMED_AREA;
  const near = others.some(
    (area) => greatCircleKm(area.position, row.position) <= area.footprintRadiusKm + 15,
  );
  return near ? NEAR_NAMED_PLACE : 1;
}

/** 1 at a hint, half at 100 km, never below 1/50: people are moved far. */
function nearness(position: Position, hints: readonly Position[]): number {
  if (hints.length === 0) return 1;
  const km = Math.min(...hints.map((hint) => greatCircleKm(hint, position)));
  return Math.max(1 / (1 + (km / HINT_KM) ** 2), 1 / 50);
}

/**
 * A town, the area named for it, its double in the source and its crossing are one answer: the heaviest
 * stands for all.
 */
function mergeSamePlaces(weighed: readonly ScoredCandidate[]): ScoredCandidate[] {
  const merged: { -readonly [K in keyof ScoredCandidate]: ScoredCandidate[K] }[] = [];
  for (const candidate of weighed) {
    const same = merged.find(({ row }) => isSamePlace(row, candidate.row));
    if (same === undefined) merged.push({ ...candidate });
    else if (same.row.placeId !== candidate.row.placeId) same.weight += candidate.weight;
  }
  return merged;
}

function isSamePlace(a: CandidateRow, b: CandidateRow): boolean {
  if (a.placeId === b.placeId) return true;
  const km = greatCircleKm(a.position, b.position);
  if (a.kind === 'crossing_point' || b.kind === 'crossing_point')
    return km <= a.footprintRadiusKm + b.footprintRadiusKm + 5;
  if (a.country !== b.country) return false;
  if (km <= 10) return true;
  // An area without localities stands in the middle of the area above it: nearness says nothing there, the
  // codes do.
  const isNested = a.kind === 'admin_area' || b.kind === 'admin_area';
  return isNested && (liesIn(a, b) || liesIn(b, a));
}

function liesIn(inner: CandidateRow, outer: CandidateRow): boolean {
  if (inner.adminCode === null || outer.adminCode === null || outer.kind !== 'admin_area') return false;
  return inner.adminCode === outer.adminCode || inner.adminCode.startsWith(`${outer.adminCode}.`);
}
