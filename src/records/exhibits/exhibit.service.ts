/** Recording, correcting and withdrawing an exhibit of a legal case: each once, in one transaction with its receipt and its audit event. */
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ChangeReason } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import type { OwnTarget } from '../own-records/own-record.service.ts';
import { addEntry } from './custody.service.ts';
import { headOf, NOTHING_BEFORE } from './custody-chain.ts';
import {
  digestOfFile,
  insertExhibit,
  isHeld,
  lockCase,
  lockOwnExhibit,
  lockReportsOf,
  markWithdrawn,
  type OwnExhibit,
  retireExhibit,
  rewriteExhibit,
  tellExhibit,
} from './exhibit.store.ts';
import type { SaidCustody, SaidExhibit } from './said-exhibit.ts';

const ABSENT: Reason = { where: 'id', found: 'no such exhibit', wanted: 'an exhibit of your organisation' };

/** With the entry by which it came in: no exhibit is without a custodian. */
export async function recordExhibit(
  tools: ActTools,
  request: ActRequest,
  legalCaseId: string,
  said: SaidExhibit,
  received: SaidCustody,
): Promise<Outcome<DoneOnce>> {
  const asked = ['recorded', 'exhibit', legalCaseId, said, received];
  return once(tools, request, asked, async (connection, now, ownerId) => {
    const classId = isId(legalCaseId) ? await lockCase(connection, ownerId, legalCaseId) : null;
    if (classId === null) {
      const wanted = 'a legal case of your organisation that stands';
      return refuse({ where: 'legalCaseId', found: 'no such legal case', wanted });
    }
    const digest = await checkedDigest(connection, ownerId, said);
    if (!digest.accepted) return digest;
    const id = tools.ids();
    await insertExhibit(connection, {
      ...said,
      id,
      ownerId,
      classId,
      legalCaseId,
      sha256: digest.value,
      keyId: request.viewer.keyId,
      head: headOf(tools.keys, ownerId, id, 0, NOTHING_BEFORE),
      now,
    });
    const row = { id, visibility_class_id: classId };
    const first = { ...received, sha256: received.sha256 ?? digest.value };
    const added = await addEntry(
      tools,
      connection,
      { ownerId, now, keyId: request.viewer.keyId },
      row,
      first,
    );
    if (!added.accepted) return added;
    const done = { recordId: id, version: 1 };
    await leaveTrace(connection, now, request, ownerId, 'recorded', done, null);
    return accept(done);
  });
}

export async function correctExhibit(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidExhibit,
): Promise<Outcome<DoneOnce>> {
  return onOwn(tools, request, 'corrected', target, said, async (connection, now, ownerId, row) => {
    const digest = await checkedDigest(connection, ownerId, said);
    if (!digest.accepted) return digest;
    const at = await retireExhibit(connection, tools.ids, row.id, now);
    await rewriteExhibit(connection, row.id, { ...said, sha256: digest.value }, at);
    return accept(row.version + 1);
  });
}

/** Its log stays; names of custodians and files attached to it go, with their keys. */
export async function withdrawExhibit(
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
      if (await isHeld(connection, row.id)) {
        const wanted = 'the hold lifted first: liftLegalHold';
        return refuse({ where: 'id', found: 'an exhibit of a legal case under a legal hold', wanted });
      }
      const at = await retireExhibit(connection, tools.ids, row.id, now);
      await markWithdrawn(connection, row.id, at);
      return accept(row.version + 1);
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** Of the file where one is named; a digest given beside it has to be its own. */
async function checkedDigest(
  connection: Queryable,
  ownerId: string,
  { sha256, attachmentId }: SaidExhibit,
): Promise<Outcome<string>> {
  if (attachmentId === null) return accept(sha256 ?? '');
  const digest = isId(attachmentId) ? await digestOfFile(connection, ownerId, attachmentId) : null;
  if (digest === null) {
    const wanted = 'a file of your organisation that stands';
    return refuse({ where: 'attachmentId', found: 'no such file', wanted });
  }
  return sha256 === null || sha256 === digest
    ? accept(digest)
    : refuse({ where: 'sha256', found: 'another digest than the file has', wanted: digest });
}

/** What belongs to another organisation, what was withdrawn and what does not exist look alike. */
async function onOwn(
  tools: ActTools,
  request: ActRequest,
  kind: 'corrected' | 'withdrawn',
  target: OwnTarget,
  said: SaidExhibit | null,
  work: (connection: Queryable, now: Date, ownerId: string, row: OwnExhibit) => Promise<Outcome<number>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, [kind, 'exhibit', target, said], async (connection, now, ownerId) => {
    if (kind === 'withdrawn' && isId(target.id)) await lockReportsOf(connection, target.id);
    const row = isId(target.id) ? await lockOwnExhibit(connection, ownerId, target.id) : null;
    if (row === null) return refuse(ABSENT);
    if (row.version !== target.version) {
      const wanted = `version ${row.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work(connection, now, ownerId, row);
    if (!outcome.accepted) return outcome;
    const done = { recordId: row.id, version: outcome.value };
    await leaveTrace(connection, now, request, ownerId, kind, done, target.reason);
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
  reason: ChangeReason | null,
): Promise<void> {
  await tellExhibit(connection, `exhibit.${kind}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: kind,
    objectKind: 'exhibit',
    objectIds: [recordId],
    purpose: null,
    detail: reason === null ? { version } : { version, reason },
  });
}
