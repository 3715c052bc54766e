/** Reading incidents and their indicators. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import {
  areaCondition,
  checkedCountry,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { IncidentColumns } from './incident.type.ts';

export interface IncidentSearch {
  readonly ids?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly populations?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly verifications?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export interface IndicatorRow {
  readonly incident_id: string;
  readonly scheme: string;
  readonly code: string;
  readonly value: unknown;
}

export function listIncidents(
  reader: ViewerReader,
  search: IncidentSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<IncidentColumns>> {
  return readList<IncidentColumns>(
    reader,
    {
      table: 'incident',
      asKnown,
      sort: { column: 'r.occurred_from', type: 'timestamptz' },
      conditions: (parameters) => conditionsOf(search, parameters),
    },
    paging,
  );
}

export function incidentsByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly IncidentColumns[]> {
  return readByIds<IncidentColumns>(reader, 'incident', 'id', ids, 'r.id', asKnown);
}

export function incidentsByRows(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly IncidentColumns[]> {
  return readByIds<IncidentColumns>(reader, 'incident', 'row_id', ids, 'r.row_id', asKnown);
}

export function incidentsByReports(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly IncidentColumns[]> {
  return readByIds<IncidentColumns>(reader, 'incident', 'report_id', ids, 'r.report_id, r.id', asKnown);
}

export function indicatorsByIncidents(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly IndicatorRow[]> {
  return readByIds<IndicatorRow>(reader, 'indicator', 'incident_id', ids, 'r.incident_id, r.scheme, r.code');
}

function conditionsOf(search: IncidentSearch, parameters: Parameters): string[] {
  const conditions: string[] = ['true'];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.area != null) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred != null)
    conditions.push(overlapCondition('r.occurred_from', 'r.occurred_to', search.occurred, parameters));
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.populations != null)
    conditions.push(oneOfCondition('r.population', search.populations, parameters));
  if (search.verifications != null)
    conditions.push(oneOfCondition('r.verification', search.verifications, parameters));
  if (search.countries != null) {
    const codes = search.countries.map((code) => checkedCountry('countries', code));
    conditions.push(oneOfCondition('r.country', codes, parameters));
  }
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  return conditions;
}
