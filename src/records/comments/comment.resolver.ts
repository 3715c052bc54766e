/** `comments`, writing, correcting and withdrawing one, and `commentTexts`: the one door to what they say. */
import { Arg, Ctx, GraphQLISODateTime, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ChangeReasonEnum } from '../../graphql/enums.ts';
import type { ChangeReason } from '../../kernel/vocabulary.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { KEY_WORDS, RecordOutcome, recordOutcome, VERSION_WORDS } from '../own-records/own-record.type.ts';
import { readNotes } from '../own-records/read-notes.service.ts';
import { type PersonalPurpose, VAULT_TOOLS } from '../personal/personal.service.ts';
import { PersonalPurposeEnum } from '../personal/personal.type.ts';
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
    @Arg('purpose', () => PersonalPurposeEnum) purpose: PersonalPurpose,
    @Arg('caseReference', () => String, {
      description: "Your organisation's reference of the case; only a digest is kept.",
    })
    caseReference: string,
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
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    return recordOutcome(
      await writeComment(serviceOf(context, ACT_TOOLS), request, { about, aboutId, text }),
    );
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says a comment of your organisation anew; what it said stays as its version before.',
  })
  async correctComment(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('text', () => String, { description: TEXT_WORDS }) text: string,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    const target = { id, version, reason };
    return recordOutcome(await correctComment(serviceOf(context, ACT_TOOLS), request, target, text));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Withdraws a comment of your organisation: no list has it any more, and what it said in any version goes for good. Refused under a legal hold.',
  })
  async withdrawComment(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('reason', () => ChangeReasonEnum) reason: ChangeReason,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ): Promise<typeof RecordOutcome> {
    const request = { viewer: context.reader.viewer, idempotencyKey };
    const target = { id, version, reason };
    return recordOutcome(await withdrawComment(serviceOf(context, ACT_TOOLS), request, target));
  }
}
