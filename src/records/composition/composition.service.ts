/** How decided drafts become records: places resolved, journeys composed, personal fields sealed, rows written in one transaction. */
import type { BatchContext, DecidedDraft, RecordSink } from '../../intake/imports/import-types.ts';
import type { Queryable } from '../../platform/database.ts';
import { composeEffort, composeFlow } from './compose-aggregate.ts';
import { composeReport } from './compose-report.ts';
import { appendOutbox, insertBook } from './composition.store.ts';
import type { CompositionTools, SinkTools } from './composition-tools.ts';
import { PlaceDesk } from './place-desk.service.ts';
import { RowBook } from './record-rows.ts';
import { SourceDesk } from './source-desk.service.ts';
import { StationDesk } from './station-desk.service.ts';
import {
  deleteBatch,
  findLiving,
  type LivingRecord,
  obstacleToUndo,
  retire,
  supersedeReport,
} from './version.store.ts';

export function recordSink(tools: SinkTools): RecordSink {
  return {
    write: async (connection, batch, drafts) => {
      if (drafts.length > 0) await write({ ...tools, atlas: await tools.atlas() }, connection, batch, drafts);
    },
    undo: async (connection, batchId) => {
      const obstacle = await obstacleToUndo(connection, batchId);
      if (obstacle === null) await deleteBatch(connection, batchId);
      return obstacle;
    },
  };
}

async function write(
  tools: CompositionTools,
  connection: Queryable,
  batch: BatchContext,
  received: readonly DecidedDraft[],
): Promise<void> {
  const living = await retireOld(tools, connection, batch, received);
  const stations = await StationDesk.open(tools, connection, batch, received);
  const places = await PlaceDesk.open(tools, connection, batch, received, stations);
  const drafts = received.map((decided) => withPlacesAsWritten(decided, places));
  const sources = await SourceDesk.open(tools, connection, batch, drafts);
  const book = new RowBook();
  const personal = drafts.filter((decided) => decided.draft.type === 'report').length;
  const subjectKeys = personal === 0 ? [] : [...tools.keys.create(countKeys(drafts))];
  for (const decided of drafts) {
    const { draft } = decided;
    const version = (living.get(decided.recordId)?.version ?? 0) + 1;
    if (draft.type === 'report') {
      composeReport(
        {
          tools,
          batch,
          decided,
          draft,
          version,
          living: living.get(decided.recordId) ?? null,
          stations,
          places,
          sources,
          subjectKeys,
        },
        book,
      );
    } else if (draft.type === 'flow') composeFlow({ tools, batch, decided, draft, version, places }, book);
    else composeEffort({ tools, batch, decided, draft, version, stations }, book);
  }
  await insertBook(connection, book);
  await appendOutbox(
    connection,
    drafts.map((decided) => ({
      topic: `${decided.draft.type}.${decided.decision}`,
      object_id: decided.recordId,
    })),
  );
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

async function retireOld(
  { ids }: CompositionTools,
  connection: Queryable,
  batch: BatchContext,
  drafts: readonly DecidedDraft[],
): Promise<ReadonlyMap<string, LivingRecord>> {
  const versions = drafts.filter((decided) => decided.decision === 'version');
  const reports = versions.filter(({ draft }) => draft.type === 'report').map(({ recordId }) => recordId);
  const found = reports.length === 0 ? [] : await findLiving(connection, reports);
  for (const living of found) {
    await supersedeReport(connection, living, { report: ids(), incident: ids(), movement: ids() }, batch.now);
  }
  const living = new Map(found.map((record) => [record.report_id, record]));
  for (const { recordId, draft } of versions) {
    if (draft.type === 'report') continue;
    await retire(
      connection,
      draft.type === 'flow' ? 'flow_observation' : 'effort',
      recordId,
      ids(),
      batch.now,
    );
    living.set(recordId, { report_id: recordId, version: 1, incident_id: null, movement_id: null });
  }
  return living;
}
