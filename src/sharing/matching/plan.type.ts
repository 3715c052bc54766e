/** Plans of one's own, and whom to talk to, as GraphQL shows them. */
import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Point } from '../../graphql/shapes.type.ts';
import { PLAN_KINDS, type PlanKind } from './match-words.ts';

export const PlanKindEnum = Object.fromEntries(
  PLAN_KINDS.map((kind) => [kind.toUpperCase(), kind]),
) as Readonly<Record<string, PlanKind>>;
registerEnumType(PlanKindEnum, { name: 'PlanKind', description: 'What is planned. Nobody else is told.' });

@ObjectType({ description: 'What your organisation plans. Nobody else sees any of it.' })
export class PlannedEvent {
  @Field(() => String)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => PlanKindEnum)
  kind!: PlanKind;

  @Field(() => Point)
  position!: Point;

  @Field(() => Float)
  radiusKm!: number;

  @Field(() => GraphQLISODateTime)
  from!: Date;

  @Field(() => GraphQLISODateTime)
  to!: Date;

  @Field(() => String, { nullable: true })
  reference!: string | null;
}

@ObjectType({
  description:
    'Another organisation plans something near one of your plans: talk to it. What, where and when is not told, and it is told as much of you.',
})
export class TalkNotice {
  @Field(() => String, { description: 'Your own plan.' })
  planId!: string;

  @Field(() => String, { description: 'Slug of the other.' })
  organisation!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Whom to call there, while matching between you is open.',
  })
  contact!: string | null;

  @Field(() => GraphQLISODateTime)
  noticedAt!: Date;
}
