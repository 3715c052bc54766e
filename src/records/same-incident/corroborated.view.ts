/** Reading the events that several reports tell of, with who stands behind each report, in one statement. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentReach } from '../incidents/same-incident.sql.ts';
import type { ToldStatement } from './told-origins.ts';

/** One incident of an event of several, with one statement made of it, or with none. */
export interface ToldOfEvent extends Omit<ToldStatement, 'id'> {
  readonly event_id: string;
  readonly incident_id: string;
  /** Null where the viewer sees no statement of the incident. */
  readonly id: string | null;
}

/** In order of events and statements. */
export async function readToldOfEvents(
  reader: ViewerReader,
  asKnown: AsKnown,
): Promise<readonly ToldOfEvent[]> {
  const parameters = new Parameters();
  const text =
    `${sameIncidentReach(reader.viewer, parameters, asKnown)}, ` +
    'event as (select one, least(one, min(other::text)::uuid) as event_id from reach group by one) ' +
    'select e.event_id, e.one as incident_id, s.id, s.owner_id, s.report_id, s.origin_id, ' +
    's.collector_id, s.derived_from, s.derived_report_id, s.redacted ' +
    `from event e left join ${projected('statement', reader.viewer, parameters, asKnown)} s ` +
    `on s.incident_id = e.one and s.about_kind <> 'entity' order by e.event_id, e.one, s.id`;
  return reader.read((connection) => connection.query<ToldOfEvent>(text, parameters.values));
}
