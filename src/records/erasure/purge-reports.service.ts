/** What a purge takes: reports with every version, the rows they came from, and rows that waited. Keys are doomed, tokens are handed back for the ledger. */
import { erasedRowToken, PURGED } from '../../intake/imports/erased-rows.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Erased, ErasureLedger } from '../../vault/erasure-ledger.ts';
import { tellRecipients } from '../recipients/tell-recipients.service.ts';
import { keepErasures } from './erasure-trace.store.ts';
import {
  findRowsOfReports,
  identitiesAlone,
  type PurgedRow,
  purgeRows,
  waitingRowsOf,
} from './raw-row.store.ts';
import { cellsIn, openerOf } from './raw-rows.service.ts';
import { countReports, type RemovedRows, removeReports } from './remove-reports.store.ts';
import { markStale } from './stale-batch.store.ts';

export type { RemovedRows } from './remove-reports.store.ts';

type PurgeTools = Pick<ImportTools, 'keys' | 'ledger' | 'ids' | 'now'>;

export interface Purged {
  /** Rows by table; `import_row` are rows as received that say nothing any more. */
  readonly removed: RemovedRows;
  /** To be recorded before the transaction ends. */
  readonly lines: readonly Erased[];
}

/** How a report stands in the ledger: an older database that still has it loses it again. */
export function purgedReportToken(ledger: ErasureLedger, reportId: string): Uint8Array {
  return ledger.tokenOf('purged', `report/${reportId}`);
}

/** Reports of one owner, locked, whose imports stand still. */
export async function purgeReports(
  tools: PurgeTools,
  connection: Queryable,
  ownerId: string,
  reportIds: readonly string[],
): Promise<Purged> {
  if (reportIds.length === 0) return { removed: {}, lines: [] };
  const rows = await findRowsOfReports(connection, reportIds);
  const identities = await identitiesAlone(connection, reportIds);
  const words = await emptyPurged(tools, connection, ownerId, rows);
  await tellRecipients(connection, tools.ids, 'removed', reportIds, tools.now());
  const removed = await removeReports(connection, reportIds);
  return {
    removed: withRows(removed, rows),
    lines: [
      ...reportIds.map((id) => ({ kind: 'purged', token: purgedReportToken(tools.ledger, id) }) as const),
      ...identities.map((token) => ({ kind: 'purged', token }) as const),
      ...words,
    ],
  };
}

/** At the end of the transaction of a purge: what is in the ledger and not yet gone goes when the hub opens. */
export async function recordPurge(
  { ledger, now }: Pick<ImportTools, 'ledger' | 'now'>,
  connection: Queryable,
  lines: readonly Erased[],
): Promise<void> {
  await keepErasures(connection, lines, now(), null);
  ledger.record(lines);
}

/** Rows of imports that nobody could read and nobody mended in time. */
export async function purgeWaiting(
  tools: PurgeTools,
  connection: Queryable,
  ownerId: string,
  batchIds: readonly string[],
): Promise<Purged> {
  const rows = await waitingRowsOf(connection, batchIds);
  const lines = await emptyPurged(tools, connection, ownerId, rows);
  return { removed: withRows({}, rows), lines };
}

/** What purging both would remove; changes nothing. */
export async function weighPurge(
  connection: Queryable,
  reportIds: readonly string[],
  batchIds: readonly string[],
): Promise<RemovedRows> {
  const rows = [
    ...(await findRowsOfReports(connection, reportIds)),
    ...(await waitingRowsOf(connection, batchIds)),
  ];
  const names = new Set(rows.map(({ batch_id, row_number }) => `${batch_id}/${row_number}`));
  return {
    ...(await countReports(connection, reportIds)),
    ...(names.size > 0 && { import_row: names.size }),
  };
}

async function emptyPurged(
  { keys, ledger }: PurgeTools,
  connection: Queryable,
  ownerId: string,
  rows: readonly PurgedRow[],
): Promise<readonly Erased[]> {
  const open = openerOf(keys);
  const lines = rows.flatMap((row): readonly Erased[] => {
    const text = open(row);
    const cells = text === null ? null : cellsIn(text);
    return cells === null ? [] : [{ kind: 'purged', token: erasedRowToken(ledger, ownerId, cells) }];
  });
  await purgeRows(connection, rows, PURGED);
  await markStale(
    connection,
    rows.map(({ batch_id }) => batch_id),
  );
  return lines;
}

const withRows = (removed: RemovedRows, rows: readonly PurgedRow[]): RemovedRows =>
  rows.length === 0 ? removed : { ...removed, import_row: rows.length };
