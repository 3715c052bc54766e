/** What an import says of its rows: those that wait, and those taken with something left out. */
import type { Reason } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { mendedBy } from './mended.sql.ts';

export interface ToldRow {
  readonly line: number;
  readonly outcome: string;
  readonly reasons: readonly Reason[];
  /** The later import that read what it is about. */
  readonly mended_by: string | null;
}

export interface ToldBatch {
  readonly file_name: string;
  readonly profile: string;
  readonly state: string;
  readonly quarantined: number;
  /** So many of those in quarantine wait no longer. */
  readonly mended: number;
  readonly noted: number;
}

const MENDED_BY = mendedBy({
  row: 'r',
  batch: 'b',
  rows: 'import_row',
  batches: 'import_batch',
  settled: 'settled_row',
  standing: 'later.undone_at is null',
});
const NOTED = `outcome <> 'quarantined' and reasons <> '[]'`;

/** Null when there is no such import. */
export async function readToldBatch(connection: Queryable, batchId: string): Promise<ToldBatch | null> {
  const rows = await connection.query<ToldBatch>(
    `select b.file_name, b.profile, b.state,
       (select count(*)::int from import_row r where r.batch_id = b.id and outcome = 'quarantined') as quarantined,
       (select count(*)::int from import_row r where r.batch_id = b.id and outcome = 'quarantined' and ${MENDED_BY} is not null) as mended,
       (select count(*)::int from import_row r where r.batch_id = b.id and ${NOTED}) as noted
     from import_batch b where b.id = $1`,
    [batchId],
  );
  return rows[0] ?? null;
}

/** In file order, from behind a line on. */
export async function readToldRows(
  connection: Queryable,
  batchId: string,
  afterLine: number,
  limit: number,
): Promise<readonly ToldRow[]> {
  return connection.query<ToldRow>(
    `select r.line, r.outcome, r.reasons, case when r.outcome = 'quarantined' then ${MENDED_BY} end as mended_by
     from import_row r join import_batch b on b.id = r.batch_id
     where r.batch_id = $1 and r.line > $2 and (r.outcome = 'quarantined' or (${NOTED})) order by r.row_number limit $3`,
    [batchId, afterLine, limit],
  );
}

export async function countNoted(connection: Queryable, batchId: string): Promise<number> {
  const rows = await connection.query<{ n: number }>(
    `select count(*)::int as n from import_row where batch_id = $1 and ${NOTED}`,
    [batchId],
  );
  return rows[0]?.n ?? 0;
}
