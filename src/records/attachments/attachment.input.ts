/** Which attached files are asked for, and one as somebody gives it. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { AttachmentKindEnum } from '../../graphql/enums.ts';
import type { AttachmentKind } from '../../kernel/attachment-words.ts';

@InputType({ description: 'Which attached files; every part given must hold.' })
export class AttachmentFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: 'Attached to one of these reports.' })
  reportIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Attached to one of these legal cases.' })
  legalCaseIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Attached to one of these exhibits.' })
  exhibitIds?: string[];

  @Field(() => [AttachmentKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => [String], { nullable: true, description: 'Like application/pdf.' })
  mediaTypes?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'A file, and what of your organisation it belongs to: exactly one of the ids.' })
export class AttachmentInput {
  @Field(() => String, { nullable: true })
  reportId?: string;

  @Field(() => String, { nullable: true })
  legalCaseId?: string;

  @Field(() => String, { nullable: true })
  exhibitId?: string;

  @Field(() => AttachmentKindEnum)
  kind!: AttachmentKind;

  @Field(() => String, { description: 'Sealed with the file: only who may open it reads it.' })
  fileName!: string;

  @Field(() => String, {
    description:
      'Like application/pdf: what you take the file for. It is judged by its content, and refused where the two disagree.',
  })
  mediaType!: string;

  @Field(() => String, {
    description: 'The file in base64. Kept as given, what stands in it of places and devices too.',
  })
  contentBase64!: string;
}
