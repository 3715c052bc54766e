/** Reading observed crossings as a few long texts, the stations that watched them, and the crossing points and lines of borders. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Position } from '../../geo/position.ts';
import { linesOf } from '../../graphql/cell.sql.ts';
import { areaCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { PlaceColumns } from '../../places/place.type.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { MonthSpan } from '../../records/flows/staff-time.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { DrawnBorder } from './border-line.ts';
import type { CrossingBlock } from './crossing-columns.ts';

export interface CrossingSearch {
  /** In alphabetical order. */
  readonly border?: readonly [string, string];
  readonly area?: AreaInput;
  readonly occurred?: TimeSpanInput;
  readonly ownerIds?: readonly string[];
  readonly asKnownAt: Date | null;
}

const LINES_A_BLOCK = 20_000;

/**
 * Observed crossings of movements that count; a crossing seen coarsely has no position and is left out. A line: longitude, latitude, persons,
 * incident, event (empty when it is the incident), days from 1970 to the first of the month, origin, owner; empty where not known.
 */
export async function readCrossingBlocks(
  reader: ViewerReader,
  search: CrossingSearch,
): Promise<readonly CrossingBlock[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const asKnown = { at: search.asKnownAt };
  const conditions = [
    `c.kind = 'observed'`,
    'c.longitude is not null',
    `r.verification <> 'should_not_count'`,
  ];
  if (search.border) {
    const [a, b] = search.border;
    conditions.push(`c.country_a = ${parameters.bind(a)} and c.country_b = ${parameters.bind(b)}`);
  }
  if (search.area) conditions.push(areaCondition('c', search.area, parameters));
  if (search.occurred)
    conditions.push(overlapCondition('c.occurred_from', 'c.occurred_to', search.occurred, parameters));
  if (search.ownerIds) conditions.push(`c.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  const text = `
select seen.country_a, seen.country_b, ${linesOf(
    'seen.longitude',
    'seen.latitude',
    'seen.persons_min',
    'seen.incident_id',
    `coalesce(seen.event_id::text, '')`,
    // A number of days costs a tenth of writing a month in words.
    `coalesce((seen.month - date '1970-01-01')::text, '')`,
    `coalesce(seen.origin_id::text, '')`,
    'seen.owner_id',
  )} as lines from (
  select c.longitude, c.latitude, c.persons_min, c.incident_id, c.country_a, c.country_b, c.month, c.origin_id, c.owner_id,
    nullif(coalesce(same.event_id, c.incident_id), c.incident_id) as event_id, (row_number() over ())::int as number
  from ${projected('crossing', viewer, parameters, asKnown)} c
  join ${projected('movement', viewer, parameters, asKnown)} r on r.id = c.movement_id
  ${sameIncidentJoin('c', viewer, parameters, asKnown)} where ${conditions.join(' and ')}) seen
group by seen.country_a, seen.country_b, seen.number / ${LINES_A_BLOCK}`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly country_a: string; readonly country_b: string; readonly lines: string }>(
      text,
      parameters.values,
    ),
  );
  return rows.map(({ country_a, country_b, lines }) => ({ border: [country_a, country_b], lines }));
}

export interface StationRow {
  readonly id: string;
  readonly owner_id: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly closed: string | null;
  /** Worked in the months asked about. */
  readonly staff_months: number;
  /** Months of those in which anybody worked, like "2026-04 2026-05". */
  readonly months: string;
}

/** Stations whose effort this viewer sees, whether or not anybody worked there in these months; none for who sees no effort. */
export async function readStations(
  reader: ViewerReader,
  { from, to }: MonthSpan,
  asKnown: AsKnown,
): Promise<readonly StationRow[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const asked =
    `e.month >= coalesce(${parameters.bind(from)}::date, e.month) ` +
    `and e.month < coalesce(${parameters.bind(to)}::date, e.month + 1)`;
  const worked = 'e.staff * e.work_fraction';
  const text =
    'select s.id, s.owner_id, s.longitude, s.latitude, s.closed, ' +
    `coalesce(sum(${worked}) filter (where ${asked}), 0)::float8 as staff_months, ` +
    `coalesce(string_agg(distinct to_char(e.month, 'YYYY-MM'), ' ') filter (where ${asked} and ${worked} > 0), '') as months ` +
    `from ${projected('station', viewer, parameters)} s ` +
    `left join ${projected('effort', viewer, parameters, asKnown)} e on e.station_id = s.id where s.longitude is not null ` +
    'group by s.id, s.owner_id, s.longitude, s.latitude, s.closed order by s.id';
  return reader.read((connection) => connection.query<StationRow>(text, parameters.values));
}

/** Crossing points of these borders ("IND NPL"), derived ones included: public geography, the same for every viewer. */
export async function readCrossingPoints(
  reader: ViewerReader,
  borders: readonly string[],
): Promise<readonly PlaceColumns[]> {
  const text =
    'select p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude, ' +
    'p.footprint_radius_km, p.derived, p.source from place p ' +
    `where p.kind = 'crossing_point' and array_to_string(p.border_countries, ' ') = any($1::text[]) order by p.name, p.id`;
  return reader.read((connection) => connection.query<PlaceColumns>(text, [borders]));
}

/** The lines of these borders ("IND NPL"), of those that the hub holds: public geography, the same for every viewer. */
export async function readBorderLines(
  reader: ViewerReader,
  borders: readonly string[],
): Promise<readonly DrawnBorder[]> {
  const text =
    'select l.country_a, l.country_b, st_asgeojson(l.line, 7) as line from land_border l ' +
    `where l.country_a || ' ' || l.country_b = any($1::text[]) order by l.country_a, l.country_b`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly country_a: string; readonly country_b: string; readonly line: string }>(
      text,
      [borders],
    ),
  );
  return rows.map(({ country_a, country_b, line }) => ({
    border: [country_a, country_b],
    lines: (JSON.parse(line) as { coordinates: Position[][] }).coordinates,
  }));
}
