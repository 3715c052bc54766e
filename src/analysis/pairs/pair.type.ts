/** Pairs of an origin and a destination, as GraphQL shows them. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { Point } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivationRefusal, DerivedAnswer } from '../derived.type.ts';

@ObjectType({ description: 'A cell in which journeys begin, or end.' })
export class PairEnd {
  @Field(() => String, { description: 'H3 index.' })
  cell!: string;

  @Field(() => String, { description: 'By the town nearest to its centre.' })
  name!: string;

  @Field(() => Point, { description: 'Its centre.' })
  position!: Point;
}

@ObjectType({ description: 'Cells in a circle in which journeys begin, or end.' })
export class PairCircle {
  @Field(() => Point, { description: 'Of the cell in its centre.' })
  centre!: Point;

  @Field(() => Float, { description: 'To the centre of the outermost cell; 0 for one cell.' })
  radiusKm!: number;

  @Field(() => [String], { description: 'H3 indexes, by distance from the centre.' })
  cells!: readonly string[];

  @Field(() => [String], { description: 'What its cells are called, each name once, the centre first.' })
  names!: readonly string[];
}

@ObjectType({
  description: 'Journeys from one cell to another, against how many begin in the one and end in the other.',
})
export class OriginDestinationPair {
  @Field(() => String, { description: 'The same whenever the same viewer asks.' })
  id!: string;

  @Field(() => String, { description: 'Like "near Pokhara → near Delhi".' })
  name!: string;

  @Field(() => PairEnd)
  origin!: PairEnd;

  @Field(() => PairEnd)
  destination!: PairEnd;

  @Field(() => Boolean, {
    description:
      '`q` is at most `alpha`, the pair itself has more than expected, and the incidents of it and of the pairs near it are of 3 independent origins or more.',
  })
  isSignificant!: boolean;

  @Field(() => Int, { description: 'Independent incidents of this pair.' })
  incidents!: number;

  @Field(() => Float, { description: 'What its two ends alone would give it.' })
  expected!: number;

  @Field(() => Int, {
    description: 'Of the pair and the pairs near it, an incident once a pair: what is tested.',
  })
  incidentsAround!: number;

  @Field(() => Float)
  expectedAround!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Gᵢⱼ* of Getis and Ord: among all pairs of these ends, those without a journey included.',
  })
  z!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Two-sided, of z as if it were normal. Two busy ends alone make it small: it decides nothing.',
  })
  normalP!: number | null;

  @Field(() => Float, {
    description: 'One-sided, where destinations are dealt again among whole incidents: the one that decides.',
  })
  p!: number;

  @Field(() => Float, { description: 'False discovery rate over all pairs with an incident.' })
  q!: number;

  @Field(() => Int, { description: 'Distinct known root origins of what is known of this pair.' })
  independentOrigins!: number;

  @Field(() => Float, {
    description:
      'Share of its incidents in which nobody was seen at the destination: it is stated, or inferred.',
  })
  destinationNotObservedShare!: number;

  @Field(() => GeoJson, { description: 'MultiLineString: the great circle, cut at ±180.' })
  geometry!: unknown;

  @Field(() => HowKnown, { nullable: true, description: 'What stands behind its incidents.' })
  howKnown?: HowKnown | null;

  /** Ascending: its own, and with them those of the pairs near it. */
  allIncidentIds!: readonly string[];
  incidentIdsAround!: readonly string[];
}

@ObjectType({
  description:
    'A circle of origins and a circle of destinations between which there is more than both explain.',
})
export class PairClusterFound {
  @Field(() => String, { description: 'The same whenever the same viewer asks.' })
  id!: string;

  @Field(() => String, { description: 'Of its centres, like "near Pokhara → near Delhi".' })
  name!: string;

  @Field(() => Boolean, {
    description: '`p` is at most `alpha`, and its incidents are of 3 independent origins or more.',
  })
  isSignificant!: boolean;

  @Field(() => PairCircle)
  origin!: PairCircle;

  @Field(() => PairCircle)
  destination!: PairCircle;

  @Field(() => Int, { description: 'Independent incidents, once a pair.' })
  incidents!: number;

  @Field(() => Float, { description: 'What its two ends alone would give it.' })
  expected!: number;

  @Field(() => Float, { description: 'Incidents over expected.' })
  ratio!: number;

  @Field(() => Float, { description: 'Logarithm of the likelihood ratio.' })
  logLikelihoodRatio!: number;

  @Field(() => Float, {
    description:
      'Of the best cluster anywhere, where destinations are dealt again: many circles looked at are accounted for. For clusters after the first it is on the safe side.',
  })
  p!: number;

  @Field(() => Int, { description: 'Distinct known root origins of what is known of it.' })
  independentOrigins!: number;

  @Field(() => Float, {
    description:
      'Share of its incidents in which nobody was seen at the destination: it is stated, or inferred.',
  })
  destinationNotObservedShare!: number;

  @Field(() => GeoJson, {
    description: 'MultiLineString: the great circle between its centres, cut at ±180.',
  })
  geometry!: unknown;

  @Field(() => HowKnown, { nullable: true })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description: 'Which origins and destinations go together more than chance, one by one and in circles.',
})
export class PairClusterAnswer extends DerivedAnswer {
  @Field(() => [OriginDestinationPair], {
    description:
      'Those with more than expected first, the least likely by chance before others, significant or not.',
  })
  pairs!: readonly OriginDestinationPair[];

  @Field(() => Int, { description: 'All pairs with an incident; `pairs` holds the first of them.' })
  testedPairs!: number;

  @Field(() => DerivationRefusal, {
    nullable: true,
    description: 'Set where `pairs` is empty for too little.',
  })
  pairRefusal!: DerivationRefusal | null;

  @Field(() => [PairClusterFound], {
    description: 'The most likely first, significant or not; no two share a pair of cells.',
  })
  clusters!: readonly PairClusterFound[];

  @Field(() => DerivationRefusal, {
    nullable: true,
    description: 'Set where `clusters` is empty for too little, or too much.',
  })
  clusterRefusal!: DerivationRefusal | null;

  @Field(() => Int, {
    description:
      'Worlds dealt for `clusters`: fewer than asked for where it was soon clear that chance does as much.',
  })
  drawn!: number;
}
