/** One establishment and its recoveries, as GraphQL shows them. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EntityKindEnum } from '../../graphql/enums.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { RESUPPLY_ACTIONS, type ResupplyAction } from './raided-places.ts';

registerEnumType(RESUPPLY_ACTIONS, {
  name: 'ResupplyAction',
  description:
    'What was done there. RECOVERY: people were got out (incidents of kind "recovery"). ARREST: incidents of kind "arrest", and arrests recorded as interdictions that name the establishment.',
});

export const WAIT_ENDS = {
  ARRIVAL: 'arrival',
  NEXT_RECOVERY: 'next recovery',
  END_OF_DATA: 'end of data',
} as const;
registerEnumType(WAIT_ENDS, {
  name: 'ResupplyWaitEnd',
  description:
    'How the wait for the next arrival ended: with one; with another recovery that came, or may have come, first; or not as far as there are records.',
});

@ObjectType({ description: 'Whole days, both ends included; high null: no end is known.' })
export class DayInterval {
  @Field(() => Int)
  low!: number;

  @Field(() => Int, { nullable: true })
  high!: number | null;
}

@ObjectType({
  description:
    'A lead and no finding: something new at an establishment, in a part that something had which was not seen there since. New things come without recoveries too.',
})
export class ResupplyReplacement {
  @Field(() => EntityKindEnum, { description: 'Never an individual: persons are not followed here.' })
  kind!: string;

  @Field(() => String, { description: 'The part it has.' })
  role!: string;

  @Field(() => String)
  label!: string;

  @Field(() => [String], { description: 'Ids of its records as entities; up to 100.' })
  entityIds!: readonly string[];

  @Field(() => DayInterval, { description: 'From the recovery until it was first seen there.' })
  days!: DayInterval;

  @Field(() => [String], { description: 'Entities that had the part before, and were not seen there since.' })
  goneEntityIds!: readonly string[];

  @Field(() => Int, {
    description: 'How many came new into the same part in as many days before the recovery.',
  })
  newcomersBefore!: number;

  @Field(() => [String], { description: 'Incidents it is named in there: the evidence; up to 100.' })
  incidentIds!: readonly string[];
}

@ObjectType({ description: 'The next that was brought to an establishment after a recovery.' })
export class ResupplyNext {
  @Field(() => DayInterval, {
    description: 'Days from the recovery. More than one day where a date is known less finely than that.',
  })
  days!: DayInterval;

  @Field(() => String, { description: 'The first day it can have been, like 2026-04-30.' })
  earliest!: string;

  @Field(() => String, { description: 'The last day it can have been.' })
  latest!: string;

  @Field(() => Boolean, { description: 'Whether it surely came after the recovery.' })
  isSure!: boolean;

  @Field(() => Int, { description: 'Arrivals any of which may be the next one, where days are not known.' })
  candidates!: number;

  @Field(() => [String], { description: 'Of the journeys: suspected, intercepted or completed.' })
  statuses!: readonly string[];

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({ description: 'People taken from an establishment, and what followed.' })
export class ResupplyRecovery {
  @Field(() => RESUPPLY_ACTIONS)
  action!: ResupplyAction;

  @Field(() => String, { description: 'The first day it can have been, like 2026-04-30.' })
  earliest!: string;

  @Field(() => String, { description: 'The last day it can have been.' })
  latest!: string;

  @Field(() => String, { nullable: true, description: 'Of an arrest that is recorded as an interdiction.' })
  interdictionId!: string | null;

  @Field(() => WAIT_ENDS)
  ended!: string;

  @Field(() => ResupplyNext, {
    nullable: true,
    description: 'null: no later arrival is known. Also told where another recovery came before it.',
  })
  next!: ResupplyNext | null;

  @Field(() => [ResupplyReplacement], { description: 'Those in most incidents first; at most 20.' })
  replacements!: readonly ResupplyReplacement[];

  @Field(() => HowKnown, {
    nullable: true,
    description:
      'Of the recovery and the arrivals after it, whatever the filter says of journeys. An incident without a journey is not in it.',
  })
  howKnown?: HowKnown | null;

  /** Of the recovery itself, ascending; none where it is an interdiction. */
  recoveryIncidentIds!: readonly string[];

  /** Of both, ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description:
    'An establishment: records that share a name or number, in one country and neighbourhood. Nothing is merged by this.',
})
export class ResupplyEstablishment {
  @Field(() => String, {
    description: 'The same whenever the same viewer asks again; of no use to anybody who sees other rows.',
  })
  id!: string;

  @Field(() => [String], {
    description: 'Its records as entities, any of which can be asked for; up to 100.',
  })
  entityIds!: readonly string[];

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'H3 index, only as fine as this viewer sees it.' })
  cell!: string | null;

  @Field(() => Point, { nullable: true, description: 'Centre of the cell.' })
  centre!: Point | null;

  @Field(() => Int, { description: 'Arrivals with a date, in whatever order.' })
  arrivals!: number;

  @Field(() => [ResupplyRecovery], { description: 'By day.' })
  recoveries!: readonly ResupplyRecovery[];
}
