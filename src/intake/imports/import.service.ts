/** Importing a file: every row is staged as received, then each id becomes a record, a part, a version, or waits in quarantine. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { RecordClass } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import { checkHeader } from '../formats/mapping.ts';
import type { RowTable } from '../formats/source-rows.ts';
import { composeBatch } from './compose.service.ts';
import { addBatch, type BatchRow, findBatch, markUndone, readBatch } from './import.store.ts';
import { countOutcomes, readQuarantine } from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, ImportRequest, ImportSummary } from './import-types.ts';
import { stageFile } from './stage.service.ts';

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

/**
 * Accounts for every row. A file imported before answers what it came to then; an interrupted import goes on where it stopped.
 * Throws BAD_INPUT when the header is not the profile's.
 */
export async function importFile(tools: ImportTools, request: ImportRequest): Promise<ImportSummary> {
  const { database } = tools;
  const table = await request.open();
  const header = checkHeader(request.profile, table);
  if (!header.accepted) throw headerError(request, header.reasons);
  const { batch, classes, resumed } = await openBatch(tools, request, table, header.value.unknown);
  if (batch.state === 'done') return summaryOf(tools, request, batch, { repeated: true, resumed: false });
  const context: BatchContext = {
    batchId: batch.id,
    ownerId: request.organisation.id,
    classes,
    keyId: batch.key_id,
    handling: HANDLING,
    now: batch.started_at,
  };
  if (batch.state === 'reading') await stageFile(tools, request, table, context);
  await composeBatch(tools, request, context);
  await database.unrestricted('audit an import', (connection) =>
    recordEvent(connection, tools.now(), {
      organisationId: request.organisation.id,
      keyId: request.keyId,
      action: 'import',
      objectKind: 'import_batch',
      objectIds: [batch.id],
      purpose: null,
      detail: { profile: request.profile.name },
    }),
  );
  return summaryOf(tools, request, batch, { repeated: false, resumed });
}

/** Takes an import back. Refused, with the reason as the message, when something later stands on it. Throws NOT_FOUND, CONFLICT. */
export async function undoImport(
  tools: ImportTools,
  organisationId: string,
  keyId: string | null,
  batchId: string,
): Promise<void> {
  await tools.database.unrestricted('undo an import', async (connection) => {
    const batch = await readBatch(connection, organisationId, batchId);
    if (batch === null) throw new HeadwaterError('NOT_FOUND', 'found no import with that id');
    if (batch.state === 'undone') return;
    const obstacle = await tools.sink.undo(connection, batchId);
    if (obstacle !== null) throw new HeadwaterError('CONFLICT', `this import cannot be undone: ${obstacle}`);
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

async function openBatch(
  { database, keys, ids, now }: ImportTools,
  request: ImportRequest,
  table: RowTable,
  unknown: readonly string[],
): Promise<{ batch: BatchRow; classes: BatchContext['classes']; resumed: boolean }> {
  return database.unrestricted('begin an import', async (connection) => {
    const classes = await ownClasses(connection, request.organisation.id, HANDLING, RECORD_CLASSES);
    const find = (): Promise<BatchRow | null> =>
      findBatch(connection, request.organisation.id, request.profile.name, request.fileSha256);
    const known = await find();
    if (known !== null) return { batch: known, classes, resumed: true };
    const [key] = keys.create(1);
    await addBatch(connection, {
      id: ids(),
      ownerId: request.organisation.id,
      visibilityClass: classes.report,
      profile: request.profile.name,
      profileVersion: String(request.profile.version),
      fileName: path.basename(request.fileName),
      fileSha256: request.fileSha256,
      keyId: key?.id ?? '',
      encoding: table.encoding,
      dropped: table.dropped.map((column) => column.name),
      unknown,
      now: now(),
    });
    return { batch: (await find()) as BatchRow, classes, resumed: false };
  });
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
      quarantine: await readQuarantine(connection, batch.id, 200),
      ...how,
    };
  });
}
