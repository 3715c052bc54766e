/** Rows of published flows and of staff-time. */
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { EffortDraft, FlowObservationDraft, PlaceDraft } from '../../intake/reports/report-draft.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { CompositionTools } from './composition-tools.ts';
import type { PlaceDesk } from './place-desk.service.ts';
import type { RowBook } from './record-rows.ts';
import type { StationDesk } from './station-desk.service.ts';

/** A decided draft on its way to a row. */
export interface Composing<Draft> {
  readonly tools: CompositionTools;
  readonly batch: WriteContext;
  readonly decided: DecidedDraft;
  readonly draft: Draft;
  readonly version: number;
  /** When this version became known: text, to the microsecond. */
  readonly knownFrom: string;
}

export function composeFlow(
  {
    batch,
    decided,
    draft,
    version,
    knownFrom,
    places,
  }: Composing<FlowObservationDraft> & { readonly places: PlaceDesk },
  book: RowBook,
): void {
  const end = (name: 'origin' | 'destination', place: PlaceDraft | null): Record<string, unknown> => {
    if (place === null) return {};
    const { referenceId, place: stored } = places.find(place, false, []);
    return {
      [`${name}_reference_id`]: referenceId,
      [`${name}_country`]: stored.country,
      [`${name}_name`]: place.text,
      [`${name}_longitude`]: stored.position?.[0] ?? null,
      [`${name}_latitude`]: stored.position?.[1] ?? null,
    };
  };
  book.add('flow_observation', {
    id: decided.recordId,
    owner_id: batch.ownerId,
    visibility_class_id: batch.classes.flow,
    publisher: draft.publisher,
    ...end('origin', draft.origin),
    ...end('destination', draft.destination),
    period_from: draft.period.from,
    period_to: draft.period.to,
    period_granularity: draft.period.granularity,
    population: draft.population,
    unit: draft.unit,
    measure: draft.measure,
    value_min: draft.valueMin,
    value_max: draft.valueMax,
    identity_digest: bytesText(decided.identityDigest),
    occurrence: decided.occurrence,
    content_digest: bytesText(decided.contentDigest),
    batch_id: batch.batchId,
    version,
    known_from: knownFrom,
  });
}

export function composeEffort(
  {
    batch,
    decided,
    draft,
    version,
    knownFrom,
    stations,
  }: Composing<EffortDraft> & { readonly stations: StationDesk },
  book: RowBook,
): void {
  const station = stations.find(draft.station, draft.monitoringLocation);
  // Intake refuses a station without a name: a row may not be counted as taken and leave nothing behind.
  if (station === null) throw new Error(`the effort ${decided.recordId} has no station`);
  book.add('effort', {
    id: decided.recordId,
    owner_id: batch.ownerId,
    visibility_class_id: batch.classes.effort,
    station_id: station.id,
    month: draft.month,
    staff: draft.staff,
    work_fraction: draft.workFraction,
    batch_id: batch.batchId,
    identity_digest: bytesText(decided.identityDigest),
    content_digest: bytesText(decided.contentDigest),
    version,
    known_from: knownFrom,
  });
}
