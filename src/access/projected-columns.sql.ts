/** What each record table shows: the columns seen whole, and what stands in their place for a viewer of the coarse projection. */

const TIME = ['occurred_from', 'occurred_to', 'occurred_granularity', 'occurred_zone', 'occurred_basis'];
const PLACE = [
  'place_reference_id',
  'place_id',
  'country',
  'longitude',
  'latitude',
  'z',
  'cell',
  'cell_resolution',
];

export const EXACT_COLUMNS = {
  report: [
    'owner_id',
    'kind',
    'external_reference',
    'observed_from',
    'observed_to',
    'reported_from',
    'reported_to',
    'recorded_at',
    'reliability',
    'credibility',
    'origin_id',
    'origin_kind',
    'handling',
    'purpose',
    'consent_scope',
    'station_id',
    'version',
    'known_from',
    'occurrence',
  ],
  incident: [
    'owner_id',
    'report_id',
    'kind',
    'population',
    ...TIME,
    'month',
    ...PLACE,
    'persons_min',
    'persons_max',
    'counts',
    'verification',
    'red_flag_total',
    'version',
    'known_from',
  ],
  movement: [
    'owner_id',
    'incident_id',
    'report_id',
    'origin_id',
    'purpose',
    'mode',
    'status',
    'exploitation',
    ...TIME,
    'month',
    'persons_min',
    'persons_max',
    'origin_country',
    'destination_country',
    'countries',
    'roles',
    'verification',
    'reliability',
    'credibility',
    'version',
    'known_from',
  ],
  waypoint: [
    'id',
    'owner_id',
    'movement_id',
    'ordinal',
    'kind',
    'basis',
    'occurred_from',
    'occurred_to',
    'station_id',
    'level',
    'uncertainty_km',
    ...PLACE,
  ],
  crossing: [
    'owner_id',
    'movement_id',
    'incident_id',
    'origin_id',
    'kind',
    'ordinal',
    'from_country',
    'to_country',
    'country_a',
    'country_b',
    'longitude',
    'latitude',
    'z',
    'cell',
    'cell_resolution',
    'place_id',
    'distance_km',
    ...TIME,
    'month',
    'persons_min',
    'persons_max',
    'version',
    'known_from',
  ],
  party_member: ['owner_id', 'movement_id', 'subject_id', 'sex', 'age_band'],
  statement: [
    'owner_id',
    'report_id',
    'incident_id',
    'about_kind',
    'about_id',
    'claim',
    'origin_id',
    'origin_kind',
    'collector_id',
    'derived_from',
    'reliability',
    'credibility',
    'stated_from',
    'stated_to',
    'version',
    'known_from',
  ],
  entity: ['owner_id', 'kind', 'label', 'report_id', 'version', 'known_from'],
  selector: ['id', 'owner_id', 'entity_id', 'kind', 'token', 'hint'],
  participation: ['id', 'owner_id', 'incident_id', 'subject_id', 'entity_id', 'role'],
  indicator: ['id', 'owner_id', 'incident_id', 'scheme', 'code', 'value'],
  same_incident_link: ['id', 'owner_id', 'incident_a', 'incident_b', 'status', 'grade'],
  place_candidate: ['place_reference_id', 'place_id', 'weight'],
  place_reference: [
    'id',
    'owner_id',
    'written',
    'level',
    'resolution',
    'place_id',
    'country',
    'uncertainty_km',
    'reason',
  ],
  interdiction: ['owner_id', 'kind', 'occurred_on', ...PLACE, 'version', 'known_from'],
  flow_observation: [
    'owner_id',
    'publisher',
    'origin_country',
    'origin_name',
    'origin_longitude',
    'origin_latitude',
    'destination_country',
    'destination_name',
    'destination_longitude',
    'destination_latitude',
    'period_from',
    'period_to',
    'period_granularity',
    'population',
    'unit',
    'measure',
    'value_min',
    'value_max',
    'occurrence',
    'version',
    'known_from',
  ],
  station: [
    'id',
    'owner_id',
    'name',
    'location',
    'country',
    'place_id',
    'longitude',
    'latitude',
    'opened',
    'closed',
  ],
  effort: ['owner_id', 'station_id', 'month', 'staff', 'work_fraction', 'version', 'known_from'],
  import_batch: [
    'id',
    'owner_id',
    'profile',
    'profile_version',
    'file_name',
    'state',
    'row_count',
    'dropped_columns',
    'unknown_columns',
    'started_at',
    'finished_at',
    'undone_at',
  ],
  import_row: ['batch_id', 'row_number', 'owner_id', 'line', 'outcome', 'reasons'],
} as const satisfies Record<string, readonly string[]>;

export type ProjectedTable = keyof typeof EXACT_COLUMNS;

/** What even a viewer of the whole row sees only when it is its organisation's own. */
export const OWNERS_ONLY: Readonly<Partial<Record<ProjectedTable, readonly string[]>>> = {
  report: ['external_reference'],
};

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

const quarter = (column: string): string =>
  `date_trunc('quarter', t.${column} at time zone 'UTC') at time zone 'UTC'`;
const quarterEnd = (column: string): string =>
  `(date_trunc('quarter', t.${column} at time zone 'UTC') + interval '3 months') at time zone 'UTC'`;

/** Of the middle of its span: a month or quarter of a local calendar begins in the UTC quarter before its own. */
const MIDDLE = 't.occurred_from + (t.occurred_to - t.occurred_from) / 2';
/** A time known only to the year stays the year: its first quarter would be more than anybody knows. */
const COARSE_UNIT = `case when t.occurred_granularity = 'year' then 'year' else 'quarter' end`;
const COARSE_LENGTH = `case when t.occurred_granularity = 'year' then interval '1 year' else interval '3 months' end`;

const COARSE_TIME: Record<string, string> = {
  occurred_from: `date_trunc(${COARSE_UNIT}, (${MIDDLE}) at time zone 'UTC') at time zone 'UTC'`,
  occurred_to: `(date_trunc(${COARSE_UNIT}, (${MIDDLE}) at time zone 'UTC') + ${COARSE_LENGTH}) at time zone 'UTC'`,
  occurred_granularity: `case when t.occurred_granularity in ('year', 'unknown') then t.occurred_granularity else 'quarter' end`,
  occurred_zone: 'null::text',
};
/** When a row was learnt tells when it happened. */
const COARSE_KNOWN: Record<string, string> = { known_from: quarter('known_from'), version: '1' };
const COARSE_MONTH: Record<string, string> = { month: `date_trunc('quarter', t.month)::date` };

/** `null`: rows of this table are never shown coarsened, so a coarse viewer meets none. */
export const COARSE_COLUMNS: Readonly<Record<ProjectedTable, Readonly<Record<string, string>> | null>> = {
  report: {
    ...COARSE_KNOWN,
    external_reference: 'null::text',
    observed_from: quarter('observed_from'),
    observed_to: quarterEnd('observed_from'),
    reported_from: quarter('reported_from'),
    reported_to: quarterEnd('reported_from'),
    recorded_at: quarter('recorded_at'),
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
    occurred_from: quarter('occurred_from'),
    occurred_to: quarterEnd('occurred_from'),
    station_id: 'null::uuid',
    // A place's footprint is as good as its name: the gazetteer tells which place has that radius.
    uncertainty_km: 'null::real',
  },
  crossing: { ...COARSE_TIME, ...COARSE_PLACE, ...COARSE_MONTH, ...COARSE_KNOWN, distance_km: 'null::real' },
  party_member: null,
  statement: {
    ...COARSE_KNOWN,
    stated_from: quarter('stated_from'),
    stated_to: quarterEnd('stated_from'),
    collector_id: 'null::uuid',
  },
  entity: { ...COARSE_KNOWN, label: 't.kind' },
  selector: null,
  participation: null,
  indicator: null,
  same_incident_link: null,
  place_candidate: null,
  place_reference: null,
  interdiction: null,
  flow_observation: COARSE_KNOWN,
  station: null,
  effort: null,
  import_batch: null,
  import_row: null,
};
