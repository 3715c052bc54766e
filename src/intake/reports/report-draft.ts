/** What a row or a group of rows says, in Headwater's words, before it is stored: the contract between formats and records. */
import type { Position } from '../../geo/position.ts';
import type {
  AgeBand,
  Credibility,
  EntityKind,
  Exploitation,
  FlowMeasure,
  FlowUnit,
  Granularity,
  InterdictionBasis,
  InterdictionKind,
  Mode,
  MovementPurpose,
  MovementStatus,
  PersonStatus,
  PlaceLevel,
  Population,
  Reliability,
  ReportKind,
  Sex,
  Verification,
  WaypointBasis,
  WaypointKind,
} from '../../kernel/vocabulary.ts';

/** Half-open [from, to) in UTC ISO-8601 with milliseconds ("2024-03-01T00:00:00.000Z"). */
export interface TimeDraft {
  readonly from: string;
  readonly to: string;
  readonly granularity: Granularity;
  /** IANA zone the source wrote in, null when it did not say. */
  readonly zone: string | null;
  /** What the time is the time of: "interception", "incident", "registration", … */
  readonly basis: string;
}

/** A place as the source gave it. It is resolved against the gazetteer later; nothing is guessed here. */
export interface PlaceDraft {
  /** As written, trimmed; null when the source gave only coordinates or a country. */
  readonly text: string | null;
  /** Valid, non-zero, unswapped; null when the source has none (a reason is recorded when it was wrong). */
  readonly position: Position | null;
  /** ISO 3166-1 alpha-3 when the source says the country. */
  readonly country: string | null;
  readonly level: PlaceLevel;
  /** Radius of uncertainty around `position`, in km, when the source or profile says. */
  readonly uncertaintyKm: number | null;
}

export interface WaypointDraft {
  readonly place: PlaceDraft;
  readonly kind: WaypointKind;
  readonly basis: WaypointBasis;
  readonly time: TimeDraft | null;
  /** Of the leg that ends here; not there where the source does not tell legs apart. */
  readonly mode?: Mode;
}

export interface MovementDraft {
  readonly purpose: MovementPurpose;
  readonly mode: Mode;
  readonly status: MovementStatus;
  /** Two at least, in travel order. */
  readonly waypoints: readonly WaypointDraft[];
  readonly exploitation: Exploitation;
}

/** Named personal fields. They go to the vault, encrypted, and nowhere else. */
export interface PersonalDraft {
  readonly fullName?: string;
  readonly birthdate?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly nationality?: string;
}

export interface PersonDraft {
  readonly status: PersonStatus;
  readonly sex: Sex;
  readonly ageBand: AgeBand;
  readonly personal: PersonalDraft;
}

export interface SelectorDraft {
  /** phone, plate, passport, account, name, registration, … */
  readonly kind: string;
  /** As written; normalised when stored. */
  readonly value: string;
}

/** Somebody or something besides the moved persons: suspects, agencies, vehicles, phones, … */
export interface EntityDraft {
  readonly kind: EntityKind;
  /** recruiter, transporter, agency, vehicle, … */
  readonly role: string;
  readonly label: string;
  readonly selectors: readonly SelectorDraft[];
  readonly personal: PersonalDraft;
}

export interface IndicatorDraft {
  /** Code list and version the code belongs to, e.g. "border-intercept/1". */
  readonly scheme: string;
  readonly code: string;
  /** True, or the answer chosen. */
  readonly value: string | number | boolean;
}

export interface IncidentDraft {
  readonly kind: string;
  readonly population: Population;
  readonly occurred: TimeDraft | null;
  readonly place: PlaceDraft;
  readonly personsMin: number;
  /** null: no upper bound known. */
  readonly personsMax: number | null;
  /** Named counts, e.g. dead, missing, survivors. */
  readonly counts: Readonly<Record<string, number>>;
  readonly verification: Verification;
  readonly redFlagTotal: number | null;
}

/** Who or what this came from, as the source names it; hashed under the owner's key before it is stored. */
export interface OriginDraft {
  /** staff, contact, victim, suspect, document, publisher, … */
  readonly kind: string;
  /** Text that identifies the root origin inside the owner's records; null when unknown (unknown counts as dependent). */
  readonly reference: string | null;
  readonly reliability: Reliability;
  readonly credibility: Credibility;
  /** Id of the report it was made from. Absent: first-hand, or not known. */
  readonly derivedFrom?: string;
}

export interface ReportDraft {
  readonly type: 'report';
  readonly kind: ReportKind;
  /** The source's own id; null when it has none. Reveals the station: never a key, never shown to partners. */
  readonly externalReference: string | null;
  readonly observed: TimeDraft | null;
  readonly reported: TimeDraft | null;
  readonly origin: OriginDraft;
  /** Who wrote it down, as the source names them; hashed like the origin. Absent where nobody is named, or several are. */
  readonly collector?: string;
  readonly incident: IncidentDraft;
  readonly movement: MovementDraft | null;
  readonly persons: readonly PersonDraft[];
  readonly entities: readonly EntityDraft[];
  readonly indicators: readonly IndicatorDraft[];
  /** Free text that may identify somebody: vault only. */
  readonly caseNotes: string | null;
  /** The monitoring station and location the report came from, as written. */
  readonly station: string | null;
  readonly monitoringLocation: string | null;
}

export interface FlowObservationDraft {
  readonly type: 'flow';
  readonly publisher: string;
  readonly origin: PlaceDraft | null;
  readonly destination: PlaceDraft | null;
  readonly period: TimeDraft;
  readonly population: Population;
  readonly unit: FlowUnit;
  readonly measure: FlowMeasure;
  /** Equal when exact; "<5" is {min: 0 or 1 as the source defines it, max: 4}; null max: unbounded. */
  readonly valueMin: number;
  readonly valueMax: number | null;
}

export interface EffortDraft {
  readonly type: 'effort';
  readonly station: string;
  readonly monitoringLocation: string | null;
  readonly country: string | null;
  readonly position: Position | null;
  /** First day of the month, "2024-03-01". */
  readonly month: string;
  readonly staff: number;
  /** Share of full time worked, 0–1. */
  readonly workFraction: number;
}

/** What a monitoring location counted in a month; null where it does not say, one at least is said. */
export interface StatisticsDraft {
  readonly type: 'statistics';
  readonly station: string;
  readonly monitoringLocation: string | null;
  readonly country: string | null;
  readonly position: Position | null;
  /** First day of the month, "2024-03-01". */
  readonly month: string;
  readonly intercepts: number | null;
  readonly evidence: number | null;
  readonly highRisk: number | null;
  readonly invalid: number | null;
  readonly arrests: number | null;
}

/** An arrest, or a station, road or crossing opened or closed. */
export interface InterdictionDraft {
  readonly type: 'interdiction';
  readonly kind: InterdictionKind;
  readonly basis: InterdictionBasis;
  /** The day, "2024-03-01". */
  readonly occurredOn: string;
  readonly place: PlaceDraft;
  /** Of openings and closures always; of others where the source names one. */
  readonly station: string | null;
  readonly monitoringLocation: string | null;
  /** The source's own id of the report it belongs to: it is read when it is asked for, so it may come in before or after. */
  readonly reference: string | null;
  readonly incidentIds: readonly string[];
  readonly entityIds: readonly string[];
}

/** How many points, 1 to 10, a red flag of a form's version counts from a day on. */
export interface WeightDraft {
  readonly type: 'weight';
  /** Code list and version, as "border-intercept/1". */
  readonly form: string;
  readonly code: string;
  readonly points: number;
  /** The day, "2024-03-01". */
  readonly validFrom: string;
}

export type RecordDraft =
  | ReportDraft
  | FlowObservationDraft
  | EffortDraft
  | StatisticsDraft
  | InterdictionDraft
  | WeightDraft;
