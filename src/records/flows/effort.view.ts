/** Reading staff-time as the viewer sees it, by owner, crossing point and period. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import { type EffortScope, effortSource } from './effort.sql.ts';

export interface EffortRow {
  readonly owner_id: string;
  readonly place_id: string | null;
  readonly period: string | null;
  readonly staff_months: number;
}

/** Of the owners whose effort this viewer sees. */
export async function readEffort(
  reader: ViewerReader,
  bucket: 'month' | 'quarter' | 'year' | null,
  scope: EffortScope,
): Promise<readonly EffortRow[]> {
  const parameters = new Parameters();
  const period = bucket === null ? 'null::text' : `date_trunc('${bucket}', e.month::timestamp)::date::text`;
  const text =
    `select e.owner_id, s.place_id, ${period} as period, sum(e.staff * e.work_fraction)::float8 as staff_months ` +
    `${effortSource(reader.viewer, scope, parameters)} group by 1, 2, 3 order by 1, 2, 3`;
  return reader.read((connection) => connection.query<EffortRow>(text, parameters.values));
}
