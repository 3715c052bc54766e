/** What an organisation decided about a pair of incidents: one living row an organisation and pair, none where nothing is decided. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';

export const DECISIONS = ['confirmed', 'rejected'] as const;
export type Decision = (typeof DECISIONS)[number];
export type SameIncidentState = Decision | 'undecided';

export interface DecidedPair {
  readonly id: string;
  readonly state: SameIncidentState;
}

/**
 * The visibility classes of both incidents, which live until the transaction ends; null when one is not there or not in `classes`. An import
 * that is being undone is waited for.
 */
export async function lockEnds(
  connection: Queryable,
  ids: readonly [string, string],
  classes: readonly number[],
): Promise<readonly number[] | null> {
  const rows = await connection.query<{ visibility_class_id: number }>(
    `select i.visibility_class_id from incident i where i.id = any($1::uuid[]) and i.known_to is null
       and i.visibility_class_id = any($2::integer[]) order by i.id for key share`,
    [ids, classes],
  );
  return rows.length === 2 ? rows.map((row) => row.visibility_class_id) : null;
}

/** Locked until the transaction ends. Null where nothing was ever decided. */
export async function findDecision(
  connection: Queryable,
  ownerId: string,
  [one, other]: readonly [string, string],
): Promise<DecidedPair | null> {
  const [row] = await connection.query<{ id: string; status: string }>(
    `select id, status from same_incident_link where owner_id = $1 and incident_a = $2 and incident_b = $3 and known_to is null for update`,
    [ownerId, one, other],
  );
  if (row === undefined) return null;
  const decided = DECISIONS.find((decision) => decision === row.status);
  return { id: row.id, state: decided ?? 'undecided' };
}

export interface NewDecision {
  readonly ownerId: string;
  readonly pair: readonly [string, string];
  readonly decision: Decision;
  readonly classId: number;
  readonly grade: number;
  /** Evidence for and against as it was weighed, as JSON. */
  readonly reasons: object;
  readonly keyId: string;
  readonly now: Date;
}

/** The id of the row; null when somebody of the same organisation decided first. */
export async function writeDecision(
  connection: Queryable,
  ids: IdSource,
  known: DecidedPair | null,
  decision: NewDecision,
): Promise<string | null> {
  const values = [
    known?.id ?? ids(),
    decision.ownerId,
    decision.classId,
    ...decision.pair,
    decision.decision,
    decision.grade,
    JSON.stringify(decision.reasons),
    decision.keyId,
    decision.now.toISOString(),
  ];
  if (known !== null) await keepDecision(connection, known.id, ids(), decision.now);
  const [row] = await connection.query<{ id: string }>(
    `insert into same_incident_link as k (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade, reasons, decided_by, decided_at, known_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $10)
     on conflict (owner_id, incident_a, incident_b) where known_to is null do update set visibility_class_id = excluded.visibility_class_id, status = excluded.status,
       grade = excluded.grade, reasons = excluded.reasons, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
       version = k.version + 1, known_from = greatest(excluded.known_from, k.known_from + interval '1 microsecond')
     where k.id = excluded.id returning id`,
    values,
  );
  if (row !== undefined) await tellLater(connection, `same_incident.${decision.decision}`, row.id);
  return row?.id ?? null;
}

/** From now on the pair is as if nobody had decided; what was decided is known as of the time in which it stood. */
export async function endDecision(connection: Queryable, id: string, now: Date): Promise<void> {
  await connection.execute(
    `update same_incident_link set known_to = greatest($2::timestamptz, known_from + interval '1 microsecond') where id = $1`,
    [id, now.toISOString()],
  );
  await tellLater(connection, 'same_incident.undone', id);
}

/** What is about to be decided otherwise stays as a row of the past. */
async function keepDecision(connection: Queryable, id: string, historyId: string, now: Date): Promise<void> {
  await connection.execute(
    `insert into same_incident_link (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade, reasons, decided_by, decided_at,
       version, version_of, known_from, known_to)
     select $2, owner_id, visibility_class_id, incident_a, incident_b, status, grade, reasons, decided_by, decided_at, version, id, known_from,
       greatest($3::timestamptz, known_from + interval '1 microsecond') from same_incident_link where id = $1`,
    [id, historyId, now.toISOString()],
  );
}

async function tellLater(connection: Queryable, topic: string, id: string): Promise<void> {
  await connection.execute('insert into outbox (topic, object_id) values ($1, $2)', [topic, id]);
}
