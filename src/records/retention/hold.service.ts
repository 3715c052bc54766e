/** Legal holds: what a case needs is neither purged nor erased nor taken back while it is open. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ActTools } from '../acts/act.service.ts';
import { retentionClassOf } from './decide.service.ts';
import { findHeldObjects, insertHolds, liftHolds, lockObjects } from './hold.store.ts';
import { holdingOfficer } from './retention-officer.ts';
import type { RetentionReason } from './retention-words.ts';

export interface HoldRequest {
  readonly reportIds: readonly string[];
  /** Of any version; the report they stand in is held. */
  readonly entityIds: readonly string[];
  readonly importIds: readonly string[];
  /** The organisation's own; kept as a keyed digest. */
  readonly caseReference: string;
  readonly reason: RetentionReason;
}

const LEAST_REFERENCE = 3;
const MOST_OBJECTS = 500;

/**
 * Returns ids of the reports and imports held, those held already among them. All or none: an id that is not there refuses the rest. Throws
 * FORBIDDEN unless an investigator or a data officer asks.
 */
export async function placeLegalHold(
  tools: ActTools,
  viewer: Viewer,
  request: HoldRequest,
): Promise<Outcome<readonly string[]>> {
  const ownerId = holdingOfficer(viewer);
  const asked = [...request.reportIds, ...request.entityIds, ...request.importIds];
  if (asked.length === 0 || asked.length > MOST_OBJECTS)
    return refuse({
      where: 'reportIds',
      found: `${asked.length} ids`,
      wanted: `1 to ${MOST_OBJECTS} in all`,
    });
  const unnamed = caseRefused(request.caseReference);
  if (unnamed !== null) return refuse(unnamed);
  return tools.database.unrestricted('place a legal hold', async (connection) => {
    const now = tools.now();
    const find = () =>
      findHeldObjects(connection, ownerId, {
        reportIds: request.reportIds.filter(isId),
        entityIds: request.entityIds.filter(isId),
        importIds: request.importIds.filter(isId),
      });
    await lockObjects(connection, await find());
    // Again under the lock: a purge may have gone before.
    const found = await find();
    const known = new Set(found.map((each) => each.asked));
    const missing = (['reportIds', 'entityIds', 'importIds'] as const).flatMap((where): Reason[] =>
      request[where].flatMap((id, at) =>
        known.has(id.toLowerCase())
          ? []
          : [
              {
                where: `${where}[${at}]`,
                found: 'nothing of that id',
                wanted: 'a record of your organisation',
              },
            ],
      ),
    );
    if (missing.length > 0) return refuse(...missing);
    const visibilityClassId = await retentionClassOf(connection, ownerId);
    const { keyId } = viewer;
    const { reason } = request;
    const caseToken = caseTokenOf(tools, ownerId, request.caseReference);
    const hold = { ownerId, visibilityClassId, caseToken, reason, keyId, now };
    const placed = await insertHolds(connection, tools.ids, found, hold);
    const ids = [...new Set(found.map(({ id }) => id))];
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId,
      action: 'place_legal_hold',
      objectKind: 'record',
      objectIds: ids,
      purpose: null,
      detail: { reason, placed, case: Buffer.from(caseToken).toString('hex') },
    });
    return accept(ids);
  });
}

/** Every hold of the case, or those on the objects named. Returns what they were on; nothing where none stands. Throws FORBIDDEN likewise. */
export async function liftLegalHold(
  tools: ActTools,
  viewer: Viewer,
  caseReference: string,
  objectIds: readonly string[] | null,
  reason: RetentionReason,
): Promise<Outcome<readonly string[]>> {
  const ownerId = holdingOfficer(viewer);
  const unnamed = caseRefused(caseReference);
  if (unnamed !== null) return refuse(unnamed);
  return tools.database.unrestricted('lift a legal hold', async (connection) => {
    const now = tools.now();
    const caseToken = caseTokenOf(tools, ownerId, caseReference);
    const named = objectIds === null ? null : objectIds.filter(isId);
    const lifted = await liftHolds(connection, ownerId, caseToken, named, viewer.keyId, now);
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: 'lift_legal_hold',
      objectKind: 'record',
      objectIds: lifted,
      purpose: null,
      detail: { reason, case: Buffer.from(caseToken).toString('hex') },
    });
    return accept([...new Set(lifted)]);
  });
}

export function caseTokenOf(
  { keys }: Pick<ActTools, 'keys'>,
  ownerId: string,
  caseReference: string,
): Uint8Array {
  return keys.token(`case/${ownerId}`, caseReference.trim());
}

function caseRefused(caseReference: string): Reason | null {
  const length = caseReference.trim().length;
  return length >= LEAST_REFERENCE
    ? null
    : {
        where: 'caseReference',
        found: `${length} characters`,
        wanted: "your organisation's reference of the case",
      };
}
