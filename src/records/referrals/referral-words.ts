/** The closed lists of what is answered before somebody is referred. */

export const REFERRAL_ABOUTS = ['report', 'incident'] as const;
export type ReferralAbout = (typeof REFERRAL_ABOUTS)[number];

export const AGENCY_KINDS = [
  'police',
  'prosecution',
  'border_authority',
  'shelter',
  'health_service',
  'child_protection',
  'social_service',
  'legal_aid',
  'embassy',
  'labour_inspection',
  'other_organisation',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

export const CONSENTS = ['given', 'not_given', 'not_asked'] as const;
export type Consent = (typeof CONSENTS)[number];

export const LEGAL_BASES = ['consent', 'vital_interest', 'legal_obligation', 'public_task'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

export const RETALIATIONS = ['none_seen', 'low', 'high'] as const;
export type Retaliation = (typeof RETALIATIONS)[number];

/** Of the receiving agency. What is known forbids: it is never kept as answered. */
export const CORRUPTIONS = ['none_known', 'cannot_be_told', 'suspected', 'known'] as const;
export type Corruption = (typeof CORRUPTIONS)[number];
