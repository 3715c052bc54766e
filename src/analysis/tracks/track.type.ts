/** Bundles of tracks, as GraphQL shows them. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GeoJson } from '../../graphql/geo-json.scalar.ts';
import { CountInterval } from '../../graphql/shapes.type.ts';
import { HowKnown } from '../../records/how-known/how-known.type.ts';
import { DerivedAnswer } from '../derived.type.ts';

@ObjectType({
  description:
    'A stretch along which tracks of independent incidents were observed to run side by side, in one direction. Derived, never stored.',
})
export class TrackBundle {
  @Field(() => String, {
    description: 'The same whenever this viewer derives it again; no other scope has it.',
  })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its ends, like "near Palpa → near Butwal"; null where it has no line.',
  })
  name!: string | null;

  @Field(() => GeoJson, {
    nullable: true,
    description:
      'MultiLineString: the mean of its tracks, in the direction of travel, where enough of them run side by side. Null where they turn back on themselves. A mean of what was reported, not a road.',
  })
  geometry!: unknown;

  @Field(() => Float, { description: 'Along the line, great circles on a sphere; 0 without one.' })
  lengthKm!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Full width that takes in 80 % of its incidents along the line, with the uncertainty of their stops.',
  })
  widthKm!: number | null;

  @Field(() => Int, { description: 'Independent incidents.' })
  incidents!: number;

  @Field(() => Int, {
    description: 'Distinct known root origins; all unknown ones count as one, and only where none is known.',
  })
  independentOrigins!: number;

  @Field(() => Int)
  movements!: number;

  @Field(() => Int, { description: 'Organisations whose records these are.' })
  owners!: number;

  @Field(() => CountInterval, {
    description: 'Person-events: at least each incident’s largest movement, at most all added.',
  })
  persons!: CountInterval;

  @Field(() => HowKnown, {
    nullable: true,
    description: 'What stands behind it: the movements that run in it.',
  })
  howKnown?: HowKnown | null;

  /** Ascending. */
  allMovementIds!: readonly string[];
  allIncidentIds!: readonly string[];
}

@ObjectType({
  description: 'Bundles, most incidents first. Counts are of movements whose tracks are dense enough.',
})
export class TrackBundleAnswer extends DerivedAnswer {
  @Field(() => [TrackBundle])
  bundles!: readonly TrackBundle[];

  @Field(() => Int, { description: 'Bundles found in all.' })
  totalCount!: number;
}
