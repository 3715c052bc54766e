/** A release of a report as its owner's data officer sees it. */
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'A report of yours that was released under an agreement of the template CASE_BY_CASE.',
})
export class ReportRelease {
  @Field(() => String)
  reportId!: string;

  @Field(() => GraphQLISODateTime)
  releasedAt!: Date;

  @Field(() => String, { description: 'The key or account that released it.' })
  keyId!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'null: it is released now.' })
  endedAt!: Date | null;
}
