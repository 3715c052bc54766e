/** An agreement as data: what is signed, in one spelling with one digest and what state it is in. */
import { createHash } from 'node:crypto';
import {
  COARSE,
  SHARED_DETAILS,
  type SharedDetail,
  type SharedPlace,
  type SharedTime,
  sightOf,
} from '../../access/sight.ts';
import { HANDLINGS, type Handling, type Purpose } from '../../kernel/vocabulary.ts';

/** What may be shared. Staffing and personal fields never are. */
export const SHARED_CLASSES = ['report', 'incident', 'movement', 'statement', 'entity', 'flow'] as const;
export type SharedClass = (typeof SHARED_CLASSES)[number];

/** What a report tells, which goes where it goes; published flows are of no report. */
export const REPORTED_CLASSES: readonly SharedClass[] = SHARED_CLASSES.filter((each) => each !== 'flow');

/** `full`: as the owner keeps it, without what is the owner's alone. `coarse`: in part, as finely as the term says. */
export const SIGHTS = ['full', 'coarse'] as const;
export type Sight = (typeof SIGHTS)[number];

export const CEILINGS = HANDLINGS.filter((handling) => handling !== 'red') as readonly Ceiling[];
export type Ceiling = Exclude<Handling, 'red'>;

export const TEMPLATES = ['full_record', 'case_by_case', 'pseudonymous', 'aggregate_only'] as const;
export type Template = (typeof TEMPLATES)[number];

export const ONWARD = ['none', 'with_originators_consent'] as const;
export type Onward = (typeof ONWARD)[number];

/** One direction of one class. Organisations by slug: the text that is signed names them. */
export interface Term {
  readonly giver: string;
  readonly receiver: string;
  readonly recordClass: SharedClass;
  readonly sight: Sight;
  /** How finely, and which details: of a coarse one. Null and none of a full one. */
  readonly place: SharedPlace | null;
  readonly time: SharedTime | null;
  readonly details: readonly SharedDetail[];
  readonly handlingCeiling: Ceiling;
}

/** Which details a class has. */
export const DETAILS_OF: Readonly<Record<SharedClass, readonly SharedDetail[]>> = {
  report: [],
  incident: ['counts', 'red_flags', 'indicators'],
  movement: ['party'],
  statement: [],
  entity: ['participations', 'labels', 'identifiers', 'links', 'basis'],
  flow: [],
};

export interface Terms {
  readonly name: string;
  readonly template: Template;
  /** Two or more, in order. */
  readonly parties: readonly string[];
  readonly purposes: readonly Purpose[];
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
      .map(({ giver, receiver, recordClass, sight, place, time, details, handlingCeiling }) => ({
        giver,
        receiver,
        recordClass,
        sight,
        place,
        time,
        details: SHARED_DETAILS.filter((detail) => details.includes(detail)),
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

/** Every party shows every other the same; nothing where only aggregates are shared, and case by case what each report tells. */
export function termsOf(template: Template, parties: readonly string[]): readonly Term[] {
  if (template === 'aggregate_only') return [];
  const sight: Sight = template === 'pseudonymous' ? 'coarse' : 'full';
  const classes = template === 'case_by_case' ? REPORTED_CLASSES : SHARED_CLASSES;
  const handlingCeiling: Ceiling = 'amber';
  return parties.flatMap((giver) =>
    parties
      .filter((receiver) => receiver !== giver)
      .flatMap((receiver) =>
        classes.map((recordClass) => ({
          giver,
          receiver,
          recordClass,
          ...inPart(sight),
          handlingCeiling,
        })),
      ),
  );
}

/** What a sight shows where nothing more is said of it. */
export function inPart(sight: Sight): Pick<Term, 'sight' | 'place' | 'time' | 'details'> {
  return sight === 'full' ? { sight, place: null, time: null, details: [] } : { sight, ...COARSE };
}

/** What access is to show under a coarse term. */
export const partialSight = ({ place, time, details }: Term): typeof COARSE =>
  sightOf(place ?? COARSE.place, time ?? COARSE.time, details);

/** One for each direction and class. */
export const placeOf = ({ giver, receiver, recordClass }: Term): string =>
  `${giver} ${receiver} ${recordClass}`;
