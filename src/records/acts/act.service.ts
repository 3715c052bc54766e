/** Recording, correcting, regrading and withdrawing by hand: each in one transaction with its receipt, its trace and its audit event. */

import { type NewAuditEvent, recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isLower, isLowerPap } from '../../kernel/handling.ts';
import { isId } from '../../kernel/ids.ts';
import type {
  ActKind,
  ChangeReason,
  Credibility,
  Handling,
  Pap,
  Reliability,
} from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { reviseReport, withdrawReport } from '../composition/revision.service.ts';
import { raiseWhatFollows, withholdWhatFollows } from '../markings/markings.service.ts';
import { tellRecipients } from '../recipients/tell-recipients.service.ts';
import { endWithoutConsent, marksOfSources } from '../releases/releases.service.ts';
import { insertAct, lockOwnReport, type OwnReport } from './act.store.ts';
import { draftOfHand } from './hand-draft.ts';
import type { HandReportInput } from './hand-report.input.ts';
import { type ActRequest, once } from './once.service.ts';
import { belowSources, markingFor, writeReport } from './write-report.service.ts';

export type ActTools = ImportTools;

/** Wired at the start. */
export const ACT_TOOLS = serviceKey<ActTools>('acts');

export interface Done {
  readonly reportId: string;
  readonly version: number;
}

/** The record as the caller last saw it. */
export interface Target {
  readonly reportId: string;
  readonly version: number;
  readonly reason: ChangeReason;
}

const HANDLING: Handling = 'amber';
const PAP: Pap = 'amber';

export async function recordReport(
  tools: ActTools,
  request: ActRequest,
  input: HandReportInput,
): Promise<Outcome<Done>> {
  const draft = draftOfHand(input, tools.now());
  if (!draft.accepted) return draft;
  return act(tools, request, 'recorded', null, input, async (connection, now, ownerId) => {
    const marked = { said: input.handling, usual: HANDLING, saidPap: input.pap, usualPap: PAP };
    const marking = await markingFor(connection, request.viewer, draft.value, null, marked);
    if (!marking.accepted) return marking;
    const reportId = tools.ids();
    const identity = tools.keys.token(`identity/by-hand/${ownerId}`, reportId);
    await writeReport(tools, connection, ownerId, marking.value, now, {
      recordId: reportId,
      decision: 'accepted',
      version: 1,
      occurrence: 1,
      identityDigest: identity,
      draft: draft.value,
    });
    return accept({ reportId, version: 1 });
  });
}

/** All of the report is given again; what it said stays as its version before. */
export async function correctReport(
  tools: ActTools,
  request: ActRequest,
  target: Target,
  input: HandReportInput,
): Promise<Outcome<Done>> {
  const draft = draftOfHand(input, tools.now());
  if (!draft.accepted) return draft;
  return onReport(tools, request, 'corrected', target, input, async (connection, now, ownerId, report) => {
    const marked = { said: input.handling, usual: report.handling, saidPap: input.pap, usualPap: report.pap };
    const marking = await markingFor(connection, request.viewer, draft.value, report.id, marked);
    if (!marking.accepted) return marking;
    const low = belowSources(marking.value, await marksOfSources(connection, report.id));
    if (low !== null) return refuse(low);
    const version = report.version + 1;
    const { derivedFrom } = draft.value.origin;
    // The log is one for all: whatever waits for others' reports comes before it.
    const events: NewAuditEvent[] = [];
    if (marking.value.withheld || report.withheld)
      events.push(
        ...(await endReleases(connection, request, ownerId, { reportId: report.id, derivedFrom }, now)),
      );
    // Whoever leaves out what it was made from has not got the originator's leave by it.
    const marks = { ...marking.value, withheld: marking.value.withheld || report.withheld };
    await writeReport(tools, connection, ownerId, marks, now, {
      recordId: report.id,
      decision: 'version',
      version,
      occurrence: report.occurrence,
      identityDigest: report.identity_digest,
      draft: draft.value,
    });
    if (marking.value.withheld)
      events.push(
        ...(await withholdWhatFollows(connection, tools.ids, report.id, request.viewer.keyId, now)),
      );
    const { handling, pap } = marks;
    if (isLower(report.handling, handling) || isLowerPap(report.pap, pap))
      events.push(...(await raiseWhatFollows(connection, tools.ids, report.id, { handling, pap }, now)));
    for (const event of events) await recordEvent(connection, now, event);
    return accept(version);
  });
}

export async function regradeReport(
  tools: ActTools,
  request: ActRequest,
  target: Target,
  grade: { readonly reliability: Reliability; readonly credibility: number },
): Promise<Outcome<Done>> {
  const { reliability, credibility } = grade;
  if (!Number.isInteger(credibility) || credibility < 1 || credibility > 6) {
    return refuse({ where: 'credibility', found: String(credibility), wanted: 'a whole number from 1 to 6' });
  }
  const changed = { reliability, credibility: credibility as Credibility };
  return onReport(tools, request, 'regraded', target, grade, async (connection, now, _owner, report) =>
    accept(await reviseReport(connection, tools.ids, report.id, { report: changed, movement: changed }, now)),
  );
}

export async function withdrawOwnReport(
  tools: ActTools,
  request: ActRequest,
  target: Target,
): Promise<Outcome<Done>> {
  return onReport(tools, request, 'withdrawn', target, null, async (connection, now, _owner, report) => {
    await tellRecipients(connection, tools.ids, 'withdrawn', [report.id], now);
    return accept(await withdrawReport(connection, tools.ids, report.id, now));
  });
}

/** What is now made from the reports of somebody who did not consent is shown to nobody from here on. */
async function endReleases(
  connection: Queryable,
  { viewer }: ActRequest,
  ownerId: string,
  becoming: { readonly reportId: string; readonly derivedFrom?: string | undefined },
  now: Date,
): Promise<readonly NewAuditEvent[]> {
  const ended = await endWithoutConsent(connection, ownerId, becoming, viewer.keyId, now);
  return ended.map((agreement) => ({
    organisationId: ownerId,
    keyId: viewer.keyId,
    action: 'end_report_release',
    objectKind: 'report',
    objectIds: [becoming.reportId],
    purpose: null,
    detail: { agreement },
  }));
}

/** What belongs to another organisation is as absent as what does not exist. */
async function onReport(
  tools: ActTools,
  request: ActRequest,
  kind: ActKind,
  target: Target,
  said: unknown,
  work: (
    connection: Queryable,
    now: Date,
    ownerId: string,
    report: OwnReport,
  ) => Promise<Outcome<number | null>>,
): Promise<Outcome<Done>> {
  return act(tools, request, kind, target.reason, [target, said], async (connection, now, ownerId) => {
    const report = isId(target.reportId) ? await lockOwnReport(connection, ownerId, target.reportId) : null;
    if (report === null)
      return refuse({ where: 'reportId', found: 'no such report', wanted: 'a report of your organisation' });
    if (report.retracted_at !== null)
      return refuse({
        where: 'reportId',
        found: 'a withdrawn report',
        wanted: 'a report that stands; record it anew',
      });
    if (report.version !== target.version) {
      const wanted = `version ${report.version}, the latest: read the report again and repeat`;
      return refuse({ where: 'version', found: `version ${target.version}`, wanted });
    }
    const outcome = await work(connection, now, ownerId, report);
    if (!outcome.accepted) return outcome;
    const version = outcome.value;
    if (version === null)
      return refuse({ where: 'reportId', found: 'no such report', wanted: 'a report of your organisation' });
    return accept({ reportId: report.id, version });
  });
}

/** Throws FORBIDDEN when the role never records. */
async function act(
  tools: ActTools,
  request: ActRequest,
  kind: ActKind,
  reason: ChangeReason | null,
  said: unknown,
  work: (connection: Queryable, now: Date, ownerId: string) => Promise<Outcome<Done>>,
): Promise<Outcome<Done>> {
  const done = await once(tools, request, [kind, reason, said], async (connection, now, ownerId) => {
    const outcome = await work(connection, now, ownerId);
    if (!outcome.accepted) return outcome;
    const { reportId, version } = outcome.value;
    const { keyId } = request.viewer;
    const report = (await lockOwnReport(connection, ownerId, reportId)) as OwnReport;
    await insertAct(connection, {
      id: tools.ids(),
      ownerId,
      visibilityClassId: report.visibility_class_id,
      reportId,
      version,
      kind,
      reason,
      keyId,
      now,
    });
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId,
      action: kind,
      objectKind: 'report',
      objectIds: [reportId],
      purpose: null,
      detail: reason === null ? { version } : { version, reason },
    });
    return accept({ recordId: reportId, version });
  });
  if (!done.accepted) return done;
  return accept({ reportId: done.value.recordId, version: done.value.version });
}
