/** A gazetteer place, as GraphQL shows it. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { PlaceKindEnum } from '../graphql/enums.ts';
import { Point } from '../graphql/shapes.type.ts';

@ObjectType({
  description:
    'Public geography: a country, admin area, crossing point or locality. The same for every viewer.',
})
export class Place {
  @Field(() => String)
  id!: string;

  @Field(() => PlaceKindEnum)
  kind!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-3.' })
  country!: string;

  @Field(() => [String], { nullable: true, description: 'The two countries a crossing point joins.' })
  borderCountries!: readonly string[] | null;

  @Field(() => Int, { nullable: true })
  population!: number | null;

  @Field(() => Point, {
    description: 'A representative point; how far the place reaches is footprintRadiusKm.',
  })
  position!: Point;

  @Field(() => Float)
  footprintRadiusKm!: number;

  @Field(() => Boolean, {
    description: 'Derived from geography rather than taken from a list of known posts.',
  })
  derived!: boolean;

  @Field(() => String)
  source!: string;
}

export interface PlaceColumns {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly country: string;
  readonly border_countries: readonly string[] | null;
  readonly population: number | null;
  readonly longitude: number;
  readonly latitude: number;
  readonly footprint_radius_km: number;
  readonly derived: boolean;
  readonly source: string;
}

export function placeOf(row: PlaceColumns): Place {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    country: row.country,
    borderCountries: row.border_countries,
    population: row.population,
    position: { longitude: row.longitude, latitude: row.latitude },
    footprintRadiusKm: row.footprint_radius_km,
    derived: row.derived,
    source: row.source,
  };
}
