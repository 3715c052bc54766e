/** Detections against the staff-time that made them, with an exact interval; under too few cases, no rate at all. */
import { poissonInterval } from '../../geo/poisson-interval.ts';
import type { DetectionRate } from './flow.type.ts';

export const LEAST_RATE_INCIDENTS = 10;
export const LEAST_RATE_ORIGINS = 3;

export interface Detections {
  /** Independent incidents of owners whose effort is known. */
  readonly incidents: number;
  readonly independentOrigins: number;
}

/** `months`: staff-months worked; none is a place that nobody monitored, whatever was found there. */
export function detectionRate({ incidents, independentOrigins }: Detections, months: number): DetectionRate {
  if (months === 0) return withoutRate('NOT_MONITORED');
  if (incidents < LEAST_RATE_INCIDENTS || independentOrigins < LEAST_RATE_ORIGINS) {
    return {
      status: 'NOT_ENOUGH_DATA',
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
    detections: incidents,
    staffMonths: months,
    rate: incidents / months,
    low: low / months,
    high: high / months,
  };
}

export function withoutRate(status: 'NOT_MONITORED' | 'NOT_AVAILABLE' | 'NOT_ENOUGH_DATA'): DetectionRate {
  return { status, detections: null, staffMonths: null, rate: null, low: null, high: null };
}
