/** Raising a marking raises what was said before and what was made from it; a file that corrects a record lowers nothing. */
import { raisedClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { WriteContext } from '../../intake/imports/import-types.ts';
import { highestHandling, highestPap } from '../../kernel/handling.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { tellOfRaising } from '../recipients/tell-recipients.service.ts';
import { endWithoutConsent } from '../releases/releases.service.ts';
import {
  lockMadeFrom,
  type MarkedAlone,
  type Marks,
  raiseAlone,
  raiseReport,
  standingMarks,
  withholdReport,
} from './marking.store.ts';

/**
 * In the transaction that wrote the report anew: all its versions and, whoever owns them, all reports made from it are marked at least as high. Each
 * owner's log has it, without a word on where it came from.
 */
export async function raiseWhatFollows(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  marks: Marks,
  now: Date,
): Promise<void> {
  const raise = (id: string): Promise<boolean> =>
    tellOfRaising(connection, ids, id, now, () => raiseReport(connection, id, marks));
  await raise(reportId);
  for (const made of await lockMadeFrom(connection, reportId)) {
    if (!(await raise(made.id))) continue;
    await recordEvent(connection, now, {
      organisationId: made.owner_id,
      keyId: null,
      action: 'marking_raised',
      objectKind: 'report',
      objectIds: [made.id],
      purpose: null,
      detail: { handling: marks.handling, pap: marks.pap },
    });
  }
}

/**
 * In the transaction that wrote a report anew as made from another organisation's: what it said before, and what was made from it, is granted to
 * nobody either, and is released no longer where an originator that came with it does not consent.
 */
export async function withholdWhatFollows(
  connection: Queryable,
  ids: IdSource,
  reportId: string,
  keyId: string,
  now: Date,
): Promise<void> {
  const withhold = (id: string): Promise<boolean> =>
    tellOfRaising(connection, ids, id, now, () => withholdReport(connection, id));
  await withhold(reportId);
  for (const made of await lockMadeFrom(connection, reportId)) {
    const becoming = { reportId: made.id, derivedFrom: reportId };
    const ended = await endWithoutConsent(connection, made.owner_id, becoming, keyId, now);
    const withheld = await withhold(made.id);
    if (ended.length === 0 && !withheld) continue;
    await recordEvent(connection, now, {
      organisationId: made.owner_id,
      keyId: null,
      action: 'marking_raised',
      objectKind: 'report',
      objectIds: [made.id],
      purpose: null,
      detail: { withheld: true, releasesEnded: ended.length },
    });
  }
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

/** Contexts for the records of one table that a file corrects and that were marked higher by hand. Those that were not are left out. */
export async function markedContexts(
  connection: Queryable,
  context: WriteContext,
  table: string,
  corrected: readonly string[],
): Promise<ReadonlyMap<string, WriteContext>> {
  const contexts = new Map<string, WriteContext>();
  for (const [id, standing] of await standingMarks(connection, table, corrected)) {
    const handling = highestHandling([context.handling, standing.handling]);
    const pap = highestPap([context.pap, standing.pap]);
    if (handling === context.handling && pap === context.pap) continue;
    const raised = await raisedClasses(connection, Object.values(context.classes), handling);
    const classes = Object.fromEntries(
      Object.entries(context.classes).map(([recordClass, classId]) => [
        recordClass,
        raised.get(classId) ?? classId,
      ]),
    ) as typeof context.classes;
    contexts.set(id, { ...context, classes, handling, pap });
  }
  return contexts;
}
