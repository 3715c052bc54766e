/** Reading points of a map: one by one in a box, counted by squares, or counted by cell where no point is shown. */
import type { ViewerReader } from '../../access/reader.ts';
import { MOST_LATITUDE } from '../../geo/mercator.ts';
import { gridShift } from '../../geo/morton.ts';
import type { BoundingBox } from '../../geo/position.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { areaCondition } from '../../graphql/filter-conditions.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { CountedCells } from './drawing/cell-shapes.ts';
import type { Tags } from './drawing/map-shape.ts';
import type { CountedSquares } from './drawing/square-shapes.ts';
import type { MakeSource, PointSource } from './point-source.sql.ts';

interface PointRow {
  readonly longitude: number;
  readonly latitude: number;
  readonly id: string;
  readonly tags: Tags;
}

/** In an order that does not depend on the database. */
export async function readPoints(
  reader: ViewerReader,
  make: MakeSource,
  box: BoundingBox,
): Promise<readonly PointRow[]> {
  const parameters = new Parameters();
  const source = make(reader.viewer, parameters);
  const { alias, columns } = source;
  const text =
    `select ${alias}.longitude, ${alias}.latitude, ${columns.join(', ')} from ${source.from} ` +
    `where ${placed(source, box, parameters).join(' and ')}`;
  type Row = Omit<PointRow, 'tags'> & Tags;
  const rows = await reader.read((connection) => connection.query<Row>(text, parameters.values));
  return rows
    .map(({ longitude, latitude, ...tags }) => ({ longitude, latitude, id: tags.id, tags }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : Number(a.tags.ordinal) - Number(b.tags.ordinal)));
}

/** Squares of a grid of `levels`, in the box or in all the world. */
export async function readSquares(
  reader: ViewerReader,
  make: MakeSource,
  levels: number,
  box: BoundingBox | null,
): Promise<CountedSquares> {
  const parameters = new Parameters();
  const source = make(reader.viewer, parameters);
  const text =
    `select ${linesOf('s.square', 's.points')} as lines from (` +
    `select ${source.alias}.z >> ${gridShift(levels)} as square, count(*) as points from ${source.from} ` +
    `where ${placed(source, box, parameters).join(' and ')} group by 1) s`;
  const counted = (await readLines(reader, text, parameters)).map(
    ([square, points]) => [Number(square), Number(points)] as const,
  );
  return counted.sort(([a], [b]) => a - b);
}

/** What is seen as an area only, and has no point: by cells of the resolution, or wider ones. */
export async function readCells(
  reader: ViewerReader,
  make: MakeSource,
  resolution: number,
): Promise<CountedCells> {
  const parameters = new Parameters();
  const source = make(reader.viewer, parameters);
  const { alias } = source;
  const conditions = [...source.conditions, `${alias}.longitude is null`, `${alias}.cell is not null`];
  const text =
    `select ${linesOf('c.cell', 'c.points')} as lines from (` +
    `select ${cellAtMost(alias, resolution)} as cell, count(*) as points from ${source.from} ` +
    `where ${conditions.join(' and ')} group by 1) c`;
  return countedCells(await readLines(reader, text, parameters));
}

/** By index, whatever order a database gave them in. */
export function countedCells(lines: readonly (readonly string[])[]): CountedCells {
  const counted = lines.map(([cell = '0', count]) => [BigInt(cell).toString(16), Number(count)] as const);
  return counted.sort(([a], [b]) => (a < b ? -1 : 1));
}

export async function readLines(
  reader: ViewerReader,
  text: string,
  parameters: Parameters,
): Promise<readonly (readonly string[])[]> {
  const rows = await reader.read((connection) =>
    connection.query<{ readonly lines: string | null }>(text, parameters.values),
  );
  return rows.flatMap(({ lines }) =>
    lines === null ? [] : lines.split('\n').map((line) => line.split('\t')),
  );
}

function placed(
  { alias, conditions }: PointSource,
  box: BoundingBox | null,
  parameters: Parameters,
): readonly string[] {
  const most = parameters.bind(MOST_LATITUDE);
  return [
    ...conditions,
    `${alias}.z is not null and ${alias}.latitude > -${most}::float8 and ${alias}.latitude < ${most}::float8`,
    ...(box === null ? [] : [areaCondition(alias, { bbox: box }, parameters)]),
  ];
}
