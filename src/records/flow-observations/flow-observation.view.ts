/** Reading published flows. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { checkedCountry, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { FlowObservationColumns } from './flow-observation.type.ts';

export interface FlowObservationSearch {
  readonly populations?: readonly string[] | undefined;
  readonly units?: readonly string[] | undefined;
  readonly measures?: readonly string[] | undefined;
  readonly publishers?: readonly string[] | undefined;
  readonly originCountry?: string | undefined;
  readonly destinationCountry?: string | undefined;
  readonly period?: TimeSpanInput | undefined;
}

export function listFlowObservations(
  reader: ViewerReader,
  search: FlowObservationSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<FlowObservationColumns>> {
  return readList<FlowObservationColumns>(
    reader,
    {
      table: 'flow_observation',
      asKnown,
      sort: { column: 'r.period_from', type: 'timestamptz' },
      conditions: (parameters) => {
        const conditions: string[] = ['true'];
        if (search.populations)
          conditions.push(oneOfCondition('r.population', search.populations, parameters));
        if (search.units) conditions.push(oneOfCondition('r.unit', search.units, parameters));
        if (search.measures) conditions.push(oneOfCondition('r.measure', search.measures, parameters));
        if (search.publishers) conditions.push(oneOfCondition('r.publisher', search.publishers, parameters));
        if (search.originCountry)
          conditions.push(
            `r.origin_country = ${parameters.bind(checkedCountry('originCountry', search.originCountry))}`,
          );
        if (search.destinationCountry) {
          conditions.push(
            `r.destination_country = ${parameters.bind(checkedCountry('destinationCountry', search.destinationCountry))}`,
          );
        }
        if (search.period)
          conditions.push(overlapCondition('r.period_from', 'r.period_to', search.period, parameters));
        return conditions;
      },
    },
    paging,
  );
}
