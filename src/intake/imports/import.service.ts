/** Importing a file: every row is staged as received, then each id becomes a record, a part, a version, or waits in quarantine. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { RecordClass } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { checkHeader } from '../formats/mapping.ts';
import type { RowTable } from '../formats/source-rows.ts';
import { composeBatch } from './compose.service.ts';
import { addBatch, type BatchRow, fileNamesOf, findBatches, markUndone, readBatch } from './import.store.ts';
import { abandonedClaims, giveUp } from './import-lease.service.ts';
import { claimBatch, claimOwner } from './import-lease.store.ts';
import { differencesOf, type ImportOptions, optionsOf } from './import-options.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, ImportRequest, ImportSummary } from './import-types.ts';
import { countOutcomes, readQuarantine } from './outcome.store.ts';
import { stageFile } from './stage.service.ts';
import { countNoted } from './told-row.store.ts';
import { planUndo, tellObstacle, type UndoPlan } from './undo-plan.ts';

const RECORD_CLASSES: readonly RecordClass[] = [
  'report',
  'incident',
  'movement',
  'statement',
  'entity',
  'effort',
  'flow',
  'personal',
];
/** What an importer puts in is for its own organisation until an agreement says more. */
const HANDLING = 'amber';
const PAP = 'amber';

/**
 * Accounts for every row. A file imported before answers what it came to then; an interrupted import goes on where it stopped. Read in
 * another way (zone, date order, profile, lookups) a finished file is imported anew, and what it says otherwise becomes versions.
 * Throws BAD_INPUT when the header is not the profile's, BUSY while the organisation's other import runs, CONFLICT when an interrupted
 * import was read in another way.
 */
export async function importFile(tools: ImportTools, request: ImportRequest): Promise<ImportSummary> {
  const table = await request.open();
  try {
    return await importTable(tools, request, table);
  } finally {
    table.close?.();
  }
}

async function importTable(
  tools: ImportTools,
  request: ImportRequest,
  table: RowTable,
): Promise<ImportSummary> {
  const header = checkHeader(request.profile, table);
  if (!header.accepted) throw headerError(request, header.reasons);
  const { batch, classes, resumed, importer } = await openBatch(tools, request, table, header.value.unknown);
  if (batch.state === 'done') return summaryOf(tools, request, batch, { repeated: true, resumed: false });
  const context: BatchContext = {
    batchId: batch.id,
    ownerId: request.organisation.id,
    classes,
    keyId: batch.key_id,
    handling: HANDLING,
    pap: PAP,
    importer,
    startedAt: batch.started_at,
    now: batch.started_at,
  };
  try {
    if (batch.state === 'reading') await stageFile(tools, request, table, context);
    await composeBatch(tools, request, context);
  } catch (error) {
    await giveUp(tools.database, context);
    throw error;
  }
  return summaryOf(tools, request, batch, { repeated: false, resumed });
}

/**
 * Takes an import back; false when it was taken back before. Refused, with the reason as the message, when something later stands on it. Throws NOT_FOUND, CONFLICT, and BUSY
 * while this or another import of the organisation runs.
 */
export async function undoImport(
  tools: ImportTools,
  organisationId: string,
  keyId: string | null,
  batchId: string,
): Promise<boolean> {
  const undone = await tools.database.unrestricted('undo an import', async (connection) => {
    await claimOwner(connection, organisationId, abandonedClaims());
    const batch = await readBatch(connection, organisationId, batchId);
    if (batch === null) throw new HeadwaterError('NOT_FOUND', 'found no import with that id');
    if (batch.state === 'undone') return false;
    const obstacle = await tools.sink.undo(connection, batchId, tools.now());
    if (obstacle !== null)
      throw new HeadwaterError(
        'CONFLICT',
        `this import cannot be undone: ${tellObstacle(obstacle)} (its undoPlan says what would have to go first)`,
      );
    await markUndone(connection, batchId, tools.now());
    await recordEvent(connection, tools.now(), {
      organisationId,
      keyId,
      action: 'undo_import',
      objectKind: 'import_batch',
      objectIds: [batchId],
      purpose: null,
      detail: {},
    });
    return true;
  });
  if (undone) await tools.sink.settle();
  return undone;
}

/** What taking an import back would change, without changing anything; null when there is none of that id that stands. */
export async function planImportUndo(
  tools: ImportTools,
  organisationId: string,
  batchId: string,
): Promise<UndoPlan | null> {
  if (!isId(batchId)) return null;
  return tools.database.unrestricted('plan the undo of an import', async (connection) => {
    const batch = await readBatch(connection, organisationId, batchId);
    if (batch === null || batch.state === 'undone') return null;
    return planUndo(connection, tools.sink, batchId, (ids) => fileNamesOf(connection, ids));
  });
}

/** SHA-256 of a file, read as a stream. */
export async function digestFile(file: string): Promise<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest();
}

function headerError(request: ImportRequest, reasons: readonly Reason[]): HeadwaterError {
  const told = reasons
    .map(({ where, found, wanted }) => `${where}: found ${found}, wanted ${wanted}`)
    .join('; ');
  return new HeadwaterError(
    'BAD_INPUT',
    `${path.basename(request.fileName)} is not a ${request.profile.name} file: ${told}`,
  );
}

interface OpenedBatch {
  readonly batch: BatchRow;
  readonly classes: BatchContext['classes'];
  readonly resumed: boolean;
  readonly importer: string;
}

/** The batch to fill, claimed for this run; or one that is done already, and then there is nothing to claim. */
async function openBatch(
  { database, keys, ids, now }: ImportTools,
  request: ImportRequest,
  table: RowTable,
  unknown: readonly string[],
): Promise<OpenedBatch> {
  const ownerId = request.organisation.id;
  const options = optionsOf(request);
  const importer = ids();
  return database.unrestricted('begin an import', async (connection) => {
    await claimOwner(connection, ownerId, abandonedClaims());
    const classes = await ownClasses(connection, ownerId, HANDLING, RECORD_CLASSES);
    const known = batchToGoOn(
      await findBatches(connection, ownerId, request.profile.name, request.fileSha256),
      options,
    );
    if (known !== null) {
      if (known.state !== 'done') await claimBatch(connection, known.id, importer);
      return { batch: known, classes, resumed: true, importer };
    }
    const [key] = keys.create(1);
    const id = ids();
    await addBatch(connection, {
      id,
      ownerId,
      visibilityClass: classes.report,
      profile: request.profile.name,
      profileVersion: String(request.profile.version),
      fileName: path.basename(request.fileName),
      fileSha256: request.fileSha256,
      keyId: key?.id ?? '',
      encoding: table.encoding,
      options,
      dropped: table.dropped.map((column) => column.name),
      unknown,
      now: now(),
    });
    await claimBatch(connection, id, importer);
    const batch = (await readBatch(connection, ownerId, id)) as BatchRow;
    return { batch, classes, resumed: false, importer };
  });
}

/** Half a file read one way and half another would be neither. Throws CONFLICT saying what differs and how to go on. */
function batchToGoOn(batches: readonly BatchRow[], options: ImportOptions): BatchRow | null {
  const unfinished = batches.find(({ state }) => state !== 'done');
  const differences = unfinished === undefined ? [] : differencesOf(unfinished.options, options);
  if (unfinished !== undefined && differences.length > 0) {
    throw new HeadwaterError(
      'CONFLICT',
      `an import of this file was interrupted, and it was read in another way: ${differences.join('; ')}. ` +
        `Give the file as before to finish that import, or undo it first (batch ${unfinished.id})`,
    );
  }
  return unfinished ?? batches.find((batch) => differencesOf(batch.options, options).length === 0) ?? null;
}

async function summaryOf(
  { database }: ImportTools,
  request: ImportRequest,
  batch: BatchRow,
  how: { readonly repeated: boolean; readonly resumed: boolean },
): Promise<ImportSummary> {
  return database.unrestricted('sum up an import', async (connection) => {
    const { counts, repeatedIds, repeatedLines, rows } = await countOutcomes(connection, batch.id);
    const quarantined = counts.quarantined;
    return {
      batchId: batch.id,
      profile: request.profile.name,
      fileName: path.basename(request.fileName),
      rows,
      encoding: batch.encoding,
      counts: how.repeated
        ? { accepted: 0, part: 0, version: 0, unchanged: rows - quarantined, quarantined }
        : counts,
      repeatedIds,
      repeatedLines,
      droppedColumns: batch.dropped_columns,
      unknownColumns: batch.unknown_columns,
      notedRows: await countNoted(connection, batch.id),
      quarantine: await readQuarantine(connection, batch.id, 200),
      ...how,
    };
  });
}
