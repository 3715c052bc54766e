/** What followed a closing, as GraphQL shows it. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Place } from '../../places/place.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { Interdiction } from '../../records/interdictions/interdiction.type.ts';
import { DerivedAnswer, MonthWindow } from '../derived.type.ts';

export const DISPLACEMENT_ZONES = {
  CLOSED: 'treated',
  ALTERNATIVES: 'displacement',
  CONTROL: 'control',
  CONTROL_OF_ALTERNATIVES: 'displacementControl',
} as const;
registerEnumType(DISPLACEMENT_ZONES, {
  name: 'DisplacementZone',
  description:
    'CLOSED: through the closed crossing. ALTERNATIVES: between the same ends by another crossing, or near it. CONTROL: crossings with other ends whose months before were like those of the closed one; CONTROL_OF_ALTERNATIVES the same for the alternatives.',
});

export const ZONE_REASONS = {
  CLOSED: 'closed',
  SAME_ENDS: 'same pair',
  NEAR: 'near',
  LIKE_THE_CLOSED: 'control',
  LIKE_THE_ALTERNATIVES: 'control of displacement',
} as const;
registerEnumType(ZONE_REASONS, {
  name: 'ZoneReason',
  description:
    'Why a crossing is in its zone: it was closed; journeys between the same origins and destinations used it; it is within ringKm; its months before were like those it is held against.',
});

export const DISPLACEMENT_FINDINGS = {
  DISPLACEMENT: 'displacement',
  DIFFUSION: 'diffusion',
  REDUCTION: 'reduction',
  NOT_SHOWN: 'not shown',
} as const;
registerEnumType(DISPLACEMENT_FINDINGS, {
  name: 'DisplacementFinding',
  description:
    'DISPLACEMENT: fewer at the closed crossing and more at the alternatives than at their controls. DIFFUSION: fewer at both. REDUCTION: fewer at the closed crossing, and no change shown at the alternatives. NOT_SHOWN: the closed crossing and its control may have changed alike.',
});

export const CHANGED_EFFORT = { REFUSE: 'refuse', OFFSET: 'offset' } as const;
export type ChangedEffort = (typeof CHANGED_EFFORT)[keyof typeof CHANGED_EFFORT];
registerEnumType(CHANGED_EFFORT, {
  name: 'ChangedEffort',
  description:
    'Where staff-time changed by more than a tenth: REFUSE to answer, or OFFSET, counting only what was detected in staff-time that is seen, against that staff-time.',
});

@ObjectType({ description: 'A figure and its interval.' })
export class IntervalFigure {
  @Field(() => Float)
  estimate!: number;

  @Field(() => Float, { nullable: true, description: 'null: the interval has no end on this side.' })
  low!: number | null;

  @Field(() => Float, { nullable: true })
  high!: number | null;
}

@ObjectType({ description: 'Staff-months; only who sees the staff-time has them.' })
export class ZoneEffortShown {
  @Field(() => Float)
  before!: number;

  @Field(() => Float)
  after!: number;
}

@ObjectType({ description: 'Incidents of a zone in a month.' })
export class ZoneMonth {
  @Field(() => String, { description: 'Like 2026-04.' })
  month!: string;

  @Field(() => Int)
  incidents!: number;
}

@ObjectType({ description: 'Independent incidents with an observed crossing; each is in one zone.' })
export class DisplacementZoneFigures {
  @Field(() => DISPLACEMENT_ZONES)
  zone!: string;

  @Field(() => Int)
  before!: number;

  @Field(() => Int)
  after!: number;

  @Field(() => [ZoneMonth], { description: 'Every month of both periods, quiet ones too.' })
  months!: readonly ZoneMonth[];

  @Field(() => ZoneEffortShown, { nullable: true, description: 'null where no staff-time is seen.' })
  effort!: ZoneEffortShown | null;

  @Field(() => HowKnown, { nullable: true })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description: 'A crossing point in a zone: its incidents before and after, and why it is there.',
})
export class DisplacementCrossing {
  @Field(() => Place, { nullable: true })
  crossingPoint!: Place | null;

  @Field(() => DISPLACEMENT_ZONES)
  zone!: string;

  @Field(() => ZONE_REASONS)
  reason!: string;

  @Field(() => Int)
  before!: number;

  @Field(() => Int)
  after!: number;

  @Field(() => Float, { nullable: true, description: 'From the closed crossing.' })
  distanceKm!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of a control: how unlike its months before are those it is held against; 0 alike, 1 nothing in common, at most 0.5.',
  })
  unlikeness!: number | null;
}

@ObjectType({
  description:
    'Where the flow went when a crossing was closed. Incidents with an observed crossing only; months of both periods whole, the month of the closing left out unless it was its first day.',
})
export class DisplacementAnswer extends DerivedAnswer {
  @Field(() => Interdiction, { nullable: true })
  interdiction!: Interdiction | null;

  @Field(() => [Place], { description: 'The closed crossing points.' })
  closed!: readonly Place[];

  @Field(() => MonthWindow, { nullable: true })
  before!: MonthWindow | null;

  @Field(() => MonthWindow, { nullable: true })
  after!: MonthWindow | null;

  @Field(() => DISPLACEMENT_FINDINGS, { nullable: true })
  finding!: string | null;

  @Field(() => IntervalFigure, {
    nullable: true,
    description:
      'Weighted displacement difference (Wheeler & Ratcliffe 2018), in incidents of the period after: below 0, fewer in all than without the closing, displacement counted.',
  })
  difference!: IntervalFigure | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Change at the closed crossing less that of its control.',
  })
  local!: number | null;

  @Field(() => IntervalFigure, {
    nullable: true,
    description: 'Change at the alternatives less that of their control.',
  })
  displaced!: IntervalFigure | null;

  @Field(() => IntervalFigure, {
    nullable: true,
    description:
      'Weighted displacement quotient (Bowers & Johnson 2003): at −1 all of it was displaced, above 0 benefits spread. Its interval has no ends where the closed crossing did not surely change.',
  })
  quotient!: IntervalFigure | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Two-sided, of `difference`: that all zones changed in one proportion; periods dealt again to whole incidents. Where everything was displaced the difference is about 0, and this is large.',
  })
  p!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Two-sided, that the closed crossing and its control changed in one proportion.',
  })
  pLocal!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same of the alternatives and their control.' })
  pDisplaced!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Months after the closing at which the alternatives took another level; null: no such change is found.',
  })
  lagMonths!: number | null;

  @Field(() => [DisplacementZoneFigures])
  zones!: readonly DisplacementZoneFigures[];

  @Field(() => [DisplacementCrossing], {
    description: 'Closed ones first; within a zone those that grew most.',
  })
  crossings!: readonly DisplacementCrossing[];

  @Field(() => GeoJson, {
    description:
      'For a map: a point for each crossing, and a line from the closed crossing to each alternative. The line says that, and is no road.',
  })
  features!: unknown;
}
