/** What stands in a column's place for a viewer of the coarse projection: place to H3 resolution 4, time to the quarter, references gone. */
import type { ProjectedTable } from './projected-columns.sql.ts';

/** Coarser than any settlement: an H3 cell of resolution 4 covers about 1,770 km². */
export const COARSE_RESOLUTION = 4;

/** The parent of an H3 index by bit arithmetic: the resolution field is rewritten and the finer digits are set to 7. */
const COARSE_CELL =
  `case when t.cell_resolution > ${COARSE_RESOLUTION} then (t.cell & ~(15::bigint << 52)) | (${COARSE_RESOLUTION}::bigint << 52) ` +
  `| ((1::bigint << ${3 * (15 - COARSE_RESOLUTION)}) - 1) else t.cell end`;

const COARSE_PLACE: Record<string, string> = {
  place_reference_id: 'null::uuid',
  place_id: 'null::uuid',
  longitude: 'null::double precision',
  latitude: 'null::double precision',
  z: 'null::bigint',
  cell: COARSE_CELL,
  cell_resolution: `least(t.cell_resolution, ${COARSE_RESOLUTION})::smallint`,
};

export const quarter = (column: string): string =>
  `date_trunc('quarter', t.${column} at time zone 'UTC') at time zone 'UTC'`;

/** Of the middle of its span: a quarter or year of a local calendar begins in the UTC one before its own. */
const MIDDLE = `(t.occurred_from + (t.occurred_to - t.occurred_from) / 2) at time zone 'UTC'`;
/** A time known only to the year stays the year: its first quarter would be more than anybody knows. */
const IS_YEAR = `t.occurred_granularity = 'year'`;
/** The quarter on the calendar of the place, the same by which everybody else counts the row. */
const OWN_QUARTER = `date_trunc('quarter', coalesce(t.month::timestamp, ${MIDDLE}))`;

/**
 * One quarter of one calendar, or none: two rows of one event whose quarters differ would tell that it lies at the edge of both. So the
 * times of reports, waypoints and statements, which know no calendar, are left out.
 */
const COARSE_TIME: Record<string, string> = {
  occurred_from: `(case when ${IS_YEAR} then date_trunc('year', ${MIDDLE}) else ${OWN_QUARTER} end) at time zone 'UTC'`,
  occurred_to: `(case when ${IS_YEAR} then date_trunc('year', ${MIDDLE}) + interval '1 year' else ${OWN_QUARTER} + interval '3 months' end) at time zone 'UTC'`,
  occurred_granularity: `case when t.occurred_granularity in ('year', 'unknown') then t.occurred_granularity else 'quarter' end`,
  occurred_zone: 'null::text',
};
/** When a row was learnt tells when it happened. */
const COARSE_KNOWN: Record<string, string> = { known_from: quarter('known_from'), version: '1' };
/** A quarter is in no month: its first would gather what happened in all three. */
const COARSE_MONTH: Record<string, string> = { month: 'null::date' };

function without(...times: readonly string[]): Record<string, string> {
  return Object.fromEntries(times.map((time) => [time, 'null::timestamptz']));
}

/** `null`: rows of this table are never shown coarsened, so a coarse viewer meets none. */
export const COARSE_COLUMNS: Readonly<Record<ProjectedTable, Readonly<Record<string, string>> | null>> = {
  report: {
    ...COARSE_KNOWN,
    external_reference: 'null::text',
    ...without('observed_from', 'observed_to', 'reported_from', 'reported_to'),
    observed_zone: 'null::text',
    reported_zone: 'null::text',
    recorded_at: quarter('recorded_at'),
    retracted_at: quarter('retracted_at'),
    station_id: 'null::uuid',
    origin_id: 'null::uuid',
  },
  incident: {
    ...COARSE_TIME,
    ...COARSE_PLACE,
    ...COARSE_MONTH,
    ...COARSE_KNOWN,
    counts: `'{}'::jsonb`,
    red_flag_total: 'null::integer',
  },
  movement: { ...COARSE_TIME, ...COARSE_MONTH, ...COARSE_KNOWN },
  waypoint: {
    ...COARSE_PLACE,
    ...without('occurred_from', 'occurred_to'),
    station_id: 'null::uuid',
    // What is left of a spot or a town is an area; saying that it had been a spot tells what the coarsening took away.
    level: `case when t.level in ('exact', 'locality') then 'admin' else t.level end`,
    // A place's footprint is as good as its name: the gazetteer tells which place has that radius.
    uncertainty_km: 'null::double precision',
  },
  crossing: {
    ...COARSE_TIME,
    ...COARSE_PLACE,
    ...COARSE_MONTH,
    ...COARSE_KNOWN,
    distance_km: 'null::double precision',
  },
  party_member: null,
  statement: {
    ...COARSE_KNOWN,
    ...without('stated_from', 'stated_to'),
    collector_id: 'null::uuid',
  },
  entity: { ...COARSE_KNOWN, label: 't.kind' },
  entity_link: null,
  // That somebody is cleared reaches everybody who was shown the person; what it rests on does not.
  suspicion: {
    ...COARSE_KNOWN,
    basis: 'null::text',
    basis_on: 'null::date',
    reviewer_id: 'null::uuid',
    due_at: quarter('due_at'),
  },
  selector: null,
  participation: null,
  indicator: null,
  same_incident_link: null,
  place_candidate: null,
  place_reference: null,
  learned_place_alias: null,
  interdiction: null,
  legal_case: null,
  legal_case_event: null,
  attachment: null,
  record_comment: null,
  referral: null,
  exhibit: null,
  custody_entry: null,
  station_month: null,
  red_flag_weight: null,
  flow_observation: COARSE_KNOWN,
  station: null,
  effort: null,
  retention_policy: null,
  retention_decision: null,
  legal_hold: null,
  import_batch: null,
  import_row: null,
};
