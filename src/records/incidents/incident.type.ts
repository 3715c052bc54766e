/** An incident, as GraphQL shows it. */
import { Field, Int, ObjectType } from 'type-graphql';
import { PopulationEnum, VerificationEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import {
  CountInterval,
  cellText,
  Point,
  pointOf,
  type TimeColumns,
  TimeSpan,
  timeSpan,
} from '../../graphql/shapes.type.ts';
import type { Population, Verification } from '../../kernel/vocabulary.ts';

@ObjectType({ description: 'A named count on an incident, such as dead, missing or survivors.' })
export class NamedCount {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  value!: number;
}

@ObjectType({ description: 'A coded, versioned observation of how traffickers work.' })
export class Indicator {
  @Field(() => String, { description: 'Code list and version.' })
  scheme!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({
  description: 'Something that happened at a place and time. "Independent cases" are incidents.',
})
export class Incident extends OwnedRecord {
  @Field(() => String)
  kind!: string;

  @Field(() => PopulationEnum)
  population!: Population;

  @Field(() => TimeSpan, { nullable: true })
  occurred!: TimeSpan | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  country!: string | null;

  @Field(() => Point, { nullable: true })
  position!: Point | null;

  @Field(() => String, { nullable: true, description: 'H3 index, only as fine as the place is known.' })
  cell!: string | null;

  @Field(() => CountInterval, { description: 'Person-events: the same person may be in several.' })
  persons!: CountInterval;

  @Field(() => [NamedCount])
  counts!: NamedCount[];

  @Field(() => VerificationEnum)
  verification!: Verification;

  @Field(() => Int, { nullable: true })
  redFlagTotal!: number | null;

  reportId!: string;
  placeId!: string | null;
}

export interface IncidentColumns extends OwnedColumns, TimeColumns {
  readonly report_id: string;
  readonly kind: string;
  readonly population: Population;
  readonly place_id: string | null;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly cell: bigint | null;
  readonly persons_min: number;
  readonly persons_max: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly verification: Verification;
  readonly red_flag_total: number | null;
}

export function incidentOf(row: IncidentColumns): Incident {
  return Object.assign(new Incident(), {
    ...owned(row),
    kind: row.kind,
    population: row.population,
    occurred: timeSpan(row),
    country: row.country,
    position: pointOf(row),
    cell: cellText(row.cell),
    persons: { min: row.persons_min, max: row.persons_max },
    counts: Object.entries(row.counts).map(([name, value]) => ({ name, value })),
    verification: row.verification,
    redFlagTotal: row.red_flag_total,
    reportId: row.report_id,
    placeId: row.place_id,
  });
}
