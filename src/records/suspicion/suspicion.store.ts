/** Persons under review, and the decisions about them. */

import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { SaidReview } from './suspicion.input.ts';

export interface OwnPerson {
  /** The living row of the person's entity. */
  readonly entity_id: string;
  readonly person_id: string;
  readonly report_id: string;
  readonly version: number;
}

/** By any version of the entity; null where the person is not there any more, or another organisation's. */
export async function findOwnPerson(
  connection: Queryable,
  ownerId: string,
  entityId: string,
): Promise<OwnPerson | null> {
  const [person] = await connection.query<OwnPerson>(
    `select l.id as entity_id, l.person_id, l.report_id, u.version from entity e
     join entity l on l.person_id = e.person_id and l.known_to is null
     join suspicion u on u.person_id = l.person_id and u.visibility_class_id = l.visibility_class_id and u.known_to is null
     where e.id = $1 and e.owner_id = $2`,
    [entityId, ownerId],
  );
  return person ?? null;
}

/** Until the transaction ends nobody corrects it. */
export async function lockStandingReport(connection: Queryable, reportId: string): Promise<void> {
  await connection.query('select id from report where id = $1 and known_to is null for update', [reportId]);
}

export interface NewReview extends SaidReview {
  readonly personId: string;
  readonly keyId: string;
  readonly now: Date;
}

/** What was decided before stands beside it as history. Returns the version that came of it. */
export async function insertReview(
  connection: Queryable,
  ids: IdSource,
  { personId, keyId, status, basis, basisOn, now }: NewReview,
): Promise<number> {
  const living = await connection.query<{ id: string; version: number; at: string }>(
    `select id, version, greatest($2::timestamptz, known_from + interval '1 microsecond')::text as at
     from suspicion where person_id = $1 and known_to is null order by id for update`,
    [personId, now.toISOString()],
  );
  for (const { id, at } of living) {
    await connection.execute(
      `insert into suspicion select (jsonb_populate_record(u, $2::jsonb)).* from suspicion u where u.id = $1`,
      [id, JSON.stringify({ id: ids(), version_of: id, known_to: at })],
    );
    await connection.execute(
      `update suspicion u set status = $2, basis = $3, basis_on = $4, reviewer_id = $5, version = version + 1, known_from = $6, batch_id = null,
         due_at = case when $2::text = 'cleared' then null
           else ($7::timestamptz at time zone 'UTC' + make_interval(months => o.suspicion_months)) at time zone 'UTC' end
       from organisation o where o.id = u.owner_id and u.id = $1`,
      [id, status, basis, basisOn, keyId, at, now.toISOString()],
    );
  }
  return Math.max(...living.map(({ version }) => version)) + 1;
}

/** `recipientIds` null: for whoever picks it up. */
export async function tellOutbox(
  connection: Queryable,
  topic: string,
  objectId: string,
  recipientIds: readonly string[] | null,
): Promise<void> {
  await connection.execute(
    `insert into outbox (topic, object_id, recipient_id) select $1, $2, recipient from unnest($3::uuid[]) as to_whom (recipient)`,
    [topic, objectId, recipientIds ?? [null]],
  );
}

export async function setMonths(connection: Queryable, ownerId: string, months: number): Promise<void> {
  await connection.execute('update organisation set suspicion_months = $2 where id = $1', [ownerId, months]);
}
