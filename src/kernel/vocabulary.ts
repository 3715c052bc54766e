/** The closed word lists of the field, used by the database's checks, the schema's enums and the importers alike. */

export const REPORT_KINDS = [
  'border_intercept',
  'investigation',
  'interview',
  'hotline',
  'partner',
  'open_source',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** What an owner does to a report by hand. */
export const ACT_KINDS = ['recorded', 'corrected', 'regraded', 'verified', 'withdrawn'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** Why; a closed list, because what is typed may name somebody. */
export const CHANGE_REASONS = [
  'entry_error',
  'new_information',
  'duplicate',
  'source_doubted',
  'consent_withdrawn',
  'legal',
  'other',
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** What part somebody or something had, where people choose it from a list. */
export const ENTITY_ROLES = [
  'suspect',
  'recruiter',
  'transporter',
  'host',
  'master',
  'facilitator',
  'boss_trafficker',
  'employer',
  'recruitment_agency',
  'transport_operator',
  'document_forger',
  'money_service',
  'landlord',
  'transport',
  'contact',
  'place_of_exploitation',
  'other',
] as const;
export type EntityRole = (typeof ENTITY_ROLES)[number];

/** What happened, where people choose it from a list. */
export const HAND_INCIDENT_KINDS = [
  'interception',
  'recruitment',
  'transit',
  'exploitation',
  'recovery',
  'arrest',
  'sighting',
  'death',
  'other',
] as const;
export type HandIncidentKind = (typeof HAND_INCIDENT_KINDS)[number];

/** What records are looked at, shown and matched for. Fundraising is not among them and never will be. */
export const PURPOSES = [
  'safeguarding',
  'victim_support',
  'investigation',
  'prosecution',
  'erasure_request',
  'data_quality',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const ORIGIN_KINDS = [
  'staff',
  'contact',
  'victim',
  'suspect',
  'police',
  'document',
  'publisher',
  'other',
  'unknown',
] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

/** TLP 2.0, lowest first: a marking only ever rises. */
export const HANDLINGS = ['clear', 'green', 'amber', 'amber_strict', 'red'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** Permissible actions protocol, lowest first. Red: look and tell nobody; amber: nothing that those concerned could notice; green: what does not touch them; clear: anything. */
export const PAPS = ['clear', 'green', 'amber', 'red'] as const;
export type Pap = (typeof PAPS)[number];

/** Admiralty code. F and 6 mean "cannot be judged". */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Reliability = (typeof RELIABILITIES)[number];
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;
export type Credibility = (typeof CREDIBILITIES)[number];

export const WAYPOINT_KINDS = ['observed', 'stated', 'inferred'] as const;
export type WaypointKind = (typeof WAYPOINT_KINDS)[number];

export const WAYPOINT_BASES = [
  'residence',
  'departure',
  'citizenship',
  'crossing',
  'exploitation',
  'destination',
] as const;
export type WaypointBasis = (typeof WAYPOINT_BASES)[number];

/** Returns never build corridors. */
export const MOVEMENT_PURPOSES = ['trafficking', 'return', 'unknown'] as const;
export type MovementPurpose = (typeof MOVEMENT_PURPOSES)[number];

export const MOVEMENT_STATUSES = ['suspected', 'intercepted', 'completed'] as const;
export type MovementStatus = (typeof MOVEMENT_STATUSES)[number];

export const MODES = ['bus', 'train', 'private_vehicle', 'air', 'sea', 'foot', 'mixed', 'unknown'] as const;
export type Mode = (typeof MODES)[number];

export const POPULATIONS = ['trafficking', 'displacement', 'migration', 'deaths'] as const;
export type Population = (typeof POPULATIONS)[number];

export const FLOW_UNITS = ['persons', 'households', 'cases'] as const;
export type FlowUnit = (typeof FLOW_UNITS)[number];
export const FLOW_MEASURES = ['stock', 'flow', 'detection'] as const;
export type FlowMeasure = (typeof FLOW_MEASURES)[number];

export const COUNTRY_ROLES = ['source', 'transit', 'destination'] as const;
export type CountryRole = (typeof COUNTRY_ROLES)[number];

export const ENTITY_KINDS = [
  'individual',
  'network',
  'establishment',
  'support_structure',
  'vehicle',
  'phone',
  'account',
  'document',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

export const INTERDICTION_KINDS = [
  'arrest',
  'station_opened',
  'station_closed',
  'road_opened',
  'road_closed',
  'crossing_opened',
  'crossing_closed',
] as const;
export type InterdictionKind = (typeof INTERDICTION_KINDS)[number];

/** They tell where staff stand: marked as staffing is, they never leave their owner. */
export const STATION_INTERDICTIONS: readonly InterdictionKind[] = ['station_opened', 'station_closed'];

/** How an interdiction is known: seen by own staff, from an authority, from a partner, from a publication, or because somebody said so. */
export const INTERDICTION_BASES = [
  'observed',
  'official',
  'partner',
  'published',
  'stated',
  'unknown',
] as const;
export type InterdictionBasis = (typeof INTERDICTION_BASES)[number];

/** What a person is held for, as a reviewer decides it. */
export const SUSPICIONS = ['suspect', 'charged', 'convicted', 'cleared', 'witness'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** The same as it is read: what nobody reviewed in time has lapsed. */
export const SUSPICION_STATUSES = [...SUSPICIONS, 'lapsed'] as const;
export type SuspicionStatus = (typeof SUSPICION_STATUSES)[number];

/** In these alone somebody is suspected. */
export const STANDING_SUSPICIONS: readonly SuspicionStatus[] = ['suspect', 'charged', 'convicted'];

export const SUSPICION_BASES = [
  'report',
  'police',
  'charge_sheet',
  'court',
  'investigation',
  'partner',
  'mistaken_identity',
  'other',
] as const;
export type SuspicionBasis = (typeof SUSPICION_BASES)[number];

export const SEXES = ['female', 'male', 'other', 'unknown'] as const;
export type Sex = (typeof SEXES)[number];

export const AGE_BANDS = [
  '0_8',
  '9_17',
  '18_20',
  '21_23',
  '24_26',
  '27_29',
  '30_38',
  '39_47',
  '48_plus',
  'minor',
  'adult',
  'unknown',
] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** HTCDS statuses of a moved person. */
export const PERSON_STATUSES = ['possible_victim', 'victim', 'not_a_victim'] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

export const EXPLOITATIONS = [
  'sexual',
  'labour',
  'domestic_servitude',
  'forced_marriage',
  'organ_removal',
  'begging',
  'criminal',
  'other',
  'unknown',
] as const;
export type Exploitation = (typeof EXPLOITATIONS)[number];

export const GRANULARITIES = ['instant', 'hour', 'day', 'month', 'quarter', 'year', 'unknown'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** How finely a place is known; `unknown` has no footprint at all. */
export const PLACE_LEVELS = ['exact', 'locality', 'admin', 'country', 'unknown'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

export const VERIFICATIONS = ['unverified', 'evidence', 'high_risk', 'should_not_count'] as const;
export type Verification = (typeof VERIFICATIONS)[number];
