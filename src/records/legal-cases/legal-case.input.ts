/** Which legal cases are asked for, and one as somebody writes it down. */
import { Field, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import {
  CaseEventKindEnum,
  CaseStatusEnum,
  HandlingEnum,
  HearingKindEnum,
  HearingResultEnum,
  VerdictEnum,
} from '../../graphql/enums.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import type {
  CaseEventKind,
  CaseStatus,
  HearingKind,
  HearingResult,
  Verdict,
} from '../../kernel/case-words.ts';
import type { Handling } from '../../kernel/vocabulary.ts';

@InputType({ description: 'Which legal cases; every part given must hold.' })
export class LegalCaseFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  countries?: string[];

  @Field(() => [CaseStatusEnum], { nullable: true })
  statuses?: string[];

  @Field(() => TimeSpanInput, { nullable: true, description: 'Days are those of UTC.' })
  opened?: TimeSpanInput;

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'What happened in a legal case on a day.' })
export class CaseEventInput {
  @Field(() => CaseEventKindEnum)
  kind!: CaseEventKind;

  @Field(() => String, { description: 'The day, as 2024-03-01; of a hearing it may lie ahead.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'One of the defendants; wanted of a verdict.' })
  defendantId?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The place in a statute, like "Act 2064, section 15(1)"; wanted of charges and verdicts.',
  })
  law?: string;

  @Field(() => HearingKindEnum, { nullable: true, description: 'Wanted of a hearing.' })
  hearing?: HearingKind;

  @Field(() => HearingResultEnum, { nullable: true, description: 'Of a hearing.' })
  result?: HearingResult;

  @Field(() => VerdictEnum, { nullable: true, description: 'Wanted of a verdict.' })
  verdict?: Verdict;

  @Field(() => Int, { nullable: true, description: 'Months, of a conviction.' })
  sentenceMonths?: number;
}

@InputType({ description: 'A case before a court, all of it.' })
export class LegalCaseInput {
  @Field(() => String, { description: 'The court, never a person.' })
  court!: string;

  @Field(() => String, { description: 'Whose law it is under: ISO 3166-1 alpha-3.' })
  country!: string;

  @Field(() => CaseStatusEnum)
  status!: CaseStatus;

  @Field(() => String, { description: 'The day, as 2024-03-01.' })
  openedOn!: string;

  @Field(() => String, { nullable: true, description: "The court's file number; nobody else sees it." })
  reference?: string;

  @Field(() => [String], { nullable: true, description: 'Entities you can see.' })
  defendantIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Incidents you can see.' })
  incidentIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Reports you can see, as evidence.' })
  reportIds?: string[];

  @Field(() => [CaseEventInput], { nullable: true, description: '500 at most.' })
  events?: CaseEventInput[];

  @Field(() => HandlingEnum, { nullable: true, description: 'Unless given: AMBER, or as it was.' })
  handling?: Handling;
}
