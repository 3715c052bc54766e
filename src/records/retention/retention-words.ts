/** The closed word lists of keeping and purging. */
import { REPORT_KINDS } from '../../kernel/vocabulary.ts';

/** What has a clock of its own: reports by how they came to be, and rows of files that wait in quarantine. */
export const RETENTION_CLASSES = [...REPORT_KINDS, 'quarantined_row'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

export const RETENTION_ACTIONS = ['review', 'purge'] as const;
export type RetentionAction = (typeof RETENTION_ACTIONS)[number];

/** No free text, which could name somebody. */
export const RETENTION_REASONS = [
  'law',
  'agreement',
  'own_rule',
  'open_case',
  'safeguarding',
  'audit',
  'other',
] as const;
export type RetentionReason = (typeof RETENTION_REASONS)[number];

export const RETENTION_DECISIONS = ['extend', 'purge'] as const;
export type RetentionDecision = (typeof RETENTION_DECISIONS)[number];

/** What a day on which something falls due rests on. */
export const RETENTION_GROUNDS = ['usual', 'policy', 'source', 'extension', 'decision'] as const;
export type RetentionGround = (typeof RETENTION_GROUNDS)[number];

/** Months that are kept where an organisation said nothing; what falls due then waits for a person. */
export const USUAL_MONTHS: Readonly<Record<RetentionClass, number>> = {
  border_intercept: 60,
  investigation: 60,
  interview: 60,
  hotline: 60,
  partner: 60,
  open_source: 60,
  quarantined_row: 12,
};

/** Neither a policy nor an extension reaches further: then somebody looks again. */
export const MOST_MONTHS = 120;
