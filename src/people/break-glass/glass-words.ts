/** Why the glass is broken: a closed list, so that nobody writes a name into it. */
export const GLASS_REASONS = [
  'immediate_danger',
  'medical_emergency',
  'child_at_risk',
  'person_missing',
  'court_deadline',
  'nobody_reachable',
] as const;
export type GlassReason = (typeof GLASS_REASONS)[number];

export const GLASS_STATES = ['open', 'ended', 'reviewed'] as const;
export type GlassState = (typeof GLASS_STATES)[number];

export const MOST_MINUTES = 60;
/** In 24 hours, by one person. */
export const MOST_A_DAY = 3;
/** In 24 hours, by all of one organisation. */
export const MOST_OF_ALL = 10;
