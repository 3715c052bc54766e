/** Opening and closing matching: a data officer of the owner lets one other party of a running agreement ask, and ends it. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { destroyDoomedKeys } from '../../records/erasure/doomed-keys.service.ts';
import { seal } from '../../vault/sealing.ts';
import { runningAgreement } from '../agreements/agreement-standing.service.ts';
import {
  type ArrangementRow,
  changeArrangement,
  closeArrangement,
  insertArrangement,
  lockOpen,
  lockOwn,
  organisationId,
} from './arrangement.store.ts';
import { arrangementKey, livingKey } from './arrangement-key.ts';
import { type ArrangementTerms, mistakesIn } from './arrangement-terms.ts';

/** Wired at the start. */
export const MATCHING_TOOLS = serviceKey<ImportTools>('matching');

const NO_AGREEMENT: Reason = {
  where: 'agreementId, asker',
  found: 'no agreement that runs now between the two',
  wanted: 'one that every party signed, that has begun, and that nobody suspended or ended',
};
const ABSENT: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'an arrangement that your organisation opened and did not close',
};

/** Throws FORBIDDEN. Returns the organisation. */
export function matchingOfficer({ role, organisationId: own }: Viewer): string {
  if (role === 'data_officer' && own !== null) return own;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not open matching; ask the data officer of your organisation`,
  );
}

/** `version`: of the arrangement that is to be changed; null where none is open yet. Its key stays the same until it is closed. */
export async function openMatching(
  tools: ImportTools,
  request: ActRequest,
  said: ArrangementTerms & { readonly agreementId: string; readonly asker: string },
  version: number | null,
): Promise<Outcome<DoneOnce>> {
  matchingOfficer(request.viewer);
  return once(tools, request, ['matching opened', said, version], async (connection, now, ownerId) => {
    const mistakes = mistakesIn(said);
    if (mistakes.length > 0) return refuse(...mistakes);
    const agreement = await runningAgreement(connection, ownerId, said.agreementId, now);
    const askerId = await organisationId(connection, said.asker);
    if (
      agreement === null ||
      askerId === null ||
      askerId === ownerId ||
      !agreement.partyIds.includes(askerId)
    )
      return refuse(NO_AGREEMENT);
    const open = await livingOpen(tools, connection, agreement.id, ownerId, askerId, now);
    if ((open?.version ?? null) !== version)
      return refuse({
        where: 'version',
        found: version === null ? 'none' : `version ${version}`,
        wanted:
          open === null
            ? 'none: it is not open'
            : `version ${open.version}, the latest: read it again and repeat`,
      });
    const terms = {
      kinds: [...new Set(said.kinds)].sort(),
      minimum_batch: said.minimumBatch,
      daily_quota: said.dailyQuota,
      daily_single: said.dailySingle,
    };
    if (open !== null) {
      const contact = seal(tools.keys.read(open.key_id), contactPlace(open.id), said.contact.trim());
      await changeArrangement(connection, { ...terms, id: open.id, contact, version: open.version + 1 });
      await leaveTrace(connection, request, now, 'matching_changed', open.id, [askerId], terms);
      return accept({ recordId: open.id, version: open.version + 1 });
    }
    const id = tools.ids();
    const [made] = tools.keys.create(1);
    if (made === undefined) throw new Error('no key was made');
    await insertArrangement(
      connection,
      {
        ...terms,
        id,
        agreement_id: agreement.id,
        owner_id: ownerId,
        asker_id: askerId,
        contact: seal(made.key, contactPlace(id), said.contact.trim()),
        key_id: made.id,
        public_key: arrangementKey(made.key, id).publicKey,
      },
      now,
    );
    await leaveTrace(connection, request, now, 'matching_opened', id, [askerId], terms);
    return accept({ recordId: id, version: 1 });
  });
}

/** For good: another one between the same two has another key. */
export async function closeMatching(
  tools: ImportTools,
  request: ActRequest,
  id: string,
  version: number,
): Promise<Outcome<DoneOnce>> {
  matchingOfficer(request.viewer);
  const outcome = await once(
    tools,
    request,
    ['matching closed', id, version],
    async (connection, now, ownerId) => {
      const open = isId(id) ? await lockOwn(connection, ownerId, id) : null;
      if (open === null) return refuse(ABSENT);
      if (open.version !== version)
        return refuse({
          where: 'version',
          found: `version ${version}`,
          wanted: `version ${open.version}, the latest: read it again and repeat`,
        });
      await closeArrangement(connection, open, now);
      await leaveTrace(connection, request, now, 'matching_closed', id, [open.asker_id], null);
      return accept({ recordId: id, version: version + 1 });
    },
  );
  if (outcome.accepted) await destroyDoomedKeys(tools);
  return outcome;
}

/** One whose key was destroyed was closed, and a backup from before was restored: it is closed again. */
async function livingOpen(
  { keys }: ImportTools,
  connection: Queryable,
  agreementId: string,
  ownerId: string,
  askerId: string,
  now: Date,
): Promise<ArrangementRow | null> {
  const open = await lockOpen(connection, agreementId, ownerId, askerId);
  if (open === null || livingKey(keys, open.key_id) !== null) return open;
  await closeArrangement(connection, open, now);
  return null;
}

/** Where the contact is sealed. */
export const contactPlace = (id: string): string => `matching_arrangement/contact/${id}`;

function leaveTrace(
  connection: Queryable,
  { viewer }: ActRequest,
  now: Date,
  action: string,
  id: string,
  others: readonly string[],
  terms: Pick<ArrangementRow, 'kinds' | 'minimum_batch' | 'daily_quota' | 'daily_single'> | null,
): Promise<void> {
  return recordEvent(connection, now, {
    organisationId: viewer.organisationId,
    keyId: viewer.keyId,
    action,
    objectKind: 'matching_arrangement',
    objectIds: [id],
    purpose: null,
    aboutOwnerIds: [...others],
    detail:
      terms === null
        ? {}
        : {
            kinds: terms.kinds.join(','),
            minimumBatch: terms.minimum_batch,
            dailyQuota: terms.daily_quota,
            dailySingle: terms.daily_single,
          },
  });
}
