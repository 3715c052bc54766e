/** The closed word lists of the kernel, as GraphQL enums spelt in capitals. */
import { registerEnumType } from 'type-graphql';
import * as files from '../kernel/attachment-words.ts';
import * as cases from '../kernel/case-words.ts';
import * as exhibits from '../kernel/exhibit-words.ts';
import * as targets from '../kernel/target-words.ts';
import * as words from '../kernel/vocabulary.ts';

/** GraphQL shows NAME, resolvers and rows use the word itself. */
function enumOf<const Word extends string>(
  name: string,
  list: readonly Word[],
  description: string,
  spell: (word: Word) => string = (word) => word,
): Readonly<Record<string, Word>> {
  const shape = Object.fromEntries(list.map((word) => [spell(word).toUpperCase(), word]));
  registerEnumType(shape, { name, description });
  return shape;
}

export const ReportKindEnum = enumOf('ReportKind', words.REPORT_KINDS, 'How a report came to be.');
export const HandlingEnum = enumOf('Handling', words.HANDLINGS, 'TLP 2.0: limits sharing, never grants it.');
export const PapEnum = enumOf(
  'PermissibleActions',
  words.PAPS,
  'PAP: what recipients may do with it, beside who may be told.',
);
export const ReliabilityEnum = enumOf(
  'Reliability',
  words.RELIABILITIES,
  'Admiralty code of the source; F cannot be judged.',
);
export const WaypointKindEnum = enumOf(
  'WaypointKind',
  words.WAYPOINT_KINDS,
  'How a place on the way is known.',
);
export const WaypointBasisEnum = enumOf(
  'WaypointBasis',
  words.WAYPOINT_BASES,
  'What the place is to the movement.',
);
export const MovementPurposeEnum = enumOf(
  'MovementPurpose',
  words.MOVEMENT_PURPOSES,
  'Returns never build corridors.',
);
export const MovementStatusEnum = enumOf(
  'MovementStatus',
  words.MOVEMENT_STATUSES,
  'How far the movement got.',
);
export const ModeEnum = enumOf('Mode', words.MODES, 'Means of transport.');
export const PopulationEnum = enumOf(
  'Population',
  words.POPULATIONS,
  'Whom a count is of; populations are never summed.',
);
export const FlowUnitEnum = enumOf('FlowUnit', words.FLOW_UNITS, 'What a published figure counts.');
export const FlowMeasureEnum = enumOf(
  'FlowMeasure',
  words.FLOW_MEASURES,
  'Stock at a date, flow over a period, or detections.',
);
export const CountryRoleEnum = enumOf(
  'CountryRole',
  words.COUNTRY_ROLES,
  'The role a country plays in a movement.',
);
export const EntityKindEnum = enumOf('EntityKind', words.ENTITY_KINDS, 'What an entity is.');
export const SexEnum = enumOf('Sex', words.SEXES, 'As reported.');
export const ExploitationEnum = enumOf(
  'Exploitation',
  words.EXPLOITATIONS,
  'Kind of exploitation reported or feared.',
);
export const GranularityEnum = enumOf('Granularity', words.GRANULARITIES, 'How finely a time is known.');
export const PlaceLevelEnum = enumOf('PlaceLevel', words.PLACE_LEVELS, 'How finely a place is known.');
export const VerificationEnum = enumOf(
  'Verification',
  words.VERIFICATIONS,
  'Outcome of the blind double verification.',
);
export const PersonStatusEnum = enumOf(
  'PersonStatus',
  words.PERSON_STATUSES,
  'HTCDS status of a moved person.',
);
export const PlaceKindEnum = enumOf(
  'PlaceKind',
  ['country', 'admin_area', 'crossing_point', 'locality'] as const,
  'What a gazetteer place is.',
);
export const AgeBandEnum = enumOf(
  'AgeBand',
  // A name of GraphQL cannot begin with a figure.
  words.AGE_BANDS,
  'Years; MINOR and ADULT where no more is known.',
  (band) => (/^\d/.test(band) ? `AGE_${band}` : band),
);
export const EntityRoleEnum = enumOf('EntityRole', words.ENTITY_ROLES, 'What part it had.');
export const HandIncidentKindEnum = enumOf('IncidentKind', words.HAND_INCIDENT_KINDS, 'What happened.');
export const OriginKindEnum = enumOf('OriginKind', words.ORIGIN_KINDS, 'What kind of source perceived it.');
export const ActKindEnum = enumOf('ActKind', words.ACT_KINDS, 'What an owner does to a report by hand.');
export const ChangeReasonEnum = enumOf(
  'ChangeReason',
  words.CHANGE_REASONS,
  'Why a report was changed; a closed list, because what is typed may name somebody.',
);
export const InterdictionKindEnum = enumOf(
  'InterdictionKind',
  words.INTERDICTION_KINDS,
  'What was done or changed on the way; station openings and closures are seen by their owner alone.',
);
export const InterdictionBasisEnum = enumOf(
  'InterdictionBasis',
  words.INTERDICTION_BASES,
  'How it is known.',
);
export const SuspicionEnum = enumOf('Suspicion', words.SUSPICIONS, 'What a person is held for.');
export const SuspicionStatusEnum = enumOf(
  'SuspicionStatus',
  words.SUSPICION_STATUSES,
  'What a person is held for; LAPSED where nobody reviewed it in time.',
);
export const SuspicionBasisEnum = enumOf(
  'SuspicionBasis',
  words.SUSPICION_BASES,
  'What it rests on; a closed list, because what is typed may name somebody.',
);
export const CaseStatusEnum = enumOf('CaseStatus', cases.CASE_STATUSES, 'How far a legal case is.');
export const CaseEventKindEnum = enumOf(
  'CaseEventKind',
  cases.CASE_EVENT_KINDS,
  'What happened in a legal case.',
);
export const HearingKindEnum = enumOf('HearingKind', cases.HEARING_KINDS, 'What a hearing was about.');
export const HearingResultEnum = enumOf('HearingResult', cases.HEARING_RESULTS, 'What came of a hearing.');
export const VerdictEnum = enumOf('Verdict', cases.VERDICTS, 'What a court decided of one charge.');
export const CaseStageEnum = enumOf('CaseStage', cases.CASE_STAGES, 'How far cases got, in this order.');
export const TargetStageEnum = enumOf(
  'TargetStage',
  targets.TARGET_STAGES,
  'How far a target got: lead, developing, ready, referred, closed.',
);
export const TargetOpenStageEnum = enumOf(
  'TargetOpenStage',
  targets.OPEN_STAGES,
  'How far a target is that is not closed.',
);
export const TargetActionEnum = enumOf(
  'TargetAction',
  targets.TARGET_ACTIONS,
  'What is to be done next about a target; a closed list, because what is typed may name somebody.',
);
export const TargetClosingEnum = enumOf(
  'TargetClosing',
  targets.TARGET_CLOSINGS,
  'Why nothing more is to be done about a target.',
);
export const AttachmentKindEnum = enumOf(
  'AttachmentKind',
  files.ATTACHMENT_KINDS,
  'What an attached file shows; a closed list without pictures of persons.',
);
export const ExhibitKindEnum = enumOf('ExhibitKind', exhibits.EXHIBIT_KINDS, 'What an exhibit is.');
export const CustodyKindEnum = enumOf('CustodyKind', exhibits.CUSTODY_KINDS, 'What happened to an exhibit.');
export const CustodianRoleEnum = enumOf(
  'CustodianRole',
  exhibits.CUSTODIAN_ROLES,
  'Who keeps an exhibit: an office, never a person.',
);
