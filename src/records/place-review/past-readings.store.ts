/** Keeping how rows were read before a decision about a place, or its undoing, changes them: what a question as known at a moment is answered with. */
import { CROSSING_COLUMNS, READ_COLUMNS, type ReadTable } from '../../access/readings.sql.ts';
import type { Queryable } from '../../platform/database.ts';

/** When an act of the owner begins to hold: now, or just after the act before it, whichever is later. Text, to the microsecond. */
export async function momentOfAct(connection: Queryable, ownerId: string, now: Date): Promise<string> {
  const [row] = await connection.query<{ moment: string }>(
    `select greatest($2::timestamptz, max(until) + interval '1 microsecond')::text as moment from place_reference_reading where owner_id = $1`,
    [ownerId, now.toISOString()],
  );
  return (row as { moment: string }).moment;
}

/**
 * What rows `t` that meet the condition (bound to `values`) say is kept as what they said until the moment. A row that one act changes twice
 * is kept as it was before the first.
 */
export async function keepReading(
  connection: Queryable,
  table: ReadTable,
  condition: string,
  values: readonly unknown[],
  moment: string,
): Promise<void> {
  const columns = READ_COLUMNS[table];
  await connection.execute(
    `insert into ${table}_reading (${table}_id, until, owner_id, visibility_class_id, ${columns.join(', ')})
     select t.id, $${values.length + 1}::timestamptz, t.owner_id, t.visibility_class_id, ${columns.map((column) => `t.${column}`).join(', ')}
     from ${table} t where ${condition} on conflict do nothing`,
    [...values, moment],
  );
}

/** What movements were composed to until the moment, and all crossings that they had. */
export async function keepJourneys(
  connection: Queryable,
  movementIds: readonly string[],
  moment: string,
): Promise<void> {
  await keepReading(connection, 'movement', 't.id = any($1::uuid[])', [movementIds], moment);
  await connection.execute(
    `insert into crossing_reading (until, ${CROSSING_COLUMNS.join(', ')})
     select $2::timestamptz, ${CROSSING_COLUMNS.map((column) => `t.${column}`).join(', ')} from crossing t
     where t.movement_id = any($1::uuid[]) and t.known_to is null on conflict do nothing`,
    [movementIds, moment],
  );
}
