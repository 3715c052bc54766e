/** Reading an organisation's own imports: batches, what became of their rows, and why rows wait in quarantine. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Reason } from '../../kernel/errors.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { RowOutcome } from './import-types.ts';
import { mendedBy } from './mended.sql.ts';
import type { LeftOutReason } from './settled-row.store.ts';

export interface ImportColumns {
  readonly id: string;
  readonly profile: string;
  readonly profile_version: string;
  readonly file_name: string;
  readonly state: string;
  readonly row_count: number;
  readonly encoding: string;
  readonly dropped_columns: readonly string[];
  readonly unknown_columns: readonly string[];
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly undone_at: Date | null;
}

export interface OutcomeCount {
  readonly batch_id: string;
  readonly outcome: RowOutcome | null;
  readonly n: number;
}

export interface QuarantineColumns {
  readonly line: number;
  readonly reasons: readonly Reason[];
  readonly mended_by: string | null;
  readonly left_out: LeftOutReason | null;
  readonly left_out_at: Date | null;
}

/** A grant of reports lets nobody see how another organisation imports: file names and columns are its own. */
export function listImports(
  reader: ViewerReader,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<ImportColumns>> {
  const own = reader.viewer.organisationId;
  return readList<ImportColumns>(
    reader,
    {
      table: 'import_batch',
      conditions: (parameters) => [`r.owner_id = ${parameters.bind(own)}::uuid`],
      sort: { column: 'r.started_at', type: 'timestamptz' },
      asKnown: { at: null },
      idColumn: 'r.id',
    },
    paging,
  );
}

export async function readOutcomeCounts(
  reader: ViewerReader,
  batchIds: readonly string[],
): Promise<readonly OutcomeCount[]> {
  const parameters = new Parameters();
  const from = projected('import_row', reader.viewer, parameters);
  const own = parameters.bind(reader.viewer.organisationId);
  const text =
    `select r.batch_id, r.outcome, count(*)::int as n from ${from} r ` +
    `where r.owner_id = ${own}::uuid and r.batch_id = any(${parameters.bind(batchIds)}::uuid[]) ` +
    'group by r.batch_id, r.outcome order by r.batch_id, r.outcome';
  return reader.read((connection) => connection.query<OutcomeCount>(text, parameters.values));
}

/** Rows that wait, or rows that were taken with something left out. */
const TOLD = {
  quarantined: `r.outcome = 'quarantined'`,
  noted: `r.outcome <> 'quarantined' and r.reasons <> '[]'`,
} as const;

/** In file order, from behind a line on. Raw values are never among the reasons. */
export async function readToldRows(
  reader: ViewerReader,
  batchId: string,
  which: keyof typeof TOLD,
  { first, afterLine }: { readonly first: number; readonly afterLine: number },
): Promise<readonly QuarantineColumns[]> {
  const parameters = new Parameters();
  const from = projected('import_row', reader.viewer, parameters);
  const batches = projected('import_batch', reader.viewer, parameters);
  const settled = projected('settled_row', reader.viewer, parameters);
  const own = parameters.bind(reader.viewer.organisationId);
  const text =
    `select r.line, r.reasons, ${mendedBy({ row: 'r', batch: 'b', rows: from, batches, settled, standing: 'later.undone_at is null' })} as mended_by, ` +
    'l.reason as left_out, l.settled_at as left_out_at ' +
    `from ${from} r join ${batches} b on b.id = r.batch_id ` +
    `left join ${settled} l on l.batch_id = r.batch_id and l.row_number = r.row_number and l.mended_by is null where r.owner_id = ${own}::uuid and r.batch_id = ${parameters.bind(batchId)}::uuid ` +
    `and r.line > ${parameters.bind(afterLine)} and ${TOLD[which]} order by r.row_number limit ${parameters.bind(first)}`;
  return reader.read((connection) => connection.query<QuarantineColumns>(text, parameters.values));
}
