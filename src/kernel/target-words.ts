/** The closed word lists of targets. */

/** What may be acted against. Phones and vehicles lead to somebody; they are nobody's target. */
export const TARGET_KINDS = ['individual', 'network', 'establishment', 'support_structure'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** How far a target got, in this order. */
export const TARGET_STAGES = ['lead', 'developing', 'ready', 'referred', 'closed'] as const;
export type TargetStage = (typeof TARGET_STAGES)[number];
export type OpenStage = Exclude<TargetStage, 'closed'>;
export const OPEN_STAGES = TARGET_STAGES.filter((stage): stage is OpenStage => stage !== 'closed');

/** What can be done next. A possible victim is asked nothing by any of them. */
export const TARGET_ACTIONS = [
  'confirm_identity',
  'seek_second_source',
  'collect_documents',
  'check_records',
  'review_suspicion',
  'prepare_referral',
  'refer',
  'follow_case',
  'close',
] as const;
export type TargetAction = (typeof TARGET_ACTIONS)[number];

export const TARGET_CLOSINGS = [
  'acted_on',
  'not_supported',
  'suspicion_ended',
  'duplicate',
  'other',
] as const;
export type TargetClosing = (typeof TARGET_CLOSINGS)[number];
