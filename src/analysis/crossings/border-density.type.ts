/** How many crossed at each place of a border's line, as GraphQL shows it. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Point } from '../../graphql/shapes.type.ts';

@ObjectType({ description: "One step of a border's line, in km from the line's fixed end." })
export class BorderDensityStep {
  @Field(() => Float)
  fromKm!: number;

  @Field(() => Float, { description: 'The last step ends with the line.' })
  toKm!: number;

  @Field(() => Point, { description: 'On the line, half way.' })
  middle!: Point;

  @Field(() => Float)
  incidentsPerKm!: number;

  @Field(() => Float, { description: 'Person-events, at least.' })
  personsPerKm!: number;
}

@ObjectType({
  description:
    'Density of observed crossings along one connected line of a border, smoothed: the steps, each by its length, sum to `incidents` and `persons`. It tells where people were detected, noise included, and is no rate.',
})
export class BorderDensity {
  @Field(() => [String], { description: 'The two countries, alpha-3, in alphabetical order.' })
  border!: readonly string[];

  @Field(() => Int, { description: "Which of the border's connected lines: 1 is the longest." })
  line!: number;

  @Field(() => Float)
  lineLengthKm!: number;

  @Field(() => Boolean, { description: 'Comes back to where it began.' })
  closed!: boolean;

  @Field(() => Float, {
    description: 'On this line. One incident seen at several places of a border counts 1 over all of them.',
  })
  incidents!: number;

  @Field(() => Float, { description: "Person-events, at least: each incident's largest record." })
  persons!: number;

  @Field(() => Float, { description: 'Incidents of this border farther than 50 km from all its lines.' })
  offLineIncidents!: number;

  @Field(() => [BorderDensityStep])
  steps!: readonly BorderDensityStep[];
}
