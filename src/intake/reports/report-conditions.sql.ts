/** Which reports a filter means, as SQL over the viewer's projection: the public door for lists here and for what is served elsewhere. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import { gradeCondition, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { GradeInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { Parameters } from '../../platform/parameters.ts';

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

/** Written against the alias `r`. */
export function reportConditions(
  viewer: Viewer,
  search: ReportSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): string[] {
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
  if (search.sourceWithdrawn != null)
    conditions.push(
      `r.id ${search.sourceWithdrawn ? 'in' : 'not in'} ${madeFromWithdrawn(viewer, parameters, asKnown)}`,
    );
  return conditions;
}

/**
 * Reports made from a withdrawn one, or from one that was made from one, as far as the viewer sees each of them: whoever may not see the
 * withdrawn report is not told of its end by this road either.
 */
export function madeFromWithdrawn(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): string {
  const report = projected('report', viewer, parameters, asKnown);
  const statement = projected('statement', viewer, parameters, asKnown);
  return `(with recursive made(id) as (select w.id from ${report} w where w.retracted_at is not null
    union select s.report_id from made join ${statement} s on s.derived_report_id = made.id)
    select s.report_id from made join ${statement} s on s.derived_report_id = made.id)`;
}
