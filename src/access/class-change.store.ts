/** Folds the rows that say how often classes were written; their sums, by which kept answers are known to be good, stay as they are. */
import type { Queryable } from '../platform/database.ts';

/**
 * Notes of which movements were written, for half an hour. Whoever was under way when a forgotten one was written is told that it was: one that names no
 * movement is followed by one too, since its transaction may have ended after it was old enough to be forgotten.
 */
export async function forgetMovementChanges(connection: Queryable): Promise<void> {
  await connection.execute(
    `with gone as (delete from movement_change where written_at < now() - interval '30 minutes' returning *)
     insert into movement_change (visibility_class_id, transaction)
     select visibility_class_id, max(transaction::text::numeric)::text::xid8 from gone group by 1`,
  );
}

/** Beyond this many rows of a class, reading its sum would be felt. */
const MOST_ROWS = 50;

export async function foldClassChanges(connection: Queryable): Promise<void> {
  await connection.execute(
    `with many as (select visibility_class_id from class_change group by 1 having count(*) > $1),
       gone as (delete from class_change c using many where c.visibility_class_id = many.visibility_class_id returning c.*)
     insert into class_change (visibility_class_id, transaction, changes)
     select visibility_class_id, max(transaction::text::numeric)::text::xid8, sum(changes) from gone group by 1`,
    [MOST_ROWS],
  );
  await connection.execute(
    `with gone as (delete from gazetteer_change where (select count(*) from gazetteer_change) > $1 returning *)
     insert into gazetteer_change (transaction, changes)
     select max(transaction::text::numeric)::text::xid8, sum(changes) from gone having count(*) > 0`,
    [MOST_ROWS],
  );
  await connection.execute(
    `with gone as (delete from access_change where (select count(*) from access_change) > $1 returning *)
     insert into access_change (transaction) select pg_current_xact_id() from gone having count(*) > 0
     on conflict (transaction) do update set mark = excluded.mark`,
    [MOST_ROWS],
  );
}
