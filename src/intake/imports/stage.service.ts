/** Staging a file: every row as received, minus the forbidden columns, sealed, with the digests by which it is known again. */
import { type KeyObject } from 'node:crypto';
import type { KeyStore } from '../../vault/key-store.ts';
import { seal } from '../../vault/sealing.ts';
import type { MapContext } from '../formats/field-reader.ts';
import { identity } from '../formats/identity.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowTable, SourceRow } from '../formats/source-rows.ts';
import { finishReading, lastStagedRow, type StagedRow, stageRows } from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, ImportRequest } from './import-types.ts';

/**
 * Accounts for every row. A file imported before answers what it came to then; an interrupted import goes on where it stopped.
 * Throws BAD_INPUT when the header is not the profile's.
 */

const ROWS_A_STAGE = 1_000;

/** Goes on after the last row that is already there. */
export async function stageFile(
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
  const context: MapContext = {
    now: batch.now,
    ...(request.lookups === undefined ? {} : { lookups: request.lookups }),
    ...(request.dates === undefined ? {} : { dates: request.dates }),
  };
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
    waiting.push(stagedRow(row, request.profile, keys, key, batch, context));
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

/** An id is its source's own; a station-month is the same in whatever file it stands. */
function idSpace({ name, target }: ImportProfile): string {
  return target === 'effort' ? 'of effort' : name;
}

function stagedRow(
  row: SourceRow,
  profile: ImportProfile,
  keys: KeyStore,
  key: KeyObject,
  batch: BatchContext,
  context: MapContext,
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
  const id = identity(profile, row, context);
  const content = JSON.stringify(row.cells);
  return {
    row_number: row.rowNumber,
    line: row.line,
    group_digest: digest(`identity/${idSpace(profile)}`, id.key),
    content_digest: digest('content', content),
    by_digest: id.from === 'digest',
    raw: sealed(content),
    outcome: null,
    reasons: [],
  };
}
