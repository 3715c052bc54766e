/** From a place as a source gave it to a footprint, to weighted candidates, or to an honest "unresolved". */

import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import { type BorderPolicy, DEFAULT_BORDER_POLICY } from './border-policy.ts';
import { COUNTRY_BY_CODE } from './countries.ts';
import { countryOf } from './country-of.ts';
import { normaliseName } from './normalise-name.ts';
import { type ScoredCandidate, scoreCandidates } from './place-candidates.ts';
import type { CandidateRow, PlaceLookup } from './place-lookup.ts';
import { anyOf, type PlaceQuery, type Resolution } from './place-resolution.ts';
import { type PlaceText, readPlaceText, splitAlternatives } from './place-text.ts';

/** Above this weight the others are not worth keeping apart. */
const CERTAIN = 0.9;
const MOST_CANDIDATES = 8;
/** A GPS fix or a dropped pin, in km. */
const EXACT_KM = 0.5;

/**
 * Decides what a place reference means. A position wins over text. Ambiguity stays: several places of one
 * name come back with weights by population, country, the rest of the text and nearness to the hints. A
 * country has the radius of the country.
 */
export function resolvePlace(
  query: PlaceQuery,
  lookup: PlaceLookup,
  policy: BorderPolicy = DEFAULT_BORDER_POLICY,
): Resolution {
  if (query.position !== null && query.level !== 'country')
    return atPosition(query, query.position, lookup, policy);
  const alternatives = splitAlternatives(query.text ?? '');
  const inCountry = query.country ?? (query.position === null ? null : countryOf(query.position, policy));
  if (alternatives.length === 1) return ofText(query.text ?? '', { ...query, country: inCountry }, lookup);
  const answers = alternatives.map((text) => ofText(text, { ...query, country: inCountry }, lookup));
  return anyOf(answers);
}

function ofText(text: string, query: PlaceQuery, lookup: PlaceLookup): Resolution {
  const read = readPlaceText(text, (name) => lookup.byName(normaliseName(name)).length > 0);
  const countries = read.countries.length > 0 || query.country === null ? read.countries : [query.country];
  const notes = contradiction(read, query.country);
  for (const [depth, part] of read.parts.entries()) {
    const within = read.parts.slice(depth + 1);
    const scored = scoreCandidates(
      part,
      { within, countries, level: query.level, hints: query.hints ?? [] },
      lookup,
    );
    // "X, District": where no X of that district is known, the district is the answer, not an X elsewhere.
    const isElsewhere = scored[0]?.isOutsideNamedArea === true && depth < read.parts.length - 1;
    if (scored.length === 0 || isElsewhere) continue;
    return decide(
      scored,
      countries,
      query,
      depth === 0 ? notes : [...notes, 'only a coarser part of the text is known'],
    );
  }
  if (read.region !== null && read.parts.length === 0)
    return { kind: 'unresolved', reason: 'region', countries: read.region, notes };
  const known = countries.flatMap((code) => countryRow(code, lookup));
  if (known.length > 0)
    return ofCountries(known, read.parts.length === 0 ? notes : [...notes, 'only the country is known']);
  return {
    kind: 'unresolved',
    reason: read.parts.length === 0 ? 'nothing_said' : 'no_match',
    countries: [],
    notes,
  };
}

function contradiction(read: PlaceText, given: string | null): string[] {
  const differs = given !== null && read.countries.length > 0 && !read.countries.includes(given);
  return differs ? [`the text names ${read.countries.join(' or ')}, the country given is ${given}`] : [];
}

function decide(
  scored: readonly ScoredCandidate[],
  countries: readonly string[],
  query: PlaceQuery,
  notes: readonly string[],
): Resolution {
  const best = scored[0];
  // A name that is only like a known one, in no known country, is a guess: measured, three in ten of them
  // were wrong.
  const isGuess = best !== undefined && best.spelling < 1 && countries.length === 0;
  if (best === undefined || best.weight < CERTAIN || isGuess) {
    const kept = scored.slice(0, MOST_CANDIDATES);
    const left = scored.length - kept.length;
    const total = kept.reduce((sum, { weight }) => sum + weight, 0);
    return {
      kind: 'candidates',
      candidates: kept.map(({ row, weight }) => ({ placeId: row.placeId, weight: weight / total })),
      isOneOfThem: scored.reduce((sum, { weight }) => sum + weight, 0) >= CERTAIN && !isGuess,
      notes: left > 0 ? [...notes, `${left} less likely places of this name are left out`] : notes,
    };
  }
  const { row, weight, spelling, isInSaidCountry } = best;
  const [said] = countries;
  const side = said !== undefined && row.borderCountries?.includes(said) ? said : row.country;
  const elsewhere = isInSaidCountry ? [] : [`the name is only known in ${row.country}`];
  return {
    kind: 'resolved',
    placeId: row.placeId,
    position: row.position,
    country: side,
    level: row.kind === 'admin_area' ? 'admin' : 'locality',
    uncertaintyKm: Math.max(query.uncertaintyKm ?? 0, row.footprintRadiusKm),
    confidence: weight * spelling * (isInSaidCountry ? 1 : 0.5),
    notes: [...notes, ...(spelling < 1 ? ['the name is only like the one known'] : []), ...elsewhere],
  };
}

function ofCountries(rows: readonly CandidateRow[], notes: readonly string[]): Resolution {
  const [only] = rows;
  if (only === undefined || rows.length > 1) {
    return {
      kind: 'candidates',
      candidates: rows.map(({ placeId }) => ({ placeId, weight: 1 / rows.length })),
      isOneOfThem: true,
      notes,
    };
  }
  const { placeId, position, country, footprintRadiusKm } = only;
  return {
    kind: 'resolved',
    placeId,
    position,
    country,
    level: 'country',
    uncertaintyKm: footprintRadiusKm,
    confidence: 1,
    notes,
  };
}

function countryRow(code: string, lookup: PlaceLookup): CandidateRow[] {
  const name = COUNTRY_BY_CODE.get(code)?.name ?? '';
  const row = lookup
    .byName(normaliseName(name))
    .find(({ kind, country }) => kind === 'country' && country === code);
  return row === undefined ? [] : [row];
}

function atPosition(
  query: PlaceQuery,
  position: Position,
  lookup: PlaceLookup,
  policy: BorderPolicy,
): Resolution {
  const country = countryOf(position, policy);
  const differs = query.country !== null && country !== null && query.country !== country;
  const place = placeAt(query, position, lookup);
  const level = query.level === 'unknown' ? 'exact' : query.level;
  const footprint = place?.footprintRadiusKm ?? 5;
  const usualKm = level === 'exact' ? EXACT_KM : level === 'locality' ? footprint : Math.max(footprint, 50);
  return {
    kind: 'resolved',
    placeId: place?.placeId ?? null,
    position,
    country,
    level,
    uncertaintyKm: query.uncertaintyKm ?? usualKm,
    confidence: differs ? 0.5 : 1,
    notes: differs ? [`the position lies in ${country}, the country given is ${query.country}`] : [],
  };
}

/** The place the text names if it is there, else the nearest that the position lies in or beside. */
function placeAt(query: PlaceQuery, position: Position, lookup: PlaceLookup): CandidateRow | undefined {
  const named = lookup
    .byName(normaliseName((query.text ?? '').split(',')[0] ?? ''))
    .map((row) => ({ row, km: greatCircleKm(row.position, position) }))
    .filter(({ row, km }) => row.kind !== 'country' && km <= row.footprintRadiusKm + 10)
    .sort((a, b) => a.km - b.km)[0];
  if (named !== undefined) return named.row;
  return lookup.nearest(position, ['monitoring_station', 'crossing_point', 'locality'], 10)[0];
}
