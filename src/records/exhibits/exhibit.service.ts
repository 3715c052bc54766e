/** Recording, correcting and withdrawing an exhibit of a legal case: each once, in one transaction with its receipt and its audit event. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import {
  correctOnce,
  type OwnKind,
  type OwnTarget,
  recordOnce,
  withdrawOnce,
} from '../own-records/own-act.service.ts';
import { addEntry } from './custody.service.ts';
import { headOf, NOTHING_BEFORE } from './custody-chain.ts';
import {
  digestOfFile,
  dropOfExhibit,
  insertExhibit,
  isHeld,
  lockCase,
  lockOwnExhibit,
  lockReportsOf,
  type OwnExhibit,
  rewriteExhibit,
} from './exhibit.store.ts';
import type { SaidCustody, SaidExhibit } from './said-exhibit.ts';

const EXHIBIT: OwnKind<OwnExhibit> = {
  name: 'exhibit',
  table: 'exhibit',
  absent: { where: 'id', found: 'no such exhibit', wanted: 'an exhibit of your organisation' },
  lock: async (connection, ownerId, id, change) => {
    if (change === 'withdrawn') await lockReportsOf(connection, id);
    return lockOwnExhibit(connection, ownerId, id);
  },
  held: 'an exhibit of a legal case under a legal hold',
  isHeld: (connection, { id }) => isHeld(connection, id),
  drop: dropOfExhibit,
};

/** With the entry by which it came in: no exhibit is without a custodian. */
export async function recordExhibit(
  tools: ActTools,
  request: ActRequest,
  legalCaseId: string,
  said: SaidExhibit,
  received: SaidCustody,
): Promise<Outcome<DoneOnce>> {
  const asked = [legalCaseId, said, received];
  return recordOnce(tools, request, 'exhibit', asked, async (connection, now, ownerId) => {
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
    return accept({ id });
  });
}

export function correctExhibit(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
  said: SaidExhibit,
): Promise<Outcome<DoneOnce>> {
  return correctOnce(tools, request, EXHIBIT, target, said, async ({ connection, ownerId, row }, retire) => {
    const digest = await checkedDigest(connection, ownerId, said);
    if (!digest.accepted) return digest;
    await rewriteExhibit(connection, row.id, { ...said, sha256: digest.value }, await retire());
    return accept({});
  });
}

/** Its log stays; names of custodians and files attached to it go, with their keys. */
export function withdrawExhibit(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  return withdrawOnce(tools, request, EXHIBIT, target);
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
