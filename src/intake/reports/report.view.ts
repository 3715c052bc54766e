/** Reading reports, newest first. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { gradeCondition, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { GradeInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { ReportColumns } from './report.type.ts';

export interface ReportSearch {
  readonly ids?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly observed?: TimeSpanInput | undefined;
  readonly recorded?: TimeSpanInput | undefined;
  readonly gradeAtLeast?: GradeInput | undefined;
  readonly ownerIds?: readonly string[] | undefined;
  readonly externalReference?: string | undefined;
  readonly withdrawn?: boolean | undefined;
}

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
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

export function reportsByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ReportColumns[]> {
  return readByIds<ReportColumns>(reader, 'report', 'id', ids, 'r.id', asKnown);
}

function conditionsOf(search: ReportSearch, parameters: Parameters): string[] {
  const conditions: string[] = [`r.retracted_at is ${search.withdrawn === true ? 'not null' : 'null'}`];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.observed != null)
    conditions.push(overlapCondition('r.observed_from', 'r.observed_to', search.observed, parameters));
  if (search.recorded != null) {
    conditions.push(
      overlapCondition(
        'r.recorded_at',
        `(r.recorded_at + interval '1 microsecond')`,
        search.recorded,
        parameters,
      ),
    );
  }
  if (search.gradeAtLeast != null) conditions.push(gradeCondition('r', search.gradeAtLeast, parameters));
  if (search.externalReference != null)
    conditions.push(`r.external_reference = ${parameters.bind(search.externalReference)}`);
  return conditions;
}
