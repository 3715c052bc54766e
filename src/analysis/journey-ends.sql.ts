/** Where journeys begin and end, as a viewer sees them. */

/**
 * Joins to a movement (`movement`: an alias with a row_id): `o`, its first stop where that is where somebody came from, and `e`, its last stop that is a destination.
 * `waypoint`: the viewer's projection.
 */
export function journeyEnds(waypoint: string, movement: string): string {
  return (
    `left join ${waypoint} o on o.movement_id = ${movement}.row_id and o.ordinal = 0 and o.basis in ('residence', 'departure', 'citizenship') ` +
    `left join lateral (select w.* from ${waypoint} w where w.movement_id = ${movement}.row_id and w.basis in ('destination', 'exploitation') ` +
    'order by w.ordinal desc limit 1) e on true'
  );
}
