/** The hexagons of H3 as signed 64-bit integers: a cell is a bigint in PostgreSQL and here, never a string in a Map. */
import {
  cellToBoundary,
  cellToLatLng,
  getHexagonEdgeLengthAvg,
  gridDisk,
  isValidCell,
  latLngToCell,
} from 'h3-js';
import { cutRing } from './antimeridian.ts';
import type { Position } from './position.ts';
import { densify } from './sphere.ts';

/** An H3 index. Bit 63 is reserved as 0, so it is positive as a PostgreSQL bigint. */
export type Cell = bigint;

export const FINEST_RESOLUTION = 15;

/** The cell that holds a position, at a resolution of 0–15. */
export function cellAt([longitude, latitude]: Position, resolution: number): Cell {
  return fromIndex(latLngToCell(latitude, longitude, resolution));
}

export function isCell(cell: Cell): boolean {
  return cell > 0n && isValidCell(toIndex(cell));
}

/** Bits 52–55. */
export function resolutionOf(cell: Cell): number {
  return Number((cell >> 52n) & 15n);
}

/** The ancestor at a coarser (or the same) resolution, by arithmetic: the resolution is set, and all finer digits become 7. */
export function parentOf(cell: Cell, resolution: number): Cell {
  if (resolution > resolutionOf(cell)) {
    throw new RangeError(`parentOf: found resolution ${resolution}, wanted at most ${resolutionOf(cell)}`);
  }
  const finerDigits = (1n << BigInt(3 * (FINEST_RESOLUTION - resolution))) - 1n;
  return (cell & ~(15n << 52n)) | (BigInt(resolution) << 52n) | finerDigits;
}

/** All cells within `rings` steps, the cell itself included; in ascending order. */
export function diskAround(cell: Cell, rings: number): Cell[] {
  return gridDisk(toIndex(cell), rings).map(fromIndex).sort(ascending);
}

export function centreOf(cell: Cell): Position {
  const [latitude, longitude] = cellToLatLng(toIndex(cell));
  return [longitude, latitude];
}

/** The outline as coordinates of a GeoJSON MultiPolygon: two pieces where the cell lies across the antimeridian. */
export function boundaryOf(cell: Cell): Position[][][] {
  return cutRing(outlineOf(cell)).map((piece) => [piece]);
}

/** The same as one closed ring, whose longitudes may jump over the antimeridian. */
export function outlineOf(cell: Cell): Position[] {
  return cellToBoundary(toIndex(cell), true).map(([longitude, latitude]): Position => [longitude, latitude]);
}

/** The radius of the circle inside an average hexagon of a resolution, in km. */
export function inradiusKm(resolution: number): number {
  return (getHexagonEdgeLengthAvg(resolution, 'km') * Math.sqrt(3)) / 2;
}

/**
 * The finest resolution whose cells still hold a footprint of this radius, so that no place is drawn finer than it is known; null
 * where not even the coarsest does. A country's centroid ends at resolutions too coarse for any hotspot.
 */
export function finestResolutionFor(uncertaintyKm: number): number | null {
  if (!(uncertaintyKm >= 0)) {
    throw new RangeError(`finestResolutionFor: found ${uncertaintyKm} km, wanted 0 or more`);
  }
  for (let resolution = FINEST_RESOLUTION; resolution >= 0; resolution -= 1) {
    if (inradiusKm(resolution) >= uncertaintyKm) return resolution;
  }
  return null;
}

/**
 * The distinct cells under a leg's great circle, in order of travel. For observed legs only: an inferred leg has no cells. Sampled every
 * quarter edge, so a corner nicked by less than that may be missing.
 */
export function cellsAlong(from: Position, to: Position, resolution: number): Cell[] {
  const stepKm = getHexagonEdgeLengthAvg(resolution, 'km') / 4;
  return [...new Set(densify([from, to], stepKm).map((position) => cellAt(position, resolution)))];
}

/** H3 writes 15 hexadecimal digits. */
export function fromIndex(index: string): Cell {
  return BigInt(`0x${index}`);
}

export function toIndex(cell: Cell): string {
  return cell.toString(16);
}

function ascending(a: Cell, b: Cell): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
