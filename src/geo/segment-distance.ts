/** How far apart two directed segments lie: the perpendicular, parallel and angle distance of TRACLUS (Lee, Han & Whang, SIGMOD 2007). */
import { frameBetween, type LocalFrame, toPlane } from './local-frame.ts';
import type { UnitVector } from './sphere.ts';

/** A directed piece of a great circle. */
export interface Segment {
  readonly start: UnitVector;
  readonly end: UnitVector;
  readonly lengthKm: number;
  /** Along it, from its middle. */
  readonly frame: LocalFrame;
}

export interface SegmentDistance {
  /** The Lehmer mean (l₁² + l₂²)/(l₁ + l₂) of how far the ends of the shorter lie from the line of the longer. */
  readonly perpendicularKm: number;
  /** From where either end of the shorter falls upon that line to the nearest end of the longer; the less of both. */
  readonly parallelKm: number;
  /** The length of the shorter by the sine of the angle between them; all of its length from 90° on. */
  readonly angleKm: number;
}

/** Lengths that differ by less are equal: which is the longer must not hang on the last digit. */
const SAME_LENGTH = 1e-9;

/** Null where both ends are one place, or opposite. */
export function segmentBetween(start: UnitVector, end: UnitVector): Segment | null {
  const frame = frameBetween(start, end);
  return frame && { start, end, lengthKm: 2 * toPlane(frame, end)[0], frame };
}

/**
 * Measured in the plane along the longer segment, so that what is measured from its line is exact on the sphere; the angle distance is too long by at most
 * 1/cos(y/R), 0.05 % at 200 km. Of two equally long ones, the way that makes them nearer: the same whichever is named first.
 */
export function segmentDistance(a: Segment, b: Segment): SegmentDistance {
  if (Math.abs(a.lengthKm - b.lengthKm) > SAME_LENGTH * Math.max(a.lengthKm, b.lengthKm))
    return a.lengthKm > b.lengthKm ? fromLonger(a, b) : fromLonger(b, a);
  const [one, other] = [fromLonger(a, b), fromLonger(b, a)];
  return sumKm(one) <= sumKm(other) ? one : other;
}

/** The sum of the three, each with weight 1 as the paper has them. */
export function segmentDistanceKm(a: Segment, b: Segment): number {
  return sumKm(segmentDistance(a, b));
}

function fromLonger(longer: Segment, shorter: Segment): SegmentDistance {
  const [startAlong, startAcross] = toPlane(longer.frame, shorter.start);
  const [endAlong, endAcross] = toPlane(longer.frame, shorter.end);
  const [first, second] = [Math.abs(startAcross), Math.abs(endAcross)];
  const ahead = endAlong - startAlong;
  const aside = endAcross - startAcross;
  // The longer reaches from −half to half of its line.
  const half = longer.lengthKm / 2;
  return {
    perpendicularKm: first + second === 0 ? 0 : (first * first + second * second) / (first + second),
    parallelKm: Math.min(Math.abs(Math.abs(startAlong) - half), Math.abs(Math.abs(endAlong) - half)),
    angleKm: ahead > 0 ? Math.abs(aside) : Math.hypot(ahead, aside),
  };
}

function sumKm({ perpendicularKm, parallelKm, angleKm }: SegmentDistance): number {
  return perpendicularKm + parallelKm + angleKm;
}
