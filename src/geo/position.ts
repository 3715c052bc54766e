/** A place on Earth: longitude first, in degrees, as RFC 7946 orders it. */
export type Position = readonly [longitude: number, latitude: number];

/** West > east means the box crosses the antimeridian. */
export interface BoundingBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}
