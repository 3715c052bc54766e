/** The profiles that come with the hub, by the names the import command knows. */
import type { ImportProfile } from '../profile.ts';
import { BORDER_INTERCEPT } from './border-intercept.ts';
import { CTDC } from './ctdc.ts';
import { DTM } from './dtm.ts';
import { MISSING_MIGRANTS } from './missing-migrants.ts';
import { STAFFING } from './staffing.ts';

export const NAMED_PROFILES: readonly ImportProfile[] = [
  BORDER_INTERCEPT,
  STAFFING,
  MISSING_MIGRANTS,
  CTDC,
  DTM,
];

/** Null when no profile has the name. */
export function findProfile(name: string): ImportProfile | null {
  return NAMED_PROFILES.find((profile) => profile.name === name) ?? null;
}
