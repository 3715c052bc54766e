/** Small shapes that many records share. */
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { Granularity, Reliability } from '../kernel/vocabulary.ts';
import { GranularityEnum, ReliabilityEnum } from './enums.ts';

@ObjectType({
  description: 'A half-open span [from, to): a time known only to the month is the whole month.',
})
export class TimeSpan {
  @Field(() => GraphQLISODateTime)
  from!: Date;

  @Field(() => GraphQLISODateTime)
  to!: Date;

  @Field(() => GranularityEnum)
  granularity!: Granularity;

  @Field(() => String, {
    nullable: true,
    description:
      "IANA zone of the calendar the source wrote in: the import's, or its profile's. Null where neither said one, and where the row is shared coarsely. The moments themselves are UTC.",
  })
  zone!: string | null;

  @Field(() => String, { nullable: true, description: 'What the time is the time of.' })
  basis!: string | null;
}

@ObjectType({ description: 'A count known between two bounds; `max` null means no upper bound is known.' })
export class CountInterval {
  @Field(() => Int)
  min!: number;

  @Field(() => Int, { nullable: true })
  max!: number | null;
}

@ObjectType({ description: 'WGS 84, degrees.' })
export class Point {
  @Field(() => Float)
  longitude!: number;

  @Field(() => Float)
  latitude!: number;
}

@ObjectType({
  description:
    'Admiralty grading: source reliability A–F (F cannot be judged) and credibility 1–6 (6 cannot be judged).',
})
export class Evaluation {
  @Field(() => ReliabilityEnum)
  reliability!: Reliability;

  @Field(() => Int)
  credibility!: number;
}

@ObjectType({ description: 'A country and the role it plays in this movement.' })
export class CountryInRole {
  @Field(() => String, { description: 'ISO 3166-1 alpha-3.' })
  country!: string;

  @Field(() => String, { description: 'SOURCE, TRANSIT, DESTINATION or DOMESTIC.' })
  role!: string;
}

export interface TimeColumns {
  readonly occurred_from: Date | null;
  readonly occurred_to: Date | null;
  readonly occurred_granularity: Granularity;
  readonly occurred_zone: string | null;
  readonly occurred_basis: string | null;
}

export function timeSpan(row: TimeColumns): TimeSpan | null {
  if (row.occurred_from === null || row.occurred_to === null) return null;
  return {
    from: row.occurred_from,
    to: row.occurred_to,
    granularity: row.occurred_granularity,
    zone: row.occurred_zone,
    basis: row.occurred_basis,
  };
}

export function pointOf(row: {
  readonly longitude: number | null;
  readonly latitude: number | null;
}): Point | null {
  return row.longitude === null || row.latitude === null
    ? null
    : { longitude: row.longitude, latitude: row.latitude };
}

/** H3 index as text, the way maps and h3 libraries read it. */
export function cellText(cell: bigint | null): string | null {
  return cell === null ? null : cell.toString(16);
}
