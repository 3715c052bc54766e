/** What became of an import's rows, summed up. */
import type { Reason } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { RowCounts, RowOutcome } from './import-types.ts';

export async function countOutcomes(
  connection: Queryable,
  batchId: string,
): Promise<{
  counts: RowCounts;
  repeatedIds: number;
  repeatedLines: readonly (readonly number[])[];
  rows: number;
}> {
  const rows = await connection.query<{ outcome: RowOutcome | null; n: number }>(
    'select outcome, count(*)::int as n from import_row where batch_id = $1 group by outcome order by outcome',
    [batchId],
  );
  const counts: Record<RowOutcome, number> = {
    accepted: 0,
    part: 0,
    version: 0,
    unchanged: 0,
    quarantined: 0,
  };
  for (const row of rows) if (row.outcome !== null) counts[row.outcome] = row.n;
  const repeated = await connection.query<{ lines: readonly number[] }>(
    `select array_agg(line order by row_number) as lines from import_row
     where batch_id = $1 and not by_digest and record_id is not null
     group by group_digest having count(distinct record_id) > 1 order by min(row_number)`,
    [batchId],
  );
  return {
    counts,
    repeatedIds: repeated.length,
    repeatedLines: repeated.slice(0, MOST_REPEATED).map(({ lines }) => lines),
    rows: rows.reduce((sum, row) => sum + row.n, 0),
  };
}

/** A summary names this many repeated ids by their lines. */
const MOST_REPEATED = 10;

export async function readQuarantine(
  connection: Queryable,
  batchId: string,
  limit: number,
): Promise<readonly { line: number; reasons: readonly Reason[] }[]> {
  return connection.query(
    `select line, reasons from import_row where batch_id = $1 and outcome = 'quarantined' order by row_number limit $2`,
    [batchId, limit],
  );
}
