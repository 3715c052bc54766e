/** From a statement as the viewer sees it to what its independence is judged by. */
import type { StatementColumns } from '../entities/entity.type.ts';
import type { OriginStatement } from './independent-origins.ts';

export type ToldStatement = Pick<
  StatementColumns,
  | 'id'
  | 'owner_id'
  | 'report_id'
  | 'origin_id'
  | 'collector_id'
  | 'derived_from'
  | 'derived_report_id'
  | 'redacted'
>;

/** Who collected what is shown coarsely is not shown: it may have been one person, so it counts as one. */
export function originsOf(row: ToldStatement, caseId: string): OriginStatement {
  return {
    id: row.id,
    originId: row.origin_id,
    collectorId: row.redacted ? `not shown, of ${row.owner_id}` : row.collector_id,
    derivedFrom: row.derived_from,
    reportId: row.report_id,
    derivedReport: row.derived_report_id,
    caseId,
  };
}
