/** Which movements: the filter that lists, flows, corridors and hotspots share. */
import { Field, GraphQLISODateTime, InputType, registerEnumType } from 'type-graphql';
import {
  ExploitationEnum,
  ModeEnum,
  MovementPurposeEnum,
  MovementStatusEnum,
  VerificationEnum,
  WaypointKindEnum,
} from '../../graphql/enums.ts';
import { AreaInput, CountryRoleInput, GradeInput, TimeSpanInput } from '../../graphql/filters.input.ts';

export const AREA_PARTS = {
  ANYWHERE: 'anywhere',
  ORIGIN: 'origin',
  DESTINATION: 'destination',
  CROSSING: 'crossing',
} as const;
export type AreaPart = (typeof AREA_PARTS)[keyof typeof AREA_PARTS];
registerEnumType(AREA_PARTS, {
  name: 'AreaPart',
  description: "Which of a movement's waypoints must lie in the area.",
});

@InputType({
  description:
    'Which movements; every part given must hold. Records judged "should not count" are left out unless asked for.',
})
export class MovementFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'Movements of these incidents.' })
  incidentIds?: string[];

  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;

  @Field(() => AREA_PARTS, { nullable: true, description: 'ANYWHERE unless given.' })
  areaOf?: AreaPart;

  @Field(() => TimeSpanInput, { nullable: true })
  occurred?: TimeSpanInput;

  @Field(() => [CountryRoleInput], {
    nullable: true,
    description: 'Every one must be on the way, in its role.',
  })
  countries?: CountryRoleInput[];

  @Field(() => [MovementPurposeEnum], { nullable: true })
  purposes?: string[];

  @Field(() => [ModeEnum], { nullable: true })
  modes?: string[];

  @Field(() => [MovementStatusEnum], { nullable: true })
  statuses?: string[];

  @Field(() => [ExploitationEnum], { nullable: true })
  exploitations?: string[];

  @Field(() => [VerificationEnum], {
    nullable: true,
    description: 'Unless given: everything but SHOULD_NOT_COUNT.',
  })
  verifications?: string[];

  @Field(() => GradeInput, { nullable: true })
  gradeAtLeast?: GradeInput;

  @Field(() => [WaypointKindEnum], {
    nullable: true,
    description: 'Movements with a waypoint of one of these kinds (in the area, when one is given).',
  })
  waypointKinds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}
