/** Carrying out what the ledger names and this database still holds: after a restore, or when an erasure or a purge was cut short. */
import { ERASED, erasedRowToken, PURGED } from '../../intake/imports/erased-rows.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Erased } from '../../vault/erasure-ledger.ts';
import { lockAttached } from './attached.store.ts';
import { erasePseudonyms } from './erasure.service.ts';
import { deleteSealed, doomKeys, type PartyKind, sealedOf } from './erasure.store.ts';
import { keepErasures, unknownLines } from './erasure-trace.store.ts';
import { livingParties, livingReports } from './living-party.store.ts';
import { purgedReportToken, purgeReports } from './purge-reports.service.ts';
import {
  emptyBatch,
  emptyRows,
  findRowsOfIdentities,
  giveBatchKey,
  keysOfBatches,
  purgeRows,
  type RowName,
  waitingRows,
} from './raw-row.store.ts';
import { cellsIn, keyOrNull, openerOf } from './raw-rows.service.ts';
import { markStale } from './stale-batch.store.ts';
import { sealStaleBatches } from './stale-batches.service.ts';

type ReplayTools = Pick<ImportTools, 'database' | 'keys' | 'ledger' | 'ids' | 'now'>;

/** Before the hub serves anybody. Returns how many lines were new to this database. */
export async function replayErasures(tools: ReplayTools): Promise<number> {
  const lines = tools.ledger.entries();
  const unknown = await tools.database.unrestricted(
    'carry out the ledger of erasures',
    async (connection) => {
      const fresh = await unknownLines(connection, lines);
      if (fresh.length === 0) return 0;
      // A key that is gone would leave rows that cannot be looked into.
      await emptyDeadBatches(tools, connection);
      await purgeNamed(tools, connection, tokensOf(fresh, 'purged'));
      for (const kind of ['subject', 'entity'] as const)
        await eraseNamed(tools, connection, kind, tokensOf(fresh, kind));
      await emptyNamed(tools, connection, fresh);
      await keepErasures(connection, fresh, tools.now(), null);
      return fresh.length;
    },
  );
  await sealStaleBatches(tools);
  return unknown;
}

const tokensOf = (lines: readonly Erased[], wanted: Erased['kind']): ReadonlySet<string> =>
  new Set(lines.filter(({ kind }) => kind === wanted).map(({ token }) => bytesText(token)));

async function purgeNamed(
  tools: ReplayTools,
  connection: Queryable,
  tokens: ReadonlySet<string>,
): Promise<void> {
  if (tokens.size === 0) return;
  const named = new Map<string, string[]>();
  for (const { id, owner_id } of await livingReports(connection)) {
    if (!tokens.has(bytesText(purgedReportToken(tools.ledger, id)))) continue;
    const ids = named.get(owner_id);
    if (ids === undefined) named.set(owner_id, [id]);
    else ids.push(id);
  }
  for (const [ownerId, ids] of named) await purgeReports(tools, connection, ownerId, ids);
}

async function eraseNamed(
  tools: ReplayTools,
  connection: Queryable,
  kind: PartyKind,
  tokens: ReadonlySet<string>,
): Promise<void> {
  if (tokens.size === 0) return;
  const named = new Map<string, string[]>();
  for (const { id, report_id } of await livingParties(connection, kind)) {
    if (!tokens.has(bytesText(tools.ledger.tokenOf(kind, id)))) continue;
    const ids = named.get(report_id);
    if (ids === undefined) named.set(report_id, [id]);
    else ids.push(id);
  }
  for (const [reportId, ids] of named) {
    await deleteSealed(connection, await sealedOf(connection, ids, reportId));
    await lockAttached(connection, ids, reportId);
    await erasePseudonyms(tools, connection, kind, ids, reportId);
  }
}

const ROWS_AT_ONCE = 1_000;

/** Rows as received: by the id of their report, and those that wait by their very words. Their imports are then sealed anew. */
async function emptyNamed(
  { keys, ledger }: ReplayTools,
  connection: Queryable,
  fresh: readonly Erased[],
): Promise<void> {
  const of = (kind: Erased['kind']) => fresh.filter((line) => line.kind === kind);
  const erased: RowName[] = [
    ...(await findRowsOfIdentities(
      connection,
      of('report').map(({ token }) => token),
    )),
  ];
  const purged: RowName[] = [
    ...(await findRowsOfIdentities(
      connection,
      of('purged').map(({ token }) => token),
    )),
  ];
  const [erasedWords, purgedWords] = [tokensOf(fresh, 'report'), tokensOf(fresh, 'purged')];
  const open = openerOf(keys);
  for (let after: RowName | null = null; erasedWords.size + purgedWords.size > 0; ) {
    const rows: Awaited<ReturnType<typeof waitingRows>> = await waitingRows(connection, after, ROWS_AT_ONCE);
    for (const row of rows) {
      const text = open(row);
      const cells = text === null ? null : cellsIn(text);
      if (cells === null) continue;
      const token = bytesText(erasedRowToken(ledger, row.owner_id, cells));
      if (erasedWords.has(token)) erased.push(row);
      else if (purgedWords.has(token)) purged.push(row);
    }
    after = rows.at(-1) ?? null;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  if (erased.length > 0) await emptyRows(connection, erased, ERASED);
  if (purged.length > 0) await purgeRows(connection, purged, PURGED);
  await markStale(
    connection,
    [...erased, ...purged].map(({ batch_id }) => batch_id),
  );
}

/** A batch whose key went with an erasure: its rows are sealed for good. What was not read yet comes with the file again. */
async function emptyDeadBatches({ keys }: ReplayTools, connection: Queryable): Promise<void> {
  for (const { id, key_id } of await keysOfBatches(connection)) {
    if (keyOrNull(keys, key_id) !== null) continue;
    await emptyBatch(connection, id, {
      where: 'erased',
      found: 'a row whose key went with an erasure after this backup',
      wanted: 'the file given again, by a new name',
    });
    const [made] = keys.create(1);
    if (made !== undefined) await giveBatchKey(connection, id, made.id);
    await doomKeys(connection, [key_id]);
  }
}
