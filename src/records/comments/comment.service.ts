/** Writing, correcting and withdrawing a comment: each once, in one transaction with its receipt and its audit event. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import type { OwnTarget } from '../own-records/own-record.service.ts';
import {
  insertComment,
  insertText,
  lockAnchor,
  lockOwnComment,
  markWithdrawn,
  nextVersion,
  type OwnComment,
  retireComment,
  tellComment,
} from './comment.store.ts';
import type { CommentAbout } from './comment-about.ts';

/** Where a sealed text stands. */
export const placeOfText = (id: string): string => `comment_text/sealed/${id}`;

const LONGEST = 10_000;
const ABSENT: Reason = { where: 'id', found: 'no such comment', wanted: 'a comment of your organisation' };

export async function writeComment(
  tools: ActTools,
  request: ActRequest,
  said: { readonly about: CommentAbout; readonly aboutId: string; readonly text: string },
): Promise<Outcome<DoneOnce>> {
  const fault = faultOf(said.text);
  if (fault !== null) return refuse(fault);
  return once(tools, request, ['recorded', 'comment', said], async (connection, now, ownerId) => {
    const { about } = said;
    const aboutId = said.aboutId.toLowerCase();
    const anchor = isId(aboutId) ? await lockAnchor(connection, ownerId, about, aboutId) : null;
    if (anchor === null)
      return refuse({
        where: 'aboutId',
        found: `no such ${about.replace('_', ' ')}`,
        wanted: 'a record of your organisation that stands',
      });
    // The class of what is never granted.
    const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
    const id = tools.ids();
    const { keyId } = request.viewer;
    await insertComment(connection, {
      id,
      ownerId,
      classId: classes.effort,
      anchor,
      about,
      aboutId,
      keyId,
      now,
    });
    await keepText(tools, connection, { ownerId, classId: classes.personal, commentId: id }, said.text);
    const done = { recordId: id, version: 1 };
    await leaveTrace(connection, now, request, ownerId, 'recorded', done, { about: aboutId });
    return accept(done);
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
  return onOwn(tools, request, 'corrected', target, text, async (connection, now, ownerId, row) => {
    const at = await retireComment(connection, tools.ids, row.id, now);
    await nextVersion(connection, row.id, request.viewer.keyId, at);
    const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
    await keepText(tools, connection, { ownerId, classId: classes.personal, commentId: row.id }, text);
    return accept(row.version + 1);
  });
}

/** What it said in any version goes for good, with its keys. A legal hold keeps it. */
export async function withdrawComment(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  const outcome = await onOwn(
    tools,
    request,
    'withdrawn',
    target,
    null,
    async (connection, now, _owner, row) => {
      if (row.held) {
        const wanted = 'the hold lifted first: liftLegalHold';
        return refuse({ where: 'id', found: 'a comment under a legal hold', wanted });
      }
      const at = await retireComment(connection, tools.ids, row.id, now);
      await markWithdrawn(connection, row.id, at);
      return accept(row.version + 1);
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

function faultOf(text: string): Reason | null {
  const { length } = text.trim();
  return length >= 1 && length <= LONGEST
    ? null
    : { where: 'text', found: `${length} characters`, wanted: `1 to ${LONGEST}` };
}

async function keepText(
  { ids, keys }: Pick<ActTools, 'ids' | 'keys'>,
  connection: Queryable,
  of: { readonly ownerId: string; readonly classId: number; readonly commentId: string },
  text: string,
): Promise<void> {
  const [made] = keys.create(1);
  if (made === undefined) throw new Error('the key store made no key');
  const id = ids();
  const sealed = seal(made.key, placeOfText(id), text.trim());
  await insertText(connection, { ...of, id, keyId: made.id, sealed });
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
async function onOwn(
  tools: ActTools,
  request: ActRequest,
  kind: 'corrected' | 'withdrawn',
  target: OwnTarget,
  said: string | null,
  work: (connection: Queryable, now: Date, ownerId: string, row: OwnComment) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, [kind, 'comment', target, said], async (connection, now, ownerId) => {
    const row = isId(target.id) ? await lockOwnComment(connection, ownerId, target.id) : null;
    if (row === null) return refuse(ABSENT);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work(connection, now, ownerId, row);
    if (!outcome.accepted) return outcome;
    const done = { recordId: row.id, version: outcome.value };
    await leaveTrace(connection, now, request, ownerId, kind, done, { reason: target.reason });
    return accept(done);
  });
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { viewer }: ActRequest,
  ownerId: string,
  kind: 'recorded' | 'corrected' | 'withdrawn',
  { recordId, version }: DoneOnce,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await tellComment(connection, `comment.${kind}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: kind,
    objectKind: 'comment',
    objectIds: [recordId],
    purpose: null,
    detail: { version, ...detail },
  });
}
