/** How likely two incidents are one event, from what one viewer sees of both: a grade, and what speaks for and against it. */
import type { Population } from '../../kernel/vocabulary.ts';
import { comparePlaces, type SeenPlace } from './compare-place.ts';
import {
  FURTHER_SELECTOR_WEIGHT,
  HOUR_SPANS_MS,
  type Level,
  MONTH_SPANS_MS,
  MOST_FURTHER_SELECTORS,
  NEAR_GAP_MS,
  OWNER,
  PARTY,
  PERSONS,
  POPULATION,
  PRIOR_WEIGHT,
  QUARTER_SPANS_MS,
  ROLES,
  ROUTE,
  SELECTORS,
  SHORT_SPANS_MS,
  STRONG_SELECTORS,
  TIME,
  weightOf,
} from './evidence-levels.ts';

/** An incident, as far as it may be compared: of its possible victims nothing but counts. */
export interface SeenIncident {
  readonly ownerId: string;
  readonly population: Population;
  /** Half-open, milliseconds since 1970 UTC; null when it is not known when it happened. */
  readonly time: { readonly from: number; readonly to: number } | null;
  readonly place: SeenPlace;
  /** `max` null: no upper bound is known. */
  readonly persons: { readonly min: number; readonly max: number | null };
  /** Counts by sex and age band; empty when the party is not seen. */
  readonly party: readonly { readonly sex: string; readonly ageBand: string; readonly count: number }[];
  /** Of suspects, vehicles, phones, agencies: never of a possible victim. Tokens are equal when the identifiers are. */
  readonly selectors: readonly { readonly kind: string; readonly token: string }[];
  /** Roles of the same entities. */
  readonly roles: readonly string[];
  /** First and last country of the movement; null when there is none, or several that differ. */
  readonly route: { readonly origin: string | null; readonly destination: string | null } | null;
}

export type Compared =
  | 'time'
  | 'place'
  | 'identifiers'
  | 'roles'
  | 'party_size'
  | 'party_counts'
  | 'route'
  | 'owner'
  | 'population';

/** One comparison that told something. */
export interface Evidence {
  readonly about: Compared;
  /** log2 of the likelihood ratio: 1 doubles the odds, −1 halves them. */
  readonly weight: number;
  /** Plain words that repeat no value of either incident. */
  readonly words: string;
}

export interface Graded {
  /** 0–1: the odds before, times what each comparison makes of them, as a probability. */
  readonly grade: number;
  /** What speaks for one event, the weightiest first. */
  readonly reasons: readonly Evidence[];
  /** What speaks against it, the weightiest first. */
  readonly contradictions: readonly Evidence[];
}

/** Symmetric. What is not known of either weighs nothing. */
export function gradeSameIncident(a: SeenIncident, b: SeenIncident): Graded {
  const found = [
    evidence('time', compareTimes(a.time, b.time)),
    evidence('place', comparePlaces(a.place, b.place)),
    compareSelectors(a.selectors, b.selectors),
    evidence('roles', compareRoles(a.roles, b.roles)),
    evidence('party_size', comparePersons(a.persons, b.persons)),
    evidence('party_counts', compareParties(a.party, b.party)),
    evidence('route', compareRoutes(a.route, b.route)),
    evidence('owner', a.ownerId === b.ownerId ? OWNER.same : null),
    evidence('population', a.population === b.population ? null : POPULATION.different),
  ].filter((each) => each !== null);
  const total = found.reduce((sum, { weight }) => sum + weight, PRIOR_WEIGHT);
  const heaviest = (one: Evidence, other: Evidence): number =>
    Math.abs(other.weight) - Math.abs(one.weight) || (one.about < other.about ? -1 : 1);
  return {
    grade: 1 / (1 + 2 ** -total),
    reasons: found.filter(({ weight }) => weight >= 0).sort(heaviest),
    contradictions: found.filter(({ weight }) => weight < 0).sort(heaviest),
  };
}

function evidence(about: Compared, level: Level | null | undefined): Evidence | null {
  return level == null ? null : { about, weight: weightOf(level), words: level.words };
}

function compareTimes(a: SeenIncident['time'], b: SeenIncident['time']): Level | null | undefined {
  if (a === null || b === null) return null;
  const gap = Math.max(a.from, b.from) - Math.min(a.to, b.to);
  if (gap >= 0) return gap <= NEAR_GAP_MS ? TIME.near : TIME.apart;
  // What is known to the year agrees with half of all that happened in it: the longer the spans, the less they say.
  const spans = a.to - a.from + (b.to - b.from);
  if (spans <= HOUR_SPANS_MS) return TIME.sameHours;
  if (spans <= SHORT_SPANS_MS) return TIME.sameDays;
  if (spans <= MONTH_SPANS_MS) return TIME.sameMonths;
  return spans <= QUARTER_SPANS_MS ? TIME.sameQuarters : TIME.sameYears;
}

function compareSelectors(a: SeenIncident['selectors'], b: SeenIncident['selectors']): Evidence | null {
  const [strong, weak] = [true, false].map((wanted) => {
    const keys = (list: SeenIncident['selectors']): Set<string> =>
      new Set(
        list.filter(({ kind }) => isStrong(kind) === wanted).map(({ kind, token }) => `${kind}/${token}`),
      );
    const [one, other] = [keys(a), keys(b)];
    return {
      shared: [...one].filter((key) => other.has(key)).length,
      comparable: one.size > 0 && other.size > 0,
    };
  }) as [Overlap, Overlap];
  if (strong.shared > 0) {
    const { words } = SELECTORS.strong as Level;
    const further = Math.min(strong.shared - 1, MOST_FURTHER_SELECTORS);
    const weight = weightOf(SELECTORS.strong as Level) + further * FURTHER_SELECTOR_WEIGHT;
    return { about: 'identifiers', weight, words: further === 0 ? words : `${words}, and more than one` };
  }
  if (weak.shared > 0) return evidence('identifiers', SELECTORS.weak);
  return evidence('identifiers', strong.comparable ? SELECTORS.none : null);
}

interface Overlap {
  readonly shared: number;
  readonly comparable: boolean;
}

export function isStrong(kind: string): boolean {
  return STRONG_SELECTORS.includes(kind);
}

function compareRoles(a: readonly string[], b: readonly string[]): Level | null | undefined {
  if (a.length === 0 || b.length === 0) return null;
  return a.some((role) => b.includes(role)) ? ROLES.shared : ROLES.different;
}

function comparePersons(a: SeenIncident['persons'], b: SeenIncident['persons']): Level | null | undefined {
  // "None or more" is what is written when nobody counted.
  if ([a, b].some(({ min, max }) => min === 0 && max === null)) return null;
  if (a.min > (b.max ?? Infinity) || b.min > (a.max ?? Infinity)) return PERSONS.disjoint;
  return a.min === a.max && b.min === b.max ? PERSONS.equal : PERSONS.overlapping;
}

const MINOR_BANDS: readonly string[] = ['0_8', '9_17', 'minor'];

function compareParties(a: SeenIncident['party'], b: SeenIncident['party']): Level | null | undefined {
  const [one, other] = [a, b].map(tally) as [string, string];
  if (one === '' || other === '') return null;
  return one === other ? PARTY.same : PARTY.different;
}

/** Coarser than the bands: forms differ in them, and a band more would be a step towards a person. */
function tally(party: SeenIncident['party']): string {
  const counts = new Map<string, number>();
  for (const { sex, ageBand, count } of party) {
    const age = MINOR_BANDS.includes(ageBand) ? 'minor' : ageBand === 'unknown' ? 'unknown' : 'adult';
    counts.set(`${sex} ${age}`, (counts.get(`${sex} ${age}`) ?? 0) + count);
  }
  return [...counts]
    .map(([who, count]) => `${who} ${count}`)
    .sort()
    .join(', ');
}

function compareRoutes(a: SeenIncident['route'], b: SeenIncident['route']): Level | null | undefined {
  const ends = [
    [a?.origin ?? null, b?.origin ?? null],
    [a?.destination ?? null, b?.destination ?? null],
  ] as const;
  if (ends.some(([one, other]) => one !== null && other !== null && one !== other)) return ROUTE.different;
  return ends.every(([one, other]) => one !== null && one === other) ? ROUTE.same : null;
}
