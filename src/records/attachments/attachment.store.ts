/** Attached files written, withdrawn and found to be opened. */
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { CASE_OF_FILE, IS_HELD, lockReportsOfCase } from './attached.sql.ts';
import type { ParentNamed, SaidAttachment } from './said-attachment.ts';
import type { Parent } from './standing-on.sql.ts';

/** Class of the owner's own record that stands, locked until the transaction ends; null where there is none. */
export async function lockParent(
  connection: Queryable,
  ownerId: string,
  { parent, id }: ParentNamed,
): Promise<number | null> {
  const [row] = await connection.query<{ visibility_class_id: number }>(
    `select visibility_class_id from ${parent} where id = $1 and owner_id = $2 and known_to is null and retracted_at is null for update`,
    [id, ownerId],
  );
  return row?.visibility_class_id ?? null;
}

export interface NewAttachment {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly said: SaidAttachment;
  readonly keyId: string;
  readonly now: Date;
  readonly content: {
    readonly classId: number;
    readonly keyId: string;
    readonly name: Uint8Array;
    readonly bytes: Uint8Array;
  };
}

export async function insertAttachment(connection: Queryable, attachment: NewAttachment): Promise<void> {
  const { id, ownerId, said, content } = attachment;
  await connection.execute(
    `insert into attachment (id, owner_id, visibility_class_id, report_id, legal_case_id, exhibit_id, kind, media_type, byte_size, sha256, attached_by, attached_at, known_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'), $11, $12, $12)`,
    [
      id,
      ownerId,
      attachment.classId,
      said.parent === 'report' ? said.id : null,
      said.parent === 'legal_case' ? said.id : null,
      said.parent === 'exhibit' ? said.id : null,
      said.kind,
      said.mediaType,
      said.bytes.length,
      bytesText(said.sha256).slice(2),
      attachment.keyId,
      attachment.now.toISOString(),
    ],
  );
  await connection.execute(
    `insert into attachment_content (attachment_id, owner_id, visibility_class_id, key_id, sealed_name, sealed_bytes) values ($1, $2, $3, $4, $5, $6)`,
    [id, ownerId, content.classId, content.keyId, content.name, content.bytes],
  );
}

export interface OwnAttachment {
  readonly id: string;
  readonly version: number;
  readonly parent: Parent;
  readonly parent_id: string;
  readonly held: boolean;
}

/** One that stands, locked with what it hangs on until the transaction ends. */
export async function lockOwnAttachment(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<OwnAttachment | null> {
  const find = `select a.id, a.version, coalesce(a.report_id, a.legal_case_id, a.exhibit_id) as parent_id,
       case when a.report_id is not null then 'report' when a.legal_case_id is not null then 'legal_case' else 'exhibit' end as parent, ${IS_HELD} as held from attachment a
     where a.id = $1 and a.owner_id = $2 and a.known_to is null and a.retracted_at is null`;
  const [there] = await connection.query<OwnAttachment>(find, [id, ownerId]);
  if (there === undefined) return null;
  await connection.query(lockReportsOfCase(`(select ${CASE_OF_FILE} from attachment a where a.id = $1)`), [
    id,
  ]);
  await lockParent(connection, ownerId, { parent: there.parent, id: there.parent_id });
  // Asked again under the lock: whoever places a hold, erases or purges takes it too.
  const [row] = await connection.query<OwnAttachment>(`${find} for update of a`, [id, ownerId]);
  return row ?? null;
}

/** Name and bytes go with their key. */
export async function dropContent(connection: Queryable, id: string): Promise<void> {
  await connection.execute(
    `with gone as (delete from attachment_content where attachment_id = $1 returning key_id)
     insert into doomed_key select key_id from gone on conflict do nothing`,
    [id],
  );
}

export interface SealedFile {
  readonly id: string;
  readonly media_type: string;
  readonly key_id: string;
  readonly sealed_name: Uint8Array;
  readonly sealed_bytes: Uint8Array;
}

const stands = (alias: string): string => `${alias}.known_to is null and ${alias}.retracted_at is null`;
const PARENT_STANDS = `exists (select 1 from report r where r.id = a.report_id and ${stands('r')})
  or exists (select 1 from legal_case c where c.id = a.legal_case_id and ${stands('c')})
  or exists (select 1 from exhibit e join legal_case c on c.id = e.legal_case_id where e.id = a.exhibit_id and ${stands('e')} and ${stands('c')})`;

/** Of an own file that stands, on a record that stands. */
export async function findSealedFile(
  connection: Queryable,
  ownerId: string,
  id: string,
): Promise<SealedFile | null> {
  const [file] = await connection.query<SealedFile>(
    `select a.id, a.media_type, c.key_id, c.sealed_name, c.sealed_bytes from attachment a join attachment_content c on c.attachment_id = a.id
     where a.id = $1 and a.owner_id = $2 and a.known_to is null and a.retracted_at is null and (${PARENT_STANDS})`,
    [id, ownerId],
  );
  return file ?? null;
}
