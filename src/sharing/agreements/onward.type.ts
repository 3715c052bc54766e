/** A request to pass on what was made from another organisation's reports, as either side sees it. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { HandlingEnum } from '../../graphql/enums.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { OnwardState } from '../../records/releases/onward-requests.service.ts';

export const OnwardStateEnum = {
  OPEN: 'open',
  CONSENTED: 'consented',
  REFUSED: 'refused',
  WITHDRAWN: 'withdrawn',
} as const;
registerEnumType(OnwardStateEnum, {
  name: 'OnwardState',
  description: 'WITHDRAWN: it consented, and took that back.',
});

@ObjectType({
  description:
    'Whether an organisation consents that a report, made from reports of its own along whatever chain, is released to others. Nothing of what the report says.',
})
export class OnwardRequest {
  @Field(() => String)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => OnwardStateEnum)
  state!: OnwardState;

  @Field(() => String, { description: 'Slug of the organisation whose report it is.' })
  asker!: string;

  @Field(() => String, { description: 'Slug of the organisation that is asked.' })
  originator!: string;

  @Field(() => [String], { description: 'Slugs of those it would be released to.' })
  receivers!: readonly string[];

  @Field(() => HandlingEnum, { description: 'How the report is marked now.' })
  handling!: Handling;

  @Field(() => [String], {
    description: 'Ids of your own reports that it was made from; empty where you are the one who asks.',
  })
  sourceReportIds!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Of the one who asks; null for who is asked.' })
  reportId!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the one who asks; null for who is asked.' })
  agreementId!: string | null;

  @Field(() => GraphQLISODateTime)
  askedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was answered last.' })
  answeredAt!: Date | null;
}
