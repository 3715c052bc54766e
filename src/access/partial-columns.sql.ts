/** What stands in a column's place for a viewer of part of a row: places and times as wide as its sight, references gone, and only the details it names. */
import type { ProjectedTable } from './projected-columns.sql.ts';
import {
  type PartialSight,
  SHARED_RESOLUTIONS,
  type SharedDetail,
  type SharedTime,
  sightKey,
} from './sight.ts';

type Columns = Readonly<Record<string, string>>;

/** The parent of an H3 index by bit arithmetic: the resolution field is rewritten and the finer digits are set to 7. */
const parentCell = (resolution: number): string =>
  `case when t.cell_resolution > ${resolution} then (t.cell & ~(15::bigint << 52)) | (${resolution}::bigint << 52) ` +
  `| ((1::bigint << ${3 * (15 - resolution)}) - 1) else t.cell end`;

/** What the owner's gazetteer made of the words, and the words themselves, are never shown in part. */
function places({ place }: PartialSight): Columns {
  const resolution = SHARED_RESOLUTIONS[place];
  if (resolution === null) return { place_reference_id: 'null::uuid' };
  return {
    place_reference_id: 'null::uuid',
    place_id: 'null::uuid',
    longitude: 'null::double precision',
    latitude: 'null::double precision',
    z: 'null::bigint',
    cell: parentCell(resolution),
    cell_resolution: `(case when t.cell_resolution > ${resolution} then ${resolution} else t.cell_resolution end)::smallint`,
  };
}

/** A moment that no calendar is known of, down to the beginning of its month, quarter or year in UTC; as it is where times are exact. */
export function beginning(time: SharedTime, moment: string): string {
  return time === 'exact'
    ? moment
    : `(date_trunc('${time}', ${moment} at time zone 'UTC') at time zone 'UTC')`;
}

/** Of the middle of its span: a quarter or year of a local calendar begins in the UTC one before its own. */
const MIDDLE = `(t.occurred_from + (t.occurred_to - t.occurred_from) / 2) at time zone 'UTC'`;
/** On the calendar of the place, the same by which everybody else counts the row. */
const OWN_DAY = `coalesce(t.month::timestamp, ${MIDDLE})`;
const SPANS = { month: '1 month', quarter: '3 months', year: '1 year' } as const;
const WIDER: Readonly<Record<Exclude<SharedTime, 'exact'>, readonly (keyof typeof SPANS)[]>> = {
  month: ['quarter', 'year'],
  quarter: ['year'],
  year: [],
};

/**
 * One span of one calendar, or none: two rows of one event whose spans differ would tell that it lies at the edge of both. So the times of
 * reports, waypoints and statements, which know no calendar, are left out. A time known to the year stays the year: its first quarter would
 * be more than anybody knows.
 */
function times({ time }: PartialSight): Columns {
  if (time === 'exact') return {};
  const wider = WIDER[time];
  const unlessWider = (text: (span: keyof typeof SPANS) => string): string => {
    const cases = wider.map((span) => `when t.occurred_granularity = '${span}' then ${text(span)} `).join('');
    return cases === '' ? text(time) : `case ${cases}else ${text(time)} end`;
  };
  const truncated = (span: keyof typeof SPANS): string =>
    `date_trunc('${span}', ${span === 'year' && time !== 'year' ? MIDDLE : OWN_DAY})`;
  const ended = (span: keyof typeof SPANS): string => `${truncated(span)} + interval '${SPANS[span]}'`;
  const kept = [...wider, 'unknown'].map((span) => `'${span}'`).join(', ');
  return {
    occurred_from: `(${unlessWider(truncated)}) at time zone 'UTC'`,
    occurred_to: `(${unlessWider(ended)}) at time zone 'UTC'`,
    occurred_granularity: `case when t.occurred_granularity in (${kept}) then t.occurred_granularity else '${time}' end`,
    occurred_zone: 'null::text',
    // A quarter is in no month: its first would gather what happened in all three.
    ...(time !== 'month' && { month: 'null::date' }),
  };
}

/** The same of movements summed by month: all of them known to the month, on the calendar of their place. */
function summedTimes({ time }: PartialSight): Columns {
  if (time === 'exact') return {};
  const first = `date_trunc('${time}', t.month::timestamp)`;
  return {
    first_month: `${first}::date`,
    last_month: `(${first} + interval '${SPANS[time]}' - interval '1 month')::date`,
    ...(time !== 'month' && { month: 'null::date' }),
    ...(time === 'year' && { quarter: 'null::date' }),
  };
}

/** When a row was learnt tells when it happened. */
function known({ time }: PartialSight): Columns {
  return time === 'exact' ? {} : { known_from: beginning(time, 't.known_from'), version: '1' };
}

function withoutTimes({ time }: PartialSight, ...columns: readonly string[]): Columns {
  return time === 'exact' ? {} : Object.fromEntries(columns.map((column) => [column, 'null::timestamptz']));
}

function without(sight: PartialSight, detail: SharedDetail, columns: Columns): Columns {
  return sight.details.includes(detail) ? {} : columns;
}

const made = new Map<string, ReturnType<typeof makeColumns>>();

/** By the columns that are shown otherwise than they are kept. `null`: rows of this table are not shown under this sight. */
export function partialColumns(table: ProjectedTable, sight: PartialSight): Columns | null {
  const key = sightKey(sight);
  const columns = made.get(key) ?? makeColumns(sight);
  made.set(key, columns);
  return columns[table];
}

const hintsEnd =
  `case when t.hint like '…%' then t.hint when t.kind in ('plate', 'registration') and length(regexp_replace(t.hint, '[^[:alnum:]]', '', 'g')) >= 8 ` +
  `then '…' || right(t.hint, 3) else '…' end`;

function makeColumns(sight: PartialSight): Readonly<Record<ProjectedTable, Columns | null>> {
  const place = places(sight);
  const time = times(sight);
  const learnt = known(sight);
  const shownWith = (detail: SharedDetail, columns: Columns = {}): Columns | null =>
    sight.details.includes(detail) ? columns : null;
  return {
    report: {
      ...learnt,
      external_reference: 'null::text',
      ...withoutTimes(sight, 'observed_from', 'observed_to', 'reported_from', 'reported_to'),
      ...(sight.time !== 'exact' && { observed_zone: 'null::text', reported_zone: 'null::text' }),
      recorded_at: beginning(sight.time, 't.recorded_at'),
      retracted_at: beginning(sight.time, 't.retracted_at'),
      station_id: 'null::uuid',
      origin_id: 'null::uuid',
    },
    incident: {
      ...time,
      ...place,
      ...learnt,
      ...without(sight, 'counts', { counts: `'{}'::jsonb` }),
      ...without(sight, 'red_flags', { red_flag_total: 'null::integer' }),
    },
    movement: { ...time, ...learnt },
    waypoint: {
      ...place,
      ...withoutTimes(sight, 'occurred_from', 'occurred_to'),
      station_id: 'null::uuid',
      ...(sight.place !== 'exact' && {
        // What is left of a spot or a town is an area; saying that it had been a spot tells what the coarsening took away.
        level: `case when t.level in ('exact', 'locality') then 'admin' else t.level end`,
        // A place's footprint is as good as its name: the gazetteer tells which place has that radius.
        uncertainty_km: 'null::double precision',
      }),
    },
    crossing: {
      ...time,
      ...place,
      ...learnt,
      ...(sight.place !== 'exact' && { distance_km: 'null::double precision' }),
    },
    party_member: shownWith('party'),
    statement: { ...learnt, ...withoutTimes(sight, 'stated_from', 'stated_to'), collector_id: 'null::uuid' },
    entity: { ...learnt, ...without(sight, 'labels', { label: 't.kind' }) },
    entity_link: shownWith('links'),
    // That somebody is cleared reaches everybody who was shown the person; what it rests on only where that was agreed.
    suspicion: {
      ...learnt,
      ...without(sight, 'basis', { basis: 'null::text' }),
      ...((sight.time !== 'exact' || !sight.details.includes('basis')) && { basis_on: 'null::date' }),
      reviewer_id: 'null::uuid',
      due_at: beginning(sight.time, 't.due_at'),
    },
    // Of plates, agencies and names of things the owner's hint is the whole text: without labels its end is left.
    selector: shownWith('identifiers', without(sight, 'labels', { hint: hintsEnd })),
    participation: shownWith('participations'),
    indicator: shownWith('indicators'),
    same_incident_link: null,
    place_candidate: null,
    place_reference: null,
    learned_place_alias: null,
    interdiction: null,
    legal_case: null,
    legal_case_event: null,
    attachment: null,
    record_comment: null,
    exhibit: null,
    referral: null,
    custody_entry: null,
    station_month: null,
    red_flag_weight: null,
    flow_observation: learnt,
    flow_rollup: summedTimes(sight),
    stop_rollup: {
      ...summedTimes(sight),
      // Maps of cells are of spots that are shown.
      ...(sight.place !== 'exact' && { cell: 'null::bigint', cell_resolution: 'null::smallint' }),
    },
    // A square of the map is a position; what is left of it is the cell.
    map_rollup: { ...place, ...(sight.place !== 'exact' && { square: 'null::bigint' }) },
    movement_stops_apart: {},
    movement_apart: {},
    class_change: {},
    movement_change: {},
    station: null,
    effort: null,
    retention_policy: null,
    retention_decision: null,
    legal_hold: null,
    saved_view: null,
    target: null,
    target_step: null,
    settled_row: null,
    import_batch: null,
    import_row: null,
  };
}
