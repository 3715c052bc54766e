/** Comments written, corrected and withdrawn. */
import type { Queryable } from '../../platform/database.ts';
import type { NewNote } from '../own-records/sealed-note.service.ts';
import { dropTexts, IS_HELD_COMMENT } from './commented.sql.ts';

export async function insertComment(connection: Queryable, comment: NewNote): Promise<void> {
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

/** With $1 its id and $2 its owner. */
export const STANDING_COMMENT = `select m.id, m.version, m.report_id, m.legal_case_id, ${IS_HELD_COMMENT} as held from record_comment m
  where m.id = $1 and m.owner_id = $2 and m.known_to is null and m.retracted_at is null`;

export async function nextVersion(
  connection: Queryable,
  { id, keyId, at }: { readonly id: string; readonly keyId: string; readonly at: string },
): Promise<void> {
  await connection.execute(
    'update record_comment set version = version + 1, written_by = $2, known_from = $3 where id = $1',
    [id, keyId, at],
  );
}

/** What it said in any version. */
export async function dropOwnTexts(connection: Queryable, id: string): Promise<void> {
  await connection.execute(dropTexts('(m.id = $1 or m.version_of = $1)'), [id]);
}
