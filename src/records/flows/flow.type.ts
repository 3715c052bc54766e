/** Grouped movements, as GraphQL shows them, and the closed sets a question is put together from. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CountInterval } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../how-known/how-known.type.ts';

const enumOf = <const T extends string>(words: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Readonly<Record<string, T>>;

export const FLOW_DIMENSIONS = [
  'origin_country',
  'transit_country',
  'destination_country',
  'crossing_point',
  'month',
  'quarter',
  'year',
  'mode',
  'purpose',
  'status',
  'exploitation',
  'sex',
  'age_band',
  'owner',
  'origin_cell',
  'crossing_cell',
] as const;
export type FlowDimension = (typeof FLOW_DIMENSIONS)[number];
export const FlowDimensionEnum = enumOf(FLOW_DIMENSIONS);
registerEnumType(FlowDimensionEnum, {
  name: 'FlowDimension',
  description: 'What movements may be grouped by.',
});

export const FLOW_MEASURES_ASKED = [
  'movements',
  'persons',
  'incidents',
  'independent_origins',
  'detections_per_staff_month',
] as const;
export type FlowMeasureAsked = (typeof FLOW_MEASURES_ASKED)[number];
export const FlowFigureEnum = enumOf(FLOW_MEASURES_ASKED);
registerEnumType(FlowFigureEnum, {
  name: 'FlowFigure',
  description: 'What may be counted of each group. PERSONS stands for its lower bound.',
});

export const FLOW_DIRECTIONS = { ASCENDING: 'asc', DESCENDING: 'desc' } as const;
registerEnumType(FLOW_DIRECTIONS, { name: 'Direction', description: 'Which way to order.' });

@ObjectType({
  description:
    'Detections against the staff-time that made them. Never "risk": a rate of finding, where people looked.',
})
export class DetectionRate {
  @Field(() => String, {
    description:
      'RATE, NOT_ENOUGH_DATA (under 10 incidents or 3 independent origins), NOT_MONITORED, or NOT_AVAILABLE.',
  })
  status!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why a rate is NOT_AVAILABLE: which filter or dimension staff-time cannot share.',
  })
  reason!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Incidents that the staff-time was spent on: of owners whose effort is known, in months (and at crossing points) where they worked.',
  })
  detections!: number | null;

  @Field(() => Float, { nullable: true })
  staffMonths!: number | null;

  @Field(() => Float, { nullable: true, description: 'Incidents per staff-month.' })
  rate!: number | null;

  @Field(() => Float, { nullable: true, description: 'Lower end of the exact 95 % Poisson interval.' })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper end of the exact 95 % Poisson interval.' })
  high!: number | null;
}

@ObjectType({
  description:
    'One group of movements. A dimension that was not asked for is null; one that was, and is unknown, is null too.',
})
export class FlowGroup {
  @Field(() => String, { nullable: true })
  originCountry!: string | null;

  @Field(() => String, { nullable: true })
  transitCountry!: string | null;

  @Field(() => String, { nullable: true })
  destinationCountry!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Start of the month, quarter or year, like 2026-04-01. A time known only to the quarter is in its quarter and year and in no month: null there.',
  })
  period!: string | null;

  @Field(() => String, { nullable: true })
  mode!: string | null;

  @Field(() => String, { nullable: true })
  purpose!: string | null;

  @Field(() => String, { nullable: true })
  status!: string | null;

  @Field(() => String, { nullable: true })
  exploitation!: string | null;

  @Field(() => String, { nullable: true })
  sex!: string | null;

  @Field(() => String, { nullable: true })
  ageBand!: string | null;

  @Field(() => String, { nullable: true, description: 'H3 index at the resolution asked for.' })
  cell!: string | null;

  @Field(() => Int, { nullable: true })
  movements!: number | null;

  @Field(() => CountInterval, {
    nullable: true,
    description: "Person-events: at least each incident's largest movement, at most all added.",
  })
  persons!: CountInterval | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Independent incidents: reports of one event, linked and both visible, count once.',
  })
  incidents!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Distinct known root origins; all unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number | null;

  @Field(() => DetectionRate, { nullable: true })
  detectionsPerStaffMonth!: DetectionRate | null;

  @Field(() => HowKnown, { nullable: true, description: 'What stands behind the figures of this group.' })
  howKnown!: HowKnown | null;

  crossingPointId!: string | null;
  ownerId!: string | null;
}
