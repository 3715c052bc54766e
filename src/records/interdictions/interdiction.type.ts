/** An interdiction, as GraphQL shows it. */
import { Field, ObjectType } from 'type-graphql';
import { InterdictionBasisEnum, InterdictionKindEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import { cellText, Point, pointOf } from '../../graphql/shapes.type.ts';
import type { InterdictionBasis, InterdictionKind } from '../../kernel/vocabulary.ts';

@ObjectType({
  description:
    'An arrest, or a station, road or crossing opened or closed: what change is measured against. What was done to a station, only its owner sees.',
})
export class Interdiction extends OwnedRecord {
  @Field(() => InterdictionKindEnum)
  kind!: InterdictionKind;

  @Field(() => InterdictionBasisEnum, { description: 'How it is known.' })
  basis!: InterdictionBasis;

  @Field(() => String, { description: 'The day, as 2024-03-01.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  country!: string | null;

  @Field(() => Point, { nullable: true })
  position!: Point | null;

  @Field(() => String, { nullable: true, description: 'H3 index, only as fine as the place is known.' })
  cell!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The owner's own number of the report it belongs to; null for everybody else.",
  })
  reference!: string | null;

  placeId!: string | null;
  stationId!: string | null;
  incidentIds!: readonly string[];
  entityIds!: readonly string[];
}

export interface InterdictionColumns extends OwnedColumns {
  readonly kind: InterdictionKind;
  readonly basis: InterdictionBasis;
  /** "2024-03-01" */
  readonly occurred_on: string;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly cell: bigint | null;
  readonly place_id: string | null;
  readonly station_id: string | null;
  readonly reference: string | null;
  readonly incident_ids: readonly string[];
  readonly entity_ids: readonly string[];
}

export function interdictionOf(row: InterdictionColumns): Interdiction {
  return Object.assign(new Interdiction(), {
    ...owned(row),
    kind: row.kind,
    basis: row.basis,
    occurredOn: row.occurred_on,
    country: row.country,
    position: pointOf(row),
    cell: cellText(row.cell),
    reference: row.reference,
    placeId: row.place_id,
    stationId: row.station_id,
    incidentIds: row.incident_ids,
    entityIds: row.entity_ids,
  });
}
