/** Detections against the staff-time that made them, with an exact interval; under too few cases, no rate at all. */
import { poissonInterval } from '../../geo/poisson-interval.ts';
import type { DetectionRate } from './flow.type.ts';

export const LEAST_RATE_INCIDENTS = 10;
export const LEAST_RATE_ORIGINS = 3;

export interface Detections {
  /** Independent incidents of owners whose staff-time is known, in months in which they worked. */
  readonly incidents: number;
  readonly independentOrigins: number;
}

/** `worked`: staff-months; none is a place that nobody monitored, whatever was found there. */
export function detectionRate({ incidents, independentOrigins }: Detections, worked: number): DetectionRate {
  // Sums of tenths in binary end in a ten-thousandth of a millionth that nobody worked.
  const months = Math.round(worked * 1e6) / 1e6;
  if (months === 0) return withoutRate('NOT_MONITORED', null);
  if (incidents < LEAST_RATE_INCIDENTS || independentOrigins < LEAST_RATE_ORIGINS) {
    return {
      status: 'NOT_ENOUGH_DATA',
      reason: null,
      detections: incidents,
      staffMonths: months,
      rate: null,
      low: null,
      high: null,
    };
  }
  const { low, high } = poissonInterval(incidents, 0.95);
  return {
    status: 'RATE',
    reason: null,
    detections: incidents,
    staffMonths: months,
    rate: incidents / months,
    low: low / months,
    high: high / months,
  };
}

/** Who sees no staff-time is not told whether there is any: that others watch a place is theirs to say. */
export const NO_EFFORT_SEEN = 'No staff-time is seen that these detections could be set against.';

export function withoutRate(status: 'NOT_MONITORED' | 'NOT_AVAILABLE', reason: string | null): DetectionRate {
  return { status, reason, detections: null, staffMonths: null, rate: null, low: null, high: null };
}
