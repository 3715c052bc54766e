/** A published aggregate between two areas, as GraphQL shows it. */
import { Field, Float, ObjectType } from 'type-graphql';
import { FlowMeasureEnum, FlowUnitEnum, PopulationEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import { Point, TimeSpan } from '../../graphql/shapes.type.ts';
import type { FlowMeasure, FlowUnit, Granularity, Population } from '../../kernel/vocabulary.ts';

@ObjectType({ description: 'One end of a published flow.' })
export class FlowArea {
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  country!: string | null;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => Point, {
    nullable: true,
    description: 'A representative point the publisher gives; never a place of detection.',
  })
  position!: Point | null;
}

@ObjectType({
  description:
    'A published aggregate. Never a movement, never support for a corridor, never summed across populations, units or stock dates.',
})
export class FlowObservation extends OwnedRecord {
  @Field(() => String)
  publisher!: string;

  @Field(() => FlowArea)
  origin!: FlowArea;

  @Field(() => FlowArea)
  destination!: FlowArea;

  @Field(() => TimeSpan)
  period!: TimeSpan;

  @Field(() => PopulationEnum)
  population!: Population;

  @Field(() => FlowUnitEnum)
  unit!: FlowUnit;

  @Field(() => FlowMeasureEnum)
  measure!: FlowMeasure;

  @Field(() => Float, { description: 'Equal to valueMax unless the figure was censored, like "<5".' })
  valueMin!: number;

  @Field(() => Float, { nullable: true })
  valueMax!: number | null;
}

export interface FlowObservationColumns extends OwnedColumns {
  readonly publisher: string;
  readonly origin_country: string | null;
  readonly origin_name: string | null;
  readonly origin_longitude: number | null;
  readonly origin_latitude: number | null;
  readonly destination_country: string | null;
  readonly destination_name: string | null;
  readonly destination_longitude: number | null;
  readonly destination_latitude: number | null;
  readonly period_from: Date;
  readonly period_to: Date;
  readonly period_granularity: Granularity;
  readonly population: Population;
  readonly unit: FlowUnit;
  readonly measure: FlowMeasure;
  readonly value_min: bigint;
  readonly value_max: bigint | null;
}

export function flowObservationOf(row: FlowObservationColumns): FlowObservation {
  return Object.assign(new FlowObservation(), {
    ...owned(row),
    publisher: row.publisher,
    origin: area(row.origin_country, row.origin_name, row.origin_longitude, row.origin_latitude),
    destination: area(
      row.destination_country,
      row.destination_name,
      row.destination_longitude,
      row.destination_latitude,
    ),
    period: {
      from: row.period_from,
      to: row.period_to,
      granularity: row.period_granularity,
      zone: null,
      basis: 'period',
    },
    population: row.population,
    unit: row.unit,
    measure: row.measure,
    valueMin: Number(row.value_min),
    valueMax: row.value_max === null ? null : Number(row.value_max),
  });
}

function area(
  country: string | null,
  name: string | null,
  longitude: number | null,
  latitude: number | null,
): FlowArea {
  return {
    country,
    name,
    position: longitude === null || latitude === null ? null : { longitude, latitude },
  };
}
