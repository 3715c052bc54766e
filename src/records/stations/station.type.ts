/** Stations and what they counted, as GraphQL shows them to their owner. */
import { Field, Int, ObjectType } from 'type-graphql';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import { Point, pointOf } from '../../graphql/shapes.type.ts';

@ObjectType({
  description: "A monitoring station, or a monitoring location inside one. Only its owner's keys see it.",
})
export class Station {
  @Field(() => String)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The monitoring location inside the station; empty: the station.' })
  location!: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  country!: string | null;

  @Field(() => Point, { nullable: true })
  position!: Point | null;
}

export interface StationColumns {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export function stationOf(row: StationColumns): Station {
  const { id, name, location, country } = row;
  return Object.assign(new Station(), { id, name, location, country, position: pointOf(row) });
}

@ObjectType({
  description:
    "What a monitoring location counted in a month; null where it did not say. Only its owner's keys see it.",
})
export class StationMonth extends OwnedRecord {
  @Field(() => String, { description: 'As 2024-03.' })
  month!: string;

  @Field(() => Int, { nullable: true })
  intercepts!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of them with evidence of trafficking.' })
  evidence!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of them at high risk.' })
  highRisk!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of them should not count: a check on profiling.' })
  invalid!: number | null;

  @Field(() => Int, { nullable: true })
  arrests!: number | null;

  stationId!: string;
}

export interface StationMonthColumns extends OwnedColumns {
  readonly station_id: string;
  /** "2024-03-01" */
  readonly month: string;
  readonly intercepts: number | null;
  readonly evidence: number | null;
  readonly high_risk: number | null;
  readonly invalid: number | null;
  readonly arrests: number | null;
}

export function stationMonthOf(row: StationMonthColumns): StationMonth {
  return Object.assign(new StationMonth(), {
    ...owned(row),
    month: row.month.slice(0, 7),
    intercepts: row.intercepts,
    evidence: row.evidence,
    highRisk: row.high_risk,
    invalid: row.invalid,
    arrests: row.arrests,
    stationId: row.station_id,
  });
}
