/** How decided drafts become records: places resolved, journeys composed, personal fields sealed, rows written in one transaction. */

import { type NewAuditEvent, recordEvent } from '../../audit/audit.store.ts';
import type { DecidedDraft, RecordSink, WriteContext } from '../../intake/imports/import-types.ts';
import { breathing } from '../../kernel/breathing.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Queryable, UnrestrictedDatabase } from '../../platform/database.ts';
import { destroyDoomedKeys } from '../erasure/doomed-keys.service.ts';
import { keptMarks, raiseBefore, raiseWhatFollows } from '../markings/markings.service.ts';
import { tellRecipients } from '../recipients/tell-recipients.service.ts';
import { releasedContexts } from '../releases/releases.service.ts';
import { composeEffort, composeFlow } from './compose-aggregate.ts';
import { composeInterdiction, composeStatistics, composeWeight } from './compose-interdiction.ts';
import { composeReport } from './compose-report.ts';
import { appendOutbox, insertBook } from './composition.store.ts';
import type { CompositionTools, SinkTools } from './composition-tools.ts';
import { followNewVersions } from './followed.store.ts';
import { PlaceDesk } from './place-desk.service.ts';
import { RowBook } from './record-rows.ts';
import { SourceDesk } from './source-desk.service.ts';
import { StationDesk } from './station-desk.service.ts';
import { SuspicionDesk } from './suspicion-desk.service.ts';
import { deleteBatch } from './undo.store.ts';
import {
  effectOfUndo,
  findVanishingReports,
  lockVanishing,
  obstaclesToUndo,
} from './undo-obstacles.store.ts';
import { findLiving, type LivingRecord, type RecordRoot, retire, supersedeReport } from './version.store.ts';

const DRAFTS_A_SHARE = 250;

export function recordSink(tools: SinkTools & { readonly database: UnrestrictedDatabase }): RecordSink {
  return {
    write: async (connection, batch, drafts) => {
      if (drafts.length > 0) await write({ ...tools, atlas: await tools.atlas() }, connection, batch, drafts);
    },
    undo: async (connection, batchId, now) => {
      await lockVanishing(connection, batchId);
      const [obstacle] = await obstaclesToUndo(connection, batchId);
      if (obstacle !== undefined) return obstacle;
      const going = await findVanishingReports(connection, batchId);
      await tellRecipients(connection, tools.ids, 'removed', going, now);
      await deleteBatch(connection, batchId);
      return null;
    },
    settle: () => destroyDoomedKeys(tools),
    obstacles: obstaclesToUndo,
    effect: effectOfUndo,
  };
}

async function write(
  tools: CompositionTools,
  connection: Queryable,
  batch: WriteContext,
  received: readonly DecidedDraft[],
): Promise<void> {
  const living = await retireOld(tools, connection, batch, received);
  const stations = await StationDesk.open(tools, connection, batch, received);
  const places = await PlaceDesk.open(tools, connection, batch, received, stations);
  const drafts = received.map((decided) => withPlacesAsWritten(decided, places));
  const sources = await SourceDesk.open(tools, connection, batch, drafts);
  const kept = await keptContexts(connection, batch, received, living);
  const { contexts } = kept;
  const suspicions = await SuspicionDesk.open(tools, connection, batch, drafts, [...living.keys()]);
  const breath = breathing();
  let book = new RowBook();
  let inserting: Promise<void> = Promise.resolve();
  const personal = drafts.filter((decided) => decided.draft.type === 'report').length;
  const subjectKeys = personal === 0 ? [] : [...tools.keys.create(countKeys(drafts))];
  try {
    for (const [at, decided] of drafts.entries()) {
      // The database takes in one share while the next is composed.
      if (at > 0 && at % DRAFTS_A_SHARE === 0) {
        const share = book;
        book = new RowBook();
        await inserting;
        inserting = insertBook(connection, share);
        // What fails is heard where it is awaited.
        inserting.catch(() => undefined);
      }
      await breath.taken();
      const { draft } = decided;
      const replaced = living.get(decided.recordId) ?? null;
      const frame = {
        tools,
        batch: contexts.get(decided.recordId) ?? batch,
        decided,
        knownFrom: replaced?.superseded_at ?? batch.now.toISOString(),
        version: decided.version,
      };
      if (draft.type === 'report') {
        composeReport(
          {
            ...frame,
            draft,
            living: replaced,
            stations,
            places,
            sources,
            suspicions,
            subjectKeys,
          },
          book,
        );
      } else if (draft.type === 'flow') composeFlow({ ...frame, draft, places }, book);
      else if (draft.type === 'effort') composeEffort({ ...frame, draft, stations }, book);
      else if (draft.type === 'statistics') composeStatistics({ ...frame, draft, stations }, book);
      else if (draft.type === 'weight') composeWeight({ ...frame, draft }, book);
      else composeInterdiction({ ...frame, draft, stations, places }, book);
    }
  } catch (error) {
    // Nothing may still be on its way when the transaction is rolled back: it would be written outside of any.
    await inserting.catch(() => undefined);
    throw error;
  }
  await inserting;
  await insertBook(connection, book);
  await followNewVersions(connection, [...living.keys()]);
  await suspicions.follow(connection, (reportId) => (contexts.get(reportId) ?? batch).classes.entity);
  await raise(tools, connection, batch, kept);
  await appendOutbox(connection, [
    ...drafts.map((decided) => ({
      topic: `${decided.draft.type}.${decided.decision}`,
      object_id: decided.recordId,
    })),
    ...suspicions.lost.map((id) => ({ topic: 'suspicion.unmatched', object_id: id })),
  ]);
}

interface Kept {
  readonly contexts: ReadonlyMap<string, WriteContext>;
  readonly rising: readonly { readonly table: RecordRoot; readonly id: string }[];
}

/** What is corrected stays marked as it was by hand, when a file corrects it, and released as it was. The rest is written as the batch says. */
async function keptContexts(
  connection: Queryable,
  batch: WriteContext,
  drafts: readonly DecidedDraft[],
  living: ReadonlyMap<string, LivingRecord>,
): Promise<Kept> {
  const contexts = new Map<string, WriteContext>();
  const rising: { readonly table: RecordRoot; readonly id: string }[] = [];
  if (batch.batchId !== null)
    for (const [type, table] of Object.entries(TABLE_OF)) {
      const corrected = drafts.filter(({ draft, recordId }) => draft.type === type && living.has(recordId));
      const ids = corrected.map(({ recordId }) => recordId);
      const kept = await keptMarks(connection, batch, table, ids);
      for (const [id, context] of kept.contexts) contexts.set(id, context);
      rising.push(...kept.rising.map((id) => ({ table, id })));
    }
  const contextOf = (reportId: string): WriteContext => contexts.get(reportId) ?? batch;
  for (const [id, context] of await releasedContexts(connection, contextOf, [...living.keys()]))
    contexts.set(id, context);
  return { contexts, rising };
}

/** What a file marks higher than it was rises with what it said before and what was made from it. */
async function raise(
  { ids }: CompositionTools,
  connection: Queryable,
  batch: WriteContext,
  { rising, contexts }: Kept,
): Promise<void> {
  const events: NewAuditEvent[] = [];
  for (const { table, id } of rising) {
    const { handling, pap } = contexts.get(id) ?? batch;
    if (table === 'report')
      events.push(...(await raiseWhatFollows(connection, ids, id, { handling, pap }, batch.now)));
    else if (table === 'interdiction' || table === 'station_month' || table === 'red_flag_weight')
      await raiseBefore(connection, table, id, handling);
  }
  for (const event of events) await recordEvent(connection, batch.now, event);
}

/** Words about a place that are no place names are read where case notes are read, and nowhere else. */
function withPlacesAsWritten(decided: DecidedDraft, places: PlaceDesk): DecidedDraft {
  const { draft } = decided;
  const closed = places.closedTexts(draft);
  if (draft.type !== 'report' || closed.length === 0) return decided;
  const notes = [
    ...(draft.caseNotes === null ? [] : [draft.caseNotes]),
    `places as written: ${closed.join('; ')}`,
  ];
  return { ...decided, draft: { ...draft, caseNotes: notes.join('\n') } };
}

/** One key for each subject, each entity with something personal, and each report's case notes. */
function countKeys(drafts: readonly DecidedDraft[]): number {
  return drafts.reduce(
    (sum, { draft }) =>
      draft.type === 'report'
        ? sum + draft.persons.length + draft.entities.length + (draft.caseNotes === null ? 0 : 1)
        : sum,
    0,
  );
}

const TABLE_OF = {
  report: 'report',
  flow: 'flow_observation',
  effort: 'effort',
  statistics: 'station_month',
  interdiction: 'interdiction',
  weight: 'red_flag_weight',
} as const satisfies Record<string, RecordRoot>;

/** Throws CONFLICT when a record is not the one that was decided on: a correction would be lost without a word. */
async function retireOld(
  { ids }: CompositionTools,
  connection: Queryable,
  batch: WriteContext,
  drafts: readonly DecidedDraft[],
): Promise<ReadonlyMap<string, LivingRecord>> {
  const living = new Map<string, LivingRecord>();
  const versions = drafts.filter((decided) => decided.decision === 'version');
  for (const [type, table] of Object.entries(TABLE_OF)) {
    const wanted = versions.filter(({ draft }) => draft.type === type).map(({ recordId }) => recordId);
    for (const record of await findLiving(connection, table, wanted, batch.now))
      living.set(record.id, record);
  }
  for (const { recordId, draft, version } of versions) {
    const record = living.get(recordId);
    if (record === undefined || record.version + 1 !== version) {
      throw new HeadwaterError(
        'CONFLICT',
        'a record that this file corrects was changed meanwhile; give the file again',
      );
    }
    if (draft.type === 'report') {
      await supersedeReport(connection, record, { report: ids(), incident: ids(), movement: ids() });
    } else {
      await retire(connection, TABLE_OF[draft.type], recordId, ids(), record.superseded_at);
    }
  }
  return living;
}
