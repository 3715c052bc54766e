/** The profiles that come with the hub, by the names the import command knows. */
import type { ImportProfile } from '../profile.ts';
import { BORDER_INTERCEPT } from './border-intercept.ts';
import { CASE_FORM } from './case-form.ts';
import { CTDC } from './ctdc.ts';
import { DTM } from './dtm.ts';
import { HTCDS } from './htcds.ts';
import { INTERDICTIONS } from './interdictions.ts';
import { LOCATION_CARD } from './location-card.ts';
import { MISSING_MIGRANTS } from './missing-migrants.ts';
import { RED_FLAG_WEIGHTS } from './red-flag-weights.ts';
import { STAFFING } from './staffing.ts';
import { STATION_STATISTICS } from './station-statistics.ts';
import { SUSPECT_CARD } from './suspect-card.ts';
import { VICTIM_INTERVIEW } from './victim-interview.ts';

export const NAMED_PROFILES: readonly ImportProfile[] = [
  BORDER_INTERCEPT,
  HTCDS,
  VICTIM_INTERVIEW,
  CASE_FORM,
  SUSPECT_CARD,
  LOCATION_CARD,
  STAFFING,
  STATION_STATISTICS,
  INTERDICTIONS,
  RED_FLAG_WEIGHTS,
  MISSING_MIGRANTS,
  CTDC,
  DTM,
];

/** Null when no profile has the name. */
export function findProfile(name: string): ImportProfile | null {
  return NAMED_PROFILES.find((profile) => profile.name === name) ?? null;
}
