/** Attaching a file and withdrawing it: each once, in one transaction with its receipt and its audit event. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal, sealBytes } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import type { OwnTarget } from '../own-records/own-record.service.ts';
import {
  insertAttachment,
  lockOwnAttachment,
  lockParent,
  tellAttachment,
  withdrawOwn,
} from './attachment.store.ts';
import type { SaidAttachment } from './said-attachment.ts';

/** Where each sealed part stands: a value moved to another file does not open. */
export const PLACE_OF = {
  name: (id: string) => `attachment_content/sealed_name/${id}`,
  bytes: (id: string) => `attachment_content/sealed_bytes/${id}`,
} as const;

const PARENT_WORDS = {
  report: ['reportId', 'report', 'a report'],
  legal_case: ['legalCaseId', 'legal case', 'a legal case'],
  exhibit: ['exhibitId', 'exhibit', 'an exhibit'],
} as const;
const ABSENT: Reason = { where: 'id', found: 'no such file', wanted: 'a file of your organisation' };

export async function attach(
  tools: ActTools,
  request: ActRequest,
  said: SaidAttachment,
): Promise<Outcome<DoneOnce>> {
  const { bytes, sha256, ...rest } = said;
  const digest = sha256.toString('hex');
  return once(tools, request, ['recorded', 'attachment', rest, digest], async (connection, now, ownerId) => {
    const classId = isId(said.id) ? await lockParent(connection, ownerId, said) : null;
    if (classId === null) {
      const [where, word, some] = PARENT_WORDS[said.parent];
      return refuse({
        where,
        found: `no such ${word}`,
        wanted: `${some} of your organisation that stands`,
      });
    }
    const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
    const id = tools.ids();
    const [made] = tools.keys.create(1);
    if (made === undefined) throw new Error('the key store made no key');
    await insertAttachment(connection, {
      id,
      ownerId,
      classId,
      said,
      keyId: request.viewer.keyId,
      now,
      content: {
        classId: classes.personal,
        keyId: made.id,
        name: seal(made.key, PLACE_OF.name(id), said.fileName),
        bytes: sealBytes(made.key, PLACE_OF.bytes(id), bytes),
      },
    });
    const done = { recordId: id, version: 1 };
    await leaveTrace(connection, now, request, ownerId, 'recorded', done, {
      parent: said.id,
      bytes: bytes.length,
    });
    return accept(done);
  });
}

/** The file goes for good, with its key; that there was one stays in its past. A legal hold keeps it. */
export async function withdrawAttachment(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  const outcome = await once(
    tools,
    request,
    ['withdrawn', 'attachment', target],
    async (connection, now, ownerId) => {
      const row = isId(target.id) ? await lockOwnAttachment(connection, ownerId, target.id) : null;
      if (row === null) return refuse(ABSENT);
      if (row.version !== target.version) {
        const wanted = `version ${row.version}, the latest: read it again and repeat`;
        return refuse({ where: 'version', found: `version ${target.version}`, wanted });
      }
      if (row.held) {
        const wanted = 'the hold lifted first: liftLegalHold';
        return refuse({ where: 'id', found: 'a file under a legal hold', wanted });
      }
      await withdrawOwn(connection, tools.ids, row, now);
      const done = { recordId: row.id, version: row.version + 1 };
      await leaveTrace(connection, now, request, ownerId, 'withdrawn', done, { reason: target.reason });
      return accept(done);
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { viewer }: ActRequest,
  ownerId: string,
  kind: 'recorded' | 'withdrawn',
  { recordId, version }: DoneOnce,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  await tellAttachment(connection, `attachment.${kind}`, recordId);
  await recordEvent(connection, now, {
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: kind,
    objectKind: 'attachment',
    objectIds: [recordId],
    purpose: null,
    detail: { version, ...detail },
  });
}
