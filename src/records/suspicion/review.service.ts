/** Deciding what a person is held for: by an investigator or data officer of the owner, once, with its trace. */
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, HeadwaterError, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { tellRecipients } from '../recipients/tell-recipients.service.ts';
import type { SaidReview } from './suspicion.input.ts';
import { findOwnPerson, insertReview, lockStandingReport, setMonths, tellOutbox } from './suspicion.store.ts';

const REVIEWERS: readonly Role[] = ['investigator', 'data_officer'];
const MOST_MONTHS = 60;

const ABSENT = {
  where: 'entityId',
  found: 'no such person',
  wanted: 'a person of your organisation who may be suspected',
};

/**
 * `version` is the decision the caller looked at. Throws FORBIDDEN unless an investigator or a data officer asks. That somebody is cleared is
 * told to every organisation that was granted the record.
 */
export async function reviewSuspicion(
  tools: ActTools,
  request: ActRequest,
  entityId: string,
  version: number,
  said: SaidReview,
): Promise<Outcome<DoneOnce>> {
  const { viewer } = request;
  if (!REVIEWERS.includes(viewer.role))
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${viewer.role} does not review suspicions; investigators and data officers do`,
    );
  return once(tools, request, ['reviewed', entityId, version, said], async (connection, now, ownerId) => {
    const seen = isId(entityId) ? await findOwnPerson(connection, ownerId, entityId) : null;
    // The report is locked first, as every other act locks it.
    if (seen !== null) await lockStandingReport(connection, seen.report_id);
    const person = seen === null ? null : await findOwnPerson(connection, ownerId, entityId);
    if (person === null) return refuse(ABSENT);
    if (person.version !== version) {
      const wanted = `version ${person.version}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${version}`, wanted });
    }
    const { entity_id: id, person_id: personId } = person;
    const review = { ...said, personId, keyId: viewer.keyId, now };
    const decided = await insertReview(connection, tools.ids, review);
    await tellOutbox(connection, 'suspicion.reviewed', id, null);
    if (said.status === 'cleared')
      await tellOutbox(
        connection,
        'suspicion.cleared',
        id,
        await tellRecipients(connection, tools.ids, 'cleared', [id], now),
      );
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: 'review_suspicion',
      objectKind: 'entity',
      objectIds: [id],
      purpose: null,
      detail: { version: decided, status: said.status, basis: said.basis },
    });
    return accept({ recordId: id, version: decided });
  });
}

/** Throws FORBIDDEN unless a data officer asks. What stands already keeps its day. */
export async function setSuspicionMonths(
  { database, now: clock }: ActTools,
  { role, organisationId, keyId }: Viewer,
  months: number,
): Promise<Outcome<number>> {
  if (role !== 'data_officer' || organisationId === null)
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${role} does not say how long suspicions stand; ask the data officer of your organisation`,
    );
  if (!(months >= 1 && months <= MOST_MONTHS))
    return refuse({ where: 'months', found: String(months), wanted: `1 to ${MOST_MONTHS}` });
  return database.unrestricted('say how long suspicions stand', async (connection) => {
    await setMonths(connection, organisationId, months);
    await recordEvent(connection, clock(), {
      organisationId,
      keyId,
      action: 'set_suspicion_months',
      objectKind: 'organisation',
      objectIds: [organisationId],
      purpose: null,
      detail: { months },
    });
    return accept(months);
  });
}
