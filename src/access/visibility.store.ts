/** The visibility class of a row: found, or made the first time an organisation has such rows. */
import type { Handling } from '../kernel/vocabulary.ts';
import type { Queryable } from '../platform/database.ts';
import type { RecordClass } from './roles.ts';

/** Personal fields and staffing are sensitive and can never be granted. A moved person's pseudonym, sex and age band are the movement's. */
const SENSITIVE: readonly RecordClass[] = ['personal', 'effort'];

/** Ids of the owner's classes, one for each record class, at one handling. */
export async function ownClasses(
  connection: Queryable,
  ownerId: string,
  handling: Handling,
  classes: readonly RecordClass[],
): Promise<Readonly<Record<RecordClass, number>>> {
  const found: Partial<Record<RecordClass, number>> = {};
  for (const recordClass of classes) {
    const sensitivity = SENSITIVE.includes(recordClass) ? 'sensitive' : 'routine';
    const rows = await connection.query<{ id: number }>(
      `with made as (
         insert into visibility_class (owner_id, record_class, handling, sensitivity) values ($1, $2, $3, $4)
         on conflict do nothing returning id)
       select id from made
       union all select id from visibility_class
        where owner_id = $1 and record_class = $2 and handling = $3 and sensitivity = $4`,
      [ownerId, recordClass, handling, sensitivity],
    );
    found[recordClass] = rows[0]?.id as number;
  }
  return found as Readonly<Record<RecordClass, number>>;
}
