/** The closed word lists of legal cases. */

export const CASE_STATUSES = ['investigation', 'charged', 'trial', 'appeal', 'decided', 'dropped'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const CASE_EVENT_KINDS = ['referral', 'arrest', 'charge', 'hearing', 'verdict'] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

export const HEARING_KINDS = ['remand', 'bail', 'plea', 'trial', 'sentencing', 'appeal', 'other'] as const;
export type HearingKind = (typeof HEARING_KINDS)[number];

export const HEARING_RESULTS = ['held', 'adjourned', 'granted', 'refused', 'unknown'] as const;
export type HearingResult = (typeof HEARING_RESULTS)[number];

export const VERDICTS = ['convicted', 'acquitted', 'dismissed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How far a case got, in this order. */
export const CASE_STAGES = ['incident', 'referral', 'arrest', 'charge', 'conviction'] as const;
export type CaseStage = (typeof CASE_STAGES)[number];
