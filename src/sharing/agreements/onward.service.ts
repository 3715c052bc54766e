/** Passing on what was made from others' reports: its author asks every originator, and each answers for itself. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import {
  answerLocked,
  insertRequests,
  type ListedRequest,
  lockRequest,
  originatorsOf,
  requestsOf,
} from '../../records/releases/onward-requests.service.ts';
import { stateAt } from './agreement.ts';
import { partnersInOnward } from './agreement-standing.service.ts';
import { agreeingOfficer, standingOf } from './on-agreement.service.ts';
import { aboveCeilings, type Held, NO_REPORT, onRelease, type ReleaseTarget } from './release.service.ts';

const MOST_REQUESTS = 500;
const NOT_ASKED: Reason = {
  where: 'id',
  found: 'nothing of that id',
  wanted: 'a request that your organisation was asked',
};

/** Asks whoever was not asked yet. Releases nothing. */
export function askOnward(
  tools: ImportTools,
  request: ActRequest,
  target: ReleaseTarget,
): Promise<Outcome<DoneOnce>> {
  return onRelease(tools, request, 'ask_onward', target, async (held) => {
    const { connection, now, ownerId } = held;
    const reason = await hindrance(held, request.viewer);
    if (reason !== null) return reason;
    const originators = await originatorsOf(connection, target.reportId);
    if (originators === null || originators.length === 0)
      return {
        where: 'reportId',
        found: 'a report made from one that is not there any more, of whose originator nothing is known',
        wanted: 'one whose sources are all there',
      };
    const partners = await partnersInOnward(connection, ownerId, now);
    // Not which: its author may not know who stands further up the chain.
    if (originators.some(({ id }) => !partners.has(id)))
      return {
        where: 'reportId',
        found: 'an originator with whom no running agreement of yours allows onward transfer',
        wanted: 'with each originator an agreement that says WITH_ORIGINATORS_CONSENT',
      };
    const { keyId } = request.viewer;
    const asked = { agreement_id: target.agreementId, report_id: target.reportId, asker_id: ownerId };
    const made = await insertRequests(connection, tools.ids, asked, originators, keyId, now);
    if (made.length === 0)
      return {
        where: 'reportId',
        found: 'a report of which every originator was asked',
        wanted: 'one of which some were not; who was asked may answer anew at any time',
      };
    // Each hears of its own request, and of no report that it may not see.
    for (const { id, originator_id } of made)
      await recordEvent(connection, now, {
        organisationId: ownerId,
        keyId,
        action: 'ask_onward',
        objectKind: 'onward_request',
        objectIds: [id],
        purpose: null,
        aboutOwnerIds: [originator_id],
        detail: {},
      });
    return null;
  });
}

/** Consent lets the author release the report; taken back, it ends the release on the next request. */
export function answerOnward(
  tools: ImportTools,
  request: ActRequest,
  { id, version }: { readonly id: string; readonly version: number },
  consent: boolean,
): Promise<Outcome<DoneOnce>> {
  const { viewer } = request;
  agreeingOfficer(viewer);
  const said = ['answer_onward', id, version, consent];
  return once(tools, request, said, async (connection, now, ownerId) => {
    const row = isId(id) ? await lockRequest(connection, ownerId, id) : null;
    if (row === null) return refuse(NOT_ASKED);
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    const answered = await answerLocked(connection, row, consent, viewer.keyId, now);
    if (answered === null)
      return refuse({
        where: 'consent',
        found: 'what your organisation answered before',
        wanted: 'the other answer',
      });
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: 'answer_onward',
      objectKind: 'onward_request',
      objectIds: [row.id],
      purpose: null,
      aboutOwnerIds: [row.asker_id],
      detail: { consent, releaseEnded: answered.ended },
    });
    // In the author's log alone: which report it was is no business of the originator's.
    if (answered.ended)
      await recordEvent(connection, now, {
        organisationId: row.asker_id,
        keyId: null,
        action: 'end_report_release',
        objectKind: 'report',
        objectIds: [row.report_id],
        purpose: null,
        detail: { agreement: row.agreement_id, request: row.id },
      });
    return accept({ recordId: row.id, version: row.version + 1 });
  });
}

/** Asked of the officer's organisation, and by it. Throws FORBIDDEN, BAD_INPUT. */
export function readOnwardRequests(
  { database }: ImportTools,
  viewer: Viewer,
  open: boolean | null,
  first: number,
): Promise<readonly ListedRequest[]> {
  const organisationId = agreeingOfficer(viewer);
  if (!(first >= 1 && first <= MOST_REQUESTS))
    throw new HeadwaterError('BAD_INPUT', `first: found ${first}, wanted 1 to ${MOST_REQUESTS}`);
  return database.unrestricted('list what is asked about passing on', (connection) =>
    requestsOf(connection, organisationId, open, first),
  );
}

async function hindrance({ connection, now, row, report }: Held, viewer: Viewer): Promise<Reason | null> {
  const state = stateAt(await standingOf(connection, row), now);
  if (state !== 'active')
    return { where: 'agreementId', found: `an agreement that is ${state}`, wanted: 'one that runs' };
  if (report.withdrawn) return NO_REPORT;
  if (!report.withheld)
    return {
      where: 'reportId',
      found: 'a report that needs the consent of nobody else',
      wanted: 'releaseReport, which releases it',
    };
  return aboveCeilings(report, row, viewer);
}
