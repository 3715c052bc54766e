/** A legal case and what happened in it, as GraphQL shows them. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AsKnown } from '../../access/projected.sql.ts';
import {
  CaseEventKindEnum,
  CaseStageEnum,
  CaseStatusEnum,
  HearingKindEnum,
  HearingResultEnum,
  VerdictEnum,
} from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import type {
  CaseEventKind,
  CaseStage,
  CaseStatus,
  HearingKind,
  HearingResult,
  Verdict,
} from '../../kernel/case-words.ts';

@ObjectType({
  description:
    'A case before a court. Defendants are entities, each with what it is held for and by which basis; it is shared with them, and never coarsely.',
})
export class LegalCase extends OwnedRecord {
  @Field(() => String)
  court!: string;

  @Field(() => String, { description: 'Whose law it is under: ISO 3166-1 alpha-3.' })
  country!: string;

  @Field(() => CaseStatusEnum)
  status!: CaseStatus;

  @Field(() => String, { description: 'The day, as 2024-03-01.' })
  openedOn!: string;

  @Field(() => String, {
    nullable: true,
    description: "The court's file number; null for everybody but the owner.",
  })
  reference!: string | null;

  defendantIds!: readonly string[];
  incidentIds!: readonly string[];
  reportIds!: readonly string[];
}

export interface LegalCaseColumns extends OwnedColumns {
  readonly court: string;
  readonly country: string;
  readonly status: CaseStatus;
  /** "2024-03-01" */
  readonly opened_on: string;
  readonly reference: string | null;
  readonly defendant_ids: readonly string[];
  readonly incident_ids: readonly string[];
  readonly report_ids: readonly string[];
}

export function legalCaseOf(row: LegalCaseColumns): LegalCase {
  return Object.assign(new LegalCase(), {
    ...owned(row),
    court: row.court,
    country: row.country,
    status: row.status,
    openedOn: row.opened_on,
    reference: row.reference,
    defendantIds: row.defendant_ids,
    incidentIds: row.incident_ids,
    reportIds: row.report_ids,
  });
}

@ObjectType({ description: 'What happened in a legal case on a day.' })
export class CaseEvent {
  @Field(() => CaseEventKindEnum)
  kind!: CaseEventKind;

  @Field(() => String, { description: 'The day, as 2024-03-01; of a hearing it may lie ahead.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'The place in a statute, of charges and verdicts.' })
  law!: string | null;

  @Field(() => HearingKindEnum, { nullable: true })
  hearing!: HearingKind | null;

  @Field(() => HearingResultEnum, { nullable: true, description: 'What came of a hearing.' })
  result!: HearingResult | null;

  @Field(() => VerdictEnum, { nullable: true, description: 'Of this defendant on this charge.' })
  verdict!: Verdict | null;

  @Field(() => Int, { nullable: true, description: 'Months; of convictions only.' })
  sentenceMonths!: number | null;

  defendantId!: string | null;
  asKnown!: AsKnown;
}

export interface CaseEventColumns {
  readonly case_id: string;
  readonly kind: CaseEventKind;
  /** "2024-03-01" */
  readonly occurred_on: string;
  readonly defendant_id: string | null;
  readonly law: string | null;
  readonly hearing: HearingKind | null;
  readonly result: HearingResult | null;
  readonly verdict: Verdict | null;
  readonly sentence_months: number | null;
}

export function caseEventOf(row: CaseEventColumns, asKnown: AsKnown): CaseEvent {
  return Object.assign(new CaseEvent(), {
    kind: row.kind,
    occurredOn: row.occurred_on,
    law: row.law,
    hearing: row.hearing,
    result: row.result,
    verdict: row.verdict,
    sentenceMonths: row.sentence_months,
    defendantId: row.defendant_id,
    asKnown,
  });
}

@ObjectType({ description: 'How many cases reached a stage, and how long after the one before.' })
export class CaseFunnelStep {
  @Field(() => CaseStageEnum)
  stage!: CaseStage;

  @Field(() => Int, { description: 'Cases that reached it, whether or not the stages before are known.' })
  cases!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Median days since the stage before; null where no case tells both days.',
  })
  medianDays!: number | null;

  @Field(() => Int, { description: 'Cases the median is of: both days known, this one not the earlier.' })
  timed!: number;
}

@ObjectType({ description: 'How far the cases of a country got, as far as the viewer sees them.' })
export class CaseFunnel {
  @Field(() => String, { description: 'ISO 3166-1 alpha-3.' })
  country!: string;

  @Field(() => Int)
  cases!: number;

  @Field(() => [CaseFunnelStep])
  steps!: CaseFunnelStep[];
}
