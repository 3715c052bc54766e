/** Exhibits written, version by version, and entries added to their custody logs. */
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { CASE_OF_EXHIBIT, endExhibit, isHeldCase, lockReportsOfCase } from '../attachments/attached.sql.ts';
import type { KeptEntry } from './custody-chain.ts';

/** Class of an own case that stands, locked until the transaction ends; null where there is none. */
export async function lockCase(connection: Queryable, ownerId: string, id: string): Promise<number | null> {
  const [row] = await connection.query<{ visibility_class_id: number }>(
    'select visibility_class_id from legal_case where id = $1 and owner_id = $2 and known_to is null and retracted_at is null for update',
    [id, ownerId],
  );
  return row?.visibility_class_id ?? null;
}

/** Digest of an own file that stands; null where there is none. */
export async function digestOfFile(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<string | null> {
  const [row] = await connection.query<{ digest: string }>(
    `select encode(sha256, 'hex') as digest from attachment where id = $1 and owner_id = $2 and known_to is null and retracted_at is null`,
    [id, ownerId],
  );
  return row?.digest ?? null;
}

export interface OwnExhibit {
  readonly id: string;
  readonly visibility_class_id: number;
  readonly version: number;
  readonly sha256: Uint8Array;
  readonly custody_head: Uint8Array;
}

/** One that stands, locked until the transaction ends. */
export async function lockOwnExhibit(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<OwnExhibit | null> {
  const [row] = await connection.query<OwnExhibit>(
    `select id, visibility_class_id, version, sha256, custody_head from exhibit
     where id = $1 and owner_id = $2 and known_to is null and retracted_at is null for update`,
    [id, ownerId],
  );
  return row ?? null;
}

export interface NewExhibit {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly legalCaseId: string;
  readonly kind: string;
  readonly label: string;
  readonly sha256: string;
  readonly attachmentId: string | null;
  readonly keyId: string;
  readonly head: Uint8Array;
  readonly now: Date;
}

export async function insertExhibit(connection: Queryable, exhibit: NewExhibit): Promise<void> {
  await connection.execute(
    `insert into exhibit (id, owner_id, visibility_class_id, legal_case_id, kind, label, sha256, attachment_id, recorded_by, recorded_at, custody_head, known_from)
     values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8, $9, $10, decode($11, 'hex'), $10)`,
    [
      exhibit.id,
      exhibit.ownerId,
      exhibit.classId,
      exhibit.legalCaseId,
      exhibit.kind,
      exhibit.label,
      exhibit.sha256,
      exhibit.attachmentId,
      exhibit.keyId,
      exhibit.now.toISOString(),
      bytesText(exhibit.head).slice(2),
    ],
  );
}

export async function rewriteExhibit(
  connection: Queryable,
  id: string,
  said: Pick<NewExhibit, 'kind' | 'label' | 'sha256' | 'attachmentId'>,
  at: string,
): Promise<void> {
  await connection.execute(
    `update exhibit set kind = $2, label = $3, sha256 = decode($4, 'hex'), attachment_id = $5, version = version + 1, known_from = $6 where id = $1`,
    [id, said.kind, said.label, said.sha256, said.attachmentId, at],
  );
}

/** By a legal hold on a report that its case names. */
export async function isHeld(connection: Queryable, id: string): Promise<boolean> {
  return (await connection.query(`select 1 where ${isHeldCase(CASE_OF_EXHIBIT)}`, [id])).length > 0;
}

/** Before the exhibit itself: until the transaction ends nobody places a hold on reports of its case. */
export async function lockReportsOf(connection: Queryable, id: string): Promise<void> {
  await connection.query(lockReportsOfCase(CASE_OF_EXHIBIT), [id]);
}

/** Names in its log and files attached to it go, their keys are doomed. */
export async function dropOfExhibit(connection: Queryable, id: string, at: string): Promise<void> {
  for (const text of endExhibit('e.id = $1', '$2::timestamptz')) await connection.execute(text, [id, at]);
}

/** The whole log, the first entry first. */
export function readLog(connection: Queryable, exhibitId: string): Promise<readonly KeptEntry[]> {
  return connection.query<KeptEntry>(
    `select ordinal, kind, occurred_at, from_role, from_reference, to_role, to_reference, sha256, recorded_by, recorded_at, previous_hash, hash
     from custody_entry where exhibit_id = $1 order by ordinal`,
    [exhibitId],
  );
}

export async function appendEntry(
  connection: Queryable,
  at: { readonly id: string; readonly ownerId: string; readonly classId: number; readonly exhibitId: string },
  entry: KeptEntry,
): Promise<void> {
  const hex = (bytes: Uint8Array | null): string | null =>
    bytes === null ? null : bytesText(bytes).slice(2);
  await connection.execute(
    `insert into custody_entry (id, owner_id, visibility_class_id, exhibit_id, ordinal, kind, occurred_at, from_role, from_reference, to_role, to_reference,
       sha256, recorded_by, recorded_at, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, decode($12, 'hex'), $13, $14, decode($15, 'hex'), decode($16, 'hex'))`,
    [
      at.id,
      at.ownerId,
      at.classId,
      at.exhibitId,
      entry.ordinal,
      entry.kind,
      entry.occurred_at.toISOString(),
      entry.from_role,
      entry.from_reference,
      entry.to_role,
      entry.to_reference,
      hex(entry.sha256),
      entry.recorded_by,
      entry.recorded_at.toISOString(),
      hex(entry.previous_hash),
      hex(entry.hash),
    ],
  );
}

export async function setHead(connection: Queryable, id: string, head: Uint8Array): Promise<void> {
  await connection.execute(`update exhibit set custody_head = decode($2, 'hex') where id = $1`, [
    id,
    bytesText(head).slice(2),
  ]);
}

export async function insertNames(
  connection: Queryable,
  item: {
    readonly id: string;
    readonly ownerId: string;
    readonly classId: number;
    readonly exhibitId: string;
    readonly field: string;
    readonly keyId: string;
    readonly sealed: Uint8Array;
  },
): Promise<void> {
  await connection.execute(
    `insert into vault_item (id, owner_id, visibility_class_id, about_kind, about_id, field, key_id, sealed) values ($1, $2, $3, 'exhibit', $4, $5, $6, $7)`,
    [item.id, item.ownerId, item.classId, item.exhibitId, item.field, item.keyId, item.sealed],
  );
}

export async function tellExhibit(connection: Queryable, topic: string, id: string): Promise<void> {
  await connection.execute('insert into outbox (topic, object_id) values ($1, $2)', [topic, id]);
}
