/** The rows of each record table, as composition fills them and the store writes them. */

export const RECORD_COLUMNS = {
  report: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', kind: 'text', external_reference: 'text', identity_digest: 'bytea',
    occurrence: 'integer', content_digest: 'bytea', observed_from: 'timestamptz', observed_to: 'timestamptz', reported_from: 'timestamptz',
    reported_to: 'timestamptz', recorded_at: 'timestamptz', reliability: 'text', credibility: 'smallint', origin_id: 'uuid',
    origin_kind: 'text', handling: 'text', station_id: 'uuid', batch_id: 'uuid', version: 'integer', known_from: 'timestamptz',
  },
  incident: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', report_id: 'uuid', kind: 'text', population: 'text',
    occurred_from: 'timestamptz', occurred_to: 'timestamptz', occurred_granularity: 'text', occurred_zone: 'text', occurred_basis: 'text',
    month: 'date', place_reference_id: 'uuid', place_id: 'uuid', country: 'text', longitude: 'float8', latitude: 'float8', z: 'bigint',
    cell: 'bigint', cell_resolution: 'smallint', persons_min: 'integer', persons_max: 'integer', counts: 'jsonb', verification: 'text',
    red_flag_total: 'integer', batch_id: 'uuid', version: 'integer', known_from: 'timestamptz',
  },
  subject: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', status: 'text', sex: 'text', age_band: 'text', report_id: 'uuid',
    batch_id: 'uuid',
  },
  entity: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', kind: 'text', label: 'text', report_id: 'uuid', batch_id: 'uuid',
    known_from: 'timestamptz',
  },
  selector: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', entity_id: 'uuid', kind: 'text', token: 'bytea', hint: 'text',
    batch_id: 'uuid',
  },
  participation: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', incident_id: 'uuid', subject_id: 'uuid', entity_id: 'uuid',
    role: 'text', batch_id: 'uuid',
  },
  entity_link: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', from_entity: 'uuid', to_entity: 'uuid', kind: 'text',
    report_id: 'uuid', batch_id: 'uuid',
  },
  movement: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', incident_id: 'uuid', report_id: 'uuid', origin_id: 'uuid',
    purpose: 'text', mode: 'text', status: 'text', exploitation: 'text', occurred_from: 'timestamptz', occurred_to: 'timestamptz',
    occurred_granularity: 'text', occurred_zone: 'text', occurred_basis: 'text', month: 'date', persons_min: 'integer',
    persons_max: 'integer', origin_country: 'text', destination_country: 'text', countries: 'text[]', roles: 'text[]',
    verification: 'text', reliability: 'text', credibility: 'smallint', batch_id: 'uuid', version: 'integer', known_from: 'timestamptz',
  },
  party_member: {
    movement_id: 'uuid', subject_id: 'uuid', sex: 'text', age_band: 'text', owner_id: 'uuid', visibility_class_id: 'integer',
    batch_id: 'uuid',
  },
  waypoint: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', movement_id: 'uuid', ordinal: 'smallint', kind: 'text', basis: 'text',
    occurred_from: 'timestamptz', occurred_to: 'timestamptz', station_id: 'uuid', level: 'text', uncertainty_km: 'real',
    place_reference_id: 'uuid', place_id: 'uuid', country: 'text', longitude: 'float8', latitude: 'float8', z: 'bigint', cell: 'bigint',
    cell_resolution: 'smallint', batch_id: 'uuid',
  },
  crossing: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', movement_id: 'uuid', incident_id: 'uuid', origin_id: 'uuid',
    kind: 'text', ordinal: 'smallint', from_country: 'text', to_country: 'text', country_a: 'text', country_b: 'text',
    longitude: 'float8', latitude: 'float8', z: 'bigint', cell: 'bigint', cell_resolution: 'smallint', place_id: 'uuid',
    distance_km: 'real', occurred_from: 'timestamptz', occurred_to: 'timestamptz', occurred_granularity: 'text', month: 'date',
    persons_min: 'integer', persons_max: 'integer', batch_id: 'uuid', version: 'integer', known_from: 'timestamptz',
  },
  statement: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', report_id: 'uuid', incident_id: 'uuid', about_kind: 'text',
    about_id: 'uuid', claim: 'text', origin_id: 'uuid', origin_kind: 'text', collector_id: 'uuid', reliability: 'text',
    credibility: 'smallint', stated_from: 'timestamptz', stated_to: 'timestamptz', batch_id: 'uuid', known_from: 'timestamptz',
  },
  indicator: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', incident_id: 'uuid', scheme: 'text', code: 'text', value: 'jsonb',
    batch_id: 'uuid',
  },
  flow_observation: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', publisher: 'text', origin_reference_id: 'uuid', origin_country: 'text',
    origin_name: 'text', origin_longitude: 'float8', origin_latitude: 'float8', destination_reference_id: 'uuid',
    destination_country: 'text', destination_name: 'text', destination_longitude: 'float8', destination_latitude: 'float8',
    period_from: 'timestamptz', period_to: 'timestamptz', period_granularity: 'text', population: 'text', unit: 'text', measure: 'text',
    value_min: 'bigint', value_max: 'bigint', identity_digest: 'bytea', occurrence: 'integer', content_digest: 'bytea', batch_id: 'uuid',
    version: 'integer', known_from: 'timestamptz',
  },
  effort: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', station_id: 'uuid', month: 'date', staff: 'real',
    work_fraction: 'real', batch_id: 'uuid', identity_digest: 'bytea', content_digest: 'bytea', version: 'integer',
    known_from: 'timestamptz',
  },
  vault_item: {
    id: 'uuid', owner_id: 'uuid', visibility_class_id: 'integer', about_kind: 'text', about_id: 'uuid', field: 'text', key_id: 'uuid',
    sealed: 'bytea', batch_id: 'uuid',
  },
} as const satisfies Record<string, Record<string, string>>;

export type RecordTable = keyof typeof RECORD_COLUMNS;

/** A row has every column of its table; absent ones are null. */
export type RecordRow<Table extends RecordTable> = Partial<Record<keyof (typeof RECORD_COLUMNS)[Table], unknown>>;

/** Rows by table, gathered for one transaction. */
export class RowBook {
  readonly rows = new Map<RecordTable, object[]>();

  add<Table extends RecordTable>(table: Table, row: RecordRow<Table>): void {
    const list = this.rows.get(table);
    if (list === undefined) this.rows.set(table, [row]);
    else list.push(row);
  }
}
