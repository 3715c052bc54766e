/** Rows in quarantine that somebody settled: mended, or left out for a reason. */
import type { Queryable } from '../../platform/database.ts';
import type { ImportOptions } from './import-options.ts';
import type { OpenRow } from './import-row.store.ts';
import { mendedBy } from './mended.sql.ts';

export const LEFT_OUT_REASONS = [
  'duplicate',
  'test_entry',
  'not_a_record',
  'cannot_be_mended',
  'source_withdrew',
  'other',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface WaitingRow extends Omit<OpenRow, 'raw'> {
  readonly raw: Uint8Array | null;
  readonly reasons: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
  readonly visibility_class_id: number;
  /** Null where it was not left out. */
  readonly left_out: LeftOutReason | null;
}

export interface WaitingBatch {
  readonly id: string;
  readonly owner_id: string;
  readonly profile: string;
  readonly file_name: string;
  readonly options: ImportOptions;
  readonly key_id: string;
}

export interface FoundRow {
  readonly batch: WaitingBatch;
  readonly row: WaitingRow;
  /** Every row of its id that waits in that file, itself among them. */
  readonly group: readonly WaitingRow[];
}

const MENDED = mendedBy({
  row: 'r',
  batch: 'b',
  rows: 'import_row',
  batches: 'import_batch',
  settled: 'settled_row',
  standing: 'later.undone_at is null',
});

/** Null where no row of the organisation waits there: none, another's, one that is mended, or one of an import that was taken back. */
export async function findWaiting(
  connection: Queryable,
  ownerId: string,
  batchId: string,
  line: number,
): Promise<FoundRow | null> {
  const [batch] = await connection.query<WaitingBatch>(
    `select id, owner_id, profile, file_name, options, key_id from import_batch where id = $1 and owner_id = $2 and state = 'done'`,
    [batchId, ownerId],
  );
  if (batch === undefined) return null;
  const group = await connection.query<WaitingRow>(
    `select r.row_number, r.line, r.group_digest, r.by_digest, r.occurrence, r.raw, r.reasons, r.visibility_class_id, s.reason as left_out
     from import_row r join import_batch b on b.id = r.batch_id
       left join settled_row s on s.batch_id = r.batch_id and s.row_number = r.row_number and s.mended_by is null
     where r.batch_id = $1 and r.outcome = 'quarantined' and ${MENDED} is null
       and r.group_digest = (select g.group_digest from import_row g where g.batch_id = $1 and g.line = $2 limit 1)
     order by r.row_number`,
    [batchId, line],
  );
  const row = group.find((each) => each.line === line);
  return row === undefined ? null : { batch, row, group };
}

export interface Settling {
  readonly batchId: string;
  readonly ownerId: string;
  readonly keyId: string;
  readonly now: Date;
}

/**
 * False, and nothing written, where somebody else settled the row meanwhile: what was mended stands while its import does, and what was left out until it is
 * let wait again.
 */
export async function settleRow(
  connection: Queryable,
  { batchId, ownerId, keyId, now }: Settling,
  row: Pick<WaitingRow, 'row_number' | 'visibility_class_id'>,
  how: { readonly mendedBy: string | null; readonly reason: LeftOutReason | null },
): Promise<boolean> {
  const written = await connection.execute(
    `insert into settled_row (batch_id, row_number, owner_id, visibility_class_id, mended_by, reason, settled_by, settled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (batch_id, row_number) do update set mended_by = excluded.mended_by, reason = excluded.reason,
       settled_by = excluded.settled_by, settled_at = excluded.settled_at
     where settled_row.mended_by = excluded.mended_by
       or (settled_row.mended_by is null and excluded.mended_by is null)
       or exists (select from import_batch b where b.id = settled_row.mended_by and b.undone_at is not null)`,
    [
      batchId,
      row.row_number,
      ownerId,
      row.visibility_class_id,
      how.mendedBy,
      how.reason,
      keyId,
      now.toISOString(),
    ],
  );
  return written > 0;
}

/** What was left out waits again; what was mended meanwhile stays so. */
export async function unsettleRow(connection: Queryable, batchId: string, rowNumber: number): Promise<void> {
  await connection.execute(
    'delete from settled_row where batch_id = $1 and row_number = $2 and mended_by is null',
    [batchId, rowNumber],
  );
}
