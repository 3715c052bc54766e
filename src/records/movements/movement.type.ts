/** A movement, its waypoints and its party, as GraphQL shows them. */
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import {
  ExploitationEnum,
  ModeEnum,
  MovementPurposeEnum,
  MovementStatusEnum,
  PlaceLevelEnum,
  SexEnum,
  VerificationEnum,
  WaypointBasisEnum,
  WaypointKindEnum,
} from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import {
  CountInterval,
  CountryInRole,
  cellText,
  Evaluation,
  Point,
  pointOf,
  type TimeColumns,
  TimeSpan,
  timeSpan,
} from '../../graphql/shapes.type.ts';
import type {
  Exploitation,
  Mode,
  MovementPurpose,
  MovementStatus,
  PlaceLevel,
  Reliability,
  Sex,
  Verification,
  WaypointBasis,
  WaypointKind,
} from '../../kernel/vocabulary.ts';

@ObjectType({ description: "A place on a movement's way, marked with how it is known." })
export class Waypoint {
  @Field(() => Int, { description: 'Place in travel order, from 0.' })
  ordinal!: number;

  @Field(() => WaypointKindEnum)
  kind!: WaypointKind;

  @Field(() => WaypointBasisEnum)
  basis!: WaypointBasis;

  @Field(() => ModeEnum, {
    nullable: true,
    description: 'Mode of the leg that ends here; null where the source does not tell legs apart.',
  })
  mode!: Mode | null;

  @Field(() => PlaceLevelEnum)
  level!: PlaceLevel;

  @Field(() => String, { nullable: true })
  country!: string | null;

  @Field(() => Point, { nullable: true, description: 'Null when the place is known no finer than an area.' })
  position!: Point | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Radius around the position within which the true place lies.',
  })
  uncertaintyKm!: number | null;

  @Field(() => String, { nullable: true, description: 'H3 index, only as fine as the place is known.' })
  cell!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  occurredFrom!: Date | null;

  placeId!: string | null;
}

export interface WaypointColumns {
  readonly movement_id: string;
  readonly ordinal: number;
  readonly kind: WaypointKind;
  readonly basis: WaypointBasis;
  readonly mode: Mode | null;
  readonly level: PlaceLevel;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly uncertainty_km: number | null;
  readonly cell: bigint | null;
  readonly occurred_from: Date | null;
  readonly place_id: string | null;
}

export function waypointOf(row: WaypointColumns): Waypoint {
  return {
    ordinal: row.ordinal,
    kind: row.kind,
    basis: row.basis,
    mode: row.mode,
    level: row.level,
    country: row.country,
    position: pointOf(row),
    uncertaintyKm: row.uncertainty_km,
    cell: cellText(row.cell),
    occurredFrom: row.occurred_from,
    placeId: row.place_id,
  };
}

@ObjectType({ description: "A moved person, as one organisation's pseudonym." })
export class PartyMember {
  @Field(() => SexEnum)
  sex!: Sex;

  @Field(() => String)
  ageBand!: string;
}

@ObjectType({ description: "One party's travel: origin, waypoints, destination." })
export class Movement extends OwnedRecord {
  @Field(() => MovementPurposeEnum)
  purpose!: MovementPurpose;

  @Field(() => ModeEnum)
  mode!: Mode;

  @Field(() => MovementStatusEnum)
  status!: MovementStatus;

  @Field(() => ExploitationEnum)
  exploitation!: Exploitation;

  @Field(() => TimeSpan, {
    nullable: true,
    description: 'When the party travelled. A year of registration is not a time of travel.',
  })
  occurred!: TimeSpan | null;

  @Field(() => CountInterval, { description: 'Person-events in the party.' })
  persons!: CountInterval;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  originCountry!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3.' })
  destinationCountry!: string | null;

  @Field(() => [CountryInRole], {
    description: 'The countries in travel order, each with its role in this movement.',
  })
  countries!: CountryInRole[];

  @Field(() => VerificationEnum)
  verification!: Verification;

  @Field(() => Evaluation)
  evaluation!: Evaluation;

  incidentId!: string;
  reportId!: string;
}

export interface MovementColumns extends OwnedColumns, TimeColumns {
  readonly incident_id: string;
  readonly report_id: string;
  readonly purpose: MovementPurpose;
  readonly mode: Mode;
  readonly status: MovementStatus;
  readonly exploitation: Exploitation;
  readonly persons_min: number;
  readonly persons_max: number | null;
  readonly origin_country: string | null;
  readonly destination_country: string | null;
  readonly countries: readonly string[];
  readonly roles: readonly string[];
  readonly verification: Verification;
  readonly reliability: Reliability;
  readonly credibility: number;
}

export function movementOf(row: MovementColumns): Movement {
  return Object.assign(new Movement(), {
    ...owned(row),
    purpose: row.purpose,
    mode: row.mode,
    status: row.status,
    exploitation: row.exploitation,
    occurred: timeSpan(row),
    persons: { min: row.persons_min, max: row.persons_max },
    originCountry: row.origin_country,
    destinationCountry: row.destination_country,
    countries: row.countries.map((country, index) => ({
      country,
      role: (row.roles[index] ?? '').toUpperCase(),
    })),
    verification: row.verification,
    evaluation: { reliability: row.reliability, credibility: row.credibility },
    incidentId: row.incident_id,
    reportId: row.report_id,
  });
}
