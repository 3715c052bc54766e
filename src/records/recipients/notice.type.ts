/** Notices, and who was shown a report, as GraphQL shows them. */
import { Field, GraphQLISODateTime, ObjectType, registerEnumType } from 'type-graphql';
import type { NoticeKind } from './notice.ts';

export const NoticeKindEnum = {
  WITHDRAWN: 'withdrawn',
  REMOVED: 'removed',
  CLEARED: 'cleared',
  ERASED: 'erased',
  RAISED: 'raised',
} as const;
registerEnumType(NoticeKindEnum, {
  name: 'NoticeKind',
  description:
    'WITHDRAWN: a tombstone is left; REMOVED: nothing is; CLEARED: the person is suspected no more; ERASED: somebody in it is gone for good, and is to go from copies too; RAISED: it is marked higher, or is to be passed to nobody, and copies with it.',
});

@ObjectType({
  description:
    'What an organisation that was shown a record has to hear of it, also after its grant ended. Open until somebody there takes note.',
})
export class Notice {
  @Field(() => String)
  id!: string;

  @Field(() => NoticeKindEnum)
  kind!: NoticeKind;

  @Field(() => String, { description: 'Id of the report, or for CLEARED of the entity.' })
  objectId!: string;

  @Field(() => String, { description: 'Slug of the organisation whose record it is or was.' })
  owner!: string;

  @Field(() => String, { description: 'Slug of the organisation that was shown it.' })
  recipient!: string;

  @Field(() => GraphQLISODateTime)
  raisedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  acknowledgedAt!: Date | null;
}

@ObjectType({ description: 'An organisation that could see a report of your own, or a part of it.' })
export class ReportRecipient {
  @Field(() => String, { description: 'Slug.' })
  organisation!: string;

  @Field(() => String, { nullable: true, description: 'Null: a grant made by hand.' })
  agreementId!: string | null;

  @Field(() => GraphQLISODateTime)
  since!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: it still can.' })
  until!: Date | null;
}
