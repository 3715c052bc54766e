/** Releasing a report under an agreement that shares case by case, and taking a release back: data officers decide, one report at a time. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isLower } from '../../kernel/handling.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import {
  holdReleasable,
  isConsented,
  type Releasable,
  type ReleaseRow,
  releaseHeld,
  releasesUnder,
  takeBackHeld,
} from '../../records/releases/releases.service.ts';
import { type AgreementRow, lockAgreement } from './agreement.store.ts';
import { type AgreementState, stateAt } from './agreement.ts';
import { ABSENT, agreeingOfficer, standingOf } from './on-agreement.service.ts';

export interface ReleaseTarget {
  readonly agreementId: string;
  readonly reportId: string;
}

const MOST_RELEASES = 500;
const RELEASING: readonly AgreementState[] = ['signed', 'active', 'suspended'];
export const NO_REPORT: Reason = {
  where: 'reportId',
  found: 'no such report',
  wanted: 'a report of your organisation that stands',
};

/** Works on the next request, as far as the terms show what a report tells. */
export function releaseReport(
  tools: ImportTools,
  request: ActRequest,
  target: ReleaseTarget,
): Promise<Outcome<DoneOnce>> {
  return onRelease(tools, request, 'release_report', target, async (held) => {
    const { connection, now, row, ownerId, report } = held;
    const state = stateAt(await standingOf(connection, row), now);
    if (!RELEASING.includes(state))
      return {
        where: 'agreementId',
        found: `an agreement that is ${state}`,
        wanted: 'one that runs or will',
      };
    const reason = await hindrance(connection, target, report, row, request.viewer);
    if (reason !== null) return reason;
    const release = { ...target, ownerId };
    const released = await releaseHeld(connection, tools.ids, release, request.viewer.keyId, now);
    if (released) return null;
    return { where: 'reportId', found: 'a report that is released under it', wanted: 'one that is not' };
  });
}

/** Works on the next request. What was shown until then stays among the report's recipients. */
export function endReportRelease(
  tools: ImportTools,
  request: ActRequest,
  target: ReleaseTarget,
): Promise<Outcome<DoneOnce>> {
  return onRelease(tools, request, 'end_report_release', target, async (held) => {
    const { connection, now, ownerId } = held;
    const ended = await takeBackHeld(connection, { ...target, ownerId }, request.viewer.keyId, now);
    if (ended) return null;
    return { where: 'reportId', found: 'a report that is not released under it', wanted: 'one that is' };
  });
}

/** Of the officer's own organisation; none of an agreement between others. Throws FORBIDDEN, BAD_INPUT. */
export function readReleases(
  { database }: ImportTools,
  viewer: Viewer,
  agreementId: string,
  first: number,
): Promise<readonly ReleaseRow[]> {
  const organisationId = agreeingOfficer(viewer);
  if (!(first >= 1 && first <= MOST_RELEASES))
    throw new HeadwaterError('BAD_INPUT', `first: found ${first}, wanted 1 to ${MOST_RELEASES}`);
  return database.unrestricted('list releases under an agreement', (connection) =>
    releasesUnder(connection, agreementId, organisationId, first),
  );
}

export interface Held {
  readonly connection: Queryable;
  readonly now: Date;
  readonly row: AgreementRow;
  readonly ownerId: string;
  readonly report: Releasable;
}

/** Of a report of one's own under an agreement that shares case by case, both locked; what comes of it is in the owner's log. */
export async function onRelease(
  tools: ImportTools,
  request: ActRequest,
  action: 'release_report' | 'end_report_release' | 'ask_onward',
  { agreementId, reportId }: ReleaseTarget,
  work: (held: Held) => Promise<Reason | null>,
): Promise<Outcome<DoneOnce>> {
  const { viewer } = request;
  agreeingOfficer(viewer);
  return once(tools, request, [action, agreementId, reportId], async (connection, now, ownerId) => {
    const row = isId(agreementId) ? await lockAgreement(connection, ownerId, agreementId) : null;
    if (row === null) return refuse({ ...ABSENT, where: 'agreementId' });
    if (row.terms.template !== 'case_by_case')
      return refuse({
        where: 'agreementId',
        found: `an agreement of the template ${row.terms.template.toUpperCase()}`,
        wanted: 'one of the template CASE_BY_CASE',
      });
    const report = isId(reportId) ? await holdReleasable(connection, ownerId, reportId) : null;
    if (report === null) return refuse(NO_REPORT);
    const reason = await work({ connection, now, row, ownerId, report });
    if (reason !== null) return refuse(reason);
    const receivers = row.terms.terms.filter(({ giver }) => giver === viewer.organisationSlug);
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action,
      objectKind: 'report',
      objectIds: [reportId],
      purpose: null,
      detail: { agreement: agreementId, receivers: new Set(receivers.map(({ receiver }) => receiver)).size },
    });
    return accept({ recordId: agreementId, version: row.version });
  });
}

async function hindrance(
  connection: Queryable,
  target: ReleaseTarget,
  report: Releasable,
  row: AgreementRow,
  viewer: Viewer,
): Promise<Reason | null> {
  if (report.withdrawn) return NO_REPORT;
  if (report.withheld && !(await isConsented(connection, target)))
    return {
      where: 'reportId',
      found: 'a report made from what another organisation keeps',
      wanted: 'one of your own making, or one to whose release every originator consents: askOnward',
    };
  return aboveCeilings(report, row, viewer);
}

/** Null where at least one term reaches what is marked so. */
export function aboveCeilings(report: Releasable, { terms }: AgreementRow, viewer: Viewer): Reason | null {
  const ceilings = terms.terms
    .filter(({ giver }) => giver === viewer.organisationSlug)
    .map(({ handlingCeiling }) => handlingCeiling);
  if (ceilings.some((ceiling) => !isLower(ceiling, report.handling))) return null;
  return {
    where: 'reportId',
    found: `a report marked ${report.handling.toUpperCase()}`,
    wanted:
      ceilings.length === 0
        ? 'an agreement in which your organisation shows something'
        : `one up to the agreement's ceilings: ${[...new Set(ceilings)].map((each) => each.toUpperCase()).join(', ')}`,
  };
}
