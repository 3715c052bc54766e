/** Rows of interdictions, of what stations counted and of weights of red flags. */
import type { InterdictionDraft, StatisticsDraft, WeightDraft } from '../../intake/reports/report-draft.ts';
import { STATION_INTERDICTIONS } from '../../kernel/vocabulary.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Composing } from './compose-aggregate.ts';
import { atStation, type PlaceDesk } from './place-desk.service.ts';
import type { RowBook } from './record-rows.ts';
import { placeColumns } from './row-columns.ts';
import type { StationDesk } from './station-desk.service.ts';

export function composeInterdiction(
  {
    batch,
    decided,
    draft,
    version,
    knownFrom,
    stations,
    places,
  }: Composing<InterdictionDraft> & { readonly stations: StationDesk; readonly places: PlaceDesk },
  book: RowBook,
): void {
  const station = stations.find(draft.station, draft.monitoringLocation);
  const ofStation = STATION_INTERDICTIONS.includes(draft.kind);
  if (ofStation && station === null)
    throw new Error(`the interdiction ${decided.recordId} opens or closes no station`);
  const placed = places.find(draft.place, false, []);
  book.add('interdiction', {
    id: decided.recordId,
    owner_id: batch.ownerId,
    visibility_class_id: ofStation ? batch.classes.effort : batch.classes.incident,
    kind: draft.kind,
    basis: draft.basis,
    occurred_on: draft.occurredOn,
    station_id: station?.id ?? null,
    reference: draft.reference,
    incident_ids: draft.incidentIds,
    entity_ids: draft.entityIds,
    ...placeColumns(ofStation ? atStation(placed, station) : placed),
    identity_digest: bytesText(decided.identityDigest),
    occurrence: decided.occurrence,
    content_digest: bytesText(decided.contentDigest),
    batch_id: batch.batchId,
    version,
    known_from: knownFrom,
  });
}

export function composeStatistics(
  {
    batch,
    decided,
    draft,
    version,
    knownFrom,
    stations,
  }: Composing<StatisticsDraft> & { readonly stations: StationDesk },
  book: RowBook,
): void {
  const station = stations.find(draft.station, draft.monitoringLocation);
  if (station === null) throw new Error(`the statistics ${decided.recordId} have no station`);
  book.add('station_month', {
    id: decided.recordId,
    owner_id: batch.ownerId,
    visibility_class_id: batch.classes.effort,
    station_id: station.id,
    month: draft.month,
    intercepts: draft.intercepts,
    evidence: draft.evidence,
    high_risk: draft.highRisk,
    invalid: draft.invalid,
    arrests: draft.arrests,
    identity_digest: bytesText(decided.identityDigest),
    content_digest: bytesText(decided.contentDigest),
    batch_id: batch.batchId,
    version,
    known_from: knownFrom,
  });
}

export function composeWeight(
  { batch, decided, draft, version, knownFrom }: Composing<WeightDraft>,
  book: RowBook,
): void {
  book.add('red_flag_weight', {
    id: decided.recordId,
    owner_id: batch.ownerId,
    visibility_class_id: batch.classes.incident,
    form: draft.form,
    code: draft.code,
    points: draft.points,
    valid_from: draft.validFrom,
    identity_digest: bytesText(decided.identityDigest),
    content_digest: bytesText(decided.contentDigest),
    batch_id: batch.batchId,
    version,
    known_from: knownFrom,
  });
}
