/** The map that tiles are cut from: web mercator, the world as a square from 0 to 1, north at the top. */
import type { Position } from './position.ts';

/** The square ends here; what lies beyond is on no tile. */
export const MOST_LATITUDE = (Math.atan(Math.sinh(Math.PI)) * 180) / Math.PI;
/** Nearer to a pole the map has no end. */
const FARTHEST = 89.9;

/** 0 to 1 from west to east; an unwrapped longitude lies in the next world. */
export type WorldPoint = readonly [x: number, y: number];

export function toWorld([longitude, latitude]: Position): WorldPoint {
  const sine = Math.sin((Math.max(-FARTHEST, Math.min(FARTHEST, latitude)) * Math.PI) / 180);
  return [(longitude + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}
