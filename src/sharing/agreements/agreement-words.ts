/** The closed lists of what is done to an agreement, and why. */

export const AGREEMENT_ACTS = [
  'drafted',
  'amended',
  'signed',
  'activated',
  'suspended',
  'resumed',
  'revoked',
  'reviewed',
] as const;
export type AgreementActKind = (typeof AGREEMENT_ACTS)[number];

export const AGREEMENT_REASONS = [
  'breach',
  'misuse',
  'legal_order',
  'no_longer_needed',
  'terms_changed',
  'party_left',
  'precaution',
  'resolved',
] as const;
export type AgreementReason = (typeof AGREEMENT_REASONS)[number];
