/** Drawing incidents, crossings and the places of movements: counted where they are many, one by one from near. */
import type { BoundingBox } from '../../geo/position.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import { cellShapesOn } from './drawing/cell-shapes.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { type MapShape, pointShape } from './drawing/map-shape.ts';
import { type CountedSquares, levelsAt, squareShapesOn } from './drawing/square-shapes.ts';
import type { MakeSource } from './point-source.sql.ts';
import { readCells, readPoints, readSquares } from './point-tiles.view.ts';
import type { MakeRolled } from './rolled-points.sql.ts';
import { readRolledCells, readRolledSquares } from './rolled-points.view.ts';
import { boundsOf, EXTENT, type TileAddress } from './tile-address.ts';
import { resolutionAt } from './tile-layers.ts';

/** From this zoom on records are drawn one by one, where a tile has no more of them than `MOST_RECORDS`. */
const RECORDS_FROM = 10;
const MOST_RECORDS = 10_000;
/** Up to this zoom the world is counted once for all tiles of a question: one pass costs what one tile would. Sums by square cost by the square. */
const COUNTED_WHOLE = { records: 7, rolled: 3 } as const;
/** A square counts in the tile that its middle is in, and is counted whole: so many more than the tile on each side, since near the poles they are tall. */
const SQUARES_BESIDE = 3;

interface AskedPoints {
  readonly layer: string;
  /** All that the points depend on beside the viewer. */
  readonly question: unknown;
  readonly make: MakeSource;
  /** Null where sums that are kept cannot answer. */
  readonly rolled: MakeRolled | null;
}

export async function drawPoints(
  context: RequestContext,
  asked: AskedPoints,
  address: TileAddress,
): Promise<DrawnLayers> {
  return {
    [asked.layer]: await pointsOn(context, asked, address),
    [`${asked.layer}-cells`]: await cellsOn(context, asked, address),
  };
}

async function pointsOn(
  context: RequestContext,
  asked: AskedPoints,
  address: TileAddress,
): Promise<readonly MapShape[]> {
  const { reader } = context;
  const levels = levelsAt(address);
  const isFar = address.z < RECORDS_FROM;
  const wholeTo = isFar && asked.rolled !== null ? COUNTED_WHOLE.rolled : COUNTED_WHOLE.records;
  const squaresOf = (finest: number, box: BoundingBox | null): Promise<CountedSquares> =>
    isFar && asked.rolled !== null
      ? readRolledSquares(reader, asked.rolled, finest, box)
      : readSquares(reader, asked.make, finest, box);
  if (address.z <= wholeTo) {
    const finest = levelsAt({ ...address, z: wholeTo });
    const squares = await keptAnswer(context, 'tiles', { ...named(asked), finest }, () =>
      squaresOf(finest, null),
    );
    return squareShapesOn(squares, finest, address);
  }
  const box = boundsOf(address, SQUARES_BESIDE * (EXTENT / 2 ** (levels - address.z)));
  const squares = await squaresOf(levels, box);
  const rows = squares.reduce((sum, [, count]) => sum + count, 0);
  if (rows === 0 || isFar || rows > MOST_RECORDS) return squareShapesOn(squares, levels, address);
  // Counted first: where they are too many that is what is drawn, and where they are few it costs next to nothing.
  return (await readPoints(reader, asked.make, boundsOf(address))).flatMap(
    ({ longitude, latitude, tags }) => pointShape([longitude, latitude], { ...tags, count: 1 }) ?? [],
  );
}

/** Nothing is seen as an area only by who sees all that it sees whole. */
async function cellsOn(
  context: RequestContext,
  asked: AskedPoints,
  address: TileAddress,
): Promise<readonly MapShape[]> {
  if (context.reader.viewer.partial.length === 0) return [];
  const resolution = resolutionAt(address.z);
  const cells = await keptAnswer(context, 'tiles', { ...named(asked), resolution }, () =>
    asked.rolled === null
      ? readCells(context.reader, asked.make, resolution)
      : readRolledCells(context.reader, asked.rolled, resolution),
  );
  return cellShapesOn(cells, address);
}

function named({ layer, question }: AskedPoints): object {
  return { layer, question };
}
