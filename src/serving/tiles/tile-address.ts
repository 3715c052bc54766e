/** Which tile: read from a path, and what part of the Earth it shows. */
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import { latitudeOf } from '../../geo/mercator.ts';
import type { BoundingBox } from '../../geo/position.ts';
import { HeadwaterError } from '../../kernel/errors.ts';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Units along an edge of a tile. */
export const EXTENT = 4_096;
/** Units beyond each edge in which a tile shows what its neighbour does, so that no symbol is cut. */
export const BUFFER = 64;
export const MOST_ZOOM = 22;

/** Throws BAD_INPUT naming what was found. */
export function readAddress(z: string, x: string, y: string): TileAddress {
  const zoom = wholeNumber('z', z, MOST_ZOOM);
  const last = 2 ** zoom - 1;
  return { z: zoom, x: wholeNumber('x', x, last), y: wholeNumber('y', y, last) };
}

/** What the tile shows, its buffer and `more` units included. West > east where that lies over the antimeridian. */
export function boundsOf({ z, x, y }: TileAddress, more = 1): BoundingBox {
  const tiles = 2 ** z;
  const margin = (BUFFER + more) / EXTENT;
  const longitude = (at: number): number => normaliseLongitude((at / tiles) * 360 - 180);
  const isWorld = 1 + 2 * margin >= tiles;
  return {
    west: isWorld ? -180 : longitude(x - margin),
    east: isWorld ? 180 : longitude(x + 1 + margin),
    south: latitudeOf((y + 1 + margin) / tiles),
    north: latitudeOf((y - margin) / tiles),
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^(?:0|[1-9]\d{0,7})$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new HeadwaterError(
    'BAD_INPUT',
    `${name}: found ${JSON.stringify(text.slice(0, 20))}, wanted a whole number from 0 to ${most}`,
  );
}
