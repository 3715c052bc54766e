/** Reading where movements were observed, by cell: from what was counted as they were written, wherever that can answer. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { rolledSpan } from '../../analysis/hotspots/rolled-stops.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementConditions, movementSource } from '../../records/movements/movement-source.sql.ts';
import type { CountedCells } from './drawing/cell-shapes.ts';
import { countedCells, readLines } from './point-tiles.view.ts';

/** Movements observed in each cell, at spots that are shown: one observed in two cells counts in both. `resolution`: 0 to 6. */
export async function readDensity(
  reader: ViewerReader,
  asked: AskedMovements,
  resolution: number,
): Promise<CountedCells> {
  const parameters = new Parameters();
  const rolled = rolledText(reader, asked, resolution, parameters);
  const source = movementSource(reader.viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', reader.viewer, parameters, asked.asKnown);
  const conditions = [
    ...source.conditions,
    ...(rolled === null ? [] : [rolled.apart]),
    `w.kind = 'observed' and w.longitude is not null and w.cell is not null`,
  ];
  const counted = [
    `select ${cellAtMost('w', resolution)} as cell, count(distinct w.movement_id) as movements from ${source.from} ` +
      `join ${waypoint} w on w.movement_id = r.row_id where ${conditions.join(' and ')} group by 1`,
    ...(rolled === null ? [] : [rolled.counted]),
  ];
  const text =
    `select ${linesOf('d.cell', 'd.movements')} as lines from (select c.cell, sum(c.movements) as movements ` +
    `from (${counted.join(' union all ')}) c group by 1 having sum(c.movements) > 0) d`;
  return countedCells(await readLines(reader, text, parameters));
}

/** Null where only the records can answer. `apart` is then true of the movements `r` that no cell counts. */
function rolledText(
  { viewer }: ViewerReader,
  asked: AskedMovements,
  resolution: number,
  parameters: Parameters,
): { readonly apart: string; readonly counted: string } | null {
  const span = rolledSpan(asked);
  if (span === null) return null;
  const timed = span.from !== null || span.to !== null;
  const { occurred: _occurred, ...search } = asked.search;
  const conditions = [
    `r.grain = '${timed ? 'cell_month' : 'cell'}' and r.cell is not null`,
    ...movementConditions(viewer, search, asked.asKnown, parameters),
    ...(span.from === null ? [] : [`r.last_month >= ${parameters.bind(span.from)}::date`]),
    ...(span.to === null ? [] : [`r.first_month < ${parameters.bind(span.to)}::date`]),
  ];
  return {
    apart: `r.id in (select a.movement_id from ${projected('movement_stops_apart', viewer, parameters)} a)`,
    counted:
      `select ${cellAtMost('r', resolution)} as cell, sum(r.movements) as movements ` +
      `from ${projected('stop_rollup', viewer, parameters)} r where ${conditions.join(' and ')} group by 1`,
  };
}
