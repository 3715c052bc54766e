/** What the parts of one report share while its rows are composed. */
import type { KeyObject } from 'node:crypto';
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { ReportDraft } from '../../intake/reports/report-draft.ts';
import type { CompositionTools } from './composition-tools.ts';
import type { PlaceDesk } from './place-desk.service.ts';
import type { SourceDesk } from './source-desk.service.ts';
import type { StationDesk } from './station-desk.service.ts';
import type { SuspicionDesk } from './suspicion-desk.service.ts';
import type { LivingRecord } from './version.store.ts';

export interface ComposingReport {
  readonly tools: CompositionTools;
  readonly batch: WriteContext;
  readonly decided: DecidedDraft;
  readonly draft: ReportDraft;
  readonly version: number;
  /** When this version became known: text, to the microsecond. */
  readonly knownFrom: string;
  readonly living: LivingRecord | null;
  readonly stations: StationDesk;
  readonly places: PlaceDesk;
  readonly sources: SourceDesk;
  readonly suspicions: SuspicionDesk;
  /** New keys to take from, one for each thing that is sealed. */
  readonly subjectKeys: { readonly id: string; readonly key: KeyObject }[];
}

/** What the parts of one report share. */
export interface ReportFrame {
  readonly incidentId: string;
  readonly originId: string | null;
  readonly victimsOriginId: string | null;
  readonly collectorId: string | null;
  readonly owned: (recordClass: 'report' | 'incident' | 'movement' | 'statement' | 'entity' | 'personal') => {
    readonly owner_id: string;
    readonly visibility_class_id: number;
    readonly batch_id: string | null;
  };
}

/** The columns every statement of a report repeats; who said it may be replaced. */
export function statementOf(
  { tools, knownFrom }: Pick<ComposingReport, 'tools' | 'knownFrom'>,
  frame: ReportFrame,
  reportId: string,
  draft: ReportDraft,
): Record<string, unknown> {
  return {
    id: tools.ids(),
    ...frame.owned('statement'),
    report_id: reportId,
    incident_id: frame.incidentId,
    origin_id: frame.originId,
    origin_kind: draft.origin.kind,
    collector_id: frame.collectorId,
    derived_report_id: draft.origin.derivedFrom ?? null,
    reliability: draft.origin.reliability,
    credibility: draft.origin.credibility,
    stated_from: draft.observed?.from ?? null,
    stated_to: draft.observed?.to ?? null,
    known_from: knownFrom,
  };
}
