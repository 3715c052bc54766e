/** Two selections of movements set side by side, as GraphQL shows them. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { FlowGroup } from '../../records/flows/flow.type.ts';
import { DerivedAnswer } from '../derived.type.ts';

@ObjectType({ description: 'A figure with the ends of its interval; an end that has no bound is null.' })
export class EstimateWithInterval {
  @Field(() => Float, { nullable: true })
  value!: number | null;

  @Field(() => Float, { nullable: true })
  low!: number | null;

  @Field(() => Float, { nullable: true })
  high!: number | null;
}

@ObjectType({ description: 'One group in both selections. A dimension that was not asked for is null.' })
export class ComparedGroup {
  @Field(() => FlowGroup, { description: 'In the first selection; zeros where it has none.' })
  a!: FlowGroup;

  @Field(() => FlowGroup, { description: 'In the second selection; zeros where it has none.' })
  b!: FlowGroup;

  @Field(() => String, {
    description:
      'STAFF_MONTH: detections per staff-month, of owners and months whose staff-time is seen on both sides. DAY: incidents per day of each span. COUNT: incidents as they are, where a span is open.',
  })
  per!: string;

  @Field(() => String, {
    description:
      'COMPARED; NOT_ENOUGH_DATA (under 10 incidents, or 3 independent origins, in both together); SAME_INCIDENTS (the selections share more than one in a hundred).',
  })
  status!: string;

  @Field(() => EstimateWithInterval, { nullable: true, description: 'What b has over what a has.' })
  ratio!: EstimateWithInterval | null;

  @Field(() => EstimateWithInterval, {
    nullable: true,
    description: 'What b has less what a has, per `per`.',
  })
  difference!: EstimateWithInterval | null;

  @Field(() => Float, { nullable: true, description: 'Exact, two-sided, of no difference.' })
  p!: number | null;

  @Field(() => Float, { nullable: true, description: 'False discovery rate over all groups compared.' })
  q!: number | null;
}

@ObjectType({ description: 'Each group as it is in one selection and in the other.' })
export class FlowComparison extends DerivedAnswer {
  @Field(() => ComparedGroup, { description: 'All of a against all of b.' })
  total!: ComparedGroup;

  @Field(() => [ComparedGroup], { description: 'Largest change first: by q, then by difference.' })
  groups!: readonly ComparedGroup[];

  @Field(() => Int, { description: 'Incidents that are in both selections.' })
  sharedIncidents!: number;
}
