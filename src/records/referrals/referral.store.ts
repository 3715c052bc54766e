/** Referrals written, corrected and withdrawn. */
import type { Queryable } from '../../platform/database.ts';
import { isHeldReport } from '../composition/held.sql.ts';
import type { NewNote, OwnNote } from '../own-records/sealed-note.service.ts';
import type { ReferralAbout } from './referral-words.ts';
import { dropReferralTexts } from './referred.sql.ts';
import type { ReferralAnswers } from './said-referral.ts';

export async function insertReferral(
  connection: Queryable,
  referral: NewNote,
  answers: ReferralAnswers,
): Promise<void> {
  await connection.execute(
    `insert into referral (id, owner_id, visibility_class_id, report_id, about_kind, about_id, written_by, written_at, known_from,
       agency_kind, consent, legal_basis, retaliation, agency_corruption)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13)`,
    [
      referral.id,
      referral.ownerId,
      referral.classId,
      referral.anchor.report_id,
      referral.about,
      referral.aboutId,
      referral.keyId,
      referral.now.toISOString(),
      ...valuesOf(answers),
    ],
  );
}

export interface OwnReferral extends OwnNote {
  readonly about_kind: ReferralAbout;
  readonly about_id: string;
}

/** With $1 its id and $2 its owner. */
export const STANDING_REFERRAL = `select f.id, f.version, f.report_id, null::uuid as legal_case_id, f.about_kind, f.about_id,
    exists (select 1 from report r where r.id = f.report_id and ${isHeldReport('r')}) as held
  from referral f where f.id = $1 and f.owner_id = $2 and f.known_to is null and f.retracted_at is null`;

export async function nextAnswers(
  connection: Queryable,
  { id, keyId, at }: { readonly id: string; readonly keyId: string; readonly at: string },
  answers: ReferralAnswers,
): Promise<void> {
  await connection.execute(
    `update referral set version = version + 1, written_by = $2, known_from = $3, agency_kind = $4, consent = $5,
       legal_basis = $6, retaliation = $7, agency_corruption = $8 where id = $1`,
    [id, keyId, at, ...valuesOf(answers)],
  );
}

/** What was written in any version. */
export async function dropOwnTexts(connection: Queryable, id: string): Promise<void> {
  await connection.execute(dropReferralTexts('(f.id = $1 or f.version_of = $1)'), [id]);
}

function valuesOf(answers: ReferralAnswers): readonly string[] {
  const { agencyKind, consent, legalBasis, retaliation, agencyCorruption } = answers;
  return [agencyKind, consent, legalBasis, retaliation, agencyCorruption];
}
