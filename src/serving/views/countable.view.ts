/** Reading events as they are counted for others: one row an event, under the key of its largest party. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { PLACE_RESOLUTION } from './view-definition.ts';

export interface CountableRow {
  readonly event_id: string;
  /** All incidents that are this event, as far as they are let be counted. */
  readonly incidents: readonly string[];
  readonly owners: readonly string[];
  readonly persons: number;
  readonly origin: string | null;
  readonly destination: string | null;
  /** H3, as text; null where it was observed at no crossing, or only coarsely. */
  readonly place: string | null;
  /** First day of the month. */
  readonly month: string;
}

const KNOWN_NOW = { at: null };

/** Events that began before `until` (a day), with a month that is known. Those who were found going home are not counted. */
export async function readCountable(reader: ViewerReader, until: string): Promise<readonly CountableRow[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, {}, KNOWN_NOW, parameters);
  const crossing = projected('crossing', viewer, parameters);
  const text = `
with counted as (
  select r.id, coalesce(same.event_id, r.incident_id) as event_id, r.incident_id, r.owner_id, r.persons_min, r.month,
    r.origin_country, r.destination_country
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, KNOWN_NOW)}
  where ${[...source.conditions, `r.purpose <> 'return'`].join(' and ')} and r.month is not null),
placed as (
  select distinct on (c.movement_id) c.movement_id, ${cellAtMost('c', PLACE_RESOLUTION)} as cell
  from ${crossing} c where c.kind = 'observed' and c.cell_resolution >= ${PLACE_RESOLUTION} order by c.movement_id, c.ordinal),
-- The largest party speaks for its event; of equal ones always the same.
ranked as (
  select m.*, p.cell, row_number() over (partition by m.event_id order by m.persons_min desc, m.id) as place
  from counted m left join placed p on p.movement_id = m.id),
event as (
  select event_id, array_agg(distinct incident_id) as incidents, array_agg(distinct owner_id) as owners, min(month) as month
  from ranked group by event_id)
select e.event_id, e.incidents, e.owners, greatest(r.persons_min, 1) as persons, r.origin_country as origin,
  r.destination_country as destination, to_hex(r.cell) as place, e.month::text as month
from event e join ranked r on r.event_id = e.event_id and r.place = 1
where e.month < ${parameters.bind(until)}::date order by e.event_id`;
  return reader.read((connection) => connection.query<CountableRow>(text, parameters.values));
}
