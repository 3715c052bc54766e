/** All rows of one report: the incident, who and what took part, the journey, and what was claimed by whom. */
import { bytesText } from '../../platform/bulk.ts';
import { seal } from '../../vault/sealing.ts';
import { composeEntities } from './compose-entities.ts';
import { addMovement } from './compose-movement.ts';
import { atStation, hintsOf } from './place-desk.service.ts';
import type { RowBook } from './record-rows.ts';
import { type ComposingReport, type ReportFrame, statementOf } from './report-frame.ts';
import { monthOf, placeColumns, timeColumns } from './row-columns.ts';

export function composeReport(composing: ComposingReport, book: RowBook): void {
  const { tools, batch, decided, draft, living, sources } = composing;
  const frame: ReportFrame = {
    incidentId: living?.incident_id ?? tools.ids(),
    originId: sources.originOf(draft),
    victimsOriginId: sources.victimsOf(decided.recordId),
    collectorId: sources.collectorOf(draft),
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
  { batch, decided, draft, version, knownFrom, stations }: ComposingReport,
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
    observed_zone: draft.observed?.zone ?? null,
    reported_from: draft.reported?.from ?? null,
    reported_to: draft.reported?.to ?? null,
    reported_zone: draft.reported?.zone ?? null,
    recorded_at: knownFrom,
    reliability: draft.origin.reliability,
    credibility: draft.origin.credibility,
    origin_id: frame.originId,
    origin_kind: draft.origin.kind,
    handling: batch.handling,
    pap: batch.pap,
    station_id: stations.find(draft.station, draft.monitoringLocation)?.id ?? null,
    version,
    known_from: knownFrom,
  });
}

function addIncident(
  { tools, decided, draft, version, knownFrom, stations, places, subjectKeys }: ComposingReport,
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
    known_from: knownFrom,
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
    ...statementOf({ tools, knownFrom }, frame, decided.recordId, draft),
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
