/** Blind double verification: two verifiers answer without seeing each other's answer; where they differ, a third breaks the tie. */

import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, HeadwaterError, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Verification } from '../../kernel/vocabulary.ts';
import { reviseReport } from '../composition/revision.service.ts';
import type { ActTools } from './act.service.ts';
import {
  type AnswerRow,
  closeRound,
  findAnswers,
  findOwnIncident,
  insertAct,
  insertAnswer,
  lockOwnReport,
} from './act.store.ts';
import { recordingOrganisation } from './once.service.ts';
import { type Answer, stateOf, type VerificationState } from './verification.ts';

export interface Verified {
  readonly incidentId: string;
  readonly state: VerificationState;
}

const ABSENT = { where: 'incidentId', found: 'no such incident', wanted: 'an incident of your organisation' };

/** Throws FORBIDDEN when the role does not verify. An answer that closes a round makes a new version of the incident. */
export async function verifyIncident(
  { database, ids, now: clock }: ActTools,
  viewer: Viewer,
  incidentId: string,
  answer: Answer,
): Promise<Outcome<Verified>> {
  const ownerId = verifyingOrganisation(viewer);
  if (!isId(incidentId)) return refuse(ABSENT);
  return database.unrestricted('verify an incident', async (connection) => {
    const seen = await findOwnIncident(connection, ownerId, incidentId);
    // The report is locked first, as every other act locks it.
    const report = seen === null ? null : await lockOwnReport(connection, ownerId, seen.report_id);
    const incident = report === null ? null : await findOwnIncident(connection, ownerId, incidentId);
    if (report === null || incident === null) return refuse(ABSENT);
    if (incident.author_ids.includes(viewer.keyId)) {
      return refuse({ where: 'key', found: 'the key that recorded it', wanted: "somebody else's eyes" });
    }
    const answers = await findAnswers(connection, incidentId);
    const open = openRound(answers, incident.said_since);
    if (open.answers.some(({ key_id }) => key_id === viewer.keyId)) {
      return refuse({ where: 'key', found: 'a key that has answered', wanted: 'another verifier' });
    }
    const now = clock();
    await insertAnswer(connection, {
      id: ids(),
      ownerId,
      incident,
      round: open.round,
      keyId: viewer.keyId,
      answer,
      now,
    });
    const state = stateOf([...open.answers.map((each) => each.answer as Answer), answer]);
    if (state.decided !== null) {
      await closeRound(connection, incidentId, open.round, now);
      const changed = { verification: state.decided as Verification };
      const version = await reviseReport(
        connection,
        ids,
        report.id,
        { incident: changed, movement: changed },
        now,
      );
      if (version === null) return refuse(ABSENT);
      await insertAct(connection, {
        id: ids(),
        ownerId,
        visibilityClassId: report.visibility_class_id,
        reportId: report.id,
        version,
        kind: 'verified',
        reason: null,
        keyId: viewer.keyId,
        now,
      });
    }
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId: viewer.keyId,
      action: 'verify',
      objectKind: 'incident',
      objectIds: [incidentId],
      purpose: null,
      detail: { round: open.round },
    });
    return accept({ incidentId, state });
  });
}

/** The answers of the round that is not decided yet. A decided one is followed by the next, and so is one about what a correction took back. */
function openRound(
  answers: readonly AnswerRow[],
  saidSince: Date,
): { round: number; answers: readonly AnswerRow[] } {
  const last = answers.at(-1);
  if (last === undefined) return { round: 1, answers: [] };
  if (last.decided_at !== null || last.answered_at < saidSince) return { round: last.round + 1, answers: [] };
  return { round: last.round, answers: answers.filter(({ round }) => round === last.round) };
}

/** Those at the border do not verify what their own stations send in. */
function verifyingOrganisation(viewer: Viewer): string {
  if (viewer.role === 'field')
    throw new HeadwaterError(
      'FORBIDDEN',
      'a key of the role field does not verify; analysts, investigators and data officers do',
    );
  return recordingOrganisation(viewer);
}
