/** What is wrong with the terms of a draft: all of it at once. */
import type { SharedDetail, SharedPlace, SharedTime } from '../../access/sight.ts';
import type { Reason } from '../../kernel/errors.ts';
import { PURPOSES } from '../../kernel/vocabulary.ts';
import { CEILINGS, DETAILS_OF, placeOf, REPORTED_CLASSES, type Terms } from './agreement.ts';

const LEAST_K = 11;
const MOST_K = 1_000;
const LONGEST_YEARS = 5;
const MOST_NAME = 120;
const DAY_MS = 86_400_000;

/** All that is wrong with terms, of organisations that exist; empty when they may be signed. */
export function mistakesIn(terms: Terms, drafter: string, now: Date): readonly Reason[] {
  const reasons: Reason[] = [];
  const want = (holds: boolean, where: string, found: string, wanted: string): void => {
    if (!holds) reasons.push({ where, found, wanted });
  };
  want(
    terms.name.length >= 3 && terms.name.length <= MOST_NAME,
    'name',
    `${terms.name.length} characters`,
    `3 to ${MOST_NAME}, and no person's name`,
  );
  want(terms.parties.length >= 2, 'parties', String(terms.parties.length), 'two organisations or more');
  want(terms.parties.includes(drafter), 'parties', `${terms.parties.length} others`, `${drafter} among them`);
  want(terms.purposes.length > 0, 'purposes', 'none', `one or more of ${PURPOSES.join(', ')}`);
  want(
    terms.suppressionK >= LEAST_K && terms.suppressionK <= MOST_K,
    'suppressionK',
    String(terms.suppressionK),
    `${LEAST_K} to ${MOST_K}`,
  );
  const [starts, ends] = [Date.parse(terms.startsAt), Date.parse(terms.endsAt)];
  want(starts < ends, 'endsAt', terms.endsAt, `a moment after ${terms.startsAt}`);
  want(ends > now.getTime(), 'endsAt', terms.endsAt, `a moment after ${now.toISOString()}`);
  want(
    ends - starts <= LONGEST_YEARS * 366 * DAY_MS,
    'endsAt',
    terms.endsAt,
    `at most ${LONGEST_YEARS} years after the start`,
  );
  want(
    isDayWithin(terms.reviewOn, starts, ends),
    'reviewOn',
    terms.reviewOn.slice(0, 40),
    'a day between start and end, like 2027-03-01',
  );
  for (const [index, term] of terms.terms.entries()) {
    const where = `terms[${index}]`;
    want(term.giver !== term.receiver, where, 'an organisation giving to itself', 'two organisations');
    want(CEILINGS.includes(term.handlingCeiling), where, 'RED', 'a handling that may be shared');
    want(
      term.sight === 'coarse' || (term.place === null && term.time === null && term.details.length === 0),
      where,
      'levels or details of what is shown whole',
      'them with COARSE only',
    );
    for (const detail of term.details)
      want(
        DETAILS_OF[term.recordClass].includes(detail),
        where,
        `${detail.toUpperCase()} of ${term.recordClass.toUpperCase()}`,
        DETAILS_OF[term.recordClass].map((each) => each.toUpperCase()).join(', ') ||
          'no details: it has none',
      );
    for (const end of [term.giver, term.receiver])
      want(terms.parties.includes(end), where, end.slice(0, 80), 'one of the parties');
  }
  const places = terms.terms.map(placeOf);
  want(
    new Set(places).size === places.length,
    'terms',
    'one class twice between the same two organisations',
    'each once',
  );
  want(
    terms.template !== 'aggregate_only' || terms.terms.length === 0,
    'terms',
    `${terms.terms.length} that share records`,
    'none: AGGREGATE_ONLY shares no record',
  );
  want(
    terms.template !== 'case_by_case' ||
      terms.terms.every(({ recordClass }) => REPORTED_CLASSES.includes(recordClass)),
    'terms',
    'FLOW',
    `what a report tells, which is released one by one: ${REPORTED_CLASSES.map((each) => each.toUpperCase()).join(', ')}`,
  );
  want(
    terms.template !== 'pseudonymous' || terms.terms.every(({ sight }) => sight === 'coarse'),
    'terms',
    'records shown whole',
    'COARSE in each: PSEUDONYMOUS shows nothing whole',
  );
  want(
    terms.template !== 'pseudonymous' ||
      terms.terms.every(({ place, time, details }) => !isTelling(place, time, details)),
    'terms',
    'spots, days, labels, identifiers or members of a party',
    'none of them: PSEUDONYMOUS shows nobody who could be told by them',
  );
  return reasons;
}

function isTelling(
  place: SharedPlace | null,
  time: SharedTime | null,
  details: readonly SharedDetail[],
): boolean {
  const telling: readonly SharedDetail[] = ['party', 'labels', 'identifiers'];
  return place === 'exact' || time === 'exact' || details.some((detail) => telling.includes(detail));
}

/** A day that the calendar has, after `from` and up to `to`, in milliseconds. */
export function isDayWithin(day: string, from: number, to: number): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) && at > from && at <= to;
}
