/** From a record as a list has it to a row of an export: the same words, one column each. */

import type { Position } from '../../geo/position.ts';
import type { OwnedColumns } from '../../graphql/owned-record.type.ts';
import type { TimeColumns } from '../../graphql/shapes.type.ts';
import { cellText } from '../../graphql/shapes.type.ts';
import type { ReportColumns } from '../../intake/reports/report.type.ts';
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { EntityColumns } from '../../records/entities/entity.type.ts';
import type { IncidentColumns } from '../../records/incidents/incident.type.ts';
import type { InterdictionColumns } from '../../records/interdictions/interdiction.type.ts';
import type { CrossingColumns } from '../../records/movements/crossing.type.ts';
import type { MovementColumns, WaypointColumns } from '../../records/movements/movement.type.ts';
import { lineGeometry, pointGeometry } from './geometry.ts';
import { columnsOf, type ExportRow, type Value } from './layer.ts';

const RECORD = 'id version:integer owner redacted:boolean handling pap';
const TIME = 'occurred_from:instant occurred_to:instant occurred_granularity occurred_zone occurred_basis';
const PERSONS = 'persons_min:integer persons_max:integer';

export const INCIDENT_COLUMNS = columnsOf(
  `${RECORD} kind population ${TIME} country cell ${PERSONS} counts:json verification red_flag_total:integer report_id`,
);
export const MOVEMENT_COLUMNS = columnsOf(
  `${RECORD} purpose mode status exploitation ${TIME} ${PERSONS} origin_country destination_country countries:list roles:list verification reliability credibility:integer incident_id report_id waypoints:json`,
);
export const CROSSING_COLUMNS = columnsOf(
  `${RECORD} kind from_country to_country ${TIME} cell distance_km:number ${PERSONS} movement_id`,
);
export const INTERDICTION_COLUMNS = columnsOf(`${RECORD} kind basis occurred_on country cell reference`);
export const REPORT_COLUMNS = columnsOf(
  `${RECORD} kind external_reference observed_from:instant observed_to:instant reported_from:instant reported_to:instant recorded_at:instant reliability credibility:integer origin_kind part:integer withdrawn_at:instant`,
);
export const ENTITY_COLUMNS = columnsOf(`${RECORD} kind label report_id`);

export type ExportedWaypoint = Omit<WaypointColumns, 'place_id'>;

/** What a row is marked as, and what of its surroundings the viewer sees. */
export interface Surroundings {
  readonly owner: string;
  readonly handling: Handling;
  readonly pap: Pap | null;
  readonly reportId: string | null;
}

export function incidentRow(row: IncidentColumns, around: Surroundings): ExportRow {
  return marked(around, pointGeometry(row.longitude, row.latitude), {
    ...record(row, around),
    kind: row.kind,
    population: row.population.toUpperCase(),
    ...time(row),
    country: row.country,
    cell: cellText(row.cell),
    persons_min: row.persons_min,
    persons_max: row.persons_max,
    counts: Object.entries(row.counts).map(([name, value]) => ({ name, value })),
    verification: row.verification.toUpperCase(),
    red_flag_total: row.red_flag_total,
    report_id: around.reportId,
  });
}

export function movementRow(
  row: MovementColumns,
  around: Surroundings & {
    readonly incidentId: string | null;
    readonly waypoints: readonly ExportedWaypoint[];
  },
): ExportRow {
  const positions = around.waypoints.flatMap(({ longitude, latitude }): Position[] =>
    longitude === null || latitude === null ? [] : [[longitude, latitude]],
  );
  return marked(around, lineGeometry(positions), {
    ...record(row, around),
    purpose: row.purpose.toUpperCase(),
    mode: row.mode.toUpperCase(),
    status: row.status.toUpperCase(),
    exploitation: row.exploitation.toUpperCase(),
    ...time(row),
    persons_min: row.persons_min,
    persons_max: row.persons_max,
    origin_country: row.origin_country,
    destination_country: row.destination_country,
    countries: row.countries,
    roles: row.roles.map((role) => role.toUpperCase()),
    verification: row.verification.toUpperCase(),
    reliability: row.reliability,
    credibility: row.credibility,
    incident_id: around.incidentId,
    report_id: around.reportId,
    waypoints: around.waypoints.map(waypoint),
  });
}

export function crossingRow(
  row: CrossingColumns,
  around: Surroundings & { readonly movementId: string | null },
): ExportRow {
  return marked(around, pointGeometry(row.longitude, row.latitude), {
    ...record(row, around),
    kind: row.kind.toUpperCase(),
    from_country: row.from_country,
    to_country: row.to_country,
    ...time(row),
    cell: cellText(row.cell),
    distance_km: row.distance_km,
    persons_min: row.persons_min,
    persons_max: row.persons_max,
    movement_id: around.movementId,
  });
}

export function interdictionRow(row: InterdictionColumns, around: Surroundings): ExportRow {
  return marked(around, pointGeometry(row.longitude, row.latitude), {
    ...record(row, around),
    kind: row.kind.toUpperCase(),
    basis: row.basis.toUpperCase(),
    occurred_on: row.occurred_on,
    country: row.country,
    cell: cellText(row.cell),
    reference: row.reference,
  });
}

export function reportRow(row: ReportColumns, around: Surroundings): ExportRow {
  return marked(around, null, {
    ...record(row, around),
    kind: row.kind.toUpperCase(),
    external_reference: row.external_reference,
    observed_from: row.observed_from,
    observed_to: row.observed_to,
    reported_from: row.reported_from,
    reported_to: row.reported_to,
    recorded_at: row.recorded_at,
    reliability: row.reliability,
    credibility: row.credibility,
    origin_kind: row.origin_kind,
    part: row.occurrence,
    withdrawn_at: row.retracted_at,
  });
}

export function entityRow(row: EntityColumns, around: Surroundings): ExportRow {
  return marked(around, null, {
    ...record(row, around),
    kind: row.kind.toUpperCase(),
    label: row.label,
    report_id: around.reportId,
  });
}

function marked(
  { handling, pap }: Surroundings,
  geometry: ExportRow['geometry'],
  values: Readonly<Record<string, Value>>,
): ExportRow {
  return { handling, pap, geometry, values };
}

function record(row: OwnedColumns, { owner, handling, pap }: Surroundings): Readonly<Record<string, Value>> {
  return {
    id: row.id,
    version: row.version,
    owner,
    redacted: row.redacted,
    handling: handling.toUpperCase(),
    pap: pap === null ? null : pap.toUpperCase(),
  };
}

/** Without both ends there is no time, as lists have it. */
function time(row: TimeColumns): Readonly<Record<string, Value>> {
  const isKnown = row.occurred_from !== null && row.occurred_to !== null;
  return {
    occurred_from: isKnown ? row.occurred_from : null,
    occurred_to: isKnown ? row.occurred_to : null,
    occurred_granularity: isKnown ? row.occurred_granularity.toUpperCase() : null,
    occurred_zone: isKnown ? row.occurred_zone : null,
    occurred_basis: isKnown ? row.occurred_basis : null,
  };
}

function waypoint(row: ExportedWaypoint): object {
  return {
    ordinal: row.ordinal,
    kind: row.kind.toUpperCase(),
    basis: row.basis.toUpperCase(),
    mode: row.mode === null ? null : row.mode.toUpperCase(),
    level: row.level.toUpperCase(),
    country: row.country,
    longitude: row.longitude === null || row.latitude === null ? null : row.longitude,
    latitude: row.longitude === null || row.latitude === null ? null : row.latitude,
    uncertaintyKm: row.uncertainty_km,
    cell: cellText(row.cell),
    occurredFrom: row.occurred_from,
  };
}
