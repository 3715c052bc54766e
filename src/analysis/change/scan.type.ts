/** Clusters of incidents in space and time, as GraphQL shows them. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';
import { CHANGE_WATCHING } from './change.type.ts';
import type { Watching } from './derive-alarms.ts';

export const CLUSTER_MODELS = { PERMUTATION: 'permutation', POISSON: 'poisson' } as const;
export type ClusterModel = (typeof CLUSTER_MODELS)[keyof typeof CLUSTER_MODELS];
registerEnumType(CLUSTER_MODELS, {
  name: 'ClusterModel',
  description:
    'PERMUTATION: each cell has its own level and each month its own, and only both together stand out; it needs no staff-time, and staff-time that grew in one place is a cluster to it. POISSON: what seen staff-time found, against that staff-time.',
});

@ObjectType({
  description:
    'Cells in a circle in which there was more in the last months than elsewhere and before: now, for every cluster ends with the tested month.',
})
export class ClusterAlarm {
  @Field(() => String, { description: 'The same whenever the same viewer asks.' })
  id!: string;

  @Field(() => Boolean, {
    description: '`p` is at most `alpha`, and its incidents are of 3 independent origins or more.',
  })
  isAlarm!: boolean;

  @Field(() => String, { description: 'Of its centre, by the town nearest to it.' })
  name!: string;

  @Field(() => Point, { description: 'Of the cell in its centre.' })
  centre!: Point;

  @Field(() => Float, { description: 'To the centre of the outermost cell; 0 for one cell.' })
  radiusKm!: number;

  @Field(() => [String], { description: 'H3 indexes, by distance from the centre.' })
  cells!: readonly string[];

  @Field(() => String, { description: 'Its first month, like 2026-04.' })
  since!: string;

  @Field(() => String, { description: 'Its last: the tested one.' })
  month!: string;

  @Field(() => Int, { description: 'Independent incidents.' })
  observed!: number;

  @Field(() => Float)
  expected!: number;

  @Field(() => Float, { description: 'Logarithm of the likelihood ratio.' })
  logLikelihoodRatio!: number;

  @Field(() => Float, {
    description:
      'Of the best cluster anywhere, where nothing stands out: many places looked at are accounted for. For clusters after the first it is on the safe side.',
  })
  p!: number;

  @Field(() => Float, {
    description: 'Asked every month, chance does as much once in so many months: 1 / p.',
  })
  recurrenceMonths!: number;

  @Field(() => Int, {
    description: 'Distinct known origins; unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number;

  @Field(() => CHANGE_WATCHING)
  watching!: Watching;

  @Field(() => GeoJson, { description: 'MultiPolygon of its cells.' })
  geometry!: unknown;

  @Field(() => HowKnown, { nullable: true })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({ description: 'Where and since when there is more than there should be, in the tested month.' })
export class ClusterAlarmAnswer extends DerivedAnswer {
  @Field(() => [ClusterAlarm], {
    description: 'The most likely first, alarms or not; no two share a cell.',
  })
  clusters!: readonly ClusterAlarm[];

  @Field(() => Int, { description: 'Cells scanned.' })
  scannedCells!: number;

  @Field(() => Int, {
    description: 'Draws made: fewer than asked for where it was soon clear that chance does as much.',
  })
  drawn!: number;
}
