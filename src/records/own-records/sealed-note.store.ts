/** Comments and referrals: what they are about, locked while they are written, and their sealed texts kept and found. */
import type { Queryable } from '../../platform/database.ts';
import { lockReportsOfCase } from '../attachments/attached.sql.ts';

/** Each with the columns of what its texts are asked for by, besides its own id. */
const NOTES = {
  comment: {
    table: 'record_comment',
    texts: 'comment_text',
    of: 'comment_id',
    about: 'n.about_id, n.report_id, n.legal_case_id',
  },
  referral: {
    table: 'referral',
    texts: 'referral_text',
    of: 'referral_id',
    about: 'n.about_id, n.report_id',
  },
} as const;
export type NoteName = keyof typeof NOTES;

/** What a note ends with: one of the two. */
export interface Anchor {
  readonly report_id: string | null;
  readonly legal_case_id: string | null;
}

const ANCHOR_OF = {
  report: 'select t.id as report_id, null::uuid as legal_case_id from report t where t.retracted_at is null',
  legal_case:
    'select null::uuid as report_id, t.id as legal_case_id from legal_case t where t.retracted_at is null',
  incident: anchored('incident'),
  entity: anchored('entity'),
  movement: anchored('movement'),
} as const;
export type NoteAbout = keyof typeof ANCHOR_OF;

function anchored(table: string): string {
  return `select r.id as report_id, null::uuid as legal_case_id from ${table} t join report r on r.id = t.report_id and r.known_to is null and r.retracted_at is null where true`;
}

/** What a note about an own record that stands would end with, locked until the transaction ends; null where there is no such record. */
export async function lockAnchor(
  connection: Queryable,
  ownerId: string,
  about: NoteAbout,
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

/** One that stands, locked with what it ends with until the transaction ends. `find`: SQL with $1 its id and $2 its owner. */
export async function lockNote<Row extends Anchor>(
  connection: Queryable,
  find: string,
  ownerId: string,
  id: string,
): Promise<Row | null> {
  const [there] = await connection.query<Row>(find, [id, ownerId]);
  if (there === undefined) return null;
  if (there.legal_case_id !== null) await connection.query(lockReportsOfCase('$1'), [there.legal_case_id]);
  await lockAnchorRow(connection, there);
  const [row] = await connection.query<Row>(`${find} for update`, [id, ownerId]);
  return row ?? null;
}

async function lockAnchorRow(connection: Queryable, { report_id, legal_case_id }: Anchor): Promise<void> {
  const table = report_id === null ? 'legal_case' : 'report';
  await connection.query(`select id from ${table} where id = $1 for update`, [report_id ?? legal_case_id]);
}

export async function insertText(
  connection: Queryable,
  name: NoteName,
  text: {
    readonly id: string;
    readonly noteId: string;
    readonly ownerId: string;
    readonly classId: number;
    readonly keyId: string;
    readonly sealed: Uint8Array;
  },
): Promise<void> {
  const { texts, of } = NOTES[name];
  await connection.execute(
    `insert into ${texts} (id, ${of}, owner_id, visibility_class_id, key_id, sealed) values ($1, $2, $3, $4, $5, $6)`,
    [text.id, text.noteId, text.ownerId, text.classId, text.keyId, text.sealed],
  );
}

export interface SealedText {
  readonly id: string;
  readonly note_id: string;
  readonly version: number;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}

/** Of one note, or of all about a record, or about what a report tells of. As they stand, or stood at a moment; the earliest first. */
export async function findTexts(
  connection: Queryable,
  name: NoteName,
  ownerId: string,
  about: string,
  at: Date | null,
): Promise<readonly SealedText[]> {
  const note = NOTES[name];
  const known =
    at === null
      ? 'n.known_to is null and $3::timestamptz is null'
      : 'n.known_from <= $3 and (n.known_to is null or n.known_to > $3)';
  return connection.query<SealedText>(
    `select t.id, coalesce(n.version_of, n.id) as note_id, n.version, t.key_id, t.sealed from ${note.table} n join ${note.texts} t on t.${note.of} = n.id
     where n.owner_id = $1 and $2 in (coalesce(n.version_of, n.id), ${note.about}) and n.retracted_at is null and ${known}
     order by n.written_at, n.id`,
    [ownerId, about, at?.toISOString() ?? null],
  );
}
