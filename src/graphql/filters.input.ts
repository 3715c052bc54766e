/** The typed filters that many queries share. */
import { Field, Float, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import type { CountryRole, Reliability } from '../kernel/vocabulary.ts';
import { CountryRoleEnum, ReliabilityEnum } from './enums.ts';

@InputType({ description: 'Longitude and latitude bounds in degrees; west > east crosses the antimeridian.' })
export class BoundingBoxInput {
  @Field(() => Float)
  west!: number;

  @Field(() => Float)
  south!: number;

  @Field(() => Float)
  east!: number;

  @Field(() => Float)
  north!: number;
}

@InputType({
  description:
    'A planar polygon as RFC 7946 has it: rings of [longitude, latitude], closed, outer ring first.',
})
export class PolygonInput {
  @Field(() => [[[Float]]])
  coordinates!: [number, number][][];
}

@InputType({ description: 'Within a distance of a point, on the WGS 84 ellipsoid.' })
export class WithinDistanceInput {
  @Field(() => Float)
  longitude!: number;

  @Field(() => Float)
  latitude!: number;

  @Field(() => Float, { description: 'More than 0, at most 2,000 km.' })
  km!: number;
}

@InputType({ description: 'An area: give exactly one of the three.' })
export class AreaInput {
  @Field(() => BoundingBoxInput, { nullable: true })
  bbox?: BoundingBoxInput;

  @Field(() => PolygonInput, { nullable: true })
  polygon?: PolygonInput;

  @Field(() => WithinDistanceInput, { nullable: true })
  within?: WithinDistanceInput;
}

@InputType({
  description: 'Half-open [from, to). A record matches when the span in which it happened overlaps it.',
})
export class TimeSpanInput {
  @Field(() => GraphQLISODateTime, { nullable: true })
  from?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  to?: Date;
}

@InputType({ description: 'A country, in a role when one is given.' })
export class CountryRoleInput {
  @Field(() => String, { description: 'ISO 3166-1 alpha-3, like NPL.' })
  country!: string;

  @Field(() => CountryRoleEnum, { nullable: true })
  role?: CountryRole;
}

@InputType({ description: 'At least as good as this; F and 6 (cannot be judged) never match a bound.' })
export class GradeInput {
  @Field(() => ReliabilityEnum, { nullable: true })
  reliability?: Reliability;

  @Field(() => Int, { nullable: true, description: '1 (confirmed) to 5 (improbable).' })
  credibility?: number;
}
