/** Staging a file: every row as received, minus the forbidden columns, sealed, with the digests by which it is known again. */
import type { KeyObject } from 'node:crypto';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { seal } from '../../vault/sealing.ts';
import type { MapContext } from '../formats/field-reader.ts';
import { identity } from '../formats/identity.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowTable, SourceRow } from '../formats/source-rows.ts';
import { spokenRows } from '../formats/spoken-rows.ts';
import { type ErasedRows, erasedRows } from './erased-rows.ts';
import { inBatch } from './import-lease.service.ts';
import { LEASE_SECONDS } from './import-lease.store.ts';
import { commitLater, finishReading, lastStagedRow, type StagedRow, stageRows } from './import-row.store.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { BatchContext, ImportRequest } from './import-types.ts';

const ROWS_A_STAGE = 1_000;
/** Long rows go in sooner. */
const CHARACTERS_A_STAGE = 2 ** 20;
const SIGN_OF_LIFE_MS = (LEASE_SECONDS * 1_000) / 3;

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
    now: batch.startedAt,
    ...(request.lookups === undefined ? {} : { lookups: request.lookups }),
    ...(request.dates === undefined ? {} : { dates: request.dates }),
  };
  const target = { id: batch.batchId, ownerId: batch.ownerId, visibilityClass: batch.classes.report };
  const erased = erasedRows(tools.ledger, batch.ownerId);
  let waiting: StagedRow[] = [];
  let count = 0;
  // Nearly the bytes read: dropped columns and separators are missing, so the share shown is never too high.
  let characters = 0;
  let sent = 0;
  let heard = performance.now();
  const inReading = async <T>(purpose: string, work: (connection: Queryable) => Promise<T>): Promise<T> => {
    const result = await inBatch(database, purpose, batch, 'reading', work);
    heard = performance.now();
    return result;
  };
  let staging: Promise<void> = Promise.resolve();
  // One lot goes into the database while the next is read and sealed; never two, so that rows are there in their order.
  const flush = async (): Promise<void> => {
    await staging;
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    sent = characters;
    staging = inReading('stage rows of an import', async (connection) => {
      await commitLater(connection);
      await stageRows(connection, target, rows);
    });
    staging.catch(() => undefined);
    request.onProgress?.({
      stage: 'reading',
      rows: count,
      share: Math.min(0.99, characters / (request.size ?? Number.POSITIVE_INFINITY)),
    });
  };
  try {
    for await (const row of spokenRows(request.profile, table.rows)) {
      count += 1;
      characters += row.kind === 'row' ? lengthOf(row.cells) : (row.raw?.length ?? 0);
      if (row.rowNumber <= already) {
        // Passing over a million rows takes long, and writes nothing that would show life.
        if (performance.now() - heard > SIGN_OF_LIFE_MS)
          await inReading('show that an import lives', () => Promise.resolve());
        continue;
      }
      waiting.push(stagedRow(row, request.profile, keys, key, batch, context, erased));
      if (waiting.length >= ROWS_A_STAGE || characters - sent >= CHARACTERS_A_STAGE) await flush();
    }
  } catch (error) {
    await staging.catch(() => undefined);
    throw error;
  }
  await flush();
  await staging;
  await inReading('finish reading an import', (connection) =>
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
  return ['effort', 'statistics', 'weight'].includes(target) ? `of ${target}` : name;
}

function stagedRow(
  row: SourceRow,
  profile: ImportProfile,
  keys: KeyStore,
  key: KeyObject,
  batch: BatchContext,
  context: MapContext,
  erased: ErasedRows,
): StagedRow {
  const place = `import_row/raw/${batch.batchId}/${row.rowNumber}`;
  const sealed = (text: string): Uint8Array => seal(key, place, text);
  const digest = (domain: string, text: string): Uint8Array => keys.token(`${domain}/${batch.ownerId}`, text);
  if (row.kind === 'broken') {
    const own = digest('broken', `${batch.batchId}/${row.rowNumber}`);
    return {
      row_number: row.rowNumber,
      line: row.line,
      group_digest: own,
      by_digest: false,
      raw: row.raw === null ? null : sealed(row.raw),
      outcome: 'quarantined',
      reasons: row.reasons,
    };
  }
  const id = identity(profile, row, context);
  const group = digest(`identity/${idSpace(profile)}`, id.key);
  const known = {
    row_number: row.rowNumber,
    line: row.line,
    group_digest: group,
    by_digest: id.from === 'digest',
  };
  const refusal = erased.refusal(group, row.cells);
  if (refusal !== null) return { ...known, raw: null, outcome: 'quarantined', reasons: [refusal] };
  return { ...known, raw: sealed(JSON.stringify(row.cells)), outcome: null, reasons: [] };
}
