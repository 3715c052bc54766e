/** The rows of an import: staged as received, sealed, then marked with what became of each. */
import type { Reason } from '../../kernel/errors.ts';
import { bytesText, givenRows, insertRows } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { RowOutcome } from './import-types.ts';

export interface StagedRow {
  readonly row_number: number;
  readonly line: number;
  readonly group_digest: Uint8Array;
  readonly by_digest: boolean;
  readonly raw: Uint8Array | null;
  readonly outcome: RowOutcome | null;
  readonly reasons: readonly Reason[];
}

export async function stageRows(
  connection: Queryable,
  batch: { readonly id: string; readonly ownerId: string; readonly visibilityClass: number },
  rows: readonly StagedRow[],
): Promise<void> {
  await insertRows(
    connection,
    'import_row',
    {
      batch_id: 'uuid',
      owner_id: 'uuid',
      visibility_class_id: 'integer',
      row_number: 'integer',
      line: 'integer',
      group_digest: 'bytea',
      by_digest: 'boolean',
      raw: 'bytea',
      outcome: 'text',
      reasons: 'jsonb',
    },
    rows.map((row) => ({
      ...row,
      batch_id: batch.id,
      owner_id: batch.ownerId,
      visibility_class_id: batch.visibilityClass,
    })),
  );
}

export async function lastStagedRow(connection: Queryable, batchId: string): Promise<number> {
  const rows = await connection.query<{ last: number }>(
    'select coalesce(max(row_number), 0) as last from import_row where batch_id = $1',
    [batchId],
  );
  return rows[0]?.last ?? 0;
}

/** All rows are staged: equal rows without an id get their occurrence numbers, in file order. */
export async function finishReading(connection: Queryable, batchId: string, rowCount: number): Promise<void> {
  // Without figures a planner takes the rows for a handful and compares each with each: a thousand million times for 40,000 rows.
  await connection.execute('set local enable_nestloop = off');
  await connection.execute(
    `update import_row r set occurrence = n.occurrence from (
       select row_number, (row_number() over (partition by group_digest order by row_number))::integer as occurrence
       from import_row where batch_id = $1 and by_digest) n
     where r.batch_id = $1 and r.row_number = n.row_number`,
    [batchId],
  );
  await connection.execute(`update import_batch set state = 'composing', row_count = $2 where id = $1`, [
    batchId,
    rowCount,
  ]);
}

/** Rows without an outcome, and how long they are as they are kept, on the average; never less than one byte. */
export async function countOpenRows(
  connection: Queryable,
  batchId: string,
): Promise<{ readonly rows: number; readonly bytesARow: number }> {
  const [open] = await connection.query<{ n: number; bytes: number }>(
    `select count(*)::int as n, coalesce(avg(octet_length(raw)), 1)::float8 as bytes from import_row where batch_id = $1 and outcome is null`,
    [batchId],
  );
  return { rows: open?.n ?? 0, bytesARow: Math.max(1, open?.bytes ?? 1) };
}

/** Past this each id is looked for instead: a file in which every id stands twice may have millions of them. */
const MOST_REPEATED_IDS = 50_000;

/** Ids, in hexadecimal, of which there are several open rows; null when they are too many to be held. */
export type RepeatedIds = ReadonlySet<string> | null;

/** No row is added once a file is read, so that an id that is not among them has one row for good. */
export async function findRepeatedIds(connection: Queryable, batchId: string): Promise<RepeatedIds> {
  const rows = await connection.query<{ id: string }>(
    `select encode(group_digest, 'hex') as id from import_row where batch_id = $1 and outcome is null and not by_digest
     group by group_digest having count(*) > 1 limit $2`,
    [batchId, MOST_REPEATED_IDS + 1],
  );
  return rows.length > MOST_REPEATED_IDS ? null : new Set(rows.map(({ id }) => id));
}

export interface OpenRow {
  readonly row_number: number;
  readonly line: number;
  readonly group_digest: Uint8Array;
  readonly by_digest: boolean;
  readonly occurrence: number | null;
  readonly raw: Uint8Array;
}

const OPEN_COLUMNS = 'row_number, line, group_digest, by_digest, occurrence, raw';

/**
 * For this transaction: its commit does not wait for the disk. Should the machine stop, the import goes on from what is there, which is always
 * a beginning of what was done; the transaction that ends it waits for itself and for all before it.
 */
export async function commitLater(connection: Queryable): Promise<void> {
  await connection.execute('set local synchronous_commit = off');
}

export async function commitNow(connection: Queryable): Promise<void> {
  await connection.execute('set local synchronous_commit = on');
}

/**
 * For this transaction: a table that is just being filled has no figures yet, and without them the planner reads it whole each time. What it
 * then takes for costly it would compile first, for longer than it runs.
 */
export async function preferIndexes(connection: Queryable): Promise<void> {
  await connection.execute('set local enable_seqscan = off');
  await connection.execute('set local jit = off');
}

export interface OpenRows {
  readonly rows: readonly OpenRow[];
  /** Where the next reading begins; null when there are no more. */
  readonly last: number | null;
}

/** The next rows without an outcome, and with them every open row of the same ids, wherever it stands in the file. */
export async function readOpenRows(
  connection: Queryable,
  batchId: string,
  afterRow: number,
  limit: number,
  repeated: RepeatedIds,
): Promise<OpenRows> {
  const next = await connection.query<OpenRow>(
    `select ${OPEN_COLUMNS} from import_row where batch_id = $1 and row_number > $2 and outcome is null
     order by row_number limit $3`,
    [batchId, afterRow, limit],
  );
  const last = next.at(-1)?.row_number ?? null;
  const ids = new Set(next.flatMap((row) => (row.by_digest ? [] : [bytesText(row.group_digest).slice(2)])));
  if (repeated !== null) for (const id of ids) if (!repeated.has(id)) ids.delete(id);
  if (ids.size === 0) return { rows: next, last };
  // `offset 0` keeps it a look-up an id: without figures for a table just filled, a planner joins every row with every other. For the
  // same want of figures it takes a batch it has not heard of for empty, and reads all of it for each id: `is not distinct from` is a
  // comparison no index offers, which leaves the digests' own.
  const together = await connection.query<OpenRow>(
    `select found.* from unnest($2::text[]) wanted cross join lateral (
       select ${OPEN_COLUMNS} from import_row
       where batch_id is not distinct from $1 and group_digest = decode(wanted, 'hex') and outcome is null offset 0) found
     order by found.row_number`,
    [batchId, [...ids]],
  );
  const seen = new Set(next.map((row) => row.row_number));
  const rows = [...next, ...together.filter((row) => !seen.has(row.row_number))];
  return { rows: rows.sort((a, b) => a.row_number - b.row_number), last };
}

export interface RowMark {
  readonly row_number: number;
  readonly outcome: RowOutcome;
  readonly reasons: readonly Reason[];
  readonly record_id: string | null;
  /** The version the row made, or agrees with. */
  readonly record_version: number | null;
}

const MARK = {
  row_number: 'integer',
  outcome: 'text',
  reasons: 'jsonb',
  record_id: 'uuid',
  record_version: 'integer',
} as const;

export async function markRows(
  connection: Queryable,
  batchId: string,
  marks: readonly RowMark[],
): Promise<void> {
  if (marks.length === 0) return;
  const { from, column, values } = givenRows(MARK, marks, 2);
  const set = ['outcome', 'reasons', 'record_id', 'record_version'].map(
    (name) => `${name} = ${column(name)}`,
  );
  await connection.execute(
    `update import_row r set ${set.join(', ')} from ${from} where r.batch_id = $1 and r.row_number = given.row_number`,
    [batchId, ...values],
  );
}

export async function finishBatch(connection: Queryable, batchId: string, now: Date): Promise<void> {
  await connection.execute(
    `update import_batch set state = 'done', finished_at = $2, importer = null, importer_until = null where id = $1`,
    [batchId, now.toISOString()],
  );
}
