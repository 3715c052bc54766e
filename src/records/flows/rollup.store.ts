/** Folds the rows of rollups into one another: each write adds rows of its own, so that nobody who writes waits for anybody else. */
import type { Queryable } from '../../platform/database.ts';

/**
 * The rows of a class and grain are folded when this many were added since, or a fifth of those that were folded already, or something went: a sum and its
 * undoing tell of a journey that was erased.
 */
const FEW_ROWS = 500;
/** Of pairs, which dashboards ask for all at once: folding them costs no more than asking for them a few times. */
const FEW_PAIRS = 20;

export async function foldRollups(connection: Queryable): Promise<void> {
  const [refolded] = await connection.query<{ classes: number[] }>(
    `with grown as (
       select u.grain, u.visibility_class_id from flow_rollup u where not u.folded group by 1, 2
       having bool_or(u.movements <= 0) or case when u.grain = 'pair' then count(*) > $2
         else count(*) > greatest($1, (select count(*) from flow_rollup f where f.folded and f.grain = u.grain and f.visibility_class_id = u.visibility_class_id) / 5) end),
     gone as (delete from flow_rollup r using grown g where r.grain = g.grain and r.visibility_class_id = g.visibility_class_id returning r.*),
     folded as (
       insert into flow_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
         mode, purpose, status, exploitation, verification, movements, persons_min, persons_max, unbounded, folded)
       select grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
         mode, purpose, status, exploitation, verification, sum(movements), sum(persons_min), sum(persons_max), sum(unbounded), true
       from gone group by grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
         mode, purpose, status, exploitation, verification
       having sum(movements) <> 0)
     select array(select distinct visibility_class_id from gone where grain = 'pair') as classes`,
    [FEW_ROWS, FEW_PAIRS],
  );
  // A statement of its own: what it sums is what was folded.
  await connection.query('select flow_blocks_sum($1::integer[])', [refolded?.classes ?? []]);
}

/** The same of what was observed where. */
export async function foldStopRollups(connection: Queryable): Promise<void> {
  const keys =
    'grain, owner_id, visibility_class_id, month, first_month, last_month, verification, cell, cell_resolution';
  await connection.execute(
    `with grown as (
       select u.visibility_class_id from stop_rollup u where not u.folded group by 1
       having count(*) > greatest($1, (select count(*) from stop_rollup f where f.folded and f.visibility_class_id = u.visibility_class_id) / 5)
         or bool_or(u.movements <= 0)),
     gone as (delete from stop_rollup r using grown where r.visibility_class_id = grown.visibility_class_id returning r.*)
     insert into stop_rollup (${keys}, movements, folded)
     select ${keys}, sum(movements), true from gone group by ${keys} having sum(movements) <> 0`,
    [FEW_ROWS],
  );
}

/** Counts some of the movements that were written since; whether there may be more. Those that somebody writes just now are left for another time. */
export async function countStops(connection: Queryable, most: number): Promise<boolean> {
  const taken = await connection.query<{ movement_id: string }>(
    'select a.movement_id from movement_stops_apart a where a.pending order by a.movement_id limit $1 for update skip locked',
    [most],
  );
  // A statement of its own: what it reads is no older than the locks.
  if (taken.length > 0)
    await connection.query('select count_stops($1::uuid[])', [taken.map(({ movement_id: id }) => id)]);
  return taken.length === most;
}
