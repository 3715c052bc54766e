/** What came after people were taken from establishments, all together, as GraphQL shows it. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { DetectionRate } from '../../records/flows/flow.type.ts';
import { EstimateWithInterval } from '../compare/comparison.type.ts';
import { DerivationRefusal, DerivedAnswer } from '../derived.type.ts';
import { ResupplyEstablishment } from './recovery.type.ts';

@ObjectType({ description: 'The share of recoveries after which nobody was seen to be brought yet.' })
export class ResupplyPoint {
  @Field(() => Int, { description: 'The first day on which the share can have fallen.' })
  fromDays!: number;

  @Field(() => Int, { description: 'The last; the same where dates are known to the day.' })
  days!: number;

  @Field(() => Float)
  share!: number;

  @Field(() => Float, { nullable: true })
  low!: number | null;

  @Field(() => Float, { nullable: true })
  high!: number | null;
}

@ObjectType({ description: 'Arrivals on one side of recoveries.' })
export class ResupplySide {
  @Field(() => Int)
  arrivals!: number;

  @Field(() => Float, {
    description: 'Months of 30.4375 days, summed over establishments; those that one event names are one.',
  })
  establishmentMonths!: number;

  @Field(() => Float, { nullable: true, description: 'Arrivals per establishment and month.' })
  rate!: number | null;

  @Field(() => Float, { nullable: true, description: 'Exact Poisson interval (Garwood).' })
  low!: number | null;

  @Field(() => Float, { nullable: true })
  high!: number | null;

  @Field(() => DetectionRate, {
    nullable: true,
    description:
      'Of whole months and organisations whose staff-time is seen: per staff-month. null: none is seen, or the filter narrows what staff-time cannot share.',
  })
  perStaffMonth!: DetectionRate | null;
}

@ObjectType({ description: 'Whether more or fewer came after recoveries than before.' })
export class ResupplyChange {
  @Field(() => ResupplySide)
  before!: ResupplySide;

  @Field(() => ResupplySide)
  after!: ResupplySide;

  @Field(() => EstimateWithInterval, {
    nullable: true,
    description: 'After over before, each establishment held against itself; exact.',
  })
  ratio!: EstimateWithInterval | null;

  @Field(() => Float, { nullable: true, description: 'Two-sided, exact: that recoveries change nothing.' })
  p!: number | null;

  @Field(() => DerivationRefusal, { nullable: true })
  refusal!: DerivationRefusal | null;
}

@ObjectType({
  description:
    'What came after recoveries: each as a fact with its evidence, and all together unless there are too few (then `refusal` is set, and `median` and `curve` are not).',
})
export class ResupplyAnswer extends DerivedAnswer {
  @Field(() => Int, { description: 'With a recovery; the figures are of all of them.' })
  establishmentCount!: number;

  @Field(() => Int, {
    description:
      'Recoveries of which something is known of the time after; each counts once, however many establishments it names.',
  })
  recoveryCount!: number;

  @Field(() => Int, { description: 'Of these, those after which the next arrival was seen.' })
  endedCount!: number;

  @Field(() => EstimateWithInterval, {
    nullable: true,
    description:
      'Days until half were re-supplied; a value of null: fewer than half were, as far as was seen.',
  })
  medianDays!: EstimateWithInterval | null;

  @Field(() => [ResupplyPoint])
  curve!: readonly ResupplyPoint[];

  @Field(() => ResupplyChange)
  change!: ResupplyChange;

  @Field(() => [ResupplyEstablishment], { description: 'Those with most recoveries first.' })
  establishments!: readonly ResupplyEstablishment[];

  @Field(() => GeoJson, {
    description:
      'For a map: a point for each shown establishment, and a line from each origin to it. The line says that, and is no road. Nothing is drawn finer than this viewer sees it.',
  })
  features!: unknown;
}
