/** Reading reports, newest first. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import { gradeCondition, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { GradeInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
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
  readonly sourceWithdrawn?: boolean | undefined;
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
      conditions: (parameters) => [
        ...conditionsOf(search, parameters),
        ...(search.sourceWithdrawn == null
          ? []
          : [
              `r.id ${search.sourceWithdrawn ? 'in' : 'not in'} ${madeFromWithdrawn(reader.viewer, parameters, asKnown)}`,
            ]),
      ],
    },
    paging,
  );
}

/**
 * Reports made from a withdrawn one, or from one that was made from one, as far as the viewer sees each of them: whoever may not see the
 * withdrawn report is not told of its end by this road either.
 */
function madeFromWithdrawn(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): string {
  const report = projected('report', viewer, parameters, asKnown);
  const statement = projected('statement', viewer, parameters, asKnown);
  return `(with recursive made(id) as (select w.id from ${report} w where w.retracted_at is not null
    union select s.report_id from made join ${statement} s on s.derived_report_id = made.id)
    select s.report_id from made join ${statement} s on s.derived_report_id = made.id)`;
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
