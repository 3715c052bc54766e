/** The visibility class of a row: found, or made the first time an organisation has such rows. */
import { highestHandling } from '../kernel/handling.ts';
import { HANDLINGS, type Handling } from '../kernel/vocabulary.ts';
import type { Queryable } from '../platform/database.ts';
import type { RecordClass } from './roles.ts';

/** Personal fields and staffing are sensitive and can never be granted. A moved person's pseudonym, sex and age band are the movement's. */
const SENSITIVE: readonly RecordClass[] = ['personal', 'effort'];

/** Ids of the owner's classes, one for each record class, at one handling. `withheld`: none of them is ever granted. */
export async function ownClasses(
  connection: Queryable,
  ownerId: string,
  handling: Handling,
  classes: readonly RecordClass[],
  withheld = false,
): Promise<Readonly<Record<RecordClass, number>>> {
  const found: Partial<Record<RecordClass, number>> = {};
  for (const recordClass of classes) {
    const sensitivity = withheld || SENSITIVE.includes(recordClass) ? 'sensitive' : 'routine';
    found[recordClass] = await classOf(connection, { ownerId, recordClass, handling, sensitivity });
  }
  return found as Readonly<Record<RecordClass, number>>;
}

/** The owner's class of a record drawn from others, as strict as the strictest of theirs: markings only rise. */
export async function coveringClass(
  connection: Queryable,
  ownerId: string,
  recordClass: RecordClass,
  classIds: readonly number[],
): Promise<number> {
  const rows = await connection.query<{ handling: Handling; sensitivity: Sensitivity }>(
    'select handling, sensitivity from visibility_class where id = any($1::integer[]) order by id',
    [classIds],
  );
  const sensitive = rows.some(({ sensitivity }) => sensitivity === 'sensitive');
  return classOf(connection, {
    ownerId,
    recordClass,
    // Of nothing at all: as strict as there is.
    handling: rows.length === 0 ? 'red' : highestHandling(rows.map(({ handling }) => handling)),
    sensitivity: sensitive ? 'sensitive' : 'routine',
  });
}

/**
 * By each class, the one of the same kind whose records were released under just these agreements. What is never granted is never released, and
 * stays where it is.
 */
export async function releasedClasses(
  connection: Queryable,
  classIds: readonly number[],
  agreementIds: readonly string[],
): Promise<ReadonlyMap<number, number>> {
  const values = [classIds, [...agreementIds].sort()];
  await connection.execute(
    `insert into visibility_class (owner_id, record_class, handling, sensitivity, released_under)
     select distinct owner_id, record_class, handling, sensitivity, $2::uuid[] from visibility_class
     where id = any($1::integer[]) and sensitivity = 'routine' order by 1, 2, 3, 4
     on conflict (owner_id, record_class, handling, sensitivity, released_under) do nothing`,
    values,
  );
  const rows = await connection.query<{ id: number; released: number }>(
    `select c.id, r.id as released from visibility_class c join visibility_class r using (owner_id, record_class, handling, sensitivity)
     where c.id = any($1::integer[]) and c.sensitivity = 'routine' and r.released_under = $2::uuid[] order by c.id`,
    values,
  );
  return new Map(rows.map(({ id, released }) => [id, released]));
}

/** By each class that is handled lower, the one of the same kind that is handled so; classes that are as high already are left out. */
export async function raisedClasses(
  connection: Queryable,
  classIds: readonly number[],
  handling: Handling,
): Promise<ReadonlyMap<number, number>> {
  const values = [classIds, handling, HANDLINGS];
  const lower = `id = any($1::integer[]) and array_position($3::text[], handling) < array_position($3::text[], $2::text)`;
  await connection.execute(
    `insert into visibility_class (owner_id, record_class, handling, sensitivity, released_under)
     select distinct owner_id, record_class, $2::text, sensitivity, released_under from visibility_class where ${lower} order by 1, 2, 4, 5
     on conflict (owner_id, record_class, handling, sensitivity, released_under) do nothing`,
    values,
  );
  const rows = await connection.query<{ id: number; raised: number }>(
    `select c.id, r.id as raised from (select * from visibility_class where ${lower}) c
     join visibility_class r using (owner_id, record_class, sensitivity, released_under) where r.handling = $2::text order by c.id`,
    values,
  );
  return new Map(rows.map(({ id, raised }) => [id, raised]));
}

type Sensitivity = 'routine' | 'sensitive';

interface WantedClass {
  readonly ownerId: string;
  readonly recordClass: RecordClass;
  readonly handling: Handling;
  readonly sensitivity: Sensitivity;
}

async function classOf(
  connection: Queryable,
  { ownerId, recordClass, handling, sensitivity }: WantedClass,
): Promise<number> {
  const values = [ownerId, recordClass, handling, sensitivity];
  const [there] = await connection.query<{ id: number }>(
    `select id from visibility_class where owner_id = $1 and record_class = $2 and handling = $3 and sensitivity = $4 and released_under = '{}'`,
    values,
  );
  // Somebody else may be making the same one: `do nothing` would answer with no row where that one is not yet seen.
  const [made] =
    there === undefined
      ? await connection.query<{ id: number }>(
          `insert into visibility_class (owner_id, record_class, handling, sensitivity) values ($1, $2, $3, $4)
           on conflict (owner_id, record_class, handling, sensitivity, released_under) do update set handling = excluded.handling returning id`,
          values,
        )
      : [there];
  return (made as { id: number }).id;
}
