/** Whether the way of a movement meets a box: a place on it does, or the straight line from one place to the next. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { BoundingBox } from '../../geo/position.ts';
import { areaCondition } from '../../graphql/filter-conditions.sql.ts';
import type { Parameters } from '../../platform/parameters.ts';

/** On a projected movement `r`. Lines are those that features are drawn with: straight in longitude and latitude, the shorter way round the Earth. */
export function wayInBox(viewer: Viewer, box: BoundingBox, asKnown: AsKnown, parameters: Parameters): string {
  const waypoints = projected('waypoint', viewer, parameters, asKnown);
  const stops = `select 1 from ${waypoints} w where w.movement_id = r.row_id and ${areaCondition('w', { bbox: box }, parameters)}`;
  // The next place may lie beyond the antimeridian, up to half a turn from the one before.
  const legs =
    'select w.longitude as x, w.latitude as y, lead(w.longitude) over way as next_x, lead(w.latitude) over way as next_y ' +
    `from ${waypoints} w where w.movement_id = r.row_id and w.longitude is not null and w.latitude is not null ` +
    'window way as (order by w.ordinal)';
  const line =
    'st_setsrid(st_makeline(st_makepoint(leg.x, leg.y), st_makepoint(leg.next_x - 360 * floor((leg.next_x - leg.x) / 360 + 0.5), leg.next_y)), 4326)';
  const south = `${parameters.bind(box.south)}::float8`;
  const north = `${parameters.bind(box.north)}::float8`;
  const boxes = turnsOf(box).map(
    ({ west, east }) =>
      `st_intersects(${line}, st_makeenvelope(${parameters.bind(west)}::float8, ${south}, ${parameters.bind(east)}::float8, ${north}, 4326))`,
  );
  return (
    `(exists (${stops}) or exists (select 1 from (${legs}) leg where leg.next_x is not null ` +
    `and greatest(leg.y, leg.next_y) >= ${south} and least(leg.y, leg.next_y) <= ${north} and (${boxes.join(' or ')})))`
  );
}

/** The box where it lies, and a turn to the west and to the east of there as far as a line reaches. */
function turnsOf({ west, east }: BoundingBox): readonly { readonly west: number; readonly east: number }[] {
  const end = east < west ? east + 360 : east;
  return [-720, -360, 0, 360]
    .map((turn) => ({ west: west + turn, east: end + turn }))
    .filter((one) => one.east >= -360 && one.west <= 360);
}
