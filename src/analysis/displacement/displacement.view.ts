/** Reading the observed crossings of two periods as a few long texts, and the crossing points they are at. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import type { PlaceColumns } from '../../places/place.type.ts';
import { Parameters } from '../../platform/parameters.ts';
import { type EffortScope, worked } from '../../records/flows/effort.sql.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';

const LINES_A_BLOCK = 20_000;

/**
 * `from`, `to`: first days of months, `to` excluded. An end of a journey is a cell of `pairResolution` (0–15) where it is known that finely, else its
 * cell or country. With `effort` only what that staff-time was spent on. A line: crossing point, ordinal, month, incident, event (empty when it is the incident),
 * origin, pair of ends, owner.
 */
export async function readClosingBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  { from, to }: { readonly from: string; readonly to: string },
  pairResolution: number,
  effort: EffortScope | null,
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const { asKnown } = asked;
  const source = movementSource(viewer, asked.search, asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asKnown);
  const end = (alias: string, country: string): string =>
    `coalesce((${cellAtMost(alias, pairResolution)})::text, ${alias}.country, ${country}, '')`;
  const conditions = [
    ...source.conditions,
    `r.purpose <> 'return'`,
    `c.kind = 'observed'`,
    'c.place_id is not null',
    `c.month >= ${parameters.bind(from)}::date and c.month < ${parameters.bind(to)}::date`,
    ...(effort === null ? [] : [worked(viewer, effort, true, parameters)]),
  ];
  const text = `
with seen as materialized (
  select c.place_id, c.ordinal, c.month, r.incident_id, r.origin_id, r.owner_id,
    nullif(coalesce(same.event_id, r.incident_id), r.incident_id) as event_id,
    ${end('o', 'r.origin_country')} || ' > ' || ${end('d', 'r.destination_country')} as pair, (row_number() over ())::int as number
  from ${source.from} join ${projected('crossing', viewer, parameters, asKnown)} c on c.movement_id = r.id
  ${sameIncidentJoin('r', viewer, parameters, asKnown)}
  left join ${waypoint} o on o.movement_id = r.row_id and o.ordinal = 0 and o.basis in ('residence', 'departure', 'citizenship')
  left join lateral (select w.* from ${waypoint} w where w.movement_id = r.row_id and w.basis in ('destination', 'exploitation')
    order by w.ordinal desc limit 1) d on true
  where ${conditions.join(' and ')})
select ${linesOf(
    'place_id',
    'ordinal',
    `to_char(month, 'YYYY-MM')`,
    'incident_id',
    `coalesce(event_id::text, '')`,
    `coalesce(origin_id::text, '')`,
    'pair',
    'owner_id',
  )} as block from seen group by number / ${LINES_A_BLOCK}`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}

/** Every known crossing point: public geography, the same for every viewer. */
export async function readAllCrossingPoints(reader: ViewerReader): Promise<readonly PlaceColumns[]> {
  const text =
    'select p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude, ' +
    `p.footprint_radius_km, p.derived, p.source from place p where p.kind = 'crossing_point' order by p.id`;
  return reader.read((connection) => connection.query<PlaceColumns>(text, []));
}
