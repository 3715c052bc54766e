/** Writing, correcting and withdrawing a comment: each once, in one transaction with its receipt and its audit event. */
import { type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import { type OwnTarget, withdrawOnce } from '../own-records/own-act.service.ts';
import { correctNote, noteKind, recordNote } from '../own-records/sealed-note.service.ts';
import { dropOwnTexts, insertComment, nextVersion, STANDING_COMMENT } from './comment.store.ts';
import type { CommentAbout } from './comment-about.ts';

const LONGEST = 10_000;
const COMMENT = noteKind('comment', STANDING_COMMENT, { table: 'record_comment', drop: dropOwnTexts });

export async function writeComment(
  tools: ActTools,
  request: ActRequest,
  said: { readonly about: CommentAbout; readonly aboutId: string; readonly text: string },
): Promise<Outcome<DoneOnce>> {
  const fault = faultOf(said.text);
  if (fault !== null) return refuse(fault);
  return recordNote(tools, request, 'comment', {
    ...said,
    said,
    text: said.text.trim(),
    insert: async (connection, comment) => {
      await insertComment(connection, comment);
      return { detail: { about: comment.aboutId } };
    },
  });
}

export async function correctComment(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  text: string,
): Promise<Outcome<DoneOnce>> {
  const fault = faultOf(text);
  if (fault !== null) return refuse(fault);
  return correctNote(tools, request, COMMENT, target, { said: text, text: text.trim(), write: nextVersion });
}

/** What it said in any version goes for good, with its keys. A legal hold keeps it. */
export function withdrawComment(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  return withdrawOnce(tools, request, COMMENT, target);
}

function faultOf(text: string): Reason | null {
  const { length } = text.trim();
  return length >= 1 && length <= LONGEST
    ? null
    : { where: 'text', found: `${length} characters`, wanted: `1 to ${LONGEST}` };
}
