/** Where those go on to who came by a corridor, as GraphQL shows it. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Point } from '../../graphql/shapes.type.ts';

@ObjectType({ description: 'A place that those who travelled a corridor may go on to.' })
export class NextStage {
  @Field(() => String, { description: 'A known place, "near" the nearest town, or a country.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Alpha-3; null of a crossing point, which joins two.' })
  country!: string | null;

  @Field(() => Point, { nullable: true, description: 'Null where only a country is known.' })
  position!: Point | null;

  @Field(() => String, { nullable: true, description: 'The gazetteer place, when it is one.' })
  placeId!: string | null;

  @Field(() => Float)
  probability!: number;
}

@ObjectType({ description: 'How well steps of journeys were foretold that were not learnt from.' })
export class StepsForetold {
  @Field(() => Float, {
    description: 'Steps, ends of journeys among them; an incident’s journeys share its weight of 1.',
  })
  steps!: number;

  @Field(() => Float, {
    description: 'Mean −log₂ of the probability that was given to what came: lower is better.',
  })
  bitsPerStep!: number;

  @Field(() => Float, { description: 'Share of steps in which the likeliest came.' })
  first!: number;

  @Field(() => Float, { description: 'In which one of the three likeliest came.' })
  amongThree!: number;
}

@ObjectType({
  description: 'How `next` does on the last quarter of the months, learnt from those before alone.',
})
export class CorridorForecast extends StepsForetold {
  @Field(() => String)
  method!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, { description: 'The last month learnt from, like 2026-04.' })
  learntTo!: string;

  @Field(() => String, { description: 'The first month foretold.' })
  testedFrom!: string;

  @Field(() => StepsForetold, {
    description: 'Of the same steps by how often each place comes at all, wherever the journey was before.',
  })
  withoutHistory!: StepsForetold;
}
