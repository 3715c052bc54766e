/** Reading incidents and their indicators. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, type ListQuery, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { IncidentColumns } from './incident.type.ts';
import { type IncidentSearch, incidentConditions } from './incident-source.sql.ts';

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
  return readList<IncidentColumns>(reader, incidentList(search, asKnown), paging);
}

/** What a list of incidents is, however it is read. */
export function incidentList(search: IncidentSearch, asKnown: AsKnown): ListQuery {
  return {
    table: 'incident',
    asKnown,
    sort: { column: 'r.occurred_from', type: 'timestamptz' },
    conditions: (parameters) => incidentConditions(search, parameters),
  };
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
