/** Reading monthly series of incidents, as counts of series and months in a few long texts, and the incidents behind those that are named. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { EffortScope } from '../../records/flows/effort.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { journeyEnds } from '../journey-ends.sql.ts';
import { datedMovements, watchedRows } from './dated-movements.sql.ts';
import { LEAST_INCIDENTS } from './derive-alarms.ts';
import type { SeriesBlock, SeriesKind } from './monthly-series.ts';

export interface SeriesScope {
  readonly kind: SeriesKind;
  /** First days of months, `to` excluded. */
  readonly from: string;
  readonly to: string;
  /** H3, of cells and of the ends of journeys, 0–15: checked by the caller. */
  readonly resolution: number;
  readonly pairResolution: number;
}

export interface MonthTotals {
  readonly records: number;
  readonly incidents: number;
  readonly owners: number;
  /** Movements dated to no month. */
  readonly undated: number;
  /** "2024-11"; null without any. */
  readonly first: string | null;
  readonly last: string | null;
  /** Incidents of the tested month. */
  readonly tested: number;
  /** Organisations with incidents in the year before the tested month and none in it. */
  readonly silent: number;
  /** Organisations with incidents in the tested month and none in the year before it. */
  readonly begun: number;
  /** The first month with a real share of the incidents, 1 in 100, in it or before it: earlier ones are strays, and no baseline. */
  readonly begins: string | null;
}

/** Of the incidents: what lies before is a record or two from long ago, and years of nothing after it. */
const STRAY_SHARE = 0.01;

/** `month`: first day of the tested month; `to`: of the next. */
export async function readMonthTotals(
  reader: ViewerReader,
  asked: AskedMovements,
  { month, to }: { readonly month: string; readonly to: string },
): Promise<MonthTotals> {
  const parameters = new Parameters();
  const tested = `${parameters.bind(month)}::date`;
  const text = `
with ${datedMovements(reader, asked, to, parameters)},
by_owner as (
  select coalesce(bool_or(month >= ${tested}), false) as now,
    coalesce(bool_or(month < ${tested} and month >= ${tested} - interval '12 months'), false) as before from dated group by owner_id)
select count(*)::int as records, count(distinct event_id)::int as incidents, count(distinct owner_id)::int as owners,
  count(*) filter (where event_month is null)::int as undated, to_char(min(event_month), 'YYYY-MM') as first, to_char(max(event_month), 'YYYY-MM') as last,
  count(distinct event_id) filter (where event_month = ${tested})::int as tested,
  (select to_char(percentile_disc(${STRAY_SHARE}) within group (order by event_month), 'YYYY-MM')
    from (select distinct event_id, event_month from dated where event_month is not null) e) as begins,
  (select count(*)::int from by_owner where before and not now) as silent, (select count(*)::int from by_owner where now and not before) as begun
from dated`;
  const [row] = await reader.read((connection) => connection.query<MonthTotals>(text, parameters.values));
  return row!;
}

/** Series with `LEAST_INCIDENTS` or more in the window. With `effort`, also what that staff-time found. */
export async function readSeriesBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  scope: SeriesScope,
  effort: EffortScope | null,
): Promise<readonly SeriesBlock[]> {
  const parameters = new Parameters();
  const text = `
with ${datedMovements(reader, asked, scope.to, parameters)},
seen as materialized (${seenIn(reader, asked, scope, parameters)}),
large as materialized (
  select key, count(distinct origin_id) + case when count(origin_id) = 0 then 1 else 0 end as origins
  from seen group by key having count(distinct event_id) >= ${LEAST_INCIDENTS}),
watched as materialized (${watchedRows(reader, asked, effort, parameters)}),
found as materialized (
  select s.key, s.event_id, s.event_month, w.owner_id, w.place_id from seen s join large on large.key = s.key join watched w on w.row_id = s.row_id),
by_month as (
  select s.key, s.event_month, count(distinct s.event_id) as incidents from seen s join large on large.key = s.key group by 1, 2),
found_by_month as (
  select key, event_month, count(distinct event_id) as incidents from found group by 1, 2),
by_place as (
  select key, owner_id, place_id, count(distinct event_id) as incidents from found group by 1, 2, 3)
select 'month' as part, ${linesOf(
    'm.key',
    `to_char(m.event_month, 'YYYY-MM')`,
    'm.incidents',
    'coalesce(f.incidents, 0)',
  )} as block
from by_month m left join found_by_month f on f.key = m.key and f.event_month = m.event_month group by m.key
union all select 'place', ${linesOf('key', 'owner_id', 'place_id', 'incidents')} from by_place group by key
union all select 'origins', ${linesOf('key', 'origins')} from large having count(*) > 0
union all select 'few', ((select count(distinct key) from seen) - (select count(*) from large))::text`;
  const rows = await reader.read((connection) =>
    connection.query<Omit<SeriesBlock, 'kind'>>(text, parameters.values),
  );
  return rows.map((row) => ({ kind: scope.kind, ...row }));
}

/** Of the series with these keys, a text each whose lines are: key, month, event, incident. */
export async function readSeriesIncidents(
  reader: ViewerReader,
  asked: AskedMovements,
  scope: SeriesScope,
  keys: readonly string[],
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const text = `
with ${datedMovements(reader, asked, scope.to, parameters)},
seen as materialized (
  select distinct key, event_month, event_id, incident_id from (${seenIn(reader, asked, scope, parameters)}) s
  where key = any(${parameters.bind(keys)}::text[]))
select ${linesOf('key', `to_char(event_month, 'YYYY-MM')`, 'event_id', 'incident_id')} as block from seen group by key`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}

/** One row for each series a dated movement of the window stands in: key, event, month, incident, origin, movement. */
function seenIn(
  { viewer }: ViewerReader,
  { asKnown }: AskedMovements,
  { kind, from, resolution, pairResolution }: SeriesScope,
  parameters: Parameters,
): string {
  const waypoint = projected('waypoint', viewer, parameters, asKnown);
  const { key, joins } = keyOf();
  return (
    `select distinct ${key} as key, d.event_id, d.event_month, d.incident_id, d.origin_id, d.row_id from dated d ${joins} ` +
    `where d.event_month >= ${parameters.bind(from)}::date and ${key} is not null`
  );

  function keyOf(): { readonly key: string; readonly joins: string } {
    switch (kind) {
      case 'mode':
        return { key: `nullif(d.mode, 'unknown')`, joins: '' };
      case 'crossing':
        return {
          key: 'c.place_id::text',
          joins: `join ${projected('crossing', viewer, parameters, asKnown)} c on c.movement_id = d.id and c.kind = 'observed'`,
        };
      case 'cell':
        return {
          key: `(${cellAtMost('w', resolution)})::text`,
          joins: `join ${waypoint} w on w.movement_id = d.row_id and w.kind = 'observed' and w.cell_resolution >= ${resolution}`,
        };
      case 'indicator':
        return {
          key: `n.scheme || ' ' || n.code`,
          joins:
            `join ${projected('incident', viewer, parameters, asKnown)} i on i.id = d.incident_id ` +
            `join ${projected('indicator', viewer, parameters)} n on n.incident_id = i.row_id and n.value = 'true'::jsonb`,
        };
      case 'pair':
        return {
          key: `${endOf('o', 'd.origin_country')} || ' > ' || ${endOf('e', 'd.destination_country')}`,
          joins: journeyEnds(waypoint, 'd'),
        };
    }
  }

  function endOf(alias: string, country: string): string {
    return `coalesce((${cellAtMost(alias, pairResolution)})::text, ${alias}.country, ${country})`;
  }
}
