/** A broken glass, as the two people and data officers see it. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GLASS_REASONS, GLASS_STATES, type GlassReason, type GlassState } from './glass-words.ts';

export const GlassReasonEnum = Object.fromEntries(
  GLASS_REASONS.map((reason) => [reason.toUpperCase(), reason]),
) as Readonly<Record<string, GlassReason>>;
registerEnumType(GlassReasonEnum, { name: 'BreakGlassReason', description: 'Why it cannot wait.' });
const GlassStateEnum = Object.fromEntries(
  GLASS_STATES.map((state) => [state.toUpperCase(), state]),
) as Readonly<Record<string, GlassState>>;
registerEnumType(GlassStateEnum, {
  name: 'BreakGlassState',
  description: 'ENDED waits for the review of whoever was told.',
});

@ObjectType({ description: 'Somebody of your organisation took the vault permission for a while.' })
export class BreakGlassNotice {
  @Field(() => String, {
    description: 'Whatever was opened under it names it: auditEvents(filter: {objectId: …}).',
  })
  id!: string;

  @Field(() => Int, { description: 'To name in the next act.' })
  version!: number;

  @Field(() => GlassStateEnum)
  state!: GlassState;

  @Field(() => GlassReasonEnum)
  reason!: GlassReason;

  @Field(() => String, { description: 'Id of the account or key.' })
  by!: string;

  @Field(() => String, { description: 'Id of the account or key that was told.' })
  told!: string;

  @Field(() => String, { description: 'Keyed digest of the case reference, as the audit log has it.' })
  caseDigest!: string;

  @Field(() => GraphQLISODateTime)
  beganAt!: Date;

  @Field(() => GraphQLISODateTime)
  endsAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Null: it ran out by itself, or is open.' })
  endedBy!: string | null;

  @Field(() => Int, { description: 'How often somebody looked under it.' })
  openings!: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  reviewedAt!: Date | null;

  @Field(() => String, { nullable: true })
  reviewedBy!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'What the review said.' })
  justified!: boolean | null;
}
