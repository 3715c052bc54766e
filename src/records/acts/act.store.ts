/** Traces of acts by hand: receipts of requests, who did what, verifiers' answers, acknowledgements. */
import type { Sensitivity } from '../../access/visibility.store.ts';
import type { ActKind, ChangeReason, Handling, Pap, Verification } from '../../kernel/vocabulary.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';

export interface Receipt {
  readonly request: Uint8Array;
  readonly report_id: string;
  readonly version: number;
}

/** Waits for a request with the same key that is still running, and then answers what that one came to. */
export async function findReceipt(
  connection: Queryable,
  ownerId: string,
  token: Uint8Array,
): Promise<Receipt | null> {
  // Two requests of one key are one after the other, so that the second finds the first's receipt.
  await connection.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [bytesText(token)]);
  const [receipt] = await connection.query<Receipt>(
    `select request, report_id, version from act_receipt where owner_id = $1 and token = decode($2, 'hex')`,
    [ownerId, bytesText(token).slice(2)],
  );
  return receipt ?? null;
}

export async function keepReceipt(
  connection: Queryable,
  ownerId: string,
  token: Uint8Array,
  receipt: Receipt,
  now: Date,
): Promise<void> {
  await connection.execute(
    `insert into act_receipt (owner_id, token, request, report_id, version, acted_at)
     values ($1, decode($2, 'hex'), decode($3, 'hex'), $4, $5, $6)`,
    [
      ownerId,
      bytesText(token).slice(2),
      bytesText(receipt.request).slice(2),
      receipt.report_id,
      receipt.version,
      now.toISOString(),
    ],
  );
}

export interface OwnReport {
  readonly id: string;
  readonly version: number;
  readonly handling: Handling;
  readonly pap: Pap;
  /** Made from what another organisation keeps, in this version or an earlier one. */
  readonly withheld: boolean;
  readonly visibility_class_id: number;
  readonly identity_digest: Uint8Array;
  readonly occurrence: number;
  readonly retracted_at: Date | null;
}

/** Locked until the transaction ends. */
export async function lockOwnReport(
  connection: Queryable,
  ownerId: string,
  reportId: string,
): Promise<OwnReport | null> {
  // Locked first: what is read in the statement that waits may be of before.
  await connection.query(
    'select 1 from report where id = $1 and owner_id = $2 and known_to is null for update',
    [reportId, ownerId],
  );
  const [report] = await connection.query<OwnReport>(
    `select id, version, handling, pap, visibility_class_id,
       coalesce((select c.sensitivity <> 'routine' from visibility_class c where c.id = report.visibility_class_id), true) as withheld, identity_digest, occurrence, retracted_at from report
     where id = $1 and owner_id = $2 and known_to is null for update`,
    [reportId, ownerId],
  );
  return report ?? null;
}

export interface NewAct {
  readonly id: string;
  readonly ownerId: string;
  readonly visibilityClassId: number;
  readonly reportId: string;
  readonly version: number;
  readonly kind: ActKind;
  readonly reason: ChangeReason | null;
  readonly keyId: string;
  readonly now: Date;
}

export async function insertAct(connection: Queryable, act: NewAct): Promise<void> {
  await connection.execute(
    `insert into act (id, owner_id, visibility_class_id, report_id, version, kind, reason, key_id, acted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      act.id,
      act.ownerId,
      act.visibilityClassId,
      act.reportId,
      act.version,
      act.kind,
      act.reason,
      act.keyId,
      act.now.toISOString(),
    ],
  );
}

export interface OwnIncident {
  readonly id: string;
  readonly report_id: string;
  readonly visibility_class_id: number;
  /** Whoever recorded or corrected the report by hand does not verify it. */
  readonly author_ids: readonly string[];
  /** When it began to say what it says now: versions that differ in their evaluation alone say the same. */
  readonly said_since: Date;
}

export async function findOwnIncident(
  connection: Queryable,
  ownerId: string,
  incidentId: string,
): Promise<OwnIncident | null> {
  const [incident] = await connection.query<OwnIncident>(
    `select i.id, i.report_id, i.visibility_class_id,
       array(select distinct a.key_id from act a where a.report_id = i.report_id and a.kind in ('recorded', 'corrected')
         and a.key_id is not null) as author_ids,
       least(i.known_from, (select min(h.known_from) from incident h where h.version_of = i.id and h.content_id = i.id)) as said_since
     from incident i where i.id = $1 and i.owner_id = $2 and i.known_to is null`,
    [incidentId, ownerId],
  );
  return incident ?? null;
}

export interface AnswerRow {
  readonly round: number;
  readonly key_id: string;
  readonly answer: Verification;
  readonly answered_at: Date;
  readonly decided_at: Date | null;
}

export async function findAnswers(connection: Queryable, incidentId: string): Promise<readonly AnswerRow[]> {
  return connection.query<AnswerRow>(
    'select round, key_id, answer, answered_at, decided_at from verification where incident_id = $1 order by round, answered_at, id',
    [incidentId],
  );
}

export async function insertAnswer(
  connection: Queryable,
  answer: {
    readonly id: string;
    readonly ownerId: string;
    readonly incident: OwnIncident;
    readonly round: number;
    readonly keyId: string;
    readonly answer: Verification;
    readonly now: Date;
  },
): Promise<void> {
  await connection.execute(
    `insert into verification (id, owner_id, visibility_class_id, incident_id, round, key_id, answer, answered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      answer.id,
      answer.ownerId,
      answer.incident.visibility_class_id,
      answer.incident.id,
      answer.round,
      answer.keyId,
      answer.answer,
      answer.now.toISOString(),
    ],
  );
}

export async function closeRound(
  connection: Queryable,
  incidentId: string,
  round: number,
  now: Date,
): Promise<void> {
  await connection.execute('update verification set decided_at = $3 where incident_id = $1 and round = $2', [
    incidentId,
    round,
    now.toISOString(),
  ]);
}

export interface SourceMarking {
  readonly owner_id: string;
  readonly handling: Handling;
  readonly pap: Pap;
  readonly sensitivity: Sensitivity;
}

/** How a report is marked that lives in one of the classes; null: there is none. */
export async function markingOf(
  connection: Queryable,
  reportId: string,
  classes: readonly number[],
): Promise<SourceMarking | null> {
  // So that nobody raises it unseen while something is made from it.
  await connection.query('select 1 from report where id = $1 and known_to is null for share', [reportId]);
  const [row] = await connection.query<SourceMarking>(
    `select r.owner_id, c.handling, r.pap, c.sensitivity from report r join visibility_class c on c.id = r.visibility_class_id
     where r.id = $1 and r.known_to is null and r.retracted_at is null and r.visibility_class_id = any($2::integer[])`,
    [reportId, classes],
  );
  return row ?? null;
}

/** Of a withdrawn report in one of the classes; null when there is none, and otherwise its owner. A second time changes nothing. */
export async function acknowledgeRetraction(
  connection: Queryable,
  reportId: string,
  classes: readonly number[],
  organisationId: string,
  keyId: string,
  now: Date,
): Promise<string | null> {
  const [row] = await connection.query<{ owner_id: string }>(
    `select owner_id from report where id = $1 and known_to is null and retracted_at is not null and visibility_class_id = any($2::integer[])`,
    [reportId, classes],
  );
  if (row === undefined) return null;
  await connection.execute(
    `insert into retraction_acknowledgement (report_id, organisation_id, owner_id, visibility_class_id, key_id, acknowledged_at)
     select id, $2, owner_id, visibility_class_id, $3, $4 from report where id = $1 on conflict do nothing`,
    [reportId, organisationId, keyId, now.toISOString()],
  );
  return row.owner_id;
}
