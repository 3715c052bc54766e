/** Whether the way of a movement meets a box: a place on it does, or the straight line from one place to the next. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { BoundingBox } from '../../geo/position.ts';
import { areaCondition } from '../../graphql/filter-conditions.sql.ts';
import type { Parameters } from '../../platform/parameters.ts';

/**
 * On a projected movement `r`. Lines are those that features are drawn with: straight in longitude and latitude, the shorter way round the Earth. All legs are walked
 * once: asking movement by movement took ten times as long for a million of them.
 */
export function wayInBox(viewer: Viewer, box: BoundingBox, asKnown: AsKnown, parameters: Parameters): string {
  const waypoints = projected('waypoint', viewer, parameters, asKnown);
  const stops = `select w.movement_id from ${waypoints} w where ${areaCondition('w', { bbox: box }, parameters)}`;
  const placed =
    'select w.movement_id, w.longitude as x, w.latitude as y, lead(w.longitude) over way as next_x, lead(w.latitude) over way as next_y ' +
    `from ${waypoints} w where w.longitude is not null and w.latitude is not null window way as (partition by w.movement_id order by w.ordinal)`;
  // The next place may lie beyond the antimeridian, up to half a turn from the one before.
  const turned = 'p.next_x - 360 * floor((p.next_x - p.x) / 360 + 0.5)';
  const legs = `select p.movement_id, p.x, p.y, ${turned} as next_x, p.next_y from (${placed}) p where p.next_x is not null`;
  const line =
    'st_setsrid(st_makeline(st_makepoint(leg.x, leg.y), st_makepoint(leg.next_x, leg.next_y)), 4326)';
  const [south, north] = [box.south, box.north].map((degrees) => `${parameters.bind(degrees)}::float8`);
  const met = turnsOf(box).map((turn) => {
    const [west, east] = [turn.west, turn.east].map((degrees) => `${parameters.bind(degrees)}::float8`);
    return (
      `(greatest(leg.x, leg.next_x) >= ${west} and least(leg.x, leg.next_x) <= ${east} and ` +
      `st_intersects(${line}, st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4326)))`
    );
  });
  return (
    `r.row_id in (${stops} union all select leg.movement_id from (${legs}) leg ` +
    `where greatest(leg.y, leg.next_y) >= ${south} and least(leg.y, leg.next_y) <= ${north} and (${met.join(' or ')}))`
  );
}

/** The box where it lies, and a turn to the west and to the east of there as far as a line reaches. */
function turnsOf({ west, east }: BoundingBox): readonly { readonly west: number; readonly east: number }[] {
  const end = east < west ? east + 360 : east;
  return [-720, -360, 0, 360]
    .map((turn) => ({ west: west + turn, east: end + turn }))
    .filter((one) => one.east >= -360 && one.west <= 360);
}
