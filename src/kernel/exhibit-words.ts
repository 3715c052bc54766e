/** The closed word lists of exhibits and of whose hands they went through. */

export const EXHIBIT_KINDS = [
  'document',
  'travel_document',
  'photograph',
  'audio',
  'video',
  'message_log',
  'financial_record',
  'device',
  'physical_object',
  'other',
] as const;
export type ExhibitKind = (typeof EXHIBIT_KINDS)[number];

export const CUSTODY_KINDS = [
  'received',
  'transferred',
  'sealed',
  'opened',
  'copied',
  'submitted_to_court',
  'returned',
  'destroyed',
] as const;
export type CustodyKind = (typeof CUSTODY_KINDS)[number];

/** Who keeps it: an office, never a person. */
export const CUSTODIAN_ROLES = [
  'own_organisation',
  'partner_organisation',
  'police',
  'prosecution',
  'court',
  'forensic_laboratory',
  'customs',
  'archive',
  'other_authority',
] as const;
export type CustodianRole = (typeof CUSTODIAN_ROLES)[number];
