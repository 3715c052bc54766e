/** A plan as it is said. */
import { Field, Float, GraphQLISODateTime, InputType } from 'type-graphql';
import type { PlanKind } from './match-words.ts';
import { PlanKindEnum } from './plan.type.ts';
import type { PlanSaid } from './plan-terms.ts';

@InputType({ description: 'What is planned: a cell, or a point with a radius; two weeks at most.' })
export class PlanEventInput {
  @Field(() => PlanKindEnum)
  kind!: PlanKind;

  @Field(() => String, { nullable: true, description: 'H3 index, 15 hexadecimal digits.' })
  cell?: string;

  @Field(() => Float, { nullable: true })
  longitude?: number;

  @Field(() => Float, { nullable: true })
  latitude?: number;

  @Field(() => Float, { nullable: true, description: '0 to 50.' })
  radiusKm?: number;

  @Field(() => GraphQLISODateTime)
  from!: Date;

  @Field(() => GraphQLISODateTime)
  to!: Date;

  @Field(() => String, { nullable: true, description: 'Your own reference, at most 200 characters; sealed.' })
  reference?: string;
}

export function planSaid({ kind, from, to, ...rest }: PlanEventInput): PlanSaid {
  return {
    kind,
    from,
    to,
    cell: rest.cell ?? null,
    longitude: rest.longitude ?? null,
    latitude: rest.latitude ?? null,
    radiusKm: rest.radiusKm ?? null,
    reference: rest.reference ?? null,
  };
}
