/** Legal cases written, each version whole with what happened in it. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import { insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { endWithCase, isHeldCase, lockReportsOfCase } from '../attachments/attached.sql.ts';
import { endComments } from '../comments/commented.sql.ts';
import type { SaidCase } from './said-case.ts';

export interface OwnCase {
  readonly id: string;
  readonly version: number;
  readonly handling: Handling;
}

/** One that stands, locked until the transaction ends; null for another organisation's. */
export async function lockOwnCase(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<OwnCase | null> {
  const [row] = await connection.query<OwnCase>(
    `select t.id, t.version, c.handling from legal_case t join visibility_class c on c.id = t.visibility_class_id
     where t.id = $1 and t.owner_id = $2 and t.known_to is null and t.retracted_at is null for update of t`,
    [id, ownerId],
  );
  return row ?? null;
}

const CASE = {
  id: 'uuid',
  owner_id: 'uuid',
  visibility_class_id: 'integer',
  court: 'text',
  country: 'text',
  status: 'text',
  opened_on: 'date',
  reference: 'text',
  defendant_ids: 'uuid[]',
  incident_ids: 'uuid[]',
  report_ids: 'uuid[]',
  version: 'integer',
  known_from: 'timestamptz',
} as const;

const EVENT = {
  id: 'uuid',
  owner_id: 'uuid',
  visibility_class_id: 'integer',
  case_id: 'uuid',
  ordinal: 'integer',
  kind: 'text',
  occurred_on: 'date',
  defendant_id: 'uuid',
  law: 'text',
  hearing: 'text',
  result: 'text',
  verdict: 'text',
  sentence_months: 'integer',
} as const;

export interface NewCase {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly version: number;
  readonly said: SaidCase;
  /** To the microsecond. */
  readonly knownFrom: string;
}

/** Takes the place of the living row where there is one; what that said was made history before. */
export async function writeCase(
  connection: Queryable,
  ids: IdSource,
  { id, ownerId, classId, version, said, knownFrom }: NewCase,
): Promise<void> {
  const row = {
    id,
    owner_id: ownerId,
    visibility_class_id: classId,
    court: said.court,
    country: said.country,
    status: said.status,
    opened_on: said.openedOn,
    reference: said.reference,
    defendant_ids: said.defendantIds,
    incident_ids: said.incidentIds,
    report_ids: said.reportIds,
    version,
    known_from: knownFrom,
  };
  const again = Object.keys(CASE)
    .filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`);
  await insertRows(
    connection,
    'legal_case',
    CASE,
    [row],
    `on conflict (id) do update set ${again.join(', ')}`,
  );
  const events = said.events.map((event, ordinal) => ({
    id: ids(),
    owner_id: ownerId,
    visibility_class_id: classId,
    case_id: id,
    ordinal,
    kind: event.kind,
    occurred_on: event.occurredOn,
    defendant_id: event.defendantId,
    law: event.law,
    hearing: event.hearing,
    result: event.result,
    verdict: event.verdict,
    sentence_months: event.sentenceMonths,
  }));
  await insertRows(connection, 'legal_case_event', EVENT, events);
}

/** By a hold on a report that it names. */
export async function isHeld(connection: Queryable, id: string): Promise<boolean> {
  return (await connection.query(`select 1 where ${isHeldCase('$1')}`, [id])).length > 0;
}

/** Before the case itself: until the transaction ends nobody places a hold on them. */
export async function lockReportsOf(connection: Queryable, id: string): Promise<void> {
  await connection.query(lockReportsOfCase('$1'), [id]);
}

/** Its exhibits, what is attached and comments go with it, files and texts with their keys. */
export async function dropWithCase(connection: Queryable, id: string, at: string): Promise<void> {
  for (const text of [
    ...endWithCase('$2::timestamptz'),
    ...endComments('m.legal_case_id = $1', '$2::timestamptz'),
  ])
    await connection.execute(text, [id, at]);
}
