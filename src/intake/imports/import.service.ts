/** Importing a file: every row is staged as received, then each id becomes a record, a part, a version, or waits in quarantine. */
import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { RecordClass } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { seal } from '../../vault/sealing.ts';
import { checkHeader, identity } from '../formats/mapping.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowTable, SourceRow } from '../formats/source-rows.ts';
import { composeBatch } from './compose.service.ts';
import {
  addBatch,
  type BatchRow,
  countOutcomes,
  findBatch,
  finishReading,
  lastStagedRow,
  markUndone,
  readBatch,
  readQuarantine,
  type StagedRow,
  stageRows,
} from './import.store.ts';
import type { BatchContext, ImportRequest, ImportSummary, ImportTools } from './import-types.ts';

const ROWS_A_STAGE = 1_000;
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
      dropped: table.dropped.map((column) => column.name),
      unknown,
      now: now(),
    });
    return { batch: (await find()) as BatchRow, classes, resumed: false };
  });
}

async function stageFile(
  tools: ImportTools,
  request: ImportRequest,
  table: RowTable,
  batch: BatchContext,
): Promise<void> {
  const { database, keys } = tools;
  const key = keys.read(batch.keyId);
  const already = await database.unrestricted('resume an import', (connection) =>
    lastStagedRow(connection, batch.batchId),
  );
  const target = { id: batch.batchId, ownerId: batch.ownerId, visibilityClass: batch.classes.report };
  let waiting: StagedRow[] = [];
  let count = 0;
  // Nearly the bytes read: dropped columns and separators are missing, so the share shown is never too high.
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    await database.unrestricted('stage rows of an import', (connection) =>
      stageRows(connection, target, rows),
    );
    request.onProgress?.({
      stage: 'reading',
      rows: count,
      share: Math.min(0.99, characters / (request.size ?? Number.POSITIVE_INFINITY)),
    });
  };
  for await (const row of table.rows) {
    count += 1;
    characters += row.kind === 'row' ? lengthOf(row.cells) : (row.raw?.length ?? 0);
    if (row.rowNumber <= already) continue;
    waiting.push(stagedRow(row, request.profile, keys, key, batch));
    if (waiting.length >= ROWS_A_STAGE) await flush();
  }
  await flush();
  await database.unrestricted('finish reading an import', (connection) =>
    finishReading(connection, batch.batchId, count),
  );
}

function lengthOf(cells: Readonly<Record<string, string>>): number {
  let length = 0;
  for (const key in cells) length += (cells[key]?.length ?? 0) + 1;
  return length;
}

function stagedRow(
  row: SourceRow,
  profile: ImportProfile,
  keys: KeyStore,
  key: KeyObject,
  batch: BatchContext,
): StagedRow {
  const place = `import_row/raw/${batch.batchId}/${row.rowNumber}`;
  const sealed = (text: string): string => `\\x${Buffer.from(seal(key, place, text)).toString('hex')}`;
  const digest = (domain: string, text: string): string =>
    `\\x${Buffer.from(keys.token(`${domain}/${batch.ownerId}`, text)).toString('hex')}`;
  if (row.kind === 'broken') {
    const own = digest('broken', `${batch.batchId}/${row.rowNumber}`);
    return {
      row_number: row.rowNumber,
      line: row.line,
      group_digest: own,
      content_digest: own,
      by_digest: false,
      raw: row.raw === null ? null : sealed(row.raw),
      outcome: 'quarantined',
      reasons: row.reasons,
    };
  }
  const id = identity(profile, row.cells);
  const content = JSON.stringify(row.cells);
  return {
    row_number: row.rowNumber,
    line: row.line,
    group_digest: digest(`identity/${profile.name}`, id.key),
    content_digest: digest('content', content),
    by_digest: id.from === 'digest',
    raw: sealed(content),
    outcome: null,
    reasons: [],
  };
}

async function summaryOf(
  { database }: ImportTools,
  request: ImportRequest,
  batch: BatchRow,
  how: { readonly repeated: boolean; readonly resumed: boolean },
): Promise<ImportSummary> {
  return database.unrestricted('sum up an import', async (connection) => {
    const { counts, repeatedIds, rows } = await countOutcomes(connection, batch.id);
    const quarantined = counts.quarantined;
    return {
      batchId: batch.id,
      profile: request.profile.name,
      fileName: path.basename(request.fileName),
      rows,
      counts: how.repeated
        ? { accepted: 0, part: 0, version: 0, unchanged: rows - quarantined, quarantined }
        : counts,
      repeatedIds,
      droppedColumns: batch.dropped_columns,
      unknownColumns: batch.unknown_columns,
      quarantine: await readQuarantine(connection, batch.id, 200),
      ...how,
    };
  });
}
