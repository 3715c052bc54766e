/** Referrals going with the report they are about: for whoever ends a report or a person. */

/** Statements, to be run one after the other; the keys are doomed, not yet destroyed. `where`: a condition on `referral f`. */
export function removeReferrals(where: string): readonly string[] {
  return [dropReferralTexts(where), `delete from referral f where ${where}`];
}

/** Whom it was to and why goes; that it was asked and answered stays, as codes. */
export function dropReferralTexts(where: string): string {
  return (
    `with gone as (delete from referral_text t using referral f where f.id = t.referral_id and ${where} returning t.key_id) ` +
    'insert into doomed_key select distinct key_id from gone on conflict do nothing'
  );
}

/** That it was there stays in its past, and what is sealed stays so until the report is purged. `at`: SQL of the moment. */
export function endOfReferrals(where: string, at: string): string {
  return `update referral f set known_to = greatest(${at}, f.known_from + interval '1 microsecond') where ${where} and f.known_to is null`;
}

/** Referrals that may name somebody of a report; bound: $1 entities of it, $2 the report. */
export const REFERRED = '(f.report_id = $2 and $1::uuid[] is not null)';
