/** Reading the movements that corridors are derived from, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementSource } from '../../records/movements/movement-source.sql.ts';
import { LEAST_NODE_POPULATION, SITE_RESOLUTION } from './site-forms.ts';
import { KIND_NUMBERS, type TravelBlock } from './travel-blocks.ts';

/** Lines a block: a million stops are some hundred texts of a megabyte, which a driver reads many times faster than rows. */
const LINES_A_BLOCK = 20_000;

/** Of more changed movements than this, all are read anew. */
const MOST_CHANGED = 50_000;

export interface TravelRead {
  readonly blocks: readonly TravelBlock[];
  /** What was committed when it was read, for `since`. */
  readonly moment: string;
}

/**
 * Every movement that is no return, and its waypoints as numbers of distinct sites. Finding the sites here and not in the answer makes a stop a
 * dozen bytes instead of a hundred. `since`: only those written by transactions that were not to be seen at that moment; null where it is not
 * known which, or too many were.
 */
export async function readTravelBlocks(reader: ViewerReader, asked: AskedMovements): Promise<TravelRead>;
export async function readTravelBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  since: string,
): Promise<TravelRead | null>;
export async function readTravelBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  since?: string,
): Promise<TravelRead | null> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asked.asKnown);
  const crossing = projected('crossing', viewer, parameters, asked.asKnown);
  const kinds = [...KIND_NUMBERS].map(([kind, number]) => `when '${kind}' then ${number}`).join(' ');
  const changes = since === undefined ? '' : changesSince(reader, since, parameters);
  const conditions = [
    ...source.conditions,
    `r.purpose <> 'return'`,
    ...(since === undefined
      ? []
      : ['r.id = any(array(select c.id from changed c where not exists (select from unclear)))']),
  ];
  const text = `
with ${changes} moved as materialized (
  select r.row_id, r.id, r.incident_id, nullif(coalesce(same.event_id, r.incident_id), r.incident_id) as event_id,
    r.origin_id, r.owner_id, r.month, r.persons_min, r.persons_max, (row_number() over ())::int - 1 as number
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asked.asKnown)}
  where ${conditions.join(' and ')}),
stop as materialized (
  select m.number, w.ordinal, case w.kind ${kinds} end as kind,
    concat_ws(e'\\t', case when w.basis = 'crossing' then 't' else 'f' end, coalesce(coalesce(x.place_id, w.place_id)::text, ''),
      coalesce(w.country, ''), coalesce(${cellAtMost('w', SITE_RESOLUTION)}::text, '')) as site
  from moved m join ${waypoint} w on w.movement_id = m.row_id
  left join ${crossing} x on x.movement_id = m.id and x.ordinal = w.ordinal and x.kind = 'observed'),
site as materialized (
  select s.site, (row_number() over ())::int - 1 as number from (select distinct site from stop) s)
select 'moment' as part, pg_current_snapshot()::text as block
${since === undefined ? '' : `union all select 'unclear', '' from unclear union all select 'changed', ${linesOf('c.id')} from changed c having count(*) > 0`}
union all
select 'site', ${linesOf('number', 'site')} as block from site having count(*) > 0
union all
select 'movement', ${linesOf(
    'number',
    'id',
    'incident_id',
    `coalesce(event_id::text, '')`,
    `coalesce(origin_id::text, '')`,
    'owner_id',
    `coalesce(to_char(month, 'YYYY-MM'), '')`,
    'persons_min',
    `coalesce(persons_max::text, '')`,
  )} from moved group by number / ${LINES_A_BLOCK}
union all
select 'stop', ${linesOf('t.number', 't.ordinal', 't.kind', 's.number')} from stop t join site s on s.site = t.site
group by t.number / ${LINES_A_BLOCK}`;
  const parts = await reader.read((connection) =>
    connection.query<{ part: TravelBlock['part'] | 'moment' | 'unclear'; block: string }>(
      text,
      parameters.values,
    ),
  );
  if (parts.some(({ part }) => part === 'unclear')) return null;
  return {
    blocks: parts.filter((line): line is TravelBlock => line.part !== 'moment'),
    moment: parts.find(({ part }) => part === 'moment')?.block ?? '',
  };
}

/**
 * `changed (id)`: movements written since; `unclear`: a row where that is not all. A transaction begun before and ended since counts as since, whatever its number. What
 * was forgotten is told by its latest transaction, so that all since the oldest that was still under way are taken for forgotten.
 */
function changesSince({ viewer }: ViewerReader, since: string, parameters: Parameters): string {
  const moment = `${parameters.bind(since)}::pg_snapshot`;
  return `
change as materialized (
  select c.movements from ${projected('movement_change', viewer, parameters)} c where c.transaction >= pg_snapshot_xmin(${moment})
    and (c.movements is null or not pg_visible_in_snapshot(c.transaction, ${moment}))),
changed as materialized (select distinct unnest(c.movements) as id from change c),
unclear as materialized (
  select where exists (select from change c where c.movements is null) or (select count(*) from changed) > ${MOST_CHANGED}),`;
}

export interface PlaceLine {
  readonly id: string;
  readonly kind: 'crossing_point' | 'locality';
  readonly name: string;
  readonly country: string;
  readonly border_countries: readonly [string, string] | null;
  readonly derived: boolean;
  readonly longitude: number;
  readonly latitude: number;
  readonly footprint_radius_km: number;
}

/** Those of the places that may be stages by name, and all known crossing points: public geography, the same for every viewer. */
export async function readStagePlaces(
  reader: ViewerReader,
  placeIds: readonly string[],
): Promise<readonly PlaceLine[]> {
  const parameters = new Parameters();
  const text =
    'select p.id, p.kind, p.name, p.country, p.border_countries, p.derived, p.longitude, p.latitude, p.footprint_radius_km from place p ' +
    `where (p.kind = 'crossing_point' and (not p.derived or p.id = any(${parameters.bind(placeIds)}::uuid[]))) ` +
    `or (p.kind = 'locality' and p.population >= ${LEAST_NODE_POPULATION} and p.id = any(${parameters.bind(placeIds)}::uuid[]))`;
  return reader.read((connection) => connection.query<PlaceLine>(text, parameters.values));
}
