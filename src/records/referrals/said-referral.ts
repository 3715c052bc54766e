/** What is said of a referral, and what is missing or forbids it. Pure. */
import type { Reason } from '../../kernel/errors.ts';
import type {
  AgencyKind,
  Consent,
  Corruption,
  LegalBasis,
  ReferralAbout,
  Retaliation,
} from './referral-words.ts';

type Unanswered<T> = T | null | undefined;

/** As it came: whatever is not answered is a reason of its own, and none is guessed. */
export interface SaidReferral {
  readonly aboutKind: ReferralAbout;
  readonly aboutId: string;
  readonly agency?: Unanswered<string>;
  readonly agencyKind?: Unanswered<AgencyKind>;
  readonly consent?: Unanswered<Consent>;
  readonly withoutConsentBecause?: Unanswered<string>;
  readonly legalBasis?: Unanswered<LegalBasis>;
  readonly retaliation?: Unanswered<Retaliation>;
  readonly retaliationMeasure?: Unanswered<string>;
  readonly agencyCorruption?: Unanswered<Corruption>;
  readonly corruptionMeasure?: Unanswered<string>;
}

export interface ReferralAnswers {
  readonly agencyKind: AgencyKind;
  readonly consent: Consent;
  readonly legalBasis: LegalBasis;
  readonly retaliation: Retaliation;
  readonly agencyCorruption: Exclude<Corruption, 'known'>;
}

/** May name anybody: sealed. */
export interface ReferralTexts {
  readonly agency: string;
  readonly withoutConsentBecause: string | null;
  readonly retaliationMeasure: string | null;
  readonly corruptionMeasure: string | null;
}

const LONGEST = 2_000;
const TEXTS = ['agency', 'withoutConsentBecause', 'retaliationMeasure', 'corruptionMeasure'] as const;
const QUESTIONS = [
  ['agencyKind', 'what kind of agency receives it'],
  ['consent', 'whether the person agreed, refused or was not asked'],
  ['legalBasis', 'on what basis it goes out'],
  ['retaliation', 'whether somebody may take revenge for it'],
  ['agencyCorruption', 'whether the agency may be corrupt'],
] as const;

/** Every reason at once; none of them shows a text. */
export function faultsOf(said: SaidReferral): readonly Reason[] {
  const { consent, legalBasis, retaliation, agencyCorruption } = said;
  const reasons: Reason[] = [];
  const want = (where: string, wanted: string): void => {
    reasons.push({ where, found: 'no answer', wanted });
  };
  const forbid = (where: string, found: string, wanted: string): void => {
    reasons.push({ where, found, wanted });
  };
  for (const [where, wanted] of QUESTIONS) if (said[where] == null) want(where, wanted);
  if (written(said.agency) === null) want('agency', 'who receives it');
  for (const where of TEXTS) {
    const length = said[where]?.length ?? 0;
    if (length > LONGEST) forbid(where, `${length} characters`, `${LONGEST} at most`);
  }
  if (consent === 'not_given' || consent === 'not_asked') {
    if (written(said.withoutConsentBecause) === null)
      want('withoutConsentBecause', 'why it goes out without the consent of the person');
    if (legalBasis != null && legalBasis !== 'vital_interest')
      forbid(
        'legalBasis',
        `${legalBasis}, without consent`,
        'consent given, or vital_interest: to save somebody’s life or limb',
      );
  }
  if (retaliation != null && retaliation !== 'none_seen' && written(said.retaliationMeasure) === null)
    want('retaliationMeasure', 'what is done against revenge');
  if (
    (agencyCorruption === 'cannot_be_told' || agencyCorruption === 'suspected') &&
    written(said.corruptionMeasure) === null
  )
    want('corruptionMeasure', 'what is done so that a corrupt officer cannot use it');
  if (agencyCorruption === 'known')
    forbid('agencyCorruption', 'known', 'another agency: this one is not to be trusted with somebody');
  return reasons;
}

/** Of what has no faults. */
export function answersOf(said: SaidReferral): {
  readonly answers: ReferralAnswers;
  readonly texts: ReferralTexts;
} {
  return {
    answers: {
      agencyKind: said.agencyKind as AgencyKind,
      consent: said.consent as Consent,
      legalBasis: said.legalBasis as LegalBasis,
      retaliation: said.retaliation as Retaliation,
      agencyCorruption: said.agencyCorruption as ReferralAnswers['agencyCorruption'],
    },
    texts: {
      agency: written(said.agency) as string,
      withoutConsentBecause: written(said.withoutConsentBecause),
      retaliationMeasure: written(said.retaliationMeasure),
      corruptionMeasure: written(said.corruptionMeasure),
    },
  };
}

function written(text: Unanswered<string>): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
