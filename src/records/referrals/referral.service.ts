/** Recording, correcting and withdrawing a referral: each once, in one transaction with its receipt and its audit event. */
import { type Outcome, refuse } from '../../kernel/errors.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import { type OwnTarget, withdrawOnce } from '../own-records/own-act.service.ts';
import { correctNote, noteKind, recordNote } from '../own-records/sealed-note.service.ts';
import {
  dropOwnTexts,
  insertReferral,
  nextAnswers,
  type OwnReferral,
  STANDING_REFERRAL,
} from './referral.store.ts';
import { answersOf, faultsOf, type ReferralAnswers, type SaidReferral } from './said-referral.ts';

const REFERRAL = noteKind<OwnReferral>('referral', STANDING_REFERRAL, {
  table: 'referral',
  alsoNames: ({ about_id }) => [about_id],
  drop: dropOwnTexts,
});

/** Before it leaves: refused while a question is open, or when an answer forbids it. */
export async function recordReferral(
  tools: ActTools,
  request: ActRequest,
  said: SaidReferral,
): Promise<Outcome<DoneOnce>> {
  const faults = faultsOf(said);
  if (faults.length > 0) return refuse(...faults);
  const { answers, texts } = answersOf(said);
  return recordNote(tools, request, 'referral', {
    said,
    about: said.aboutKind,
    aboutId: said.aboutId,
    text: JSON.stringify(texts),
    insert: async (connection, referral) => {
      await insertReferral(connection, referral, answers);
      return { alsoNames: [referral.aboutId], detail: detailOf(answers) };
    },
  });
}

/** All of it is answered again; what was answered stays as its version before. It stays about what it is about. */
export async function correctReferral(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidReferral,
): Promise<Outcome<DoneOnce>> {
  const faults = faultsOf(said);
  if (faults.length > 0) return refuse(...faults);
  const { answers, texts } = answersOf(said);
  return correctNote(tools, request, REFERRAL, target, {
    said,
    text: JSON.stringify(texts),
    refusal: (row) =>
      said.aboutKind === row.about_kind && said.aboutId.toLowerCase() === row.about_id
        ? null
        : {
            where: 'aboutId',
            found: 'another record',
            wanted: 'the same; withdraw this one and record the other',
          },
    write: (connection, next) => nextAnswers(connection, next, answers),
    detail: detailOf(answers),
  });
}

/** What was written in any version goes for good, with its keys. A legal hold keeps it. */
export function withdrawReferral(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  return withdrawOnce(tools, request, REFERRAL, target);
}

/** Codes, which say what was answered and of nobody. */
function detailOf({ agencyKind, consent, legalBasis, retaliation, agencyCorruption }: ReferralAnswers) {
  return { agency: agencyKind, consent, basis: legalBasis, retaliation, corruption: agencyCorruption };
}
