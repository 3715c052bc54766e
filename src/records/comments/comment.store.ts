/** Comments written, corrected and withdrawn, and their sealed texts found. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { lockReportsOfCase } from '../attachments/attached.sql.ts';
import type { CommentAbout } from './comment-about.ts';
import { IS_HELD_COMMENT } from './commented.sql.ts';

export interface Anchor {
  readonly report_id: string | null;
  readonly legal_case_id: string | null;
}

const ANCHOR_OF: Readonly<Record<CommentAbout, string>> = {
  report: 'select t.id as report_id, null::uuid as legal_case_id from report t where t.retracted_at is null',
  legal_case:
    'select null::uuid as report_id, t.id as legal_case_id from legal_case t where t.retracted_at is null',
  incident: anchored('incident'),
  entity: anchored('entity'),
  movement: anchored('movement'),
};

function anchored(table: string): string {
  return `select r.id as report_id, null::uuid as legal_case_id from ${table} t join report r on r.id = t.report_id and r.known_to is null and r.retracted_at is null where true`;
}

/** What a comment on an own record that stands would end with, locked until the transaction ends; null where there is no such record. */
export async function lockAnchor(
  connection: Queryable,
  ownerId: string,
  about: CommentAbout,
  id: string,
): Promise<Anchor | null> {
  const find = `${ANCHOR_OF[about]} and t.id = $1 and t.owner_id = $2 and t.known_to is null`;
  const [there] = await connection.query<Anchor>(find, [id, ownerId]);
  if (there === undefined) return null;
  await lockAnchorRow(connection, there);
  // Asked again under the lock: whoever withdraws, erases or purges takes it too.
  const [anchor] = await connection.query<Anchor>(find, [id, ownerId]);
  return anchor ?? null;
}

async function lockAnchorRow(connection: Queryable, { report_id, legal_case_id }: Anchor): Promise<void> {
  const table = report_id === null ? 'legal_case' : 'report';
  await connection.query(`select id from ${table} where id = $1 for update`, [report_id ?? legal_case_id]);
}

export interface NewComment {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly anchor: Anchor;
  readonly about: CommentAbout;
  readonly aboutId: string;
  readonly keyId: string;
  readonly now: Date;
}

export async function insertComment(connection: Queryable, comment: NewComment): Promise<void> {
  await connection.execute(
    `insert into record_comment (id, owner_id, visibility_class_id, report_id, legal_case_id, about_kind, about_id, written_by, written_at, known_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      comment.id,
      comment.ownerId,
      comment.classId,
      comment.anchor.report_id,
      comment.anchor.legal_case_id,
      comment.about,
      comment.aboutId,
      comment.keyId,
      comment.now.toISOString(),
    ],
  );
}

export interface NewText {
  readonly id: string;
  readonly commentId: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

export async function insertText(connection: Queryable, text: NewText): Promise<void> {
  await connection.execute(
    'insert into comment_text (id, comment_id, owner_id, visibility_class_id, key_id, sealed) values ($1, $2, $3, $4, $5, $6)',
    [text.id, text.commentId, text.ownerId, text.classId, text.keyId, text.sealed],
  );
}

export interface OwnComment extends Anchor {
  readonly id: string;
  readonly version: number;
  readonly held: boolean;
}

/** One that stands, locked with what it ends with until the transaction ends. */
export async function lockOwnComment(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<OwnComment | null> {
  const find = `select m.id, m.version, m.report_id, m.legal_case_id, ${IS_HELD_COMMENT} as held from record_comment m
     where m.id = $1 and m.owner_id = $2 and m.known_to is null and m.retracted_at is null`;
  const [there] = await connection.query<OwnComment>(find, [id, ownerId]);
  if (there === undefined) return null;
  if (there.legal_case_id !== null) await connection.query(lockReportsOfCase('$1'), [there.legal_case_id]);
  await lockAnchorRow(connection, there);
  const [row] = await connection.query<OwnComment>(`${find} for update of m`, [id, ownerId]);
  return row ?? null;
}

/** What it says becomes a version of the past, with its text. Returns when the next one begins. */
export async function retireComment(
  connection: Queryable,
  newId: IdSource,
  id: string,
  now: Date,
): Promise<string> {
  const [row] = await connection.query<{ at: string }>(
    `select greatest($2::timestamptz, known_from + interval '1 microsecond')::text as at from record_comment where id = $1`,
    [id, now.toISOString()],
  );
  const at = row?.at ?? now.toISOString();
  const historyId = newId();
  await connection.execute(
    'insert into record_comment select (jsonb_populate_record(t, $2::jsonb)).* from record_comment t where t.id = $1',
    [id, JSON.stringify({ id: historyId, version_of: id, known_to: at })],
  );
  await connection.execute('update comment_text set comment_id = $2 where comment_id = $1', [id, historyId]);
  return at;
}

export async function nextVersion(
  connection: Queryable,
  id: string,
  keyId: string,
  at: string,
): Promise<void> {
  await connection.execute(
    'update record_comment set version = version + 1, written_by = $2, known_from = $3 where id = $1',
    [id, keyId, at],
  );
}

/** What it said in any version goes. */
export async function markWithdrawn(connection: Queryable, id: string, at: string): Promise<void> {
  await connection.execute(
    `with gone as (delete from comment_text where comment_id in (select id from record_comment where id = $1 or version_of = $1) returning key_id)
     insert into doomed_key select key_id from gone on conflict do nothing`,
    [id],
  );
  await connection.execute(
    'update record_comment set version = version + 1, known_from = $2, retracted_at = $2 where id = $1',
    [id, at],
  );
}

export async function tellComment(connection: Queryable, topic: string, id: string): Promise<void> {
  await connection.execute('insert into outbox (topic, object_id) values ($1, $2)', [topic, id]);
}

export interface SealedText {
  readonly id: string;
  readonly comment_id: string;
  readonly version: number;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** Of one comment, or of all on a record; on a report: on what it tells of too. As they stand, or stood at a moment; the earliest first. */
export async function findTexts(
  connection: Queryable,
  ownerId: string,
  about: string,
  at: Date | null,
): Promise<readonly SealedText[]> {
  const known =
    at === null
      ? 'm.known_to is null and $3::timestamptz is null'
      : 'm.known_from <= $3 and (m.known_to is null or m.known_to > $3)';
  return connection.query<SealedText>(
    `select t.id, coalesce(m.version_of, m.id) as comment_id, m.version, t.key_id, t.sealed from record_comment m join comment_text t on t.comment_id = m.id
     where m.owner_id = $1 and $2 in (coalesce(m.version_of, m.id), m.about_id, m.report_id, m.legal_case_id) and m.retracted_at is null and ${known}
     order by m.written_at, m.id`,
    [ownerId, about, at?.toISOString() ?? null],
  );
}
