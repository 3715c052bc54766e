/** The rows of imports as they were received: which speak of a party, and sealing the others of their batches anew. */
import type { Reason } from '../../kernel/errors.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';

export interface RawRow {
  readonly batch_id: string;
  readonly row_number: number;
  readonly key_id: string;
  readonly raw: Uint8Array | null;
  /** Whether it is known to be of the report, by its id or by what became of it. */
  readonly of_report: boolean;
}

/** Rows of the report, and all that wait: what could not be read may speak of anybody. */
export async function findRawRows(
  connection: Queryable,
  ownerId: string,
  report: { readonly id: string; readonly identityDigest: Uint8Array },
): Promise<readonly RawRow[]> {
  return connection.query<RawRow>(
    `select u.batch_id, u.row_number, b.key_id, u.raw, (u.record_id is not distinct from $2 or u.group_digest = decode($3, 'hex')) as of_report
     from import_row u join import_batch b on b.id = u.batch_id
     where u.owner_id = $1 and (u.record_id = $2 or u.group_digest = decode($3, 'hex')
       or (u.raw is not null and (u.outcome = 'quarantined' or u.outcome is null)))
     order by u.batch_id, u.row_number`,
    [ownerId, report.id, bytesText(report.identityDigest).slice(2)],
  );
}

export interface RowName {
  readonly batch_id: string;
  readonly row_number: number;
}

export async function emptyRows(
  connection: Queryable,
  rows: readonly RowName[],
  reason: Reason,
): Promise<void> {
  await connection.execute(
    `update import_row u set raw = null, outcome = 'quarantined', reasons = $2::jsonb, record_id = null, record_version = null
     from json_to_recordset($1::json) as g (batch_id uuid, row_number integer)
     where u.batch_id = g.batch_id and u.row_number = g.row_number`,
    [
      JSON.stringify(rows.map(({ batch_id, row_number }) => ({ batch_id, row_number }))),
      JSON.stringify([reason]),
    ],
  );
}

/** Rows by the keyed digests of their ids; what they said goes, as `emptyRows` has it. */
export async function findRowsOfIdentities(
  connection: Queryable,
  digests: readonly Uint8Array[],
): Promise<readonly RowName[]> {
  return connection.query<RowName>(
    `select batch_id, row_number from import_row where group_digest = any(array(select decode(t, 'hex') from unnest($1::text[]) t))
       and raw is not null`,
    [digests.map((digest) => bytesText(digest).slice(2))],
  );
}

export async function readSealedRows(
  connection: Queryable,
  batchId: string,
  after: number,
  limit: number,
): Promise<readonly { readonly row_number: number; readonly raw: Uint8Array }[]> {
  return connection.query(
    `select row_number, raw from import_row where batch_id = $1 and row_number > $2 and raw is not null order by row_number limit $3`,
    [batchId, after, limit],
  );
}

export async function countSealedRows(connection: Queryable, batchIds: readonly string[]): Promise<number> {
  const [row] = await connection.query<{ n: number }>(
    'select count(*)::int as n from import_row where batch_id = any($1::uuid[]) and raw is not null',
    [batchIds],
  );
  return row?.n ?? 0;
}

export async function writeSealedRows(
  connection: Queryable,
  batchId: string,
  rows: readonly { readonly row_number: number; readonly raw: string }[],
): Promise<void> {
  await connection.execute(
    `update import_row u set raw = decode(g.raw, 'hex') from json_to_recordset($2::json) as g (row_number integer, raw text)
     where u.batch_id = $1 and u.row_number = g.row_number`,
    [batchId, JSON.stringify(rows.map(({ row_number, raw }) => ({ row_number, raw: raw.slice(2) })))],
  );
}

export async function keysOfBatches(
  connection: Queryable,
): Promise<readonly { readonly id: string; readonly key_id: string }[]> {
  return connection.query('select id, key_id from import_batch order by id');
}

export async function giveBatchKey(connection: Queryable, batchId: string, keyId: string): Promise<void> {
  await connection.execute('update import_batch set key_id = $2 where id = $1', [batchId, keyId]);
}

/** Rows whose key is gone say nothing any more; those that wait for their turn are refused. */
export async function emptyBatch(connection: Queryable, batchId: string, reason: Reason): Promise<void> {
  await connection.execute(
    `update import_row set reasons = case when outcome is null then $2::jsonb else reasons end,
       outcome = coalesce(outcome, 'quarantined'), raw = null where batch_id = $1 and raw is not null`,
    [batchId, JSON.stringify([reason])],
  );
}

export interface WaitingRow extends RowName {
  readonly owner_id: string;
  readonly key_id: string;
  readonly raw: Uint8Array;
}

/** Every row that nobody could read, or nobody has read yet, page by page: after a batch and a row. */
export async function waitingRows(
  connection: Queryable,
  after: RowName | null,
  limit: number,
): Promise<readonly WaitingRow[]> {
  return connection.query<WaitingRow>(
    `select u.batch_id, u.row_number, u.owner_id, b.key_id, u.raw from import_row u join import_batch b on b.id = u.batch_id
     where u.raw is not null and (u.outcome = 'quarantined' or u.outcome is null)
       and ($1::uuid is null or (u.batch_id, u.row_number) > ($1::uuid, $2::integer))
     order by u.batch_id, u.row_number limit $3`,
    [after?.batch_id ?? null, after?.row_number ?? 0, limit],
  );
}

export interface PurgedRow extends RowName {
  readonly key_id: string;
  readonly raw: Uint8Array;
}

/**
 * Of reports that are purged: rows that became them, and rows of the same id that could not be read, where no other report has that id.
 */
export async function findRowsOfReports(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<readonly PurgedRow[]> {
  return connection.query<PurgedRow>(
    `select u.batch_id, u.row_number, b.key_id, u.raw from import_row u join import_batch b on b.id = u.batch_id
     where u.raw is not null and (u.record_id = any($1::uuid[]) or (u.outcome = 'quarantined' and u.group_digest in (${ALONE})))
     order by u.batch_id, u.row_number`,
    [reportIds],
  );
}

/** Ids of sources that only reports of $1 have. */
const ALONE = `select r.identity_digest from report r where r.id = any($1::uuid[]) and not exists (
  select 1 from report o where o.owner_id = r.owner_id and o.identity_digest = r.identity_digest and o.version_of is null and o.id <> all($1::uuid[]))`;

export async function identitiesAlone(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<readonly Uint8Array[]> {
  const rows = await connection.query<{ identity_digest: Uint8Array }>(ALONE, [reportIds]);
  return rows.map(({ identity_digest }) => identity_digest);
}

/** What became of them stays, so that every row of a file is accounted for; the reason says that they went. */
export async function purgeRows(
  connection: Queryable,
  rows: readonly RowName[],
  reason: Reason,
): Promise<void> {
  await connection.execute(
    `update import_row u set raw = null, reasons = $2::jsonb
     from json_to_recordset($1::json) as g (batch_id uuid, row_number integer)
     where u.batch_id = g.batch_id and u.row_number = g.row_number`,
    [
      JSON.stringify(rows.map(({ batch_id, row_number }) => ({ batch_id, row_number }))),
      JSON.stringify([reason]),
    ],
  );
}

/** Rows of one import that wait and still say something. */
export async function waitingRowsOf(
  connection: Queryable,
  batchIds: readonly string[],
): Promise<readonly PurgedRow[]> {
  return connection.query<PurgedRow>(
    `select u.batch_id, u.row_number, b.key_id, u.raw from import_row u join import_batch b on b.id = u.batch_id
     where u.batch_id = any($1::uuid[]) and u.raw is not null and u.outcome = 'quarantined' order by u.batch_id, u.row_number`,
    [batchIds],
  );
}
