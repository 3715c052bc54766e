/** The journey of a report: its waypoints, the countries with their roles, the borders passed, and who says so. */
import { itinerary } from './journey.ts';
import { crossingColumns, isOverland, type PlacedPoint } from './journey-crossings.ts';
import { atStation, hintsOf } from './place-desk.service.ts';
import type { RowBook } from './record-rows.ts';
import { type ComposingReport, type ReportFrame, statementOf } from './report-frame.ts';
import { monthOf, placeColumns, timeColumns } from './row-columns.ts';

export function addMovement(
  { tools, decided, draft, version, knownFrom, living, stations, places }: ComposingReport,
  frame: ReportFrame,
  subjects: readonly { id: string; sex: string; ageBand: string }[],
  book: RowBook,
): void {
  const { movement, incident } = draft;
  if (movement === null) return;
  const id = living?.movement_id ?? tools.ids();
  const station = stations.find(draft.station, draft.monitoringLocation);
  const hints = hintsOf(draft, stations);
  const placed = movement.waypoints.map((waypoint) => {
    const reference = places.find(waypoint.place, waypoint.basis === 'residence', hints);
    const atGate = waypoint.kind === 'observed' && waypoint.basis === 'crossing';
    return {
      waypoint,
      reference: atGate ? atStation(reference, station) : reference,
      stationId: atGate ? (station?.id ?? null) : null,
    };
  });
  const points: PlacedPoint[] = placed.map(({ waypoint, reference }) => ({
    kind: waypoint.kind,
    basis: waypoint.basis,
    country: reference.place.country,
    position: reference.place.position,
    uncertaintyKm: reference.place.uncertaintyKm,
    overland: isOverland(waypoint.mode ?? movement.mode),
  }));
  const route = itinerary(points);
  const persons = { persons_min: incident.personsMin, persons_max: incident.personsMax };
  const occurred = incident.occurred;
  book.add('movement', {
    id,
    ...frame.owned('movement'),
    incident_id: frame.incidentId,
    report_id: decided.recordId,
    origin_id: frame.originId,
    purpose: movement.purpose,
    mode: movement.mode,
    status: movement.status,
    exploitation: movement.exploitation,
    ...timeColumns(occurred),
    month: monthOf(occurred),
    ...persons,
    origin_country: route.origin,
    destination_country: route.destination,
    countries: route.countries,
    roles: route.roles,
    verification: incident.verification,
    reliability: draft.origin.reliability,
    credibility: draft.origin.credibility,
    version,
    known_from: knownFrom,
  });
  for (const subject of subjects) {
    book.add('party_member', {
      movement_id: id,
      subject_id: subject.id,
      sex: subject.sex,
      age_band: subject.ageBand,
      ...frame.owned('movement'),
    });
  }
  placed.forEach(({ waypoint, reference, stationId }, ordinal) => {
    const waypointId = tools.ids();
    book.add('waypoint', {
      id: waypointId,
      ...frame.owned('movement'),
      movement_id: id,
      ordinal,
      kind: waypoint.kind,
      basis: waypoint.basis,
      mode: waypoint.mode ?? null,
      occurred_from: waypoint.time?.from ?? null,
      occurred_to: waypoint.time?.to ?? null,
      station_id: stationId,
      level: reference.place.level,
      uncertainty_km: reference.place.uncertaintyKm,
      ...placeColumns(reference),
    });
    const victim = waypoint.kind === 'stated' && frame.victimsOriginId !== null;
    book.add('statement', {
      ...statementOf({ tools, knownFrom }, frame, decided.recordId, draft),
      ...(victim ? { origin_id: frame.victimsOriginId, origin_kind: 'victim' } : {}),
      about_kind: 'movement',
      about_id: id,
      claim: `${waypoint.kind}_${waypoint.basis}`,
    });
  });
  for (const crossing of crossingColumns(points, tools.atlas)) {
    book.add('crossing', {
      id: tools.ids(),
      ...frame.owned('movement'),
      movement_id: id,
      incident_id: frame.incidentId,
      origin_id: frame.originId,
      ...crossing,
      ...timeColumns(occurred),
      month: monthOf(occurred),
      ...persons,
      version,
      known_from: knownFrom,
    });
  }
}
