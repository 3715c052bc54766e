/** All rows of one report: the incident, who and what took part, the journey, and what was claimed by whom. */
import type { Position } from '../../geo/position.ts';
import type { TimeDraft } from '../../intake/reports/report-draft.ts';
import { nearestCrossingPoint } from '../../places/nearest-crossing-point.ts';
import { bytesText } from '../../platform/bulk.ts';
import { seal } from '../../vault/sealing.ts';
import { composeEntities } from './compose-entities.ts';
import type { CompositionTools } from './composition-tools.ts';
import { itinerary, type JourneyPoint, journeyCrossings } from './journey.ts';
import { atStation, hintsOf, type PlacedReference } from './place-desk.service.ts';
import type { RowBook } from './record-rows.ts';
import { type ComposingReport, type ReportFrame, statementOf } from './report-frame.ts';
import { footprint } from './stored-place.ts';

export function composeReport(composing: ComposingReport, book: RowBook): void {
  const { tools, batch, decided, draft, living, sources } = composing;
  const frame: ReportFrame = {
    incidentId: living?.incident_id ?? tools.ids(),
    originId: sources.originOf(draft),
    victimsOriginId: sources.victimsOf(decided.recordId),
    owned: (recordClass) => ({
      owner_id: batch.ownerId,
      visibility_class_id: batch.classes[recordClass],
      batch_id: batch.batchId,
    }),
  };
  addReport(composing, frame, book);
  addIncident(composing, frame, book);
  const subjects = addSubjects(composing, frame, book);
  composeEntities(composing, frame, book);
  if (draft.movement !== null) addMovement(composing, frame, subjects, book);
}

function addReport(
  { batch, decided, draft, version, stations }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
): void {
  book.add('report', {
    id: decided.recordId,
    ...frame.owned('report'),
    kind: draft.kind,
    external_reference: draft.externalReference,
    identity_digest: bytesText(decided.identityDigest),
    occurrence: decided.occurrence,
    content_digest: bytesText(decided.contentDigest),
    observed_from: draft.observed?.from ?? null,
    observed_to: draft.observed?.to ?? null,
    reported_from: draft.reported?.from ?? null,
    reported_to: draft.reported?.to ?? null,
    recorded_at: batch.now,
    reliability: draft.origin.reliability,
    credibility: draft.origin.credibility,
    origin_id: frame.originId,
    origin_kind: draft.origin.kind,
    handling: batch.handling,
    station_id: stations.find(draft.station, draft.monitoringLocation)?.id ?? null,
    version,
    known_from: batch.now,
  });
}

function addIncident(
  { tools, batch, decided, draft, version, stations, places, subjectKeys }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
): void {
  const { incident } = draft;
  const station = stations.find(draft.station, draft.monitoringLocation);
  const { referenceId, place } = atStation(
    places.find(incident.place, false, hintsOf(draft, stations)),
    station,
  );
  book.add('incident', {
    id: frame.incidentId,
    ...frame.owned('incident'),
    report_id: decided.recordId,
    kind: incident.kind,
    population: incident.population,
    ...timeColumns(incident.occurred),
    month: monthOf(incident.occurred),
    ...placeColumns({ referenceId, place }),
    persons_min: incident.personsMin,
    persons_max: incident.personsMax,
    counts: incident.counts,
    verification: incident.verification,
    red_flag_total: incident.redFlagTotal,
    version,
    known_from: batch.now,
  });
  for (const indicator of draft.indicators) {
    book.add('indicator', {
      id: tools.ids(),
      ...frame.owned('incident'),
      incident_id: frame.incidentId,
      scheme: indicator.scheme,
      code: indicator.code,
      value: indicator.value,
    });
  }
  book.add('statement', {
    ...statementOf(tools, batch, frame, decided.recordId, draft),
    about_kind: 'incident',
    about_id: frame.incidentId,
    claim: `${incident.kind}_happened`,
  });
  addCaseNotes({ tools, draft, decided, subjectKeys }, frame, book);
}

function addCaseNotes(
  {
    tools,
    draft,
    decided,
    subjectKeys,
  }: Pick<ComposingReport, 'tools' | 'draft' | 'decided' | 'subjectKeys'>,
  frame: ReportFrame,
  book: RowBook,
): void {
  const key = draft.caseNotes === null ? undefined : subjectKeys.pop();
  if (key === undefined || draft.caseNotes === null) return;
  const id = tools.ids();
  book.add('vault_item', {
    id,
    ...frame.owned('personal'),
    about_kind: 'report',
    about_id: decided.recordId,
    field: 'case_notes',
    key_id: key.id,
    sealed: bytesText(seal(key.key, `vault_item/sealed/${id}`, draft.caseNotes)),
  });
}

/** The moved persons, as pseudonyms; what names them is sealed, each under a key of their own. */
function addSubjects(
  { tools, decided, draft, subjectKeys }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
): readonly { id: string; sex: string; ageBand: string }[] {
  return draft.persons.map((person) => {
    const id = tools.ids();
    const key = subjectKeys.pop();
    book.add('subject', {
      id,
      ...frame.owned('movement'),
      status: person.status,
      sex: person.sex,
      age_band: person.ageBand,
      report_id: decided.recordId,
    });
    book.add('participation', {
      id: tools.ids(),
      ...frame.owned('movement'),
      incident_id: frame.incidentId,
      subject_id: id,
      role: person.status,
    });
    if (key !== undefined && Object.keys(person.personal).length > 0) {
      const item = tools.ids();
      book.add('vault_item', {
        id: item,
        ...frame.owned('personal'),
        about_kind: 'subject',
        about_id: id,
        field: 'personal',
        key_id: key.id,
        sealed: bytesText(seal(key.key, `vault_item/sealed/${item}`, JSON.stringify(person.personal))),
      });
    }
    return { id, sex: person.sex, ageBand: person.ageBand };
  });
}

function addMovement(
  { tools, batch, decided, draft, version, living, stations, places }: ComposingReport,
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
  const points: JourneyPoint[] = placed.map(({ waypoint, reference }) => ({
    kind: waypoint.kind,
    basis: waypoint.basis,
    country: reference.place.country,
    position: reference.place.position,
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
    known_from: batch.now,
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
      occurred_from: waypoint.time?.from ?? null,
      occurred_to: waypoint.time?.to ?? null,
      station_id: stationId,
      level: reference.place.level,
      uncertainty_km: reference.place.uncertaintyKm,
      ...placeColumns(reference),
    });
    const victim = waypoint.kind === 'stated' && frame.victimsOriginId !== null;
    book.add('statement', {
      ...statementOf(tools, batch, frame, decided.recordId, draft),
      ...(victim ? { origin_id: frame.victimsOriginId, origin_kind: 'victim' } : {}),
      about_kind: 'movement',
      about_id: id,
      claim: `${waypoint.kind}_${waypoint.basis}`,
    });
  });
  for (const crossing of journeyCrossings(
    points,
    tools.atlas().borders,
    movement.mode !== 'air' && movement.mode !== 'sea',
  )) {
    const pair = [crossing.from, crossing.to].sort();
    const post = nearestPost(tools, crossing.position, pair as [string, string]);
    const known = footprint(crossing.position, crossing.kind === 'observed' ? 0.5 : 25);
    book.add('crossing', {
      id: tools.ids(),
      ...frame.owned('movement'),
      movement_id: id,
      incident_id: frame.incidentId,
      origin_id: frame.originId,
      kind: crossing.kind,
      ordinal: crossing.ordinal,
      from_country: crossing.from,
      to_country: crossing.to,
      country_a: pair[0],
      country_b: pair[1],
      longitude: crossing.position[0],
      latitude: crossing.position[1],
      z: known.z,
      cell: known.cell,
      cell_resolution: known.cellResolution,
      place_id: post?.placeId ?? null,
      distance_km: post?.km ?? null,
      occurred_from: occurred?.from ?? null,
      occurred_to: occurred?.to ?? null,
      occurred_granularity: occurred?.granularity ?? 'unknown',
      month: monthOf(occurred),
      ...persons,
      version,
      known_from: batch.now,
    });
  }
}

const POST_REACH_KM = 50;

function nearestPost(
  { atlas }: CompositionTools,
  position: Position,
  pair: readonly [string, string],
): { placeId: string; km: number } | null {
  const found = nearestCrossingPoint(atlas().posts, position, pair, POST_REACH_KM);
  return found === null ? null : { placeId: found.place.id, km: found.distanceKm };
}

function placeColumns({ referenceId, place }: PlacedReference): Record<string, unknown> {
  return {
    place_reference_id: referenceId,
    place_id: place.placeId,
    country: place.country,
    longitude: place.position?.[0] ?? null,
    latitude: place.position?.[1] ?? null,
    z: place.z,
    cell: place.cell,
    cell_resolution: place.cellResolution,
  };
}

function timeColumns(time: TimeDraft | null): Record<string, unknown> {
  return {
    occurred_from: time?.from ?? null,
    occurred_to: time?.to ?? null,
    occurred_granularity: time?.granularity ?? 'unknown',
    occurred_zone: time?.zone ?? null,
    occurred_basis: time?.basis ?? null,
  };
}

/** A time known only to the quarter or year is in no month. */
function monthOf(time: TimeDraft | null): string | null {
  if (
    time === null ||
    time.granularity === 'quarter' ||
    time.granularity === 'year' ||
    time.granularity === 'unknown'
  )
    return null;
  return `${time.from.slice(0, 7)}-01`;
}
