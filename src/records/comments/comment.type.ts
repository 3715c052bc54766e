/** A comment, as GraphQL shows it: that it is there, and what it says to who may read it. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import type { HeadwaterError } from '../../kernel/errors.ts';
import { COMMENT_ABOUTS, type CommentAbout } from './comment-about.ts';

export const CommentAboutEnum = Object.fromEntries(
  COMMENT_ABOUTS.map((about) => [about.toUpperCase(), about]),
) as Readonly<Record<string, CommentAbout>>;
registerEnumType(CommentAboutEnum, { name: 'CommentAbout', description: 'What a comment is on.' });

@ObjectType({
  description:
    'That somebody of an organisation noted something on a record of its own; nobody else hears of it. What it says: `commentTexts`.',
})
export class Comment extends OwnedRecord {
  @Field(() => CommentAboutEnum)
  aboutKind!: CommentAbout;

  @Field(() => String)
  aboutId!: string;

  @Field(() => String, { description: 'Id of the key that wrote this version.' })
  writtenBy!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was first written.' })
  writtenAt!: Date;
}

export interface CommentColumns extends OwnedColumns {
  readonly report_id: string | null;
  readonly about_kind: CommentAbout;
  readonly about_id: string;
  readonly written_by: string;
  readonly written_at: Date;
}

export function commentOf(row: CommentColumns): Comment {
  return Object.assign(new Comment(), {
    ...owned(row),
    aboutKind: row.about_kind,
    aboutId: row.about_id,
    writtenBy: row.written_by,
    writtenAt: row.written_at,
  });
}

@ObjectType({ description: 'What a comment says. Reading it left a trace in the audit log.' })
export class CommentText {
  @Field(() => String)
  commentId!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Null when its key was destroyed: it can never be read again. Null with an error when its key is not in the key folder now.',
  })
  /** GraphQL answers an error here as null and tells it beside the other values. */
  text!: string | null | HeadwaterError;
}
