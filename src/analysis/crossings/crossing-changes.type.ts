/** How crossing clusters changed from one period to the next, as GraphQL shows it. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer, MonthWindow } from '../derived.type.ts';

export const CROSSING_CHANGE_KINDS = {
  OPENED: 'opened',
  CLOSED: 'closed',
  MOVED: 'moved',
  MERGED: 'merged',
  SPLIT: 'split',
  RESHAPED: 'reshaped',
} as const;
export type CrossingChangeKind = (typeof CROSSING_CHANGE_KINDS)[keyof typeof CROSSING_CHANGE_KINDS];
registerEnumType(CROSSING_CHANGE_KINDS, {
  name: 'CrossingChangeKind',
  description:
    'OPENED, CLOSED: a cluster without one before it, or after it, within reach. MOVED: one cluster, its middle elsewhere. MERGED: several became one. SPLIT: one became several. RESHAPED: several became several others.',
});

export const CROSSING_WATCHING = {
  STEADY: 'steady',
  POSSIBLY_WATCHING: 'possibly watching',
  NOT_KNOWN: 'not known',
} as const;
export type CrossingWatching = (typeof CROSSING_WATCHING)[keyof typeof CROSSING_WATCHING];
registerEnumType(CROSSING_WATCHING, {
  name: 'CrossingWatching',
  description:
    'STEADY: staff-time of the stations within reach changed by a quarter at most. POSSIBLY_WATCHING: by more. NOT_KNOWN: no station within reach whose staff-time is seen.',
});

@ObjectType({ description: 'A crossing cluster of one period.' })
export class ClusterOfPeriod {
  @Field(() => String, {
    description: 'After the nearest crossing point within 50 km, or the km along the border.',
  })
  name!: string;

  @Field(() => Point)
  centre!: Point;

  @Field(() => GeoJson, { description: 'MultiPolygon: the hull of its places.' })
  hull!: unknown;

  @Field(() => Int, { description: 'Independent incidents, of that period.' })
  incidents!: number;
}

@ObjectType({ description: 'A change along a border from one period to the next.' })
export class CrossingChange {
  @Field(() => String, { description: 'The same whenever the same viewer asks.' })
  id!: string;

  @Field(() => CROSSING_CHANGE_KINDS)
  kind!: CrossingChangeKind;

  @Field(() => Boolean, {
    description: '`p` is at most `alpha`, and its incidents are of 3 independent origins or more.',
  })
  isSignificant!: boolean;

  @Field(() => Float, {
    description:
      'Of a change as strong anywhere in this answer, where nothing changed along these borders: many places looked at are accounted for.',
  })
  p!: number;

  @Field(() => String, { description: 'Like its clusters: after the nearest crossing point.' })
  name!: string;

  @Field(() => [String], { description: 'The two countries, alpha-3, in alphabetical order.' })
  border!: readonly string[];

  @Field(() => MonthWindow, { description: 'The period before.' })
  from!: MonthWindow;

  @Field(() => MonthWindow, { description: 'The period after it.' })
  to!: MonthWindow;

  @Field(() => Point)
  centre!: Point;

  @Field(() => [ClusterOfPeriod])
  before!: readonly ClusterOfPeriod[];

  @Field(() => [ClusterOfPeriod])
  after!: readonly ClusterOfPeriod[];

  @Field(() => Int, {
    description: 'Independent incidents at its clusters and within reach of them, before.',
  })
  incidentsBefore!: number;

  @Field(() => Int, { description: 'And after.' })
  incidentsAfter!: number;

  @Field(() => Int, { description: 'Distinct known root origins of both periods; 1 when none is known.' })
  independentOrigins!: number;

  @Field(() => Float, { nullable: true, description: 'Between its middles, of MOVED alone.' })
  movedKm!: number | null;

  @Field(() => CROSSING_WATCHING)
  watching!: CrossingWatching;

  @Field(() => Float, { nullable: true, description: 'Staff-months of the stations within reach, before.' })
  staffMonthsBefore!: number | null;

  @Field(() => Float, { nullable: true, description: 'And after.' })
  staffMonthsAfter!: number | null;

  @Field(() => HowKnown, { nullable: true, description: 'What stands behind it: the movements that count.' })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({ description: 'One of the periods compared.' })
export class CrossingPeriod {
  @Field(() => MonthWindow)
  months!: MonthWindow;

  @Field(() => Int, { description: 'Independent incidents with an observed crossing.' })
  incidents!: number;

  @Field(() => Int)
  clusters!: number;
}

@ObjectType({ description: 'Changes of crossing clusters, the least likely by chance first.' })
export class CrossingChangeAnswer extends DerivedAnswer {
  @Field(() => [CrossingPeriod])
  periods!: readonly CrossingPeriod[];

  @Field(() => [CrossingChange])
  changes!: readonly CrossingChange[];

  @Field(() => Int, { description: 'Of all kinds, whatever `first`.' })
  totalCount!: number;

  @Field(() => Int, { description: 'Clusters that stayed where they were, from one period to the next.' })
  kept!: number;
}
