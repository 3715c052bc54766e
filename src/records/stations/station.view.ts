/** Reading stations and what they counted. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { checkedCountry, oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { StationColumns, StationMonthColumns } from './station.type.ts';

export interface StationMonthSearch {
  readonly ids?: readonly string[] | undefined;
  readonly stationIds?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly period?: TimeSpanInput | undefined;
}

export function listStationMonths(
  reader: ViewerReader,
  search: StationMonthSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<StationMonthColumns>> {
  return readList<StationMonthColumns>(
    reader,
    {
      table: 'station_month',
      asKnown,
      sort: { column: 'r.month', type: 'date' },
      conditions: (parameters) => {
        const conditions: string[] = ['r.retracted_at is null'];
        if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
        if (search.stationIds != null)
          conditions.push(`r.station_id = any(${parameters.bind(search.stationIds)}::uuid[])`);
        if (search.countries != null) {
          const station = projected('station', reader.viewer, parameters);
          const codes = search.countries.map((code) => checkedCountry('countries', code));
          conditions.push(
            `r.station_id in (select s.id from ${station} s where ${oneOfCondition('s.country', codes, parameters)})`,
          );
        }
        if (search.period != null)
          conditions.push(
            overlapCondition(
              `(r.month::timestamp at time zone 'UTC')`,
              `((r.month + interval '1 month') at time zone 'UTC')`,
              search.period,
              parameters,
            ),
          );
        return conditions;
      },
    },
    paging,
  );
}

export function stationsByIds(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly StationColumns[]> {
  return readByIds<StationColumns>(reader, 'station', 'id', ids, 'r.id');
}
