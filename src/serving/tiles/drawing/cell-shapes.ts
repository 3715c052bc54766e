/** Counted H3 cells as the areas they are, of which a tile takes those that reach into it. */
import { normaliseLongitude, unwrap } from '../../../geo/antimeridian.ts';
import {
  type Cell,
  centreOf,
  fromIndex,
  inradiusKm,
  outlineOf,
  resolutionOf,
  toIndex,
} from '../../../geo/cells.ts';
import { toWorld, type WorldPoint } from '../../../geo/mercator.ts';
import type { TileAddress } from '../tile-address.ts';
import { areaShape, type MapShape, type Tags } from './map-shape.ts';
import { mayShow } from './place-shape.ts';

/** Index and count of each cell, by index. */
export type CountedCells = readonly (readonly [index: string, count: number])[];

const KM_AROUND = 40_075;
/** From the inner radius of an average cell to the farthest corner of a large one. */
const TO_CORNER = 1.6;

const placed = new WeakMap<CountedCells, readonly PlacedCell[]>();

interface PlacedCell {
  readonly cell: Cell;
  readonly count: number;
  readonly centre: WorldPoint;
  /** In the world's square. */
  readonly reach: number;
}

/** The centres are worked out once for all tiles of one list. */
export function cellShapesOn(counted: CountedCells, address: TileAddress): MapShape[] {
  const cells = placed.get(counted) ?? counted.map(placeCell);
  placed.set(counted, cells);
  return cells
    .filter(({ centre: [x, y], reach }) =>
      mayShow({ minX: x - reach, maxX: x + reach, minY: y - reach, maxY: y + reach }, address),
    )
    .map(({ cell, count }) =>
      cellShape(cell, { cell: toIndex(cell), resolution: resolutionOf(cell), count }),
    );
}

export function cellShape(cell: Cell, tags: Tags): MapShape {
  return areaShape([[unwrap(outlineOf(cell))]], tags);
}

function placeCell([index, count]: CountedCells[number]): PlacedCell {
  const cell = fromIndex(index);
  const [longitude, latitude] = centreOf(cell);
  const km = inradiusKm(resolutionOf(cell)) * TO_CORNER;
  // Towards the poles the map grows: as wide as at the cell's far side.
  const far = Math.min(Math.abs(latitude) + km / 111, 89);
  return {
    cell,
    count,
    centre: toWorld([normaliseLongitude(longitude), latitude]),
    reach: km / (KM_AROUND * Math.cos((far * Math.PI) / 180)),
  };
}
