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
  // What its owner was allowed to pass on to somebody is not allowed to whoever draws from it.
  const sensitive = rows.some(({ sensitivity }) => sensitivity !== 'routine');
  return classOf(connection, {
    ownerId,
    recordClass,
    // Of nothing at all: as strict as there is.
    handling: rows.length === 0 ? 'red' : highestHandling(rows.map(({ handling }) => handling)),
    sensitivity: sensitive ? 'sensitive' : 'routine',
  });
}

/** How each class is marked: of rows that somebody was shown already. */
export async function readHandlings(
  connection: Queryable,
  classIds: readonly number[],
): Promise<ReadonlyMap<number, Handling>> {
  const rows = await connection.query<{ id: number; handling: Handling }>(
    'select id, handling from visibility_class where id = any($1::integer[]) order by id',
    [classIds],
  );
  return new Map(rows.map(({ id, handling }) => [id, handling]));
}

/** Agreements under which a report is released, and those of them for which all whose reports it was made from consent. */
export interface ReleasedUnder {
  readonly agreements: readonly string[];
  readonly consented: readonly string[];
}

/** $1: classes, $2: agreements, $3: those with consent, $4: what is never granted. */
const RELEASED_KIND = `select c.id, c.owner_id, c.record_class, c.handling,
    case when c.sensitivity = 'routine' then 'routine' when cardinality($3::uuid[]) = 0 then 'sensitive' else 'consented' end as sensitivity,
    case when c.sensitivity = 'routine' then $2::uuid[] else $3::uuid[] end as released_under
  from visibility_class c where c.id = any($1::integer[]) and c.record_class <> all($4::text[])`;

/**
 * By each class, the one of the same kind whose records were released under just these agreements; of what was made from others' reports, under
 * those with consent alone. What is never granted is never released, and stays where it is.
 */
export async function releasedClasses(
  connection: Queryable,
  classIds: readonly number[],
  { agreements, consented }: ReleasedUnder,
): Promise<ReadonlyMap<number, number>> {
  const values = [classIds, [...agreements].sort(), [...consented].sort(), SENSITIVE];
  await connection.execute(
    `insert into visibility_class (owner_id, record_class, handling, sensitivity, released_under)
     select distinct k.owner_id, k.record_class, k.handling, k.sensitivity, k.released_under from (${RELEASED_KIND}) k order by 1, 2, 3, 4
     on conflict (owner_id, record_class, handling, sensitivity, released_under) do nothing`,
    values,
  );
  const rows = await connection.query<{ id: number; released: number }>(
    `select k.id, r.id as released from (${RELEASED_KIND}) k
     join visibility_class r using (owner_id, record_class, handling, sensitivity, released_under) order by k.id`,
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

/** By each class whose records may be granted, the one of the same kind whose records are not; others are left out. */
export async function withheldClasses(
  connection: Queryable,
  classIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  await connection.execute(
    `insert into visibility_class (owner_id, record_class, handling, sensitivity)
     select distinct owner_id, record_class, handling, 'sensitive' from visibility_class
     where id = any($1::integer[]) and sensitivity = 'routine' order by 1, 2, 3
     on conflict (owner_id, record_class, handling, sensitivity, released_under) do nothing`,
    [classIds],
  );
  const rows = await connection.query<{ id: number; withheld: number }>(
    `select c.id, w.id as withheld from visibility_class c join visibility_class w using (owner_id, record_class, handling)
     where c.id = any($1::integer[]) and c.sensitivity = 'routine' and w.sensitivity = 'sensitive' and w.released_under = '{}' order by c.id`,
    [classIds],
  );
  return new Map(rows.map(({ id, withheld }) => [id, withheld]));
}

export type Sensitivity = 'routine' | 'sensitive' | 'consented';

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
