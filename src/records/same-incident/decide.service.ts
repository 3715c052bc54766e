/** Confirming, rejecting and taking back that two reports are of one event: seen with the viewer's rights, decided for its organisation, audited. */

import type { ViewerReader } from '../../access/reader.ts';
import { seenClasses, type Viewer } from '../../access/viewer.ts';
import { coveringClass } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { IdSource } from '../../kernel/ids.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable, UnrestrictedDatabase } from '../../platform/database.ts';
import {
  type Decision,
  endDecision,
  findDecision,
  lockEnds,
  type SameIncidentState,
  writeDecision,
} from './decision.store.ts';
import { METHOD } from './evidence-levels.ts';
import { type Graded, gradeSameIncident } from './grade.ts';
import { mayJudge } from './judges.ts';
import { type Comparable, readComparables } from './seen-incident.view.ts';

export interface DecisionTools {
  readonly database: UnrestrictedDatabase;
  readonly ids: IdSource;
  readonly now: () => Date;
}

/** Wired at the start. */
export const DECISION_TOOLS = serviceKey<DecisionTools>('same incident');

export interface DecisionAsked {
  readonly one: string;
  readonly other: string;
  /** What the caller saw: another state now means that somebody was faster. */
  readonly expected: SameIncidentState;
  readonly state: SameIncidentState;
}

export interface Decided extends Graded {
  /** Of the link; null when it was taken back. */
  readonly id: string | null;
  readonly ownerId: string;
  readonly pair: readonly [string, string];
  readonly state: SameIncidentState;
  readonly decidedAt: Date;
}

/** What may not be seen and what is not there, in one sentence. */
const NOT_THERE: Reason = {
  where: 'one, other',
  found: 'an incident that is not there, or not for this key',
  wanted: 'ids of two incidents that this key sees',
};

/**
 * One end must be the organisation's own; asking for the state that is already there changes nothing. Throws FORBIDDEN for roles that do
 * not judge, whatever the pair.
 */
export async function decideSameIncident(
  { database, ids, now }: DecisionTools,
  reader: ViewerReader,
  asked: DecisionAsked,
): Promise<Outcome<Decided>> {
  const { viewer } = reader;
  const ownerId = judgingOrganisation(viewer);
  const [one, other] = [asked.one, asked.other].map((id) => id.toLowerCase()).sort() as [string, string];
  if (!isId(one) || !isId(other)) return refuse(NOT_THERE);
  const ends = await readComparables(reader, [one, other]);
  const [a, b] = [ends.get(one), ends.get(other)];
  if (a === undefined || b === undefined) return refuse(NOT_THERE);
  const unfit = unfitness(a, b, ownerId);
  if (unfit !== null) return refuse(unfit);
  const graded = gradeSameIncident(a, b);
  const pair: readonly [string, string] = [one, other];
  return database.unrestricted('decide whether two reports are of one event', async (connection) => {
    const classes = await lockEnds(connection, pair, seenClasses(viewer));
    if (classes === null) return refuse(NOT_THERE);
    const known = await findDecision(connection, ownerId, pair);
    const before = known?.state ?? 'undecided';
    if (before !== asked.expected) return refuse(changed(asked.expected, before));
    const decided = { ...graded, ownerId, pair, state: asked.state, decidedAt: now() };
    if (asked.state === 'undecided') {
      if (known === null || before === 'undecided') return refuse(NOTHING_TO_UNDO);
      await endDecision(connection, known.id, now());
      await audit(connection, viewer, { ...decided, id: known.id }, before);
      return accept({ ...decided, id: null });
    }
    const id = await writeDecision(connection, ids, known, {
      ownerId,
      pair,
      decision: asked.state satisfies Decision,
      classId: await coveringClass(connection, ownerId, 'incident', classes),
      grade: graded.grade,
      reasons: { method: METHOD, reasons: graded.reasons, contradictions: graded.contradictions },
      keyId: viewer.keyId,
      now: decided.decidedAt,
    });
    if (id === null) {
      const meanwhile = await findDecision(connection, ownerId, pair);
      return refuse(changed(asked.expected, meanwhile?.state ?? 'undecided'));
    }
    await audit(connection, viewer, { ...decided, id }, before);
    return accept({ ...decided, id });
  });
}

const NOTHING_TO_UNDO: Reason = {
  where: 'one, other',
  found: 'a pair on which your organisation decided nothing',
  wanted: 'one that it confirmed or rejected',
};

function judgingOrganisation({ role, organisationId }: Viewer): string {
  if (mayJudge(role) && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not decide whether reports are of one event; ask your data officer for one that does`,
  );
}

function unfitness(a: Comparable, b: Comparable, ownerId: string): Reason | null {
  const where = 'one, other';
  if (a.id === b.id) return { where, found: 'one incident twice', wanted: 'two incidents' };
  if (a.reportId === b.reportId)
    return { where, found: 'two incidents of one report', wanted: 'incidents of two reports' };
  if (a.ownerId !== ownerId && b.ownerId !== ownerId)
    return { where, found: 'two incidents of others', wanted: 'one of your own organisation at least' };
  return null;
}

function changed(expected: SameIncidentState, found: SameIncidentState): Reason {
  return {
    where: 'expected',
    found: found.toUpperCase(),
    wanted: `${expected.toUpperCase()}: somebody of your organisation decided meanwhile; look again, then repeat`,
  };
}

const ACTIONS: Readonly<Record<SameIncidentState, string>> = {
  confirmed: 'confirm_same_incident',
  rejected: 'reject_same_incident',
  undecided: 'undo_same_incident',
};

function audit(
  connection: Queryable,
  viewer: Viewer,
  { id, pair, state, grade, decidedAt }: Decided & { readonly id: string },
  before: SameIncidentState,
): Promise<void> {
  return recordEvent(connection, decidedAt, {
    organisationId: viewer.organisationId,
    keyId: viewer.keyId,
    action: ACTIONS[state],
    objectKind: 'same_incident_link',
    objectIds: [id, ...pair],
    purpose: null,
    detail: { before, grade: Math.round(grade * 1_000) / 1_000, method: METHOD },
  });
}
