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
/** Either way: who prepares a place is there the day before. */
export const MARGIN_HOURS = 24;

export function areNear(one: PlannedSpan, other: PlannedSpan): boolean {
  const marginMs = MARGIN_HOURS * 3_600_000;
  const meet =
    one.from.getTime() - marginMs < other.to.getTime() && other.from.getTime() - marginMs < one.to.getTime();
  return meet && greatCircleKm(one.position, other.position) <= NEAR_KM + one.radiusKm + other.radiusKm;
}
