/** An agreement as data: what is signed, in one spelling with one digest, what state it is in, and what is wrong with a draft. */
import { createHash } from 'node:crypto';
import type { Reason } from '../../kernel/errors.ts';
import { HANDLINGS, type Handling } from '../../kernel/vocabulary.ts';
import { PERSONAL_PURPOSES, type PersonalPurpose } from '../../records/personal/personal.service.ts';

/** What may be shared. Staffing and personal fields never are. */
export const SHARED_CLASSES = ['report', 'incident', 'movement', 'statement', 'entity', 'flow'] as const;
export type SharedClass = (typeof SHARED_CLASSES)[number];

/** `full`: as the owner keeps it, without what is the owner's alone. `coarse`: areas and quarters, references and names left out. */
export const SIGHTS = ['full', 'coarse'] as const;
export type Sight = (typeof SIGHTS)[number];

export const CEILINGS = HANDLINGS.filter((handling) => handling !== 'red') as readonly Ceiling[];
export type Ceiling = Exclude<Handling, 'red'>;

export const TEMPLATES = ['full_record', 'pseudonymous', 'aggregate_only'] as const;
export type Template = (typeof TEMPLATES)[number];

export const ONWARD = ['none', 'with_originators_consent'] as const;
export type Onward = (typeof ONWARD)[number];

/** One direction of one class. Organisations by slug: the text that is signed names them. */
export interface Term {
  readonly giver: string;
  readonly receiver: string;
  readonly recordClass: SharedClass;
  readonly sight: Sight;
  readonly handlingCeiling: Ceiling;
}

export interface Terms {
  readonly name: string;
  readonly template: Template;
  /** Two or more, in order. */
  readonly parties: readonly string[];
  readonly purposes: readonly PersonalPurpose[];
  readonly terms: readonly Term[];
  readonly onward: Onward;
  /** Below so many persons no shared aggregate is shown. */
  readonly suppressionK: number;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reviewOn: string;
  /** Id of the agreement that this one ends. */
  readonly replaces: string | null;
}

export const AGREEMENT_STATES = ['drafted', 'signed', 'active', 'suspended', 'expired', 'revoked'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

export interface Standing {
  readonly signed: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly suspendedAt: Date | null;
  readonly revokedAt: Date | null;
}

const LEAST_K = 11;
const MOST_K = 1_000;
const LONGEST_YEARS = 5;
const MOST_NAME = 120;
const DAY_MS = 86_400_000;

/** `signed`: by all, and not begun yet. */
export function stateAt(
  { signed, startsAt, endsAt, suspendedAt, revokedAt }: Standing,
  now: Date,
): AgreementState {
  // Whatever the clock of this process says: what was ended stays ended.
  if (revokedAt !== null) return 'revoked';
  if (endsAt <= now) return 'expired';
  if (!signed) return 'drafted';
  if (suspendedAt !== null) return 'suspended';
  return startsAt <= now ? 'active' : 'signed';
}

/** One spelling: fields in this order, lists sorted, so that the digest is of what is meant and not of how it was typed. */
export function canonical(terms: Terms): Terms {
  return {
    name: terms.name.trim(),
    template: terms.template,
    parties: [...new Set(terms.parties)].sort(),
    purposes: [...new Set(terms.purposes)].sort(),
    terms: [...terms.terms]
      .map(({ giver, receiver, recordClass, sight, handlingCeiling }) => ({
        giver,
        receiver,
        recordClass,
        sight,
        handlingCeiling,
      }))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    onward: terms.onward,
    suppressionK: terms.suppressionK,
    startsAt: new Date(terms.startsAt).toISOString(),
    endsAt: new Date(terms.endsAt).toISOString(),
    reviewOn: terms.reviewOn,
    replaces: terms.replaces,
  };
}

/** Of canonical terms and the agreement they are of: a signature fits no other. */
export function digestOf(agreementId: string, terms: Terms): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([agreementId, terms]))
    .digest();
}

/** Every party shows every other the same; nothing where only aggregates are shared. */
export function termsOf(template: Template, parties: readonly string[]): readonly Term[] {
  if (template === 'aggregate_only') return [];
  const sight: Sight = template === 'full_record' ? 'full' : 'coarse';
  const handlingCeiling: Ceiling = 'amber';
  return parties.flatMap((giver) =>
    parties
      .filter((receiver) => receiver !== giver)
      .flatMap((receiver) =>
        SHARED_CLASSES.map((recordClass) => ({ giver, receiver, recordClass, sight, handlingCeiling })),
      ),
  );
}

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
  want(terms.purposes.length > 0, 'purposes', 'none', `one or more of ${PERSONAL_PURPOSES.join(', ')}`);
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
    terms.template !== 'pseudonymous' || terms.terms.every(({ sight }) => sight === 'coarse'),
    'terms',
    'records shown whole',
    'COARSE in each: PSEUDONYMOUS shows nothing whole',
  );
  return reasons;
}

/** A day that the calendar has, after `from` and up to `to`, in milliseconds. */
export function isDayWithin(day: string, from: number, to: number): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) && at > from && at <= to;
}

const placeOf = ({ giver, receiver, recordClass }: Term): string => `${giver} ${receiver} ${recordClass}`;
