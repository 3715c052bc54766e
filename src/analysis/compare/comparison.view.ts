/** Which incidents two selections of movements share. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';

export interface SharedRow {
  readonly records: number;
  readonly incidents: number;
  readonly owners: number;
  readonly shared: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** Over both selections, an incident of both counted once: reports of one event are one incident. */
export async function readShared(
  reader: ViewerReader,
  a: AskedMovements,
  b: AskedMovements,
): Promise<SharedRow> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const events = ({ search, asKnown }: AskedMovements): string => {
    const source = movementSource(viewer, search, asKnown, parameters);
    return (
      'select r.row_id, coalesce(same.event_id, r.incident_id) as event_id, r.owner_id, r.month ' +
      `from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asKnown)} where ${source.conditions.join(' and ')}`
    );
  };
  const text =
    `with a as (${events(a)}), b as (${events(b)}), both_of as (select * from a union select * from b) ` +
    'select (select count(*) from (select event_id from a intersect select event_id from b) s)::int as shared, ' +
    'count(distinct row_id)::int as records, count(distinct event_id)::int as incidents, count(distinct owner_id)::int as owners, ' +
    `to_char(min(month), 'YYYY-MM') as first, to_char(max(month), 'YYYY-MM') as last from both_of`;
  const [row] = await reader.read((connection) => connection.query<SharedRow>(text, parameters.values));
  return row ?? { records: 0, incidents: 0, owners: 0, shared: 0, first: null, last: null };
}
