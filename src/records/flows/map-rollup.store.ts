/** Folds the rows of the rollup by square of the map into one another, square beside square. */
import type { Queryable } from '../../platform/database.ts';

/** As rollups of flows are folded: when much was added, or anything went. */
const FEW_ROWS = 500;

const KEYS =
  'layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b';

/** Squares that nothing was written to are left as they lie: there are as many of a class as there are places in it. */
export async function foldMapRollup(connection: Queryable): Promise<void> {
  await connection.execute(
    `with grown as (
       select u.visibility_class_id from map_rollup u where not u.folded group by 1
       having count(*) > greatest($1, (select count(*) from map_rollup f where f.folded and f.visibility_class_id = u.visibility_class_id) / 5)
         or bool_or(u.records <= 0)),
     written as (
       select distinct u.layer, u.visibility_class_id, coalesce(u.square, -2) as square
       from map_rollup u join grown on u.visibility_class_id = grown.visibility_class_id where not u.folded),
     gone as (
       delete from map_rollup r using written w
       where r.layer = w.layer and r.visibility_class_id = w.visibility_class_id and coalesce(r.square, -2) = w.square returning r.*)
     insert into map_rollup (${KEYS}, records, folded)
     select ${KEYS}, sum(records), true from gone group by ${KEYS} having sum(records) <> 0 order by layer, square`,
    [FEW_ROWS],
  );
}
