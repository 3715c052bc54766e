/** A crossing of a border, as GraphQL shows it. */
import { Field, Float, ObjectType } from 'type-graphql';
import { WaypointKindEnum } from '../../graphql/enums.ts';
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
import type { WaypointKind } from '../../kernel/vocabulary.ts';

@ObjectType({
  description:
    'Where a movement passes a border: observed at a station, or inferred where a straight leg meets the line (an artefact of the line, never used for clusters).',
})
export class Crossing extends OwnedRecord {
  @Field(() => WaypointKindEnum)
  kind!: WaypointKind;

  @Field(() => String, { description: 'Country left, ISO 3166-1 alpha-3.' })
  fromCountry!: string;

  @Field(() => String, { description: 'Country entered (or meant to be).' })
  toCountry!: string;

  @Field(() => Point, { nullable: true })
  position!: Point | null;

  @Field(() => String, { nullable: true, description: 'H3 index, only as fine as the place is known.' })
  cell!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'To the nearest known crossing point of that border, on a sphere.',
  })
  distanceKm!: number | null;

  @Field(() => TimeSpan, { nullable: true })
  occurred!: TimeSpan | null;

  @Field(() => CountInterval)
  persons!: CountInterval;

  movementId!: string;
  incidentId!: string;
  placeId!: string | null;
}

export interface CrossingColumns extends OwnedColumns, TimeColumns {
  readonly movement_id: string;
  readonly incident_id: string;
  readonly kind: WaypointKind;
  readonly from_country: string;
  readonly to_country: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly cell: bigint | null;
  readonly place_id: string | null;
  readonly distance_km: number | null;
  readonly persons_min: number;
  readonly persons_max: number | null;
}

export function crossingOf(row: CrossingColumns): Crossing {
  return Object.assign(new Crossing(), {
    ...owned(row),
    kind: row.kind,
    fromCountry: row.from_country,
    toCountry: row.to_country,
    position: pointOf(row),
    cell: cellText(row.cell),
    distanceKm: row.distance_km,
    occurred: timeSpan(row),
    persons: { min: row.persons_min, max: row.persons_max },
    movementId: row.movement_id,
    incidentId: row.incident_id,
    placeId: row.place_id,
  });
}
