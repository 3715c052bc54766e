/** A plane laid along a great circle: Cassini's projection with that circle as its middle line, made of vectors. */
import { EARTH_RADIUS_KM, type UnitVector } from './sphere.ts';

/** Three unit vectors at right angles: to a place on the circle, along the circle there, and to the left of it. */
export interface LocalFrame {
  readonly middle: UnitVector;
  readonly along: UnitVector;
  readonly across: UnitVector;
}

/** Km along the circle from the middle, and km from the circle, its left above 0. */
export type PlanePoint = readonly [alongKm: number, acrossKm: number];

/** Below this, two places are one or opposite to each other to the last digits, and no one circle leads through both. */
const LEAST_SINE = 1e-12;

/** With the middle halfway between two places. Null where they are the same, or opposite. */
export function frameBetween(from: UnitVector, to: UnitVector): LocalFrame | null {
  return frameAt(
    [from[0] + to[0], from[1] + to[1], from[2] + to[2]],
    [to[0] - from[0], to[1] - from[1], to[2] - from[2]],
  );
}

/** At a place, in a direction: both any vectors, only their sense counts. Null where one of them says nothing, or points up or down. */
export function frameAt(place: UnitVector, direction: UnitVector): LocalFrame | null {
  const middle = scaled(place);
  const heading = scaled(direction);
  if (middle === null || heading === null) return null;
  const up = dot(heading, middle);
  const along = scaled([
    heading[0] - up * middle[0],
    heading[1] - up * middle[1],
    heading[2] - up * middle[2],
  ]);
  if (along === null) return null;
  return {
    middle,
    along,
    across: [
      middle[1] * along[2] - middle[2] * along[1],
      middle[2] * along[0] - middle[0] * along[2],
      middle[0] * along[1] - middle[1] * along[0],
    ],
  };
}

/**
 * Distances from the circle, and along it, are those of the sphere. Beside it, lengths in its direction come out too long by 1/cos(y/R): 0.05 % at
 * 200 km, 1.2 % at 1,000 km. Neither ±180° nor a pole is special.
 */
export function toPlane({ middle, along, across }: LocalFrame, place: UnitVector): PlanePoint {
  return [
    EARTH_RADIUS_KM * Math.atan2(dot(place, along), dot(place, middle)),
    EARTH_RADIUS_KM * Math.asin(Math.max(-1, Math.min(1, dot(place, across)))),
  ];
}

/** The inverse of `toPlane`. */
export function fromPlane(
  { middle, along, across }: LocalFrame,
  [alongKm, acrossKm]: PlanePoint,
): UnitVector {
  const x = alongKm / EARTH_RADIUS_KM;
  const y = acrossKm / EARTH_RADIUS_KM;
  const [ahead, beside, aside] = [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)];
  return [
    ahead * middle[0] + beside * along[0] + aside * across[0],
    ahead * middle[1] + beside * along[1] + aside * across[1],
    ahead * middle[2] + beside * along[2] + aside * across[2],
  ];
}

function dot(a: UnitVector, b: UnitVector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function scaled([x, y, z]: UnitVector): UnitVector | null {
  const length = Math.hypot(x, y, z);
  return length < LEAST_SINE ? null : [x / length, y / length, z / length];
}
