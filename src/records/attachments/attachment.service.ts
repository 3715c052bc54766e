/** Attaching a file and withdrawing it: each once, in one transaction with its receipt and its audit event. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { seal, sealBytes } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import { type OwnKind, type OwnTarget, recordOnce, withdrawOnce } from '../own-records/own-act.service.ts';
import {
  dropContent,
  insertAttachment,
  lockOwnAttachment,
  lockParent,
  type OwnAttachment,
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
const FILE: OwnKind<OwnAttachment> = {
  name: 'attachment',
  table: 'attachment',
  absent: { where: 'id', found: 'no such file', wanted: 'a file of your organisation' },
  lock: lockOwnAttachment,
  held: 'a file under a legal hold',
  isHeld: async (_connection, { held }) => held,
  drop: dropContent,
};

export async function attach(
  tools: ActTools,
  request: ActRequest,
  said: SaidAttachment,
): Promise<Outcome<DoneOnce>> {
  const { bytes, sha256, ...rest } = said;
  const digest = sha256.toString('hex');
  return recordOnce(tools, request, 'attachment', [rest, digest], async (connection, now, ownerId) => {
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
    return accept({ id, detail: { parent: said.id, bytes: bytes.length } });
  });
}

/** The file goes for good, with its key; that there was one stays in its past. A legal hold keeps it. */
export function withdrawAttachment(
  tools: ActTools,
  request: ActRequest,
  target: OwnTarget,
): Promise<Outcome<DoneOnce>> {
  // Nothing is said of a file: with anything here, requests whose receipts are kept would be other requests.
  return withdrawOnce(tools, request, FILE, target, []);
}
