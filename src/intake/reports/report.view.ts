/** Reading reports, newest first. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { ReportColumns } from './report.type.ts';
import { madeFromWithdrawn, type ReportSearch, reportConditions } from './report-conditions.sql.ts';

export function listReports(
  reader: ViewerReader,
  search: ReportSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<ReportColumns>> {
  return readList<ReportColumns>(
    reader,
    {
      table: 'report',
      asKnown,
      sort: { column: 'r.recorded_at', type: 'timestamptz' },
      conditions: (parameters) => reportConditions(reader.viewer, search, asKnown, parameters),
    },
    paging,
  );
}

export async function withdrawnSourceOf(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly { readonly id: string }[]> {
  const parameters = new Parameters();
  const made = madeFromWithdrawn(reader.viewer, parameters, asKnown);
  const text = `select distinct m.report_id as id from ${made} m where m.report_id = any(${parameters.bind(ids)}::uuid[])`;
  return reader.read((connection) => connection.query<{ id: string }>(text, parameters.values));
}

export function reportsByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ReportColumns[]> {
  return readByIds<ReportColumns>(reader, 'report', 'id', ids, 'r.id', asKnown);
}
