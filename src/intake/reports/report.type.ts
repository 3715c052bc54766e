/** A report, as GraphQL shows it. */
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { HandlingEnum, PapEnum, ReportKindEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import { Evaluation, TimeSpan } from '../../graphql/shapes.type.ts';
import type { Handling, Pap, Reliability, ReportKind } from '../../kernel/vocabulary.ts';

@ObjectType({ description: 'What came in: one form, call, interview or published item of one organisation.' })
export class Report extends OwnedRecord {
  @Field(() => ReportKindEnum)
  kind!: ReportKind;

  @Field(() => String, {
    nullable: true,
    description: "The owner's own id for it; redacted for everyone but the owner.",
  })
  externalReference!: string | null;

  @Field(() => TimeSpan, { nullable: true, description: 'When it was observed.' })
  observed!: TimeSpan | null;

  @Field(() => TimeSpan, { nullable: true, description: 'When it was reported to the owner.' })
  reported!: TimeSpan | null;

  @Field(() => GraphQLISODateTime, { description: 'When the hub recorded it.' })
  recordedAt!: Date;

  @Field(() => Evaluation)
  evaluation!: Evaluation;

  @Field(() => String, { description: 'What kind of source first perceived it.' })
  originKind!: string;

  @Field(() => HandlingEnum)
  handling!: Handling;

  @Field(() => PapEnum, {
    description:
      'What recipients may do with it: RED, look and tell nobody; AMBER, nothing that those concerned could notice; GREEN, what does not touch them; CLEAR, anything. The hub shows it and hands it on to what is made from the report; keeping it is the recipient’s duty.',
  })
  pap!: Pap;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When its owner withdrew it; what it told of is then in no list and no count.',
  })
  withdrawnAt!: Date | null;

  @Field(() => Int, {
    description: '1 for the first; a repeated id inside one file is a part held for review.',
  })
  part!: number;
}

export interface ReportColumns extends OwnedColumns {
  readonly kind: ReportKind;
  readonly external_reference: string | null;
  readonly observed_from: Date | null;
  readonly observed_to: Date | null;
  readonly observed_zone: string | null;
  readonly reported_from: Date | null;
  readonly reported_to: Date | null;
  readonly reported_zone: string | null;
  readonly recorded_at: Date;
  readonly reliability: Reliability;
  readonly credibility: number;
  readonly origin_kind: string;
  readonly handling: Handling;
  readonly pap: Pap;
  readonly occurrence: number;
  readonly retracted_at: Date | null;
}

export function reportOf(row: ReportColumns): Report {
  return Object.assign(new Report(), {
    ...owned(row),
    kind: row.kind,
    externalReference: row.external_reference,
    observed: span(row.observed_from, row.observed_to, row.observed_zone, 'observation'),
    reported: span(row.reported_from, row.reported_to, row.reported_zone, 'report'),
    recordedAt: row.recorded_at,
    evaluation: { reliability: row.reliability, credibility: row.credibility },
    originKind: row.origin_kind,
    handling: row.handling,
    pap: row.pap,
    withdrawnAt: row.retracted_at,
    part: row.occurrence,
  });
}

function span(from: Date | null, to: Date | null, zone: string | null, basis: string): TimeSpan | null {
  if (from === null || to === null) return null;
  const hours = (to.getTime() - from.getTime()) / 3_600_000;
  const granularity =
    hours < 1
      ? 'instant'
      : hours <= 1
        ? 'hour'
        : hours <= 25
          ? 'day'
          : hours <= 32 * 24
            ? 'month'
            : hours <= 93 * 24
              ? 'quarter'
              : 'year';
  return { from, to, granularity, zone, basis };
}
