/** Which comments are asked for. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { CommentAboutEnum } from './comment.type.ts';

@InputType({ description: 'Which comments of your organisation; every part given must hold.' })
export class CommentFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'On one of these records.' })
  aboutIds?: string[];

  @Field(() => [CommentAboutEnum], { nullable: true })
  aboutKinds?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}
