/** Crossing clusters, as GraphQL shows them. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { Place } from '../../places/place.type.ts';
import { DetectionRate } from '../../records/flows/flow.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';
import type { BorderLine } from './border-line.ts';
import type { BorderMass } from './chainage.ts';

export const CROSSING_ROLES = { CORE: 'core', BORDER: 'border', NOISE: 'noise' } as const;
registerEnumType(CROSSING_ROLES, {
  name: 'CrossingRole',
  description: 'CORE: enough incidents within reach. BORDER: within reach of a core. NOISE: neither.',
});

export const CLUSTER_METHODS = { DBSCAN: 'dbscan', HDBSCAN: 'hdbscan' } as const;
export type ClusterMethod = (typeof CLUSTER_METHODS)[keyof typeof CLUSTER_METHODS];
registerEnumType(CLUSTER_METHODS, {
  name: 'ClusterMethod',
  description:
    'DBSCAN: crossings within a stated distance of each other. HDBSCAN: HDBSCAN*, dense at whatever distance, for discovery where no distance is known or none fits all.',
});

@ObjectType({ description: 'One coordinate at which crossings were observed.' })
export class CrossingMember {
  @Field(() => Point)
  position!: Point;

  @Field(() => CROSSING_ROLES)
  role!: string;

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Int, { description: 'Person-events, at least.' })
  persons!: number;
}

@ObjectType({ description: 'Crossings gathered together, or left over.' })
export abstract class GatheredCrossings {
  @Field(() => [String], { description: 'The two countries, alpha-3, in alphabetical order.' })
  border!: readonly string[];

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Int, { description: "Person-events, at least: each incident's largest record." })
  persons!: number;

  @Field(() => Int, { description: 'Distinct known root origins; 1 when none is known.' })
  independentOrigins!: number;

  @Field(() => Int)
  monthsActive!: number;

  @Field(() => String, { nullable: true, description: 'Like 2026-04.' })
  firstMonth!: string | null;

  @Field(() => String, { nullable: true })
  lastMonth!: string | null;

  @Field(() => [CrossingMember])
  members!: readonly CrossingMember[];
}

@ObjectType({
  description:
    'How far along the line of its border something reaches, in km on a sphere. Lines are drawn at 1:10 million: shorter than on the ground.',
})
export class ChainageKm {
  @Field(() => Int, {
    description: "Which of the border's connected lines: 1 is the longest.",
  })
  line!: number;

  @Field(() => Float, {
    description: 'From the western end of the line; of a closed one, from where it was begun to be drawn.',
  })
  from!: number;

  @Field(() => Float, {
    description: 'Less than `from` where a closed line is followed over its beginning.',
  })
  to!: number;

  @Field(() => Float)
  lineLengthKm!: number;
}

@ObjectType({
  description:
    'Whether a cluster hangs on few sources: clusters gathered again from sources drawn anew (bootstrap over independent origins; records without a known one are one source an owner).',
})
export class SourceStability {
  @Field(() => String, {
    description: 'TESTED, NOT_ENOUGH_SOURCES (under 3 on this border) or TOO_MANY_PLACES (on this border).',
  })
  status!: string;

  @Field(() => Int, { description: 'Of all crossings of this border.' })
  sources!: number;

  @Field(() => Int, { nullable: true })
  resamples?: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean likeness (Jaccard, by incidents) to the cluster most like it: 1 is the same each time.',
  })
  meanJaccard?: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of resamples in which it is found again: likeness 0.75 or more.',
  })
  recovered?: number;

  @Field(() => Float, { nullable: true, description: 'In which it is gone: likeness 0.5 or less.' })
  dissolved?: number;
}

@ObjectType({
  description: 'A stretch of border where people were observed to cross, near each other and often.',
})
export class CrossingCluster extends GatheredCrossings {
  @Field(() => String, {
    description:
      'Of the crossing point (or spot) at which it was first seen, so that crossings that come later leave it as it is; an older one found elsewhere in it may change it. No other scope has it.',
  })
  id!: string;

  @Field(() => String, {
    description:
      'After the nearest known crossing point, or the km along the border where none is within 50 km; where several have one name, later seen ones are numbered.',
  })
  name!: string;

  @Field(() => Point)
  centre!: Point;

  @Field(() => GeoJson, { description: 'MultiPolygon: the hull of its members.' })
  hull!: unknown;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of HDBSCAN alone, in incidents per km: the longer a cluster stays together while the distance falls, and the more incidents are in it, the larger. To compare clusters of one answer.',
  })
  stability!: number | null;

  @Field(() => SourceStability)
  sourceStability!: SourceStability;

  @Field(() => ChainageKm, {
    nullable: true,
    description:
      "From its first member to its last along the border's line, of those within 50 km of it. Null where the hub holds no line.",
  })
  chainageKm!: ChainageKm | null;

  @Field(() => Place, { nullable: true, description: 'Within 50 km; a known one before a derived one.' })
  nearestCrossingPoint!: Place | null;

  @Field(() => Float, {
    nullable: true,
    description: 'From the centre to the nearest crossing point, on a sphere.',
  })
  distanceKm!: number | null;

  @Field(() => DetectionRate, {
    description: "Of the stations within it, in the months they were staffed: by their owners' staff-time.",
  })
  detectionsPerStaffMonth!: DetectionRate;

  @Field(() => HowKnown, {
    nullable: true,
    description: 'What stands behind it: the movements that count, of its incidents.',
  })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({ description: 'Crossings of one border that are in no cluster.' })
export class CrossingNoise extends GatheredCrossings {}

@ObjectType({ description: 'Crossing clusters by border, most incidents first.' })
export class CrossingClusterAnswer extends DerivedAnswer {
  @Field(() => [CrossingCluster])
  clusters!: readonly CrossingCluster[];

  @Field(() => [CrossingNoise])
  noise!: readonly CrossingNoise[];

  @Field(() => [Place], {
    nullable: true,
    description:
      "Known crossing points of these borders without an open station of the viewer's own within 15 km. Null for who sees no effort.",
  })
  unmonitored!: readonly Place[] | null;

  /** What `density` is made of. */
  borderMass!: readonly BorderMass[];
  borderLines!: ReadonlyMap<string, BorderLine>;
}
