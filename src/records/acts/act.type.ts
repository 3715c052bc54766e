/** What acts answer, as GraphQL shows it: done, or every reason why not. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ActKindEnum, ChangeReasonEnum } from '../../graphql/enums.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import { RefusalReason } from '../../intake/imports/import-refused.type.ts';
import type { Outcome, Reason } from '../../kernel/errors.ts';
import type { ActKind, ChangeReason } from '../../kernel/vocabulary.ts';
import type { Done } from './act.service.ts';
import type { Verified } from './verify.service.ts';

@ObjectType({ description: 'It is done; the same request again answers the same and changes nothing.' })
export class ActDone {
  @Field(() => String)
  reportId!: string;

  @Field(() => Int, { description: 'The version that came of it, to name in the next act.' })
  version!: number;
}

@ForPartners()
@ObjectType({ description: 'Nothing was changed.' })
export class ActRefused {
  @Field(() => [RefusalReason])
  reasons!: Reason[];
}

export const ActOutcome = createUnionType({
  name: 'ActOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [ActDone, ActRefused] as const,
});

/** As the word lists of verification, without "unverified": that is no answer. */
export const AnswerEnum = {
  EVIDENCE: 'evidence',
  HIGH_RISK: 'high_risk',
  SHOULD_NOT_COUNT: 'should_not_count',
} as const;
registerEnumType(AnswerEnum, { name: 'VerificationAnswer', description: 'What a verifier finds.' });

const STAGES = {
  AWAITING_SECOND: 'awaiting_second',
  AWAITING_TIE_BREAK: 'awaiting_tie_break',
  DECIDED: 'decided',
} as const;
registerEnumType(STAGES, {
  name: 'VerificationStage',
  description: 'Two verifiers answer blind; a third where they differ.',
});

@ObjectType({ description: "Your answer is kept. Nobody's is shown before the round is decided." })
export class VerificationKept {
  @Field(() => String)
  incidentId!: string;

  @Field(() => STAGES)
  stage!: (typeof STAGES)[keyof typeof STAGES];
}

export const VerificationOutcome = createUnionType({
  name: 'VerificationOutcome',
  description: 'Kept, or the reasons why not.',
  types: () => [VerificationKept, ActRefused] as const,
});

@ObjectType({ description: 'One version of a report: how it came to be and how long it stood.' })
export class ReportVersion {
  @Field(() => Int)
  version!: number;

  @Field(() => GraphQLISODateTime)
  knownFrom!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: it stands.' })
  knownTo!: Date | null;

  @Field(() => ActKindEnum, {
    nullable: true,
    description: 'What was done by hand; null: an import made it.',
  })
  act!: ActKind | null;

  @Field(() => ChangeReasonEnum, { nullable: true })
  reason!: ChangeReason | null;

  @Field(() => String, { nullable: true, description: 'Id of the key that acted.' })
  keyId!: string | null;

  @Field(() => String, { nullable: true, description: 'The file whose import made it.' })
  fileName!: string | null;
}

@ObjectType({ description: 'An organisation has taken note that the report was withdrawn.' })
export class Acknowledgement {
  @Field(() => String, { description: 'Slug.' })
  organisation!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}

export function actOutcome(outcome: Outcome<Done>): ActDone | ActRefused {
  return outcome.accepted ? Object.assign(new ActDone(), outcome.value) : refused(outcome);
}

export function verificationOutcome(outcome: Outcome<Verified>): VerificationKept | ActRefused {
  if (!outcome.accepted) return refused(outcome);
  const { incidentId, state } = outcome.value;
  return Object.assign(new VerificationKept(), { incidentId, stage: state.stage });
}

function refused({ reasons }: Extract<Outcome<never>, { accepted: false }>): ActRefused {
  return Object.assign(new ActRefused(), { reasons: [...reasons] });
}
