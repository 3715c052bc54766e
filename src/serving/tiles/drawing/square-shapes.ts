/** Counted squares of a Z-order grid as points with counts, of which a tile takes those that are in it. */
import { type PlanePoint } from '../../../geo/clip-to-box.ts';
import { MOST_LATITUDE } from '../../../geo/mercator.ts';
import { gridCentre } from '../../../geo/morton.ts';
import type { TileAddress } from '../tile-address.ts';
import { type MapShape, pointShape } from './map-shape.ts';
import { mayShow } from './place-shape.ts';

/** Which square, and how many; by square. */
export type CountedSquares = readonly (readonly [square: number, count: number])[];

/** A tile is as many columns across as this doubled so often: eight pixels each where a tile is drawn with 512. */
const COLUMNS = 6;
/** Squares named by whole numbers in a double. */
const MOST_LEVELS = 26;

interface Points {
  readonly shapes: readonly MapShape[];
}

const made = new WeakMap<CountedSquares, Map<number, Points>>();

export function levelsAt({ z }: TileAddress): number {
  return Math.min(z + COLUMNS, MOST_LEVELS);
}

/** `levels`: of the squares that were counted, as many as the tile's or more; they are put together once for all tiles of a zoom. */
export function squareShapesOn(counted: CountedSquares, levels: number, address: TileAddress): MapShape[] {
  const wanted = levelsAt(address);
  const zooms = made.get(counted) ?? new Map<number, Points>();
  made.set(counted, zooms);
  const points = zooms.get(wanted) ?? { shapes: shapesOf(together(counted, levels - wanted), wanted) };
  zooms.set(wanted, points);
  return points.shapes.filter(({ box }) => mayShow(box, address));
}

function together(counted: CountedSquares, fewer: number): CountedSquares {
  if (fewer === 0) return counted;
  const sums = new Map<number, number>();
  for (const [square, count] of counted) {
    const wider = Math.floor(square / 4 ** fewer);
    sums.set(wider, (sums.get(wider) ?? 0) + count);
  }
  return [...sums];
}

function shapesOf(counted: CountedSquares, levels: number): MapShape[] {
  return counted.flatMap(([square, count]) => pointShape(onMap(gridCentre(square, levels)), { count }) ?? []);
}

/** Only what lies on the map was counted, though the middle of its square may not. */
function onMap([longitude, latitude]: PlanePoint): PlanePoint {
  const most = MOST_LATITUDE - 1e-6;
  return [longitude, Math.max(-most, Math.min(most, latitude))];
}
