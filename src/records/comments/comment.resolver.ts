/** `comments`, writing, correcting and withdrawing one, and `commentTexts`: the one door to what they say. */
import { Arg, Args, Ctx, GraphQLISODateTime, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { readNotes } from '../own-records/read-notes.service.ts';
import { OpeningAsked } from '../personal/personal.input.ts';
import { VAULT_TOOLS } from '../personal/personal.service.ts';
import { CommentFilter } from './comment.input.ts';
import { correctComment, withdrawComment, writeComment } from './comment.service.ts';
import { Comment, CommentAboutEnum, CommentText, commentOf } from './comment.type.ts';
import { listComments } from './comment.view.ts';
import type { CommentAbout } from './comment-about.ts';

const TEXT_WORDS = 'May name anybody, and is sealed: 10,000 characters at most.';

export const CommentConnection = connectionOf('Comment', () => Comment);

@Resolver(() => Comment)
export class CommentResolver {
  @Query(() => CommentConnection, {
    description: "Comments of the key's own organisation, the latest first.",
  })
  async comments(
    @Ctx() { reader }: RequestContext,
    @Arg('filter', () => CommentFilter, { nullable: true }) filter: CommentFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { asKnownAt, ...search } = filter ?? {};
    const answer = await listComments(reader, search, { at: asKnownAt ?? null }, readPaging(first, after));
    return connection(CommentConnection, answer.page, commentOf, answer.count);
  }

  @Query(() => [CommentText], {
    description:
      "What comments of the key's own organisation say: wants the vault permission, a purpose and a case reference, and is logged before it is answered.",
  })
  async commentTexts(
    @Ctx() context: RequestContext,
    @Arg('about', () => String, {
      description: 'Id of a comment, or of a record with all on it; of a report, on what it tells of too.',
    })
    about: string,
    @Args(() => OpeningAsked) { purpose, caseReference }: OpeningAsked,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'What they said at this moment.',
    })
    asKnownAt?: Date,
  ): Promise<CommentText[]> {
    const asked = { about, purpose, caseReference, at: asKnownAt ?? null };
    const notes = await readNotes(serviceOf(context, VAULT_TOOLS), context.reader.viewer, 'comment', asked);
    return notes.map(({ noteId, ...said }) =>
      Object.assign(new CommentText(), { ...said, commentId: noteId }),
    );
  }

  @Mutation(() => RecordOutcome, { description: "Comments on a record of the key's own organisation." })
  async writeComment(
    @Ctx() context: RequestContext,
    @Arg('aboutKind', () => CommentAboutEnum) about: CommentAbout,
    @Arg('aboutId', () => String) aboutId: string,
    @Arg('text', () => String, { description: TEXT_WORDS }) text: string,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await writeComment(...askedBy(context, asked), { about, aboutId, text }));
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says a comment of your organisation anew; what it said stays as its version before.',
  })
  async correctComment(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('text', () => String, { description: TEXT_WORDS }) text: string,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await correctComment(...changedBy(context, read, asked), text));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Withdraws a comment of your organisation: no list has it any more, and what it said in any version goes for good. Refused under a legal hold.',
  })
  async withdrawComment(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawComment(...changedBy(context, read, asked)));
  }
}
