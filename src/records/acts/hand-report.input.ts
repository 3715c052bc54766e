/** A report as somebody writes it down: the words of a ReportDraft, with free text only where it is sealed. */
import { Field, Float, InputType, Int } from 'type-graphql';
import {
  ExploitationEnum,
  HandIncidentKindEnum,
  HandlingEnum,
  ModeEnum,
  MovementPurposeEnum,
  MovementStatusEnum,
  OriginKindEnum,
  PapEnum,
  PlaceLevelEnum,
  PopulationEnum,
  ReliabilityEnum,
  ReportKindEnum,
  VerificationEnum,
  WaypointBasisEnum,
  WaypointKindEnum,
} from '../../graphql/enums.ts';
import type * as words from '../../kernel/vocabulary.ts';
import { HandEntityInput, HandPersonInput } from './hand-party.input.ts';

@InputType({
  description: 'A time as written: "2026-03-01", "2026-03-01 18:05", "2026-03", "2026-Q1", "2026".',
})
export class WrittenTimeInput {
  @Field(() => String)
  text!: string;

  @Field(() => String, { nullable: true, description: 'IANA zone it is written in, like Asia/Kathmandu.' })
  zone?: string;
}

@InputType({ description: 'A place: in words, by its position, by its country, or several of them.' })
export class WrittenPlaceInput {
  @Field(() => String, { nullable: true, description: 'A place name. Of a home, only the area is kept.' })
  text?: string;

  @Field(() => Float, { nullable: true })
  longitude?: number;

  @Field(() => Float, { nullable: true })
  latitude?: number;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  country?: string;

  @Field(() => PlaceLevelEnum, { nullable: true, description: 'Unless given: LOCALITY.' })
  level?: words.PlaceLevel;

  @Field(() => Float, { nullable: true })
  uncertaintyKm?: number;
}

@InputType({ description: 'A place on the way.' })
export class HandWaypointInput {
  @Field(() => WrittenPlaceInput)
  place!: WrittenPlaceInput;

  @Field(() => WaypointKindEnum)
  kind!: words.WaypointKind;

  @Field(() => WaypointBasisEnum)
  basis!: words.WaypointBasis;

  @Field(() => WrittenTimeInput, { nullable: true })
  time?: WrittenTimeInput;
}

@InputType({ description: "The party's travel; two waypoints at least, in travel order." })
export class HandMovementInput {
  @Field(() => MovementPurposeEnum)
  purpose!: words.MovementPurpose;

  @Field(() => MovementStatusEnum)
  status!: words.MovementStatus;

  @Field(() => ModeEnum, { nullable: true })
  mode?: words.Mode;

  @Field(() => ExploitationEnum, { nullable: true })
  exploitation?: words.Exploitation;

  @Field(() => [HandWaypointInput])
  waypoints!: HandWaypointInput[];
}

@InputType({ description: 'A coded observation: true, or a number.' })
export class HandIndicatorInput {
  @Field(() => String, { description: 'Code list and version, like border-intercept/1.' })
  scheme!: string;

  @Field(() => String, { description: 'The code, like evade_caught_in_lie.' })
  code!: string;

  @Field(() => Float, { nullable: true, description: 'Left out: observed.' })
  number?: number;
}

@InputType({ description: 'What happened.' })
export class HandIncidentInput {
  @Field(() => HandIncidentKindEnum)
  kind!: words.HandIncidentKind;

  @Field(() => PopulationEnum, { nullable: true, description: 'Unless given: TRAFFICKING.' })
  population?: words.Population;

  @Field(() => WrittenTimeInput, { nullable: true })
  occurred?: WrittenTimeInput;

  @Field(() => WrittenPlaceInput)
  place!: WrittenPlaceInput;

  @Field(() => Int, { nullable: true, description: 'Unless given: as many as persons are listed.' })
  personsMin?: number;

  @Field(() => Int, { nullable: true, description: 'Unless given: as many as persons are listed.' })
  personsMax?: number;

  @Field(() => VerificationEnum, {
    nullable: true,
    description: 'Only UNVERIFIED: verifying takes two others.',
  })
  verification?: words.Verification;

  @Field(() => Int, { nullable: true })
  redFlagTotal?: number;
}

@InputType({ description: 'Who first perceived it, and how far it is to be believed.' })
export class HandOriginInput {
  @Field(() => OriginKindEnum)
  kind!: words.OriginKind;

  @Field(() => String, {
    nullable: true,
    description:
      'By what you know the source again; only a keyed digest is kept. Unknown counts as dependent.',
  })
  reference?: string;

  @Field(() => ReliabilityEnum)
  reliability!: words.Reliability;

  @Field(() => Int, { description: '1 (confirmed) to 6 (cannot be judged).' })
  credibility!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Id of the report it was made from, one that you can see. Both count as one origin, and withdrawing that one flags this one.',
  })
  derivedFrom?: string;
}

@InputType({ description: 'A report, whole. A correction gives all of it again.' })
export class HandReportInput {
  @Field(() => ReportKindEnum)
  kind!: words.ReportKind;

  @Field(() => String, { nullable: true, description: 'Your own id for it; shown to nobody else.' })
  externalReference?: string;

  @Field(() => HandlingEnum, { nullable: true, description: 'Unless given: AMBER.' })
  handling?: words.Handling;

  @Field(() => PapEnum, {
    nullable: true,
    description: 'What recipients may do with it. Unless given: AMBER; in a correction as before.',
  })
  pap?: words.Pap;

  @Field(() => WrittenTimeInput, { nullable: true })
  observed?: WrittenTimeInput;

  @Field(() => WrittenTimeInput, { nullable: true })
  reported?: WrittenTimeInput;

  @Field(() => String, { nullable: true })
  station?: string;

  @Field(() => String, { nullable: true })
  monitoringLocation?: string;

  @Field(() => HandOriginInput)
  origin!: HandOriginInput;

  @Field(() => HandIncidentInput)
  incident!: HandIncidentInput;

  @Field(() => HandMovementInput, { nullable: true })
  movement?: HandMovementInput;

  @Field(() => [HandPersonInput], { nullable: true })
  persons?: HandPersonInput[];

  @Field(() => [HandEntityInput], { nullable: true })
  entities?: HandEntityInput[];

  @Field(() => [HandIndicatorInput], { nullable: true })
  indicators?: HandIndicatorInput[];

  @Field(() => String, { nullable: true, description: 'Free text: sealed in the vault and nowhere else.' })
  caseNotes?: string;
}
