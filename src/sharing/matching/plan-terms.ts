/** A plan as somebody says it, and what is wrong with it: neither so wide nor so long that it asks after others' plans. */
import { type Cell, centreOf, inradiusKm, isCell, resolutionOf } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { PlanKind } from './match-words.ts';

export interface PlanSaid {
  readonly kind: PlanKind;
  /** H3 in hexadecimal; or a point with a radius. */
  readonly cell: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly radiusKm: number | null;
  readonly from: Date;
  readonly to: Date;
  readonly reference: string | null;
}

export interface PlacedPlan {
  readonly position: Position;
  readonly radiusKm: number;
}

const MOST_RADIUS_KM = 50;
const LONGEST_DAYS = 14;
const FURTHEST_DAYS = 366;
const MOST_REFERENCE = 200;
const DAY_MS = 86_400_000;
/** A circle around an average hexagon is so much wider than the one inside it. */
const AROUND = 2 / Math.sqrt(3);

/** Where it is, or all that is wrong with it. */
export function placedPlan(said: PlanSaid, now: Date): Outcome<PlacedPlan> {
  const reasons: Reason[] = [];
  const days = (said.to.getTime() - said.from.getTime()) / DAY_MS;
  if (!(days > 0 && days <= LONGEST_DAYS))
    reasons.push({
      where: 'from, to',
      found: Number.isNaN(days) ? 'what is no moment' : `${days.toFixed(1)} days`,
      wanted: `more than none and at most ${LONGEST_DAYS}`,
    });
  else if (said.to < now || said.from.getTime() > now.getTime() + FURTHEST_DAYS * DAY_MS)
    reasons.push({
      where: 'from, to',
      found: 'a span that is over, or more than a year off',
      wanted: 'one to come',
    });
  const reference = said.reference?.length ?? 0;
  if (reference > MOST_REFERENCE)
    reasons.push({
      where: 'reference',
      found: `${reference} characters`,
      wanted: `at most ${MOST_REFERENCE}`,
    });
  const place = placeOf(said);
  if (!place.accepted) reasons.push(...place.reasons);
  return reasons.length > 0 || !place.accepted ? refuse(...reasons) : place;
}

function placeOf({ cell, longitude, latitude, radiusKm }: PlanSaid): Outcome<PlacedPlan> {
  const wanted = `an H3 cell, or longitude, latitude and a radius of 0 to ${MOST_RADIUS_KM} km`;
  const pointed = longitude !== null && latitude !== null && radiusKm !== null;
  if (cell !== null && longitude === null && latitude === null && radiusKm === null)
    return ofCell(cell, wanted);
  if (cell !== null || !pointed)
    return refuse({ where: 'place', found: 'a place that is not whole, or two', wanted });
  const onEarth = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  if (!onEarth || !(radiusKm >= 0 && radiusKm <= MOST_RADIUS_KM))
    return refuse({ where: 'place', found: 'a point or radius out of bounds', wanted });
  return accept({ position: [longitude, latitude], radiusKm });
}

function ofCell(text: string, wanted: string): Outcome<PlacedPlan> {
  const cell: Cell | null = /^[0-9a-f]{15}$/i.test(text) ? BigInt(`0x${text}`) : null;
  const radiusKm = cell !== null && isCell(cell) ? inradiusKm(resolutionOf(cell)) * AROUND : null;
  if (cell === null || radiusKm === null || radiusKm > MOST_RADIUS_KM)
    return refuse({ where: 'place', found: 'what is no cell, or one too wide', wanted });
  return accept({ position: centreOf(cell), radiusKm });
}
