/** When two plans are near enough in place and time that their makers should talk. */
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';

export interface PlannedSpan {
  readonly position: Position;
  readonly radiusKm: number;
  /** Half-open. */
  readonly from: Date;
  readonly to: Date;
}

/** Between the edges: as far as a car that is followed goes while somebody telephones. */
export const NEAR_KM = 25;
/** Of each plan, before and after: who prepares a place is there the day before, and who clears it the day after. */
export const MARGIN_HOURS = 24;

export function areNear(one: PlannedSpan, other: PlannedSpan): boolean {
  // Both are widened, so the gap between them may be twice as long.
  const marginMs = 2 * MARGIN_HOURS * 3_600_000;
  const meet =
    one.from.getTime() - marginMs < other.to.getTime() && other.from.getTime() - marginMs < one.to.getTime();
  return meet && greatCircleKm(one.position, other.position) <= NEAR_KM + one.radiusKm + other.radiusKm;
}
