/** The closed lists of matching: what can be asked for, who may be told, and what an owner is warned of. */

/**
 * Kinds of selector by the hub's own names. A name is that of somebody under a standing suspicion, by a keyed token of its folded spelling:
 * another spelling is another name.
 */
export const MATCH_KINDS = [
  'phone',
  'plate',
  'registration',
  'passport',
  'account',
  'agency',
  'establishment',
  'name',
] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** On the owner's side. */
export const TOLD_ROLES = ['data_officer', 'investigator', 'analyst'] as const;

export const ASK_KINDS = ['single', 'batch', 'follow_up'] as const;
export type AskKind = (typeof ASK_KINDS)[number];

/** Why nothing was looked at. The asker is never told. */
export type AskRefusal = 'not_open' | 'purpose' | 'kind' | 'quota' | 'below_minimum';

export const ALERT_KINDS = [
  'hit',
  'follow_up',
  'not_open',
  'quota',
  'below_minimum',
  'same_value',
  'barely_minimum',
  'mostly_misses',
  'follow_up_missed',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const LEAST_BATCH = 20;
export const USUAL_BATCH = 100;
export const USUAL_QUOTA = 1_000;
export const MOST_QUOTA = 20_000;
export const USUAL_SINGLES = 10;
export const MOST_SINGLES = 200;
/** Points in one request: ten seconds of work, and well under the largest body that is read. */
export const MOST_BATCH = 5_000;
/** Points that one organisation may send in a day, whomever it asks and whatever comes of it: refused ones are worked on too, so that they look alike. */
export const MOST_POINTS_A_DAY = 100_000;

export const PLAN_KINDS = [
  'surveillance',
  'raid',
  'recovery',
  'arrest',
  'interview',
  'outreach',
  'other',
] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];
