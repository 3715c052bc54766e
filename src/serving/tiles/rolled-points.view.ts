/** Reading counts of a map from what was counted by square as it was written: the same squares and cells as from the records. */
import type { ViewerReader } from '../../access/reader.ts';
import { gridShift, mortonRanges } from '../../geo/morton.ts';
import type { BoundingBox } from '../../geo/position.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { CountedCells } from './drawing/cell-shapes.ts';
import type { CountedSquares } from './drawing/square-shapes.ts';
import { countedCells, readLines } from './point-tiles.view.ts';
import { type MakeRolled, ROLLED_LEVELS } from './rolled-points.sql.ts';

const RANGES = 12;

/** Squares of a grid of at most `ROLLED_LEVELS`, in all the world or, whole, wherever they meet the box; some beside it too. */
export async function readRolledSquares(
  reader: ViewerReader,
  make: MakeRolled,
  levels: number,
  box: BoundingBox | null,
): Promise<CountedSquares> {
  const parameters = new Parameters();
  const { from, conditions } = make(reader.viewer, parameters);
  const text =
    `select ${linesOf('s.square', 's.records')} as lines from (` +
    `select r.square >> ${2 * (ROLLED_LEVELS - levels)} as square, sum(r.records) as records from ${from} ` +
    `where ${[...conditions, box === null ? 'r.square >= 0' : squaresIn(box, levels, parameters)].join(' and ')} ` +
    // What was added and taken away again is nowhere.
    'group by 1 having sum(r.records) <> 0) s';
  const counted = (await readLines(reader, text, parameters)).map(
    ([square, records]) => [Number(square), Number(records)] as const,
  );
  return counted.sort(([a], [b]) => a - b);
}

/** What is seen as an area only, and has no point: by cells of the resolution, or wider ones. */
export async function readRolledCells(
  reader: ViewerReader,
  make: MakeRolled,
  resolution: number,
): Promise<CountedCells> {
  const parameters = new Parameters();
  const { from, conditions } = make(reader.viewer, parameters);
  const text =
    `select ${linesOf('c.cell', 'c.records')} as lines from (` +
    `select ${cellAtMost('r', resolution)} as cell, sum(r.records) as records from ${from} ` +
    `where ${[...conditions, 'r.square is null and r.cell is not null'].join(' and ')} ` +
    'group by 1 having sum(r.records) <> 0) c';
  return countedCells(await readLines(reader, text, parameters));
}

/** Ranges of whole squares of `levels`: one that the box cuts is counted whole. */
function squaresIn(box: BoundingBox, levels: number, parameters: Parameters): string {
  const wider = BigInt(gridShift(levels));
  const finer = BigInt(2 * (ROLLED_LEVELS - levels));
  const ranges = mortonRanges(box, RANGES).map(({ low, high }) => {
    const first = (low >> wider) << finer;
    const last = (((high >> wider) + 1n) << finer) - 1n;
    return `r.square between ${parameters.bind(first)}::bigint and ${parameters.bind(last)}::bigint`;
  });
  return ranges.length === 0 ? 'false' : `(${ranges.join(' or ')})`;
}
