/** Raising a marking raises what was said before and what was made from it; a file that corrects a record lowers nothing. */
import { raisedClasses, withheldClasses } from '../../access/visibility.store.ts';
import type { NewAuditEvent } from '../../audit/audit.store.ts';
import type { WriteContext } from '../../intake/imports/import-types.ts';
import { highestHandling, highestPap, isLower, isLowerPap } from '../../kernel/handling.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { tellOfRaising } from '../recipients/tell-recipients.service.ts';
import { endWithoutConsent } from '../releases/releases.service.ts';
import {
  lockMadeFrom,
  type MadeFrom,
  type MarkedAlone,
  type Marks,
  marksNow,
  raiseAlone,
  raiseReport,
  standingMarks,
  withholdReport,
} from './marking.store.ts';

/**
 * In the transaction that wrote the report anew: all its versions and, whoever owns them, all reports made from it are marked at least as high.
 * Answers what each owner's log is to have, without a word on where it came from: to be written last, since the log is one for all.
 */
export async function raiseWhatFollows(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  marks: Marks,
  now: Date,
): Promise<readonly NewAuditEvent[]> {
  const raise = (id: string): Promise<boolean> =>
    tellOfRaising(connection, ids, id, now, () => raiseReport(connection, id, marks));
  const events: NewAuditEvent[] = [];
  await raise(reportId);
  await eachMadeFrom(connection, reportId, async (made) => {
    if (!(await raise(made.id))) return;
    const { handling, pap } = await marksNow(connection, made.id);
    events.push(eventOf(made, { handling, pap }));
  });
  return events;
}

/**
 * In the transaction that wrote a report anew as made from another organisation's: what it said before, and what was made from it, is granted to
 * nobody either, and is released no longer where an originator that came with it does not consent. Answers events as above.
 */
export async function withholdWhatFollows(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  keyId: string,
  now: Date,
): Promise<readonly NewAuditEvent[]> {
  const withhold = (id: string): Promise<boolean> =>
    tellOfRaising(connection, ids, id, now, () => withholdReport(connection, id));
  const events: NewAuditEvent[] = [];
  await withhold(reportId);
  await eachMadeFrom(connection, reportId, async (made) => {
    const becoming = { reportId: made.id, derivedFrom: reportId };
    const ended = await endWithoutConsent(connection, made.owner_id, becoming, keyId, now);
    const withheld = await withhold(made.id);
    if (ended.length > 0 || withheld)
      events.push(eventOf(made, { withheld: true, releasesEnded: ended.length }));
  });
  return events;
}

/** Until there are no more: while the locks are waited for, others make something from what is not locked yet. */
async function eachMadeFrom(
  connection: Queryable,
  reportId: string,
  work: (made: MadeFrom) => Promise<void>,
): Promise<void> {
  const done = new Set<string>();
  for (;;) {
    const fresh = (await lockMadeFrom(connection, reportId)).filter(({ id }) => !done.has(id));
    if (fresh.length === 0) return;
    for (const made of fresh) {
      done.add(made.id);
      await work(made);
    }
  }
}

function eventOf(made: MadeFrom, detail: NewAuditEvent['detail']): NewAuditEvent {
  return {
    organisationId: made.owner_id,
    keyId: null,
    action: 'marking_raised',
    objectKind: 'report',
    objectIds: [made.id],
    purpose: null,
    detail,
  };
}

/** What a record that stands alone said before is marked as high as what it says now. */
export function raiseBefore(
  connection: Queryable,
  table: MarkedAlone,
  id: string,
  handling: Handling,
): Promise<void> {
  return raiseAlone(connection, table, id, handling);
}

export interface KeptMarks {
  /** For records of a file that are marked higher, or withheld, by hand. Those that are not are left out. */
  readonly contexts: ReadonlyMap<string, WriteContext>;
  /** Those that the file marks higher than they are. */
  readonly rising: readonly string[];
}

/** How the records of one table that a file corrects are to be marked. */
export async function keptMarks(
  connection: Queryable,
  context: WriteContext,
  table: string,
  corrected: readonly string[],
): Promise<KeptMarks> {
  const contexts = new Map<string, WriteContext>();
  const rising: string[] = [];
  for (const [id, standing] of await standingMarks(connection, table, corrected)) {
    const handling = highestHandling([context.handling, standing.handling]);
    const pap = highestPap([context.pap, standing.pap]);
    if (isLower(standing.handling, handling) || (table === 'report' && isLowerPap(standing.pap, pap)))
      rising.push(id);
    if (handling === context.handling && pap === context.pap && !standing.withheld) continue;
    const all = Object.values(context.classes);
    const withheld = standing.withheld ? await withheldClasses(connection, all) : new Map<number, number>();
    const kept = all.map((classId) => withheld.get(classId) ?? classId);
    const raised = await raisedClasses(connection, kept, handling);
    const classOf = (classId: number): number => {
      const into = withheld.get(classId) ?? classId;
      return raised.get(into) ?? into;
    };
    const classes = Object.fromEntries(
      Object.entries(context.classes).map(([recordClass, classId]) => [recordClass, classOf(classId)]),
    ) as typeof context.classes;
    contexts.set(id, { ...context, classes, handling, pap });
  }
  return { contexts, rising };
}
